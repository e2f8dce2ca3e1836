/**
 * Codes what handlers make, in the coding that the client weighs highest (RFC 9110 §12.5.3). What was coded already,
 * is small, would not shrink or must not be changed goes out as it is. Answers that vary by Accept-Encoding have
 * chosen themselves, as files do, and are left alone.
 */
import { type AcceptedCodings, acceptedCodings } from '../coding/accept-encoding.ts';
import { CodedSource } from '../coding/coded-source.ts';
import {
  type Coding,
  encodeWhole,
  isCompressible,
  MADE_CODINGS,
  MIN_CODED_BYTES,
} from '../coding/content-coding.ts';
import type { Middleware } from '../compose.ts';
import type { Request } from '../request.ts';
import type { ByteSource, FieldPair, Response, ResponseBody } from '../response.ts';

export interface CompressionOptions {
  /** Bytes below which content goes out as it is. Default 1 024, as Express's `compression` has it. */
  readonly minBytes?: number;
}

/** Content of unknown length is coded piece by piece and flushed with each, so that events go out at once. */
export function compression(options: CompressionOptions = {}): Middleware {
  const { minBytes = MIN_CODED_BYTES } = options;
  const finish = (request: Request, response: Response): Response | Promise<Response> => {
    const { body } = response;
    if (body === undefined || !gains(request, response, body, minBytes)) return response;
    const accepted = acceptedCodings(request.head.fields.all('accept-encoding'));
    const coding = chosenCoding(accepted);
    if (request.tracing) request.mark('decision', sentence(accepted, coding));
    // RFC 9110 §12.5.5: also on what goes out as it is, or a cache would give that to all.
    if (coding === undefined) return { ...response, fields: [...response.fields, VARY] };
    return coded(request, response, body, coding);
  };
  return (request, next) => {
    const response = next(request);
    return response instanceof Promise
      ? response.then((made) => finish(request, made))
      : finish(request, response);
  };
}

const VARY: FieldPair = ['Vary', 'Accept-Encoding'];

/** §15.3.7: a part is a part of one representation, and cannot change its coding. */
const CODED_STATUS = (status: number) => status >= 200 && status !== 204 && status !== 206 && status !== 304;

function gains(request: Request, response: Response, body: ResponseBody, minBytes: number): boolean {
  if ((body.length ?? minBytes) < minBytes || !mayBeCoded(response, body)) return false;
  // RFC 9111 §5.2.1.6 and §5.2.2.6: either side can forbid it.
  return !NO_TRANSFORM.test(request.head.fields.all('cache-control') ?? '');
}

/** What is said of a response that never changes, and goes out again and again: found out once. */
const said = new WeakMap<Response, boolean>();

function mayBeCoded(response: Response, body: ResponseBody): boolean {
  const known = said.get(response);
  if (known !== undefined) return known;
  const may = isCodable(response, body);
  if (Object.isFrozen(response)) said.set(response, may);
  return may;
}

function isCodable(response: Response, body: ResponseBody): boolean {
  if (!CODED_STATUS(response.status)) return false;
  // Fields behind the content may speak of its bytes.
  if (!(body instanceof Uint8Array) && body.trailers) return false;
  let type = '';
  for (const [name, value] of response.fields) {
    const key = name.toLowerCase();
    // RFC 9530 §2: the digest of the content is of the coded one.
    if (key === 'content-encoding' || key === 'content-digest') return false;
    if (key === 'vary' && ACCEPT_ENCODING.test(value)) return false;
    if (key === 'cache-control' && NO_TRANSFORM.test(value)) return false;
    if (key === 'content-type') type = value;
  }
  return isCompressible(type);
}

const NO_TRANSFORM = /(?:^|,)[\t ]*no-transform[\t ]*(?:,|$)/i;
const ACCEPT_ENCODING = /(?:^|,)[\t ]*(?:accept-encoding|\*)[\t ]*(?:,|$)/i;

/** Of equal weights the one that takes the least time; undefined for content as it is. */
function chosenCoding({ codings, identity }: AcceptedCodings): Coding | undefined {
  let best: Coding | undefined;
  let weight = 0;
  for (const coding of MADE_CODINGS) {
    if (codings[coding] <= weight) continue;
    best = coding;
    weight = codings[coding];
  }
  return weight >= identity ? best : undefined;
}

async function coded(
  request: Request,
  response: Response,
  body: ResponseBody,
  coding: Coding,
): Promise<Response> {
  const changed = { ...response, fields: [...response.fields.map(weakened).filter(isKept), VARY] };
  const fields: FieldPair[] = [...changed.fields, ['Content-Encoding', coding]];
  if (!(body instanceof Uint8Array)) return { ...changed, fields, body: new CodedSource(body, coding) };
  // Only making it would tell its length, which the head may leave out (RFC 9110 §9.3.2).
  if (request.method === 'HEAD') return { ...changed, fields, body: UNKNOWN };
  const content = await encodeWhole(coding, body);
  return content.length < body.length ? { ...changed, fields, body: content } : changed;
}

const UNKNOWN: ByteSource = { length: undefined, async *chunks() {}, close() {} };

/** §8.8.1: another time the coder may write other bytes for the same content. */
function weakened([name, value]: FieldPair): FieldPair {
  return name.toLowerCase() === 'etag' && !value.startsWith('W/') ? [name, `W/${value}`] : [name, value];
}

/** Parts of what is made anew each time have no lasting positions. */
function isKept([name]: FieldPair): boolean {
  return name.toLowerCase() !== 'accept-ranges';
}

function sentence({ said }: AcceptedCodings, coding: Coding | undefined): string {
  const asked = said === '' ? 'No Accept-Encoding' : `Accept-Encoding weighs ${said}`;
  return coding === undefined
    ? `${asked}, so what was made goes out as it is`
    : `${asked}, so what was made is coded with ${coding}`;
}

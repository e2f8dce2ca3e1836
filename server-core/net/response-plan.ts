import type { FieldPair, Response } from '../http/response.ts';
import type { RequestHead } from '../wire/http1/events.ts';
import { responseHeadText } from '../wire/http1/writer.ts';

/** How the content of one response goes out. */
export type BodyMode = 'none' | 'length' | 'chunked' | 'until-close';

export interface ResponsePlan {
  readonly head: string;
  readonly mode: BodyMode;
  readonly persist: boolean;
}

/**
 * Decides framing and persistence, and writes the head: what RFC 9112 §6.1, §6.3 and §9.3 leave to the sender.
 * `request` is undefined when no head could be read; the answer then closes. Throws when the handler's fields or
 * reason cannot be sent: they must not be able to end a line and pose as a second response, nor to frame the content.
 */
export function planResponse(
  request: RequestHead | undefined,
  response: Response,
  mayPersist: boolean,
  date: string,
): ResponsePlan {
  const { status, body } = response;
  if (status < 200 && !(status === 101 && response.upgrade)) throw new Error(`${status} ends no exchange`);
  if (response.fields.some(framesContent))
    throw new Error('How content is framed is not for a handler to say');
  const source = body instanceof Uint8Array ? undefined : body;
  // RFC 9110 §15.3.6: a 205 has no content, and says so.
  const length = body === undefined || status === 205 ? 0 : body.length;
  const toHead = request?.method === 'HEAD';
  const bodiless = toHead || status === 304 || status === 204 || status === 205 || status < 200;
  const old = request?.version === '1.0';

  const framing = length !== undefined ? 'length' : old ? 'until-close' : 'chunked';
  const mode: BodyMode = bodiless ? 'none' : framing;

  const persist = mayPersist && request?.keepAlive === true && !response.close && mode !== 'until-close';

  const fields: FieldPair[] = [];
  // RFC 9110 §6.6.1: an origin server with a clock sends Date in all but 1xx and may in 5xx. A gateway passes on
  // the date of the server that made the answer.
  if (status >= 200 && !response.fields.some(isDate)) fields.push(['Date', date]);
  fields.push(...response.fields);
  // RFC 9110 §8.6: never in 1xx or 204; in 304 and to HEAD only the length a 200 to GET would have.
  const describesLength = mode === 'length' || (mode === 'none' && status >= 200 && status !== 204);
  if (describesLength && length !== undefined && !(status === 304 && body === undefined)) {
    fields.push(['Content-Length', String(length)]);
  }
  // RFC 9112 §6.1: a response to HEAD may say how the one to GET would go out, and so has the same fields.
  if (framing === 'chunked' && (mode === 'chunked' || (toHead && describesLength && status !== 304))) {
    if (source?.trailerNames?.length) fields.push(['Trailer', source.trailerNames.join(', ')]);
    fields.push(['Transfer-Encoding', 'chunked']);
  }
  if (status !== 101) {
    if (!persist) fields.push(['Connection', 'close']);
    else if (old) fields.push(['Connection', 'keep-alive']);
  }
  return { head: responseHeadText(status, fields, response.reason), mode, persist };
}

/** RFC 9112 §6: two answers to where content ends are none. */
function framesContent([name]: FieldPair): boolean {
  if (name.length !== CONTENT_LENGTH.length && name.length !== TRANSFER_ENCODING.length) return false;
  const lower = name.toLowerCase();
  return lower === CONTENT_LENGTH || lower === TRANSFER_ENCODING;
}

const CONTENT_LENGTH = 'content-length';
const TRANSFER_ENCODING = 'transfer-encoding';

function isDate([name]: FieldPair): boolean {
  return name.length === 4 && name.toLowerCase() === 'date';
}

import type { FieldPair, Response } from '../http/response.ts';
import type { RequestHead } from '../wire/http1/events.ts';
import { reasonPhrase } from '../wire/http1/writer.ts';

/** How the content of one response goes out. */
export type BodyMode = 'none' | 'length' | 'chunked' | 'until-close';

export interface ResponsePlan {
  readonly head: string;
  readonly mode: BodyMode;
  readonly persist: boolean;
}

/**
 * Decides framing and persistence, and writes the head: what RFC 9112 §6.1, §6.3 and §9.3 leave to the sender.
 * `request` is undefined when no head could be read; the answer then closes.
 */
export function planResponse(
  request: RequestHead | undefined,
  response: Response,
  mayPersist: boolean,
  date: string,
): ResponsePlan {
  const { status, body } = response;
  const length = body === undefined ? 0 : body.length;
  const bodiless = request?.method === 'HEAD' || status === 304 || status === 204 || status < 200;
  const old = request?.version === '1.0';

  let mode: BodyMode = 'length';
  if (bodiless) mode = 'none';
  else if (length === undefined) mode = old ? 'until-close' : 'chunked';

  const persist = mayPersist && request?.keepAlive === true && !response.close && mode !== 'until-close';

  let head = `HTTP/1.1 ${status} ${response.reason ?? reasonPhrase(status)}\r\n`;
  // RFC 9110 §6.6.1: an origin server with a clock sends Date in all but 1xx and may in 5xx.
  // A gateway passes on the date of the server that made the answer.
  if (status >= 200 && !hasDate(response.fields)) head += `Date: ${date}\r\n`;
  head += fieldText(response.fields);
  // RFC 9110 §8.6: never in 1xx or 204; in 304 and to HEAD only the length a 200 to GET would have.
  const describesLength = mode === 'length' || (mode === 'none' && status >= 200 && status !== 204);
  if (describesLength && length !== undefined && !(status === 304 && body === undefined)) {
    head += `Content-Length: ${length}\r\n`;
  }
  if (mode === 'chunked') head += 'Transfer-Encoding: chunked\r\n';
  if (status !== 101) {
    if (!persist) head += 'Connection: close\r\n';
    else if (old) head += 'Connection: keep-alive\r\n';
  }
  return { head: `${head}\r\n`, mode, persist };
}

const dated = new WeakMap<readonly FieldPair[], boolean>();

function hasDate(fields: readonly FieldPair[]): boolean {
  const known = dated.get(fields);
  if (known !== undefined) return known;
  const found = fields.some(([name]) => name.length === 4 && name.toLowerCase() === 'date');
  dated.set(fields, found);
  return found;
}

const FORBIDDEN = /[\r\n\0]/;
const texts = new WeakMap<readonly FieldPair[], string>();

/** Field lines as text; kept per array, since handlers return the same array for the same file. */
function fieldText(fields: readonly FieldPair[]): string {
  const kept = texts.get(fields);
  if (kept !== undefined) return kept;
  let text = '';
  for (const [name, value] of fields) {
    // A handler must not be able to end a line: that would let content pose as fields or as a second response.
    if (FORBIDDEN.test(name) || FORBIDDEN.test(value))
      throw new Error(`Field ${JSON.stringify(name)} holds a line break`);
    text += `${name}: ${value}\r\n`;
  }
  texts.set(fields, text);
  return text;
}

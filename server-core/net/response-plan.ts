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
 * reason cannot be sent: they must not be able to end a line and pose as a second response.
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
  if (mode === 'chunked') fields.push(['Transfer-Encoding', 'chunked']);
  if (status !== 101) {
    if (!persist) fields.push(['Connection', 'close']);
    else if (old) fields.push(['Connection', 'keep-alive']);
  }
  return { head: responseHeadText(status, fields, response.reason), mode, persist };
}

function isDate([name]: FieldPair): boolean {
  return name.length === 4 && name.toLowerCase() === 'date';
}

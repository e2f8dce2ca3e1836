/**
 * HTTP/1.1 messages out: heads as text of one char per byte, and the framing of chunks.
 *
 * What would break out of its line is our own mistake, not a peer's: it throws an Error, and nothing is written.
 * Whether the fields frame the content that follows is up to the caller.
 */
import { latin1Bytes } from '../bytes.ts';

export { reasonPhrase } from './reason-phrases.ts';

import { reasonPhrase } from './reason-phrases.ts';

/** A field to be written, in the order given. */
export type FieldLine = readonly [name: string, value: string];

/** token, RFC 9110 §5.6.2 */
const TOKEN = /^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/;
/** field-value, RFC 9110 §5.5; a reason phrase has the same bytes. */
const FIELD_TEXT = /^[\t\x20-\x7e\x80-\xff]*$/;
/** request-target: no whitespace and no control byte can stand in it. */
const TARGET = /^[\x21-\x7e\x80-\xff]+$/;

/** Status line and fields, up to and with the empty line. Status is 100 to 999. */
export function responseHeadText(
  status: number,
  fields: readonly FieldLine[],
  reason: string = reasonPhrase(status),
): string {
  if (!Number.isInteger(status) || status < 100 || status > 999)
    throw new Error(`${status} is no status code`);
  if (!FIELD_TEXT.test(reason)) throw new Error(`The reason phrase ${quoted(reason)} cannot be sent`);
  // RFC 9112 §4: the space before the phrase stays when the phrase is empty.
  return `HTTP/1.1 ${status} ${reason}\r\n${fieldLinesText(fields)}\r\n`;
}

/** As `responseHeadText`, for what may come before the final response: 1xx, but neither 100 nor 101. */
export function interimHeadText(status: number, fields: readonly FieldLine[]): string {
  if (!(status >= 102 && status <= 199)) throw new RangeError(`${status} is no status to send ahead`);
  for (const [name] of fields) {
    // RFC 9112 §6.1, RFC 9110 §8.6: an interim response has no content, and says nothing of any.
    if (/^(?:transfer-encoding|content-length)$/i.test(name)) throw new Error(`${name} cannot be sent ahead`);
  }
  return responseHeadText(status, fields);
}

/** Request line and fields, up to and with the empty line. `target` has its wire form. */
export function requestHeadText(method: string, target: string, fields: readonly FieldLine[]): string {
  if (!TOKEN.test(method)) throw new Error(`The method ${quoted(method)} cannot be sent`);
  if (!TARGET.test(target)) throw new Error(`The request target ${quoted(target)} cannot be sent`);
  return `${method} ${target} HTTP/1.1\r\n${fieldLinesText(fields)}\r\n`;
}

/** Field lines with their CRLFs, for a head or for trailers. */
export function fieldLinesText(fields: readonly FieldLine[]): string {
  let text = '';
  for (const [name, value] of fields) {
    if (!TOKEN.test(name)) throw new Error(`The field name ${quoted(name)} cannot be sent`);
    if (!FIELD_TEXT.test(value)) throw new Error(`The value ${quoted(value)} of ${name} cannot be sent`);
    text += `${name}: ${value}\r\n`;
  }
  return text;
}

/** As `requestHeadText`, in a fresh array that is the caller's. */
export function encodeRequestHead(method: string, target: string, fields: readonly FieldLine[]): Uint8Array {
  return latin1Bytes(requestHeadText(method, target, fields));
}

/** What stands before a chunk's data; `size` is its length in bytes, at least 1 (a 0 would end the message). */
export function chunkHead(size: number): Uint8Array {
  if (!Number.isSafeInteger(size) || size < 1) throw new Error(`${size} is no size of a chunk`);
  return latin1Bytes(`${size.toString(16)}\r\n`);
}

/** What stands after a chunk's data. Shared: not to be written to. */
export const CHUNK_END: Uint8Array = latin1Bytes('\r\n');

/** Ends a chunked message without trailers. Shared: not to be written to. */
export const LAST_CHUNK: Uint8Array = latin1Bytes('0\r\n\r\n');

/** Ends a chunked message with trailers, in a fresh array. */
export function lastChunk(trailers: readonly FieldLine[]): Uint8Array {
  return latin1Bytes(`0\r\n${fieldLinesText(trailers)}\r\n`);
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

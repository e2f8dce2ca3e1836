/** A captured request as it is written down to be sent again, whatever tool is to send it. */
import { readLatin1, readUtf8 } from '../capture/text.ts';
import { Utf8Validator } from '../wire/ws/utf8.ts';

/** Texts have one char per byte, as received. */
export interface RepeatRequest {
  readonly method: string;
  /** The request-target as on the request line. */
  readonly target: string;
  readonly version: '1.0' | '1.1';
  /** In wire order. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** Scheme and authority to connect to, such as `http://127.0.0.1:8080`. */
  readonly origin: string;
  /** Content with the chunked coding removed. Read during the call only. */
  readonly body?: Uint8Array | undefined;
}

export interface RepeatCommand {
  readonly command: string;
  /** Where what is sent will differ from the request, one sentence each. Empty: the same bytes. */
  readonly notes: readonly string[];
}

/** A longer content would make a command that nobody can paste; Linux takes 128 KiB in one argument. */
export const MAX_INLINE_BYTES = 65_536;

/** Also true for content of length zero that is announced. */
export function sendsContent(request: RepeatRequest): boolean {
  const announced = request.fields.some(([name]) => name.toLowerCase() === 'content-length');
  return announced || isChunked(request) || (request.body?.length ?? 0) > 0;
}

export function isChunked({ fields }: RepeatRequest): boolean {
  return fields.some(([name, value]) => name.toLowerCase() === 'transfer-encoding' && /chunked/i.test(value));
}

/** What the origin would be called by Host. */
export function authorityOf(origin: string): string {
  return origin.replace(/^\w+:\/\//, '');
}

export function latin1(bytes: Uint8Array): string {
  return readLatin1(bytes, 0, bytes.length);
}

/** The text of content that is valid UTF-8; undefined for other content. */
export function utf8(bytes: Uint8Array): string | undefined {
  const validator = new Utf8Validator();
  if (validator.push(bytes, 0, bytes.length) !== undefined || !validator.complete) return undefined;
  return readUtf8(bytes, 0, bytes.length);
}

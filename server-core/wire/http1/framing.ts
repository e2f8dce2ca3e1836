/** How a message's content ends, and whether the connection outlives the message. Pure decisions, no reading. */
import { CLASS, COMMA, DIGIT, equalsIgnoreCase, SEMICOLON, TOKEN, WS } from '../bytes.ts';
import type { FaultCode } from '../faults.ts';
import type { Framing, Role } from './events.ts';

/** What Transfer-Encoding said so far: nothing, a list that ends in chunked, or one that ends otherwise. */
export type TransferCodings = 'absent' | 'chunked' | 'other';

/** What the head said that bears on framing. */
export interface FramingFacts {
  role: Role;
  /** HTTP/1.0, rather than 1.1 or later. */
  old: boolean;
  /** Of a response. */
  status: number;
  /** The request's own method, or the one that a response answers. */
  method: string;
  contentLength: number | undefined;
  transferCodings: TransferCodings;
  /** Connection had the option `close`, `keep-alive`. */
  close: boolean;
  keepAlive: boolean;
}

export const NO_CONTENT: Framing = { kind: 'none' };
const CHUNKED: Framing = { kind: 'chunked' };
const UNTIL_CLOSE: Framing = { kind: 'until-close' };

/** RFC 9112 §6.3, in its order. A fault where the message must not be understood at all. */
export function messageFraming(facts: FramingFacts): Framing | FaultCode {
  const { role, contentLength, transferCodings } = facts;
  const response = role === 'response';

  // RFC 9112 §6.1: a 1.0 peer does not know the coding, so someone on the way did not take it off.
  if (transferCodings !== 'absent' && facts.old) return 'transfer-encoding-in-http10';

  // 1. No content whatever the fields say.
  if (response && isBodiless(facts.status, facts.method)) return NO_CONTENT;
  // 2. A tunnel starts right after the head.
  if (response && isTunnel(facts)) return NO_CONTENT;
  // 3. Stricter than the clause, which lets Transfer-Encoding win: this is how requests are smuggled.
  if (transferCodings !== 'absent' && contentLength !== undefined)
    return 'content-length-with-transfer-encoding';
  // 4. Chunked last, or unknowable: a response can still be read until the close, a request cannot.
  if (transferCodings === 'chunked') return CHUNKED;
  if (transferCodings === 'other') return response ? UNTIL_CLOSE : 'chunked-not-final';
  // 5. An invalid Content-Length was refused where it stood.
  // 6. A valid one.
  if (contentLength !== undefined) return { kind: 'length', length: contentLength };
  // 7. and 8. A request without either has no content, a response lasts until the close.
  return response ? UNTIL_CLOSE : NO_CONTENT;
}

function isBodiless(status: number, method: string): boolean {
  return status < 200 || status === 204 || status === 304 || method === 'HEAD';
}

/** Whether the bytes after this response's head belong to another protocol. RFC 9110 §9.3.6, §15.2.2. */
export function isTunnel(facts: FramingFacts): boolean {
  const { status, method } = facts;
  return status === 101 || (method === 'CONNECT' && status >= 200 && status < 300);
}

/** RFC 9112 §9.3: whether more messages may follow this one. */
export function persists(facts: FramingFacts, framing: Framing): boolean {
  if (framing.kind === 'until-close' || facts.close) return false;
  return !facts.old || facts.keepAlive;
}

/** Content-Length = 1*DIGIT; undefined for anything else, and from 2^53 on, where counting gets inexact. */
export function contentLength(bytes: Uint8Array, from: number, to: number): number | undefined {
  if (from === to) return undefined;
  let length = 0;
  for (let i = from; i < to; i++) {
    const byte = bytes[i]!;
    if ((CLASS[byte]! & DIGIT) === 0) return undefined;
    length = length * 10 + (byte - 0x30);
    if (length > Number.MAX_SAFE_INTEGER) return undefined;
  }
  return length;
}

/**
 * Transfer-Encoding = #transfer-coding, where several lines count as one list (RFC 9110 §5.3): `before` is what
 * the lines before this one came to.
 */
export function transferCodings(
  bytes: Uint8Array,
  from: number,
  to: number,
  role: Role,
  before: TransferCodings,
): TransferCodings | FaultCode {
  let codings = before;
  let i = from;
  do {
    while (i < to && isWhitespace(bytes[i]!)) i++;
    const start = i;
    while (i < to && (CLASS[bytes[i]!]! & TOKEN) !== 0) i++;
    // Stricter than RFC 9110 §5.6.1.2, which skips empty elements: `, chunked` is read in two ways out there.
    if (i === start) return 'transfer-encoding-invalid';
    const end = i;
    while (i < to && isWhitespace(bytes[i]!)) i++;
    const parameters = i < to && bytes[i] === SEMICOLON;
    if (i < to && bytes[i] !== COMMA && !parameters) return 'transfer-encoding-invalid';
    // RFC 9112 §7.1: chunked takes no parameters, so one that has some is another coding.
    const chunked = !parameters && equalsIgnoreCase(bytes, start, end, 'chunked');
    while (i < to && bytes[i] !== COMMA) i++;

    if (codings === 'chunked' && chunked) return 'chunked-repeated';
    if (role === 'request' && codings === 'chunked') return 'chunked-not-final';
    if (role === 'request' && !chunked) return 'transfer-coding-unknown';
    codings = chunked ? 'chunked' : 'other';
  } while (i++ < to);
  return codings;
}

/** Connection = #connection-option; options other than these two are left to whom they concern. */
export function noteConnectionOptions(
  bytes: Uint8Array,
  from: number,
  to: number,
  facts: Pick<FramingFacts, 'close' | 'keepAlive'>,
): void {
  let i = from;
  while (i < to) {
    while (i < to && (isWhitespace(bytes[i]!) || bytes[i] === COMMA)) i++;
    const start = i;
    while (i < to && bytes[i] !== COMMA) i++;
    let end = i;
    while (end > start && isWhitespace(bytes[end - 1]!)) end--;
    if (equalsIgnoreCase(bytes, start, end, 'close')) facts.close = true;
    else if (equalsIgnoreCase(bytes, start, end, 'keep-alive')) facts.keepAlive = true;
  }
}

function isWhitespace(byte: number): boolean {
  return (CLASS[byte]! & WS) !== 0;
}

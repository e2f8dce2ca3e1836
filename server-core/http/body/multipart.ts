/**
 * Multipart content as a stream: bytes in, parts out. RFC 2046 §5.1.1, RFC 7578.
 *
 *     multipart-body    = [preamble CRLF] dash-boundary padding CRLF body-part *encapsulation
 *                         close-delimiter padding [CRLF epilogue]
 *     encapsulation     = delimiter padding CRLF body-part
 *     delimiter         = CRLF dash-boundary           ; dash-boundary = "--" boundary
 *     close-delimiter   = delimiter "--"
 *
 * Nothing is gathered but a part's head, and at the end of a push the few bytes that may turn out to be a
 * delimiter. The line break before a delimiter belongs to the delimiter, so every byte before it is content.
 */
import { CR, LF, latin1Bytes, SP, TAB } from '../../wire/bytes.ts';
import type { MultipartFaultCode } from './multipart-faults.ts';
import { MULTIPART_DEFAULTS, type MultipartLimits } from './multipart-limits.ts';
import { type PartHead, parsePartHead } from './part-head.ts';

export type MultipartEvent =
  | { readonly kind: 'part'; readonly head: PartHead }
  /** Content of the part; lent until the next event is asked for. */
  | { readonly kind: 'data'; readonly bytes: Uint8Array }
  | { readonly kind: 'part-end' }
  /** The last boundary came: whatever follows is ignored. */
  | { readonly kind: 'end' }
  /** The last event; the parser is finished. */
  | { readonly kind: 'fault'; readonly code: MultipartFaultCode };

/** boundary = 0*69<bchars> bcharsnospace */
const BOUNDARY = /^[\dA-Za-z'()+_,\-./:=? ]{0,69}[\dA-Za-z'()+_,\-./:=?]$/;

/** Spaces that gateways may have put behind a boundary. Their number is bounded so that what is kept is, too. */
const MAX_PADDING = 64;
const DASH = 0x2d;
const HEAD_END = [CR, LF, CR, LF];
const NOTHING = new Uint8Array(0);

/** Where a delimiter line lies in the bytes at hand. `end` is after its CRLF, or after the closing dashes. */
interface Delimiter {
  readonly start: number;
  readonly end: number;
  readonly last: boolean;
}

/** It may be a delimiter, but the bytes at hand end before that is certain. */
interface Undecided {
  readonly start: number;
  readonly end: undefined;
}

export class MultipartParser {
  readonly #delimiter: Uint8Array;
  readonly #limits: MultipartLimits;
  /** At `content-start` the CRLF of the empty line is still at hand: empty content has its delimiter right there. */
  #state: 'preamble' | 'head' | 'content-start' | 'content' | 'ended' | 'faulted' = 'preamble';
  /** Bytes of earlier pushes that are not decided yet. A first boundary has no line break before it, so one is lent. */
  #kept: Uint8Array = Uint8Array.of(CR, LF);
  /** Of `#kept`, what was already searched for the end of a head. */
  #searched = 0;
  #preambleBytes = 0;
  #parts = 0;

  /** Undefined when `boundary` cannot be one. */
  static create(boundary: string, limits?: Partial<MultipartLimits>): MultipartParser | undefined {
    return BOUNDARY.test(boundary) ? new MultipartParser(boundary, limits) : undefined;
  }

  private constructor(boundary: string, limits: Partial<MultipartLimits> | undefined) {
    this.#delimiter = latin1Bytes(`\r\n--${boundary}`);
    this.#limits = { ...MULTIPART_DEFAULTS, ...limits };
  }

  /** Takes the next bytes, which are lent while the events are taken. All events must be taken. */
  *push(chunk: Uint8Array): Generator<MultipartEvent, void> {
    let bytes = chunk;
    if (this.#kept.length > 0) {
      bytes = new Uint8Array(this.#kept.length + chunk.length);
      bytes.set(this.#kept);
      bytes.set(chunk, this.#kept.length);
      this.#kept = NOTHING;
    }
    let at = 0;
    while (at < bytes.length) {
      if (this.#state === 'ended' || this.#state === 'faulted') return;
      if (this.#state === 'head') {
        const end = this.#headEnd(bytes, at);
        if (end === undefined) break;
        yield this.#head(bytes.subarray(at, end));
        at = end + 2;
        continue;
      }
      if (this.#state === 'content-start') {
        const found = this.#delimiterAt(bytes, at);
        if (found && found.end === undefined) break;
        this.#state = 'content';
        if (!found) at += 2;
      }
      const found = this.#find(bytes, at);
      const until = found?.start ?? bytes.length;
      if (this.#state === 'content') {
        if (until > at) yield { kind: 'data', bytes: bytes.subarray(at, until) };
      } else {
        this.#preambleBytes += until - at;
        if (this.#preambleBytes > this.#limits.maxPreambleBytes) {
          return yield this.#fault('preamble-too-long');
        }
      }
      at = until;
      if (found?.end === undefined) break;
      if (this.#state === 'content') yield { kind: 'part-end' };
      at = found.end;
      this.#state = found.last ? 'ended' : 'head';
      this.#searched = 0;
      if (found.last) return yield { kind: 'end' };
    }
    if (this.#state === 'head' && bytes.length - at > this.#limits.maxPartHeadBytes + HEAD_END.length) {
      return yield this.#fault('head-too-large');
    }
    this.#kept = bytes.slice(at);
  }

  /** Called when no more bytes will come: a fault unless the last boundary did. */
  finish(): MultipartEvent | undefined {
    if (this.#state === 'ended' || this.#state === 'faulted') return undefined;
    return this.#fault('ended-early');
  }

  #head(bytes: Uint8Array): MultipartEvent {
    if (bytes.length > this.#limits.maxPartHeadBytes) return this.#fault('head-too-large');
    const head = parsePartHead(bytes);
    if (typeof head === 'string') return this.#fault(head);
    if (++this.#parts > this.#limits.maxParts) return this.#fault('too-many-parts');
    this.#state = 'content-start';
    return { kind: 'part', head };
  }

  #fault(code: MultipartFaultCode): MultipartEvent {
    this.#state = 'faulted';
    this.#kept = NOTHING;
    return { kind: 'fault', code };
  }

  /** The index of the CRLF CRLF that ends the head which starts at `from`; undefined when it is not there yet. */
  #headEnd(bytes: Uint8Array, from: number): number | undefined {
    for (let i = bytes.indexOf(CR, from + this.#searched); i >= 0; i = bytes.indexOf(CR, i + 1)) {
      if (HEAD_END.every((byte, k) => bytes[i + k] === byte)) return i;
    }
    this.#searched = Math.max(0, bytes.length - from - HEAD_END.length + 1);
    return undefined;
  }

  /** The first delimiter line from `from` on. */
  #find(bytes: Uint8Array, from: number): Delimiter | Undecided | undefined {
    for (let i = bytes.indexOf(CR, from); i >= 0; i = bytes.indexOf(CR, i + 1)) {
      const found = this.#delimiterAt(bytes, i);
      if (found) return found;
    }
    return undefined;
  }

  #delimiterAt(bytes: Uint8Array, start: number): Delimiter | Undecided | undefined {
    const delimiter = this.#delimiter;
    const undecided: Undecided = { start, end: undefined };
    for (let k = 1; k < delimiter.length; k++) {
      if (start + k === bytes.length) return undecided;
      if (bytes[start + k] !== delimiter[k]) return undefined;
    }
    let i = start + delimiter.length;
    if (i === bytes.length) return undecided;
    if (bytes[i] === DASH) {
      if (i + 1 === bytes.length) return undecided;
      return bytes[i + 1] === DASH ? { start, end: i + 2, last: true } : undefined;
    }
    const padded = i + MAX_PADDING;
    while (i < padded && (bytes[i] === SP || bytes[i] === TAB)) i++;
    // A line that only begins like the boundary is content: RFC 2046 §5.1.1 makes the sender avoid whole lines.
    if (i < bytes.length && bytes[i] !== CR) return undefined;
    if (i + 1 >= bytes.length) return undecided;
    return bytes[i + 1] === LF ? { start, end: i + 2, last: false } : undefined;
  }
}

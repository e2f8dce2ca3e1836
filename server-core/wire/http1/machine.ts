import { LF } from '../bytes.ts';
import type { FaultCode } from '../faults.ts';
import { HTTP1_DEFAULTS, type Http1Options } from '../limits.ts';
import type { SpanKind } from '../span.ts';
import type { Http1Sink, Role } from './events.ts';
import type { FramingFacts } from './framing.ts';
import { SectionBytes } from './section-bytes.ts';
import { State } from './states.ts';

/**
 * Reads on from index `i` of the chunk, up to `end` at most, and returns the index it stopped at. There it has
 * run out of bytes, changed the state, ended the message, or met a fault. Called with i < end.
 */
export type Step = (m: Machine, chunk: Uint8Array, i: number, end: number) => number;

/** The field-reading states come twice, once for the header and once for the trailer section. */
export interface SectionStates {
  readonly line: number;
  readonly name: number;
  readonly ows: number;
  readonly value: number;
  readonly lf: number;
  readonly endLf: number;
  readonly nameSpan: SpanKind;
  readonly valueSpan: SpanKind;
  readonly tooLarge: FaultCode;
}

export const HEADER: SectionStates = {
  line: State['field-line'],
  name: State['field-name'],
  ows: State['field-ows'],
  value: State['field-value'],
  lf: State['field-lf'],
  endLf: State['head-lf'],
  nameSpan: 'field-name',
  valueSpan: 'field-value',
  tooLarge: 'head-too-large',
};

export const TRAILER: SectionStates = {
  line: State['trailer-line'],
  name: State['trailer-name'],
  ows: State['trailer-ows'],
  value: State['trailer-value'],
  lf: State['trailer-lf'],
  endLf: State['last-lf'],
  nameSpan: 'trailer-name',
  valueSpan: 'trailer-value',
  tooLarge: 'trailers-too-large',
};

/** `sectionEnd` outside of a header or trailer section. */
export const NO_SECTION = Number.MAX_SAFE_INTEGER;

/**
 * What the step functions share: the parser's whole memory. Offsets are the stream's, indices the chunk's;
 * `offset = base + index`.
 *
 * All bytes before `tokenStart` have their span. The bytes from there to `offset` are the token being read.
 */
export class Machine {
  readonly role: Role;
  readonly sink: Http1Sink;
  readonly options: Http1Options;

  state: number = State.idle;
  /** Offset of the first byte that was not consumed. */
  offset = 0;
  /** Offset of the current chunk's index 0. */
  base = 0;
  tokenStart = 0;
  /** Set to make `push` return: a message ended, or nothing more can be read. */
  stopped = false;

  emptyLines = 0;
  /** Of a response: the method of the request it answers. */
  answers = 'GET';

  method = '';
  target = '';
  major = 0;
  status = 0;
  reason = '';
  readonly facts: FramingFacts;
  hosts = 0;

  section: SectionStates = HEADER;
  sectionStart = 0;
  /** Offset at which the section exceeds its limit. */
  sectionEnd = NO_SECTION;
  readonly sectionBytes = new SectionBytes();
  /** Of the field line being read. */
  nameStart = 0;
  nameEnd = 0;
  valueStart = 0;
  valueEnd = 0;
  /** Of the lines read, as `FieldSection` takes them: the first `markCount` count, the rest is of earlier sections. */
  readonly marks: number[] = [];
  markCount = 0;

  /** Whether the connection persists after the message. */
  keepAlive = false;
  /** Content bytes of the message, or of the chunk, that are still to come. */
  remaining = 0;
  chunkSize = 0;
  chunkExtensionPhase = 0;
  /** Over all chunks of the message. */
  chunkExtensionBytes = 0;

  constructor(role: Role, sink: Http1Sink, options: Partial<Http1Options> | undefined) {
    this.role = role;
    this.sink = sink;
    this.options = options ? { ...HTTP1_DEFAULTS, ...options } : HTTP1_DEFAULTS;
    this.facts = {
      role,
      old: false,
      status: 0,
      method: '',
      contentLength: undefined,
      transferCodings: 'absent',
      close: false,
      keepAlive: false,
    };
  }

  /** The token that was being read is complete before `index`, and was a `kind`. Empty tokens have no span. */
  emit(kind: SpanKind, index: number): void {
    const end = this.base + index;
    if (end === this.tokenStart) return;
    const start = this.tokenStart;
    this.tokenStart = end;
    this.sink.span(kind, start, end);
  }

  /** The byte at `index` cannot be accepted. What was read of its token is marked; the parser is finished. */
  fault(code: FaultCode, index: number): number {
    this.emit('faulty', index);
    this.state = State.faulted;
    this.offset = this.tokenStart;
    this.sectionEnd = NO_SECTION;
    this.stopped = true;
    this.sink.fault({ code, at: this.offset });
    return index;
  }

  /** A CR was read and this byte must be LF; if so, the line end is a span and true is returned. */
  lineFeed(chunk: Uint8Array, index: number): boolean {
    if (chunk[index] !== LF) {
      this.fault('bare-cr', index);
      return false;
    }
    this.emit('crlf', index + 1);
    return true;
  }

  beginSection(section: SectionStates, index: number, limit: number): void {
    this.section = section;
    this.sectionStart = this.base + index;
    this.sectionEnd = this.sectionStart + limit;
    this.sectionBytes.begin(this.sectionStart, index);
    this.markCount = 0;
  }

  /** The message is complete before `index`; `state` is what comes next. */
  endMessage(state: number, index: number): void {
    this.state = state;
    this.offset = this.base + index;
    this.stopped = true;
    this.sink.end(this.offset);
  }
}

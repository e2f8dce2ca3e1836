/**
 * The HTTP/1.x parser: bytes in, events with stream offsets out. RFC 9112.
 *
 * - `push` returns how many bytes it consumed. It stops right after each message and at a protocol switch, so
 *   that a server can hold back pipelined requests, hand the rest to another parser, or simply loop.
 * - Events hold stream offsets, never references to the chunk. The caller takes content out of its own chunk.
 * - Events do not depend on how the stream was cut into chunks, save that content comes in the pieces in which
 *   it arrived. So a stepper needs nothing but `push` of one byte at a time and `state`.
 * - It never throws on input, reads no clock, and allocates nothing in proportion to what the peer declares.
 * - A fault is its last event. The byte at the fault is not consumed, nor is anything after it.
 *
 * Each state has a row in `states.ts` and a step function, which scans a whole run of bytes where it can. What
 * they share is in `machine.ts`.
 */

import type { Http1Options } from '../limits.ts';
import type { SpanKind } from '../span.ts';
import { chunkExtension } from './chunk-extension.ts';
import { chunkData, chunkEnd, chunkEndLf, chunkSize, chunkSizeLf } from './chunked.ts';
import { content, contentUntilClose } from './content.ts';
import type { Http1Sink, Role } from './events.ts';
import { fieldLf, fieldLine, fieldName, fieldOws, fieldValue, sectionLf } from './field-lines.ts';
import { Machine, NO_SECTION, type Step } from './machine.ts';
import {
  emptyLineLf,
  idle,
  method,
  reason,
  reasonSpace,
  requestLineEnd,
  startLineLf,
  status,
  statusSpace,
  target,
  tlsRecord,
  version,
} from './start-line.ts';
import { STATE_NAMES, STATES, State, type StateName } from './states.ts';

const unexpected: Step = (m, _chunk, i) => m.fault('unexpected-bytes', i);

/** `push` never gets here: these states consume nothing. */
const nothing: Step = (_m, _chunk, i) => i;

const STEPS: Readonly<Record<StateName, Step>> = {
  idle,
  'empty-line': emptyLineLf,
  'tls-record': tlsRecord,
  method,
  target,
  version,
  'request-line-end': requestLineEnd,
  'status-space': statusSpace,
  status,
  'reason-space': reasonSpace,
  reason,
  'start-line-lf': startLineLf,
  'field-line': fieldLine,
  'field-name': fieldName,
  'field-ows': fieldOws,
  'field-value': fieldValue,
  'field-lf': fieldLf,
  'head-lf': sectionLf,
  content,
  'content-until-close': contentUntilClose,
  'chunk-size': chunkSize,
  'chunk-extension': chunkExtension,
  'chunk-size-lf': chunkSizeLf,
  'chunk-data': chunkData,
  'chunk-end': chunkEnd,
  'chunk-end-lf': chunkEndLf,
  'trailer-line': fieldLine,
  'trailer-name': fieldName,
  'trailer-ows': fieldOws,
  'trailer-value': fieldValue,
  'trailer-lf': fieldLf,
  'last-lf': sectionLf,
  'after-close': unexpected,
  switched: nothing,
  faulted: nothing,
  closed: nothing,
};

const STEP_OF: readonly Step[] = STATE_NAMES.map((name) => STEPS[name]);

/** A token that is not complete yet. */
export interface PendingToken {
  readonly kind: SpanKind;
  readonly start: number;
}

export class Http1Parser {
  readonly #machine: Machine;

  /** Reads one direction of one connection from its first byte: all its requests, or all its responses. */
  constructor(role: Role, sink: Http1Sink, options?: Partial<Http1Options>) {
    this.#machine = new Machine(role, sink, options);
  }

  /** What is being read; `STATES` explains it. */
  get state(): StateName {
    return STATE_NAMES[this.#machine.state]!;
  }

  /** Stream offset of the next byte: all bytes before it were consumed. */
  get offset(): number {
    return this.#machine.offset;
  }

  /**
   * Reads bytes [from, to) of the chunk and returns how many it consumed. Fewer than given: a message ended, the
   * protocol was switched, or there was a fault; call again with the rest to go on, unless it returns 0.
   *
   * The chunk is lent for the call.
   */
  push(chunk: Uint8Array, from = 0, to = chunk.length): number {
    const m = this.#machine;
    if (m.state >= State.switched) return 0;
    m.base = m.offset - from;
    m.stopped = false;
    m.sectionBytes.resume(from);
    let i = from;
    while (i < to) {
      const bound = m.sectionEnd - m.base;
      if (bound >= to) i = STEP_OF[m.state]!(m, chunk, i, to);
      else if (i < bound) i = STEP_OF[m.state]!(m, chunk, i, bound);
      else i = m.fault(m.section.tooLarge, i);
      if (m.stopped) return i - from;
    }
    m.offset = m.base + i;
    if (m.sectionEnd !== NO_SECTION) m.sectionBytes.keep(chunk, i);
    return i - from;
  }

  /** The peer closed its side. Content that lasts until then ends; a message cut short is a fault. */
  finish(): void {
    const m = this.#machine;
    m.base = m.offset;
    switch (m.state) {
      case State.switched:
      case State.faulted:
      case State.closed:
        return;
      case State.idle:
      case State['after-close']:
        m.state = State.closed;
        return;
      case State['content-until-close']:
        m.emit('body', 0);
        m.endMessage(State.closed, 0);
        return;
      case State.content:
      case State['chunk-data']:
        // What did arrive of the content is content, only not all of it.
        m.emit('body', 0);
        m.fault('connection-closed-early', 0);
        return;
      default:
        m.fault('connection-closed-early', 0);
    }
  }

  /**
   * Says which request the next final response answers: those to HEAD have no content, and a 2xx to CONNECT
   * switches the protocol (RFC 9112 §6.3). Without it a response is read as one to GET.
   */
  expect(request: { readonly method: string }): void {
    this.#machine.answers = request.method;
  }

  /** The token whose first bytes were read but not its last, for a view of a message under way. */
  pending(): PendingToken | undefined {
    const m = this.#machine;
    if (m.offset === m.tokenStart) return undefined;
    return { kind: STATES[this.state].reads, start: m.tokenStart };
  }
}

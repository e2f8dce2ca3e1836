/**
 * Reads one message out of captured bytes with the same parser that served it, so that what is explained cannot
 * differ from what was done. Bytes come in as they are pulled; offsets count from the message's first byte.
 */

import type { Fault } from '../../server-core/wire/faults.ts';
import type { Role } from '../../server-core/wire/http1/events.ts';
import { Http1Parser } from '../../server-core/wire/http1/parser.ts';
import type { Span, SpanKind } from '../../server-core/wire/span.ts';
import { FieldCollector } from './field-collector.ts';
import { FrameCollector } from './frame-collector.ts';
import { grown } from './grown.ts';
import type { FieldView, FrameView, HeadView } from './queries/detail.ts';

/** What was made out of the bytes so far. Arrays may be shared with the next call's: do not change them. */
export interface ReadMessage {
  readonly bytes: Uint8Array;
  /** Tile all bytes read. */
  readonly spans: readonly Span[];
  readonly startLine: readonly string[];
  readonly fields: readonly FieldView[];
  readonly interim: readonly HeadView[];
  readonly frames: readonly FrameView[];
  /** Up to and with the empty line; all that was read while the head is not complete. */
  readonly headLength: number;
  readonly fault: Fault | undefined;
  /** Where the parser saw the message end; undefined while it has not. */
  readonly end: number | undefined;
}

export class MessageReader {
  /** Bytes read so far. */
  length = 0;
  #buffer = new Uint8Array(4096);
  readonly #spans: Span[] = [];
  readonly #collector = new FieldCollector((start, end) => latin1(this.#buffer, start, end));
  readonly #parser: Http1Parser;
  #headEnd: number | undefined;
  #fault: Fault | undefined;
  #end: number | undefined;
  #status: number | undefined;
  #frames: FrameCollector | undefined;
  readonly #interim: HeadView[] = [];
  readonly #role: Role;

  /** @param method of a response: that of the request it answers */
  constructor(role: Role, method: string) {
    this.#role = role;
    this.#parser = new Http1Parser(
      role,
      {
        span: (kind, start, end) => this.#span(kind, start, end),
        begin: () => this.#begin(),
        head: (head) => {
          this.#headEnd = head.end;
          this.#status = head.role === 'response' ? head.status : undefined;
        },
        body: () => {},
        trailers: () => {},
        end: (at) => {
          this.#end = at;
        },
        fault: (fault) => {
          this.#fault = fault;
        },
      },
      // The server accepted or refused these bytes under its own settings; a view shows them as far as they can be read.
      { allowObsTextInTarget: true },
    );
    if (role === 'response' && method !== '') this.#parser.expect({ method });
  }

  /** Adds bytes that follow those read; copies them. */
  append(bytes: Uint8Array): void {
    const from = this.length;
    const to = from + bytes.length;
    this.#buffer = grown(this.#buffer, to);
    this.#buffer.set(bytes, from);
    this.length = to;
    if (this.#frames !== undefined) return this.#frames.read(this.#buffer, to);
    for (let at = this.#parser.offset; at < to && this.#end === undefined; at = this.#parser.offset) {
      if (this.#parser.push(this.#buffer, at, to) === 0) break;
      // RFC 9110 §15.2: interim responses come before the one that ends the exchange.
      if (this.#status !== undefined && this.#status < 200 && this.#status !== 101) this.#end = undefined;
    }
  }

  /** The protocol was switched: what follows the message, and followed it so far, are WebSocket frames. */
  switchToFrames(deflate: boolean): void {
    if (this.#frames !== undefined || this.#end === undefined) return;
    this.#frames = new FrameCollector({
      from: this.#role === 'request' ? 'client' : 'server',
      offset: this.#end,
      deflate,
      span: (kind, start, end) => this.#span(kind, start, end),
      fault: (fault) => {
        this.#fault = fault;
      },
    });
    this.#end = undefined;
    this.#frames.read(this.#buffer, this.length);
  }

  /** No more bytes will come: the connection ended here. */
  finish(): void {
    if (this.#frames !== undefined) return;
    if (this.#end === undefined && this.#fault === undefined) this.#parser.finish();
  }

  read(): ReadMessage {
    const tail = this.#tail();
    return {
      bytes: this.#buffer.subarray(0, this.length),
      spans: tail.length === 0 ? this.#spans : [...this.#spans, ...tail],
      startLine: this.#collector.startLine,
      fields: this.#collector.fields,
      interim: this.#interim,
      frames: this.#frames?.frames ?? NO_FRAMES,
      headLength: this.#headEnd ?? this.length,
      fault: this.#fault,
      end: this.#end,
    };
  }

  /** Spans for the bytes that have none yet: a token under way, the byte at a fault, what lies behind the end. */
  #tail(): Span[] {
    const tiled = this.#spans.at(-1)?.end ?? 0;
    if (tiled >= this.length) return [];
    const reader = this.#frames ?? this.#parser;
    const pending = this.#fault === undefined && this.#end === undefined ? reader.pending() : undefined;
    if (pending !== undefined) return [{ kind: pending.kind, start: tiled, end: this.length }];
    if (this.#fault === undefined || this.#fault.at !== tiled) {
      return [{ kind: 'unread', start: tiled, end: this.length }];
    }
    const faulty: Span = { kind: 'faulty', start: tiled, end: tiled + 1 };
    return faulty.end === this.length
      ? [faulty]
      : [faulty, { kind: 'unread', start: faulty.end, end: this.length }];
  }

  /** A head begins. What was read of another one before it was interim: RFC 9110 §15.2. */
  #begin(): void {
    const { startLine, fields } = this.#collector;
    if (startLine.length > 0) this.#interim.push({ startLine, fields });
    this.#collector.begin();
  }

  #span(kind: SpanKind, start: number, end: number): void {
    if (end <= start) return;
    this.#spans.push({ kind, start, end });
    this.#collector.span(kind, start, end);
  }
}

const NO_FRAMES: readonly FrameView[] = [];

function latin1(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let i = start; i < end; i++) text += String.fromCharCode(bytes[i]!);
  return text;
}

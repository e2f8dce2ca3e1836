/**
 * One direction of a connection as the server reads it: messages one behind the other, and frames once a handshake
 * was agreed on. It adds nothing to the parsers but the order in which they are called, and tells in words what
 * they report.
 */
import type { Fault } from '../../server-core/wire/faults.ts';
import type { Framing, Head, Http1Sink, RequestHead, Role } from '../../server-core/wire/http1/events.ts';
import { Http1Parser } from '../../server-core/wire/http1/parser.ts';
import type { Http1Leniencies } from '../../server-core/wire/limits.ts';
import type { SpanKind } from '../../server-core/wire/span.ts';
import { type FrameHead, FrameParser } from '../../server-core/wire/ws/frames.ts';
import { decideHandshake } from '../../server-core/wire/ws/handshake.ts';
import { MessageReader } from '../../server-core/wire/ws/messages.ts';
import { formatCount } from '../geometry/quantities.ts';
import type { StateId } from './parser-states.ts';

export interface StreamOptions {
  readonly role: Role;
  readonly leniencies: Partial<Http1Leniencies>;
  /** Of responses: the methods of the requests that they answer, in order; GET where none is given. */
  readonly answers: readonly string[];
  /**
   * When frames follow a head: `agreed` after a request whose handshake would be accepted; `taken` after the first
   * final head, because the other side answered 101.
   */
  readonly frames: 'never' | 'agreed' | 'taken';
  /** permessage-deflate was agreed on. */
  readonly deflate: boolean;
}

export type SaidName = 'begin' | 'head' | 'content' | 'trailers' | 'end' | 'handshake' | 'frame' | 'message';

export interface StreamSink {
  span(kind: SpanKind, start: number, end: number): void;
  /** Something that the parser reported, in a few words. `at` is the stream offset it is about. */
  said(name: SaidName, at: number, words: string): void;
  head(head: Head): void;
  frame(frame: FrameHead): void;
  fault(fault: Fault): void;
}

export class StreamParser {
  readonly #sink: StreamSink;
  readonly #options: StreamOptions;
  readonly #http: Http1Parser;
  #frames: FrameParser | undefined;
  #messages: MessageReader | undefined;
  #finished = false;
  /** Final answers that came before. */
  #answered = 0;
  #status = 0;
  #switchDue = false;
  #ended = false;
  #contentSaid = false;

  constructor(options: StreamOptions, sink: StreamSink) {
    this.#options = options;
    this.#sink = sink;
    this.#http = new Http1Parser(options.role, this.#http1Sink(), options.leniencies);
    if (options.role === 'response') this.#expect();
  }

  get state(): StateId {
    if (!this.#frames) return this.#http.state;
    return this.#finished ? 'ws-finished' : `ws-${this.#frames.state}`;
  }

  /** Stream offset of the next byte. */
  get offset(): number {
    return this.#frames?.offset ?? this.#http.offset;
  }

  pending(): { readonly kind: SpanKind; readonly start: number } | undefined {
    return (this.#frames ?? this.#http).pending();
  }

  /** Reads bytes [from, to), through any number of messages, and returns how many it consumed. */
  push(chunk: Uint8Array, from = 0, to = chunk.length): number {
    let at = from;
    while (at < to) {
      const consumed = this.#frames ? this.#pushFrames(chunk, at, to) : this.#http.push(chunk, at, to);
      if (consumed === 0) break;
      at += consumed;
      if (this.#switchDue && this.#ended) this.#switch();
    }
    return at - from;
  }

  /** The peer closed its side. */
  finish(): void {
    if (!this.#frames) this.#http.finish();
    else if (!this.#finished) {
      this.#frames.finish();
      this.#finished = true;
    }
  }

  #pushFrames(chunk: Uint8Array, from: number, to: number): number {
    if (this.#finished) return 0;
    const consumed = this.#frames!.push(chunk, from, to);
    if (this.#finished) return consumed;
    // The reader of messages has a frame parser of its own inside; it is given what that one accepted.
    this.#messages!.push(chunk.subarray(from, from + consumed));
    if (this.#messages!.finished) this.#finished = true;
    return consumed;
  }

  #expect(): void {
    this.#http.expect({ method: this.#options.answers[this.#answered] ?? 'GET' });
  }

  #http1Sink(): Http1Sink {
    const sink = this.#sink;
    return {
      span: (kind, start, end) => sink.span(kind, start, end),
      begin: (at) => sink.said('begin', at, `a ${this.#options.role} begins`),
      head: (head) => this.#head(head),
      body: (start) => {
        if (!this.#contentSaid) sink.said('content', start, 'the content begins');
        this.#contentSaid = true;
      },
      trailers: (fields) =>
        sink.said('trailers', this.offset, `${fields.count} ${fields.count === 1 ? 'field' : 'fields'}`),
      end: (at) => {
        this.#ended = true;
        // RFC 9110 §15.2: an interim response is followed by another one to the same request.
        if (this.#status >= 200) {
          this.#answered++;
          this.#expect();
        }
        sink.said('end', at, `the ${this.#options.role} is complete`);
      },
      fault: (fault) => sink.fault(fault),
    };
  }

  #head(head: Head): void {
    this.#contentSaid = false;
    this.#ended = false;
    this.#status = head.role === 'response' ? head.status : 0;
    const line =
      head.role === 'request' ? `${head.method} ${head.target}` : `${head.status} ${head.reason}`.trim();
    this.#sink.head(head);
    this.#sink.said('head', head.start, `${line}, ${framingWords(head.framing)}`);
    const { frames } = this.#options;
    if (frames === 'taken') this.#switchDue = head.role === 'request' || head.status === 101;
    else if (frames === 'agreed' && head.role === 'request') this.#handshake(head);
  }

  /** Only of a request that asks for it: of others there is nothing to decide. */
  #handshake(head: RequestHead): void {
    if (!/\bwebsocket\b/i.test(head.fields.all('upgrade') ?? '')) return;
    const decision = decideHandshake(head);
    this.#switchDue = decision.accepted;
    const accept = decision.accepted && decision.fields.find(([name]) => name === 'Sec-WebSocket-Accept');
    this.#sink.said(
      'handshake',
      head.end,
      decision.accepted ? `accepted: ${accept ? accept[1] : '101'}` : `refused with ${decision.status}`,
    );
  }

  #switch(): void {
    this.#switchDue = false;
    const reader = this.#options.role === 'request' ? 'server' : 'client';
    const { deflate } = this.#options;
    const offset = this.#http.offset;
    const sink = this.#sink;
    const fault = (found: Fault) => {
      if (this.#finished) return;
      this.#finished = true;
      sink.fault(found);
    };
    this.#frames = new FrameParser(
      reader,
      {
        span: (kind, start, end) => sink.span(kind, start, end),
        head: (frame) => {
          sink.frame(frame);
          sink.said('frame', frame.start, `opcode ${frame.opcode}, ${frame.length} B of payload`);
        },
        payload: () => {},
        end: () => {},
        fault,
      },
      { offset, deflate },
    );
    const said = (words: string) => sink.said('message', this.offset, words);
    this.#messages = new MessageReader(
      reader,
      {
        text: (payload) => said(`text: ${short(UTF8.decode(payload))}`),
        binary: (payload) => said(`binary, ${payload.length} B`),
        compressed: (_opcode, payload) => said(`compressed, ${payload.length} B`),
        ping: (payload) => said(`ping: ${short(UTF8.decode(payload))}`),
        pong: (payload) => said(`pong: ${short(UTF8.decode(payload))}`),
        close: (code, reason) => said(`close ${code ?? 'without a code'} ${UTF8.decode(reason)}`.trim()),
        // Offsets of the messages' own parser begin where it was first given bytes.
        fault: ({ code, at }) => fault({ code, at: at + offset }),
      },
      { deflate },
    );
  }
}

export function framingWords(framing: Framing): string {
  switch (framing.kind) {
    case 'none':
      return 'no content';
    case 'length':
      return `${formatCount(framing.length)} B of content`;
    case 'chunked':
      return 'content in chunks';
    case 'until-close':
      return 'content until the close';
  }
}

const UTF8 = new TextDecoder();
const LONGEST = 32;

function short(text: string): string {
  return JSON.stringify(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}

/**
 * Both directions of one HTTP/1 connection, read by somebody who only looks on: where each message begins and ends,
 * and which answer belongs to which request. Bytes come in the order of their stream, and may be missing.
 */
import type { Direction } from '../capture/events.ts';
import { readLatin1 } from '../capture/text.ts';
import type { Fault } from '../wire/faults.ts';
import type { Head, Http1Sink, RequestHead, ResponseHead } from '../wire/http1/events.ts';
import { Http1Parser, type PendingToken } from '../wire/http1/parser.ts';
import type { Http1Options } from '../wire/limits.ts';
import type { SpanKind } from '../wire/span.ts';

/** Offsets are those of the direction's stream; `exchange` is what `begin` returned. */
export interface ConversationSink {
  /** First byte of a request, or of an answer to one that was not seen. */
  begin(offset: number): number;
  request(exchange: number, start: number, end: number, head: RequestHead): void;
  requestEnd(exchange: number, at: number): void;
  response(exchange: number, start: number, end: number, head: ResponseHead): void;
  responseEnd(exchange: number, at: number, complete: boolean): void;
  fault(exchange: number, direction: Direction, fault: Fault, at: number): void;
  span?(direction: Direction, kind: SpanKind, start: number, end: number): void;
}

/** Other people's peers are read as far as they can be; sizes are four times our own server's. */
const LENIENT: Partial<Http1Options> = {
  allowBareLf: true,
  allowAnyHost: true,
  allowObsTextInTarget: true,
  maxTargetBytes: 32_768,
  maxHeadBytes: 131_072,
  maxFields: 400,
};

interface Pending {
  readonly exchange: number;
  method: string;
}

interface Half {
  readonly direction: Direction;
  /** Undefined where bytes are missing, until a message begins. */
  parser: Http1Parser | undefined;
  /** Stream offset of the parser's first byte. */
  base: number;
  /** Stream offset of the next byte. */
  offset: number;
  /** Behind a fault nothing can be told apart any more. */
  isDead: boolean;
}

export class Conversation {
  readonly #sink: ConversationSink;
  readonly #options: Partial<Http1Options>;
  readonly #in: Half;
  readonly #out: Half;
  /** Requests without their whole answer, in order. */
  readonly #waiting: Pending[] = [];
  #asking: Pending | undefined;
  #answering: Pending | undefined;
  #isInterim = false;
  #isSwitched = false;
  #isForeign = false;
  #hasHead = false;

  constructor(sink: ConversationSink, options: Partial<Http1Options> = LENIENT) {
    this.#sink = sink;
    this.#options = options;
    this.#in = this.#half('in');
    this.#out = this.#half('out');
  }

  /** It did not begin as HTTP/1 does. */
  get isForeign(): boolean {
    return this.#isForeign;
  }
  /** What follows is of another protocol, by agreement: RFC 9110 §7.8, or inside a tunnel. */
  get isSwitched(): boolean {
    return this.#isSwitched;
  }

  /** The exchange that bytes of a direction belong to now. */
  current(direction: Direction): number | undefined {
    const pending = direction === 'in' ? this.#asking : (this.#answering ?? this.#waiting[0]);
    return pending?.exchange;
  }

  /** What bytes of a direction are read as now; undefined while they are not. */
  pending(direction: Direction): PendingToken | undefined {
    const { parser, base } = this.#side(direction);
    const pending = parser?.pending();
    return pending && { kind: pending.kind, start: pending.start + base };
  }

  /** Whether bytes of a direction can be told apart: not behind a fault, or where some are missing. */
  reads(direction: Direction): boolean {
    return this.#isSwitched || this.#side(direction).parser !== undefined;
  }

  /** Borrows the bytes for the call. */
  push(direction: Direction, bytes: Uint8Array): void {
    const half = this.#side(direction);
    const start = half.offset;
    half.offset += bytes.length;
    if (this.#isSwitched || half.isDead) return;
    if (half.parser === undefined && beginsMessage(direction, bytes)) {
      half.parser = this.#parser(direction, half);
      half.base = start;
    }
    let from = 0;
    while (half.parser !== undefined && from < bytes.length && !this.#isSwitched) {
      const taken = half.parser.push(bytes, from);
      if (taken === 0) return;
      from += taken;
    }
  }

  /** Bytes of the stream that nobody has: what they are part of cannot be read on. */
  skip(direction: Direction, bytes: number): void {
    const half = this.#side(direction);
    if (direction === 'out' && this.#answering && !this.#isSwitched) this.#endAnswer(half.offset, false);
    if (direction === 'in' && this.#asking) {
      // What of it was read has its end here; without a head it is none.
      if (this.#asking.method !== '') this.#sink.requestEnd(this.#asking.exchange, half.offset);
      this.#asking = undefined;
    }
    half.offset += bytes;
    half.parser = undefined;
  }

  /** One side will send no more. */
  finish(direction: Direction): void {
    if (!this.#isSwitched) this.#side(direction).parser?.finish();
  }

  /** The connection is over: what waits for an answer has none. */
  close(): void {
    this.finish('in');
    this.finish('out');
    const { offset } = this.#out;
    for (const { exchange } of this.#waiting.splice(0)) {
      this.#sink.responseEnd(exchange, offset, this.#isSwitched);
    }
  }

  #side(direction: Direction): Half {
    return direction === 'in' ? this.#in : this.#out;
  }

  #half(direction: Direction): Half {
    const half: Half = { direction, parser: undefined, base: 0, offset: 0, isDead: false };
    half.parser = this.#parser(direction, half);
    return half;
  }

  #parser(direction: Direction, half: Half): Http1Parser {
    const sink: Http1Sink = {
      span: (kind, start, end) => this.#sink.span?.(direction, kind, start + half.base, end + half.base),
      begin: (at) => (direction === 'in' ? this.#ask(at + half.base) : this.#answer(half)),
      head: (head) => this.#head(head, half.base),
      body() {},
      trailers() {},
      end: (at) => this.#end(direction, at + half.base),
      fault: (fault) => this.#fault(direction, fault, half.base),
    };
    return new Http1Parser(direction === 'in' ? 'request' : 'response', sink, this.#options);
  }

  #ask(offset: number): Pending {
    const pending = { exchange: this.#sink.begin(offset), method: '' };
    this.#waiting.push(pending);
    this.#asking = pending;
    return pending;
  }

  #answer(half: Half): void {
    this.#answering ??= this.#waiting[0] ?? this.#unseen();
    // RFC 9112 §6.3: whether there is content depends on what was asked.
    half.parser?.expect({ method: this.#answering.method || 'GET' });
  }

  /** An answer to what came before anybody looked. */
  #unseen(): Pending {
    const pending = { exchange: this.#sink.begin(this.#in.offset), method: '' };
    this.#waiting.push(pending);
    return pending;
  }

  #head(head: Head, base: number): void {
    this.#hasHead = true;
    const [start, end] = [head.start + base, head.end + base];
    if (head.role === 'request') {
      if (!this.#asking) return;
      this.#asking.method = head.method;
      this.#sink.request(this.#asking.exchange, start, end, head);
      return;
    }
    const { status } = head;
    this.#isInterim = status < 200 && status !== 101;
    if (this.#isInterim || !this.#answering) return;
    this.#sink.response(this.#answering.exchange, start, end, head);
    // RFC 9110 §9.3.6: a 2xx to CONNECT opens the tunnel.
    this.#isSwitched = status === 101 || (this.#answering.method === 'CONNECT' && status < 300);
  }

  #end(direction: Direction, at: number): void {
    if (direction === 'in') {
      if (this.#asking) this.#sink.requestEnd(this.#asking.exchange, at);
      this.#asking = undefined;
    } else if (!this.#isInterim && !this.#isSwitched) this.#endAnswer(at, true);
  }

  #endAnswer(at: number, complete: boolean): void {
    const answered = this.#answering;
    if (!answered) return;
    this.#answering = undefined;
    this.#waiting.splice(this.#waiting.indexOf(answered), 1);
    this.#sink.responseEnd(answered.exchange, at, complete);
  }

  #kill(direction: Direction): void {
    const half = this.#side(direction);
    half.parser = undefined;
    half.isDead = true;
  }

  #fault(direction: Direction, fault: Fault, base: number): void {
    const asking = direction === 'in' ? this.#asking : undefined;
    if (fault.code === 'connection-closed-early' && asking && !this.#waiting.includes(asking)) {
      // RFC 9110 §10.1.1: once it has its answer, a client may leave out what is left of the content.
      this.#kill(direction);
      return;
    }
    const at = fault.at + base;
    if (!this.#hasHead) {
      this.#isForeign = true;
      // Only what looks like HTTP is still read: a server may answer what it could not read.
      const other = this.#side(direction === 'in' ? 'out' : 'in');
      if (other.offset === 0) other.parser = undefined;
    }
    const pending =
      direction === 'in' ? (this.#asking ?? this.#ask(at)) : (this.#answering ?? this.#waiting[0]);
    const { exchange } = pending ?? this.#unseen();
    this.#sink.fault(exchange, direction, fault, at);
    this.#kill(direction);
    if (direction === 'out') this.#endAnswer(at, false);
  }
}

const STARTS = {
  in: /^[!#$%&'*+.^_`|~0-9A-Za-z-]{3,32} \S/,
  out: /^HTTP\/1\.[01] /,
} as const;

/** Whether a piece begins with a start line. After missing bytes nothing but that tells where a message begins. */
function beginsMessage(direction: Direction, bytes: Uint8Array): boolean {
  return STARTS[direction].test(readLatin1(bytes, 0, Math.min(40, bytes.length)));
}

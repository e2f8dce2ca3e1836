/** One direction of a TCP connection as it was seen in packets: its bytes in order, once, with what is missing. RFC 9293 §3.4. */
import { TCP_FLAG, type TcpSegment } from './tcp-segment.ts';

export interface StreamSink {
  /** Borrows the bytes for the call. */
  bytes(data: Uint8Array): void;
  missing(count: number): void;
  finish(): void;
}

/** Bytes that may wait for what was sent before them: more than any window that is in use by default. */
const MOST_HELD_BYTES = 8 * 1024 * 1024;
/** And segments, however short they are: some more than of 1460 bytes fill that. */
const MOST_HELD = 8192;

interface Held {
  readonly seq: number;
  readonly payload: Uint8Array;
  readonly length: number;
}

export class TcpStream {
  readonly #sink: StreamSink;
  /** Sequence number of the next byte; undefined before the first segment. */
  #next: number | undefined;
  /** Segments that came before what precedes them, in order. */
  #held: Held[] = [];
  #heldBytes = 0;
  #finAt: number | undefined;
  /** The other side has said that it got everything before this. */
  #acked: number | undefined;
  #isFinished = false;

  constructor(sink: StreamSink) {
    this.#sink = sink;
  }

  get isFinished(): boolean {
    return this.#isFinished;
  }

  push({ seq, flags, payload, length }: TcpSegment): void {
    const isSyn = (flags & TCP_FLAG.syn) !== 0;
    const first = isSyn ? (seq + 1) >>> 0 : seq;
    this.#next ??= first;
    if (flags & TCP_FLAG.fin) this.#finAt ??= (first + length) >>> 0;
    if (length > 0) this.#take({ seq: first, payload, length });
    this.#finish();
  }

  /** The other side says what it has. What it has and we do not was missed when this was captured. */
  acknowledged(ack: number): void {
    if (this.#acked === undefined || distance(this.#acked, ack) > 0) this.#acked = ack;
    if (this.#held.length > 0 && this.#next !== undefined && distance(this.#next, ack) > 0) {
      this.#jump(distance(this.#next, this.#held[0]!.seq));
      this.#finish();
    }
  }

  /** Nothing more comes: gives what is held, and says what is missing before it. */
  flush(): void {
    while (this.#held.length > 0) this.#jump(distance(this.#next!, this.#held[0]!.seq));
    const end = this.#finAt ?? this.#acked;
    if (this.#next === undefined || end === undefined || this.#isFinished) return;
    const left = distance(this.#next, end);
    // One more is acknowledged for FIN, and what is far off belongs to another connection.
    if (left > 1 && left < MOST_HELD_BYTES) this.#jump(left);
    this.#finish();
  }

  #take(segment: Held): void {
    const ahead = distance(this.#next!, segment.seq);
    if (ahead > 0) return this.#hold(segment);
    // Sent again, wholly or in part: the first copy counts.
    const known = -ahead;
    if (known >= segment.length) return;
    this.#give(segment, known);
    this.#giveHeld();
  }

  #give({ payload, length }: Held, from: number): void {
    if (from < payload.length) this.#sink.bytes(payload.subarray(from));
    // What was cut off by whoever captured.
    const cut = length - Math.max(from, payload.length);
    if (cut > 0) this.#sink.missing(cut);
    this.#next = (this.#next! + length - from) >>> 0;
  }

  #giveHeld(): void {
    while (this.#held.length > 0) {
      const known = distance(this.#held[0]!.seq, this.#next!);
      if (known < 0) return;
      const segment = this.#held.shift()!;
      this.#heldBytes -= segment.payload.length;
      if (known < segment.length) this.#give(segment, known);
    }
  }

  #hold({ seq, payload, length }: Held): void {
    let at = 0;
    for (let end = this.#held.length; at < end; ) {
      const middle = (at + end) >> 1;
      if (distance(this.#held[middle]!.seq, seq) < 0) end = middle;
      else at = middle + 1;
    }
    this.#held.splice(at, 0, { seq, payload: new Uint8Array(payload), length });
    this.#heldBytes += payload.length;
    const isFull = this.#heldBytes > MOST_HELD_BYTES || this.#held.length > MOST_HELD;
    if (isFull) this.#jump(distance(this.#next!, this.#held[0]!.seq));
  }

  /** Goes on behind bytes that are missing. */
  #jump(count: number): void {
    if (count > 0) {
      this.#sink.missing(count);
      this.#next = (this.#next! + count) >>> 0;
    }
    this.#giveHeld();
  }

  #finish(): void {
    if (this.#isFinished || this.#finAt === undefined || distance(this.#finAt, this.#next!) < 0) return;
    this.#isFinished = true;
    this.#sink.finish();
  }
}

/** How far `to` lies ahead of `from`, in numbers that begin again at 2^32. */
function distance(from: number, to: number): number {
  return (to - from) | 0;
}

/**
 * One connection to the origin: one exchange at a time, read by our own parser in its response role. What crosses it
 * is not captured: the capture shows what the client and this server say to each other.
 */
import type { Socket } from 'node:net';
import type { Fault } from '../../wire/faults.ts';
import type { Head, Http1Sink, ResponseHead } from '../../wire/http1/events.ts';
import type { Fields } from '../../wire/http1/fields.ts';
import { Http1Parser } from '../../wire/http1/parser.ts';
import { OriginProblem, systemProblem } from './origin-problem.ts';

/** What the origin says in one exchange. After `end` or `failed` nothing more is called. */
export interface ResponseSink {
  /** 1xx, 101 among them: then the connection is the sink's to `detach`. */
  interim(head: ResponseHead): void;
  head(head: ResponseHead): void;
  /** The array is the receiver's. */
  content(bytes: Uint8Array): void;
  trailers(fields: Fields): void;
  /** The response is complete. `persists` is true when the origin will take another request. */
  end(persists: boolean): void;
  failed(problem: OriginProblem): void;
}

/** A connection whose protocol was switched. */
export interface Detached {
  readonly socket: Socket;
  /** Bytes that came behind the response's head. */
  readonly rest: Uint8Array;
}

export class OriginConnection implements Http1Sink {
  readonly #socket: Socket;
  readonly #parser = new Http1Parser('response', this);
  #sink: ResponseSink | undefined;
  #chunk: Uint8Array = NOTHING;
  #chunkStart = 0;
  #exchanges = 0;
  #answered = false;
  #final = false;
  #persists = false;
  #error: OriginProblem | undefined;
  #detached = false;
  /** Called once when the connection is gone or detached. */
  onGone: () => void = () => {};
  /** Called when bytes that waited were taken, and when the connection is gone. */
  onDrain: () => void = () => {};

  /** `socket` is connected, and nothing was read from it. */
  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', this.#read);
    socket.on('end', this.#ended);
    socket.on('error', this.#failed);
    socket.on('close', this.#closed);
    socket.on('drain', this.#drained);
  }

  /** Exchanges that began on it, the present one with them. */
  get exchanges(): number {
    return this.#exchanges;
  }

  /** Whether a byte came since the present exchange began. */
  get answered(): boolean {
    return this.#answered;
  }

  get destroyed(): boolean {
    return this.#socket.destroyed;
  }

  /** Begins the next exchange. The head's array is the connection's from then on. */
  send(method: string, head: Uint8Array, sink: ResponseSink): void {
    this.#exchanges++;
    this.#answered = false;
    this.#final = false;
    this.#sink = sink;
    this.#parser.expect({ method });
    this.#socket.ref();
    this.#socket.write(head);
  }

  /** The arrays are the connection's from then on. False asks to wait for `onDrain`. */
  write(...pieces: Uint8Array[]): boolean {
    const socket = this.#socket;
    if (socket.destroyed) return false;
    // One write for all pieces, as one packet where they fit.
    if (pieces.length > 1) socket.cork();
    for (const piece of pieces) socket.write(piece);
    if (pieces.length > 1) socket.uncork();
    return !socket.writableNeedDrain;
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** The exchange is over and the connection waits for another one; it does not keep the process alive. */
  idle(): void {
    this.onDrain = () => {};
    this.#socket.resume();
    this.#socket.unref();
  }

  /** Gives it up. The sink hears no more. */
  destroy(): void {
    this.#sink = undefined;
    this.#socket.destroy();
  }

  /** In `interim` with 101: the socket is the caller's, without listeners of ours. */
  detach(): Detached {
    const from = this.#parser.offset - this.#chunkStart;
    const rest = this.#chunk.subarray(from);
    this.#detached = true;
    this.#sink = undefined;
    const socket = this.#socket;
    socket.pause();
    socket.off('data', this.#read).off('end', this.#ended).off('error', this.#failed);
    socket.off('close', this.#closed).off('drain', this.#drained);
    this.onGone();
    return { socket, rest };
  }

  // ---- the socket ----------------------------------------------------------------------------------------

  readonly #read = (chunk: Buffer): void => {
    if (!this.#sink) return this.destroy();
    this.#answered = true;
    let from = 0;
    while (from < chunk.length) {
      this.#chunk = chunk;
      this.#chunkStart = this.#parser.offset - from;
      const consumed = this.#parser.push(chunk, from);
      this.#chunk = NOTHING;
      if (this.#detached) return;
      from += consumed;
      if (consumed === 0 || !this.#sink) break;
    }
    if (from < chunk.length) this.#socket.destroy();
  };

  readonly #ended = (): void => {
    if (this.#sink) this.#parser.finish();
    this.#socket.destroy();
  };

  readonly #failed = (error: NodeJS.ErrnoException): void => {
    this.#error = systemProblem(error, false);
  };

  readonly #closed = (): void => {
    this.#tell(this.#error ?? new OriginProblem('closed'));
    this.onGone();
    this.onDrain();
  };

  readonly #drained = (): void => this.onDrain();

  #tell(problem: OriginProblem): void {
    const sink = this.#sink;
    this.#sink = undefined;
    sink?.failed(problem);
  }

  // ---- the parser ----------------------------------------------------------------------------------------

  span(): void {}

  begin(): void {}

  head(head: Head): void {
    if (head.role !== 'response') return;
    this.#persists = head.keepAlive;
    this.#final = head.status >= 200;
    if (head.status < 200) this.#sink?.interim(head);
    else this.#sink?.head(head);
  }

  body(start: number, end: number): void {
    this.#sink?.content(this.#chunk.subarray(start - this.#chunkStart, end - this.#chunkStart));
  }

  trailers(fields: Fields): void {
    this.#sink?.trailers(fields);
  }

  end(at: number): void {
    if (!this.#final) return;
    const sink = this.#sink;
    this.#sink = undefined;
    // Bytes behind the response answer nothing that was asked: whoever came next would get them as its own.
    sink?.end(this.#persists && at - this.#chunkStart === this.#chunk.length);
  }

  fault(fault: Fault): void {
    const early = fault.code === 'connection-closed-early' || fault.code === 'unexpected-bytes';
    this.#tell(early ? new OriginProblem('closed') : new OriginProblem('bad-response', { fault }));
  }
}

const NOTHING = new Uint8Array(0);

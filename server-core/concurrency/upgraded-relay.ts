import type { UpgradedStream } from '../http/response.ts';
import { movable, type ToThread } from './thread-messages.ts';

/** Bytes on their way to a thread that it has not taken: past it, the socket is paused. As for a request's content. */
const MOST_UNREAD = 256 * 1024;

/** The loop's half of a connection that a thread has upgraded (thread-stream.ts). */
export class UpgradedRelay {
  readonly #id: number;
  readonly #stream: UpgradedStream;
  readonly #tell: (message: ToThread, move?: ArrayBuffer) => void;
  #unread = 0;
  /** Bytes that were written and that the socket does not take for now. */
  #owed = 0;
  #pausedByThread = false;
  #paused = false;

  constructor(id: number, stream: UpgradedStream, tell: (message: ToThread, move?: ArrayBuffer) => void) {
    this.#id = id;
    this.#stream = stream;
    this.#tell = tell;
    stream.onDrain(() => this.#drained());
    stream.onData((bytes) => this.#read(bytes));
  }

  write(bytes: Uint8Array): void {
    this.#owed += bytes.length;
    if (this.#stream.write(bytes)) this.#drained();
  }

  /** The thread has taken so many bytes. */
  took(bytes: number): void {
    this.#unread -= bytes;
    this.#flow();
  }

  pause(paused: boolean): void {
    this.#pausedByThread = paused;
    this.#flow();
  }

  end(): void {
    this.#stream.end();
  }

  destroy(): void {
    this.#stream.destroy();
  }

  #read(bytes: Uint8Array): void {
    this.#unread += bytes.length;
    const moved = movable(bytes);
    this.#tell({ t: 'data', id: this.#id, bytes: moved }, moved.buffer);
    this.#flow();
  }

  #flow(): void {
    const paused = this.#pausedByThread || this.#unread > MOST_UNREAD;
    if (paused === this.#paused) return;
    this.#paused = paused;
    if (paused) this.#stream.pause();
    else this.#stream.resume();
  }

  #drained(): void {
    if (this.#owed === 0) return;
    this.#tell({ t: 'wrote', id: this.#id, bytes: this.#owed });
    this.#owed = 0;
  }
}

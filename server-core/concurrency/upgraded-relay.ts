import type { UpgradedStream } from '../http/response.ts';
import { type FromStream, movable, type ToThread } from './thread-messages.ts';
import { WORKER_LIMITS } from './worker-limits.ts';

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

  heard(message: FromStream): void {
    switch (message.t) {
      case 'write':
        this.#owed += message.bytes.length;
        if (this.#stream.write(message.bytes)) this.#drained();
        return;
      case 'took':
        this.#unread -= message.bytes;
        return this.#flow();
      case 'pause':
      case 'resume':
        this.#pausedByThread = message.t === 'pause';
        return this.#flow();
      case 'end':
        return this.#stream.end();
      case 'destroy':
        return this.destroy();
    }
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
    const paused = this.#pausedByThread || this.#unread > WORKER_LIMITS.maxUnreadBytes;
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

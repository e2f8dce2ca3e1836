import type { UpgradedStream } from '../http/response.ts';
import { type FromRequest, movable } from './thread-messages.ts';
import { WORKER_LIMITS } from './worker-limits.ts';

/** A connection after 101 as a thread sees it; the loop has its other half (upgraded-relay.ts). */
export class ThreadStream implements UpgradedStream {
  readonly #id: number;
  readonly #tell: (message: FromRequest, move?: ArrayBuffer) => void;
  readonly #drainListeners: (() => void)[] = [];
  readonly #closeListeners: (() => void)[] = [];
  #reader: ((bytes: Uint8Array) => void) | undefined;
  /** What came before there was a reader, or while it wants nothing. */
  #unread: Uint8Array[] = [];
  #paused = false;
  #closed = false;
  #waiting = 0;
  #full = false;

  constructor(id: number, tell: (message: FromRequest, move?: ArrayBuffer) => void) {
    this.#id = id;
    this.#tell = tell;
  }

  write(bytes: Uint8Array): boolean {
    if (this.#closed) return false;
    this.#waiting += bytes.length;
    this.#full = this.#waiting > WORKER_LIMITS.maxUnwrittenBytes;
    const moved = movable(bytes);
    this.#tell({ t: 'write', id: this.#id, bytes: moved }, moved.buffer);
    return !this.#full;
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.#reader = listener;
    this.#deliver();
  }

  onDrain(listener: () => void): void {
    this.#drainListeners.push(listener);
  }

  onClose(listener: () => void): void {
    if (this.#closed) listener();
    else this.#closeListeners.push(listener);
  }

  pause(): void {
    this.#paused = true;
    this.#tell({ t: 'pause', id: this.#id });
  }

  resume(): void {
    this.#paused = false;
    this.#tell({ t: 'resume', id: this.#id });
    this.#deliver();
  }

  end(): void {
    this.#tell({ t: 'end', id: this.#id });
  }

  destroy(): void {
    this.#tell({ t: 'destroy', id: this.#id });
  }

  /** Bytes that the loop has read. */
  took(bytes: Uint8Array): void {
    this.#unread.push(bytes);
    this.#deliver();
  }

  /** So many bytes have left. */
  wrote(bytes: number): void {
    this.#waiting -= bytes;
    if (!this.#full || this.#waiting > 0) return;
    this.#full = false;
    for (const listener of this.#drainListeners) listener();
  }

  closed(): void {
    this.#closed = true;
    for (const listener of this.#closeListeners.splice(0)) listener();
  }

  #deliver(): void {
    while (this.#reader && !this.#paused) {
      const bytes = this.#unread.shift();
      if (!bytes) return;
      this.#tell({ t: 'took', id: this.#id, bytes: bytes.length });
      this.#reader(bytes);
    }
  }
}

import type { Socket } from 'node:net';
import type { UpgradedStream } from '../http/response.ts';

/** A socket after 101: writes go through the connection, so that they are captured like all others. */
export class SwitchedSocket implements UpgradedStream {
  readonly #socket: Socket;
  readonly #write: (bytes: Uint8Array) => boolean;
  #reader: ((bytes: Uint8Array) => void) | undefined;
  #unread: Uint8Array[] = [];
  #closeListeners: (() => void)[] | undefined = [];

  constructor(socket: Socket, write: (bytes: Uint8Array) => boolean) {
    this.#socket = socket;
    this.#write = write;
  }

  /** Called by the connection with bytes that were read. */
  deliver(bytes: Uint8Array): void {
    if (this.#reader) this.#reader(bytes);
    else this.#unread.push(bytes);
  }

  /** Called by the connection once, when the socket is gone. */
  closed(): void {
    const listeners = this.#closeListeners ?? [];
    this.#closeListeners = undefined;
    for (const listener of listeners) listener();
  }

  write(bytes: Uint8Array): boolean {
    return this.#closeListeners !== undefined && this.#write(bytes);
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.#reader = listener;
    const unread = this.#unread;
    this.#unread = [];
    for (const bytes of unread) listener(bytes);
  }

  onDrain(listener: () => void): void {
    this.#socket.on('drain', listener);
  }

  onClose(listener: () => void): void {
    if (this.#closeListeners) this.#closeListeners.push(listener);
    else listener();
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  end(): void {
    this.#socket.end();
  }

  destroy(): void {
    this.#socket.destroy();
  }
}

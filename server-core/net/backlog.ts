import type { Socket } from 'node:net';

/**
 * Bytes of later requests, read while a response is under way (RFC 9112 §9.3.2), and the one place that rests and
 * wakes the socket: for too many of them, or for content that its handler does not take.
 */
export class Backlog {
  readonly #socket: Socket;
  readonly #mark: number;
  #held: Uint8Array[] = [];
  #bytes = 0;
  #contentFull = false;

  /** Past `mark` bytes the socket is paused. */
  constructor(socket: Socket, mark: number) {
    this.#socket = socket;
    this.#mark = mark;
  }

  get bytes(): number {
    return this.#bytes;
  }

  hold(bytes: Uint8Array): void {
    this.#held.push(bytes);
    this.#bytes += bytes.length;
    this.throttle();
  }

  /** Everything held, in order; reading goes on at the next `throttle`. */
  take(): readonly Uint8Array[] {
    const held = this.#held;
    this.#held = [];
    this.#bytes = 0;
    return held;
  }

  contentFull(full: boolean): void {
    this.#contentFull = full;
    this.throttle();
  }

  throttle(): void {
    const pause = this.#contentFull || this.#bytes > this.#mark;
    if (pause !== this.#socket.isPaused()) pause ? this.#socket.pause() : this.#socket.resume();
  }
}

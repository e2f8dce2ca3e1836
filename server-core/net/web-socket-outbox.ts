import type { UpgradedStream } from '../http/response.ts';

/**
 * Frames on their way out. While the connection takes no more they wait here, in order; a pong does not queue
 * behind them, and only the latest waits (RFC 6455 §5.5.3).
 */
export class WebSocketOutbox {
  readonly #stream: UpgradedStream;
  readonly #onDrain: () => void;
  #frames: Uint8Array[] = [];
  /** Index of the first frame that was not written. */
  #next = 0;
  #waitingBytes = 0;
  #pong: Uint8Array | undefined;
  #blocked = false;
  #ending = false;

  /** `onDrain` is called when frames can go straight out again. */
  constructor(stream: UpgradedStream, onDrain: () => void) {
    this.#stream = stream;
    this.#onDrain = onDrain;
    stream.onDrain(() => this.#flush());
  }

  /** Bytes of frames that the connection has not taken. */
  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  /** True while frames cannot go straight out. */
  get blocked(): boolean {
    return this.#blocked;
  }

  /** The frame is the outbox's. False when the sender should wait for `onDrain`. */
  send(frame: Uint8Array): boolean {
    if (this.#blocked) {
      this.#frames.push(frame);
      this.#waitingBytes += frame.length;
      return false;
    }
    this.#blocked = !this.#stream.write(frame);
    return !this.#blocked;
  }

  sendPong(frame: Uint8Array): void {
    if (this.#blocked) this.#pong = frame;
    else this.send(frame);
  }

  /** Ends the connection behind the frames that wait. */
  end(): void {
    if (this.#frames.length === 0) this.#stream.end();
    else this.#ending = true;
  }

  /** Drops the frames that wait, and ends the connection behind `last`. */
  endNow(last: Uint8Array | undefined): void {
    this.#frames = [];
    this.#next = 0;
    this.#waitingBytes = 0;
    this.#pong = undefined;
    if (last) this.#stream.write(last);
    this.#stream.end();
  }

  #flush(): void {
    this.#blocked = false;
    const pong = this.#pong;
    this.#pong = undefined;
    if (pong) this.send(pong);
    while (this.#next < this.#frames.length && !this.#blocked) {
      const frame = this.#frames[this.#next++]!;
      this.#waitingBytes -= frame.length;
      this.#blocked = !this.#stream.write(frame);
    }
    this.#release();
    if (this.#frames.length > 0) return;
    if (this.#ending) this.#stream.end();
    else if (!this.#blocked) this.#onDrain();
  }

  /** Lets go of written frames, but not at every turn: that would copy a long queue again and again. */
  #release(): void {
    if (this.#next < this.#frames.length / 2) return;
    this.#frames = this.#frames.slice(this.#next);
    this.#next = 0;
  }
}

import type { UpgradedStream } from '../http/response.ts';

/**
 * Frames on their way out. While the connection takes no more they wait here, in order; a pong does not queue
 * behind them, and only the latest waits (RFC 6455 §5.5.3).
 */
export class WebSocketOutbox {
  readonly #stream: UpgradedStream;
  readonly #onDrain: () => void;
  #frames: Uint8Array[] = [];
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
    this.#ending = true;
    if (this.#frames.length === 0) this.#stream.end();
  }

  /** Drops the frames that wait, and ends the connection behind `last`. */
  endNow(last: Uint8Array | undefined): void {
    this.#frames = [];
    this.#waitingBytes = 0;
    this.#pong = undefined;
    if (last) this.#stream.write(last);
    this.end();
  }

  #flush(): void {
    this.#blocked = false;
    const pong = this.#pong;
    this.#pong = undefined;
    if (pong) this.send(pong);
    const frames = this.#frames;
    let sent = 0;
    while (sent < frames.length && !this.#blocked) {
      const frame = frames[sent++]!;
      this.#waitingBytes -= frame.length;
      this.#blocked = !this.#stream.write(frame);
    }
    this.#frames = frames.slice(sent);
    if (this.#frames.length > 0) return;
    if (this.#ending) this.#stream.end();
    else if (!this.#blocked) this.#onDrain();
  }
}

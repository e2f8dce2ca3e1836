export interface KeepAliveOptions {
  /** Milliseconds between pings. */
  readonly pingMs: number;
  /** Milliseconds for a sign of life after a ping. */
  readonly pongMs: number;
  ping(): void;
  /** False while this side does not read: then silence is its own doing. */
  listening(): boolean;
  /** Called once, when a ping was followed by silence. */
  dead(): void;
}

/**
 * Pings a peer and finds out when it is gone without a word. Any byte counts as life, not only the pong: behind a
 * large message a pong may be long in coming.
 */
export class KeepAlive {
  readonly #options: KeepAliveOptions;
  readonly #pings: NodeJS.Timeout;
  #deadline: NodeJS.Timeout | undefined;

  constructor(options: KeepAliveOptions) {
    this.#options = options;
    this.#pings = setInterval(() => this.#ping(), options.pingMs).unref();
  }

  /** Called for every read, and when this side begins to read again. */
  heard(): void {
    if (this.#deadline === undefined) return;
    clearTimeout(this.#deadline);
    this.#deadline = undefined;
  }

  stop(): void {
    clearInterval(this.#pings);
    this.heard();
  }

  #ping(): void {
    this.#deadline ??= setTimeout(() => this.#judge(), this.#options.pongMs).unref();
    this.#options.ping();
  }

  #judge(): void {
    this.#deadline = undefined;
    if (!this.#options.listening()) return;
    this.stop();
    this.#options.dead();
  }
}

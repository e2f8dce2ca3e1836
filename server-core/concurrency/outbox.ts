/**
 * Messages between the loop and a thread, posted together once a turn of the event loop: what a message costs is
 * mostly its being one.
 */
export class Outbox<M> {
  readonly #post: (messages: readonly M[], move: readonly ArrayBuffer[]) => void;
  #messages: M[] = [];
  #move: ArrayBuffer[] = [];

  constructor(post: (messages: readonly M[], move: readonly ArrayBuffer[]) => void) {
    this.#post = post;
  }

  /** `move` is of an array in the message, and no longer the sender's. */
  put(message: M, move?: ArrayBuffer): void {
    if (this.#messages.length === 0) setImmediate(() => this.#flush());
    this.#messages.push(message);
    if (move) this.#move.push(move);
  }

  #flush(): void {
    const messages = this.#messages;
    const move = this.#move;
    this.#messages = [];
    this.#move = [];
    this.#post(messages, move);
  }
}

/**
 * The receiving half that all transports share: one listener each for messages and for the close, either of which
 * may be set late. Messages wait for theirs, in order; the close is told once.
 */
export class Inbox {
  #onMessage: ((message: Uint8Array) => void) | undefined;
  #onClose: ((reason: string) => void) | undefined;
  #kept: Uint8Array[] = [];
  /** Index of the first kept message that was not delivered. */
  #next = 0;
  #keptBytes = 0;
  #closed: string | undefined;

  /** Bytes that wait for a listener. */
  get keptBytes(): number {
    return this.#keptBytes;
  }

  get closed(): boolean {
    return this.#closed !== undefined;
  }

  /** The message is the listener's from then on. */
  deliver(message: Uint8Array): void {
    if (this.#closed !== undefined) return;
    if (this.#onMessage && this.#kept.length === 0) {
      this.#onMessage(message);
      return;
    }
    this.#kept.push(message);
    this.#keptBytes += message.length;
  }

  onMessage(listener: (message: Uint8Array) => void): void {
    this.#onMessage = listener;
    while (this.#next < this.#kept.length) {
      const message = this.#kept[this.#next++]!;
      this.#keptBytes -= message.length;
      this.#onMessage(message);
    }
    this.#forget();
  }

  /** The other side is gone: what came before waits on for its listener. */
  close(reason: string): void {
    if (this.#closed !== undefined) return;
    this.#closed = reason;
    this.#onClose?.(reason);
  }

  /** This side closes: nothing more is delivered. */
  shut(reason: string): void {
    this.#forget();
    this.close(reason);
  }

  onClose(listener: (reason: string) => void): void {
    this.#onClose = listener;
    if (this.#closed !== undefined) listener(this.#closed);
  }

  #forget(): void {
    this.#kept = [];
    this.#next = 0;
    this.#keptBytes = 0;
  }
}

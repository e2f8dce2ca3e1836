import type { Transport } from '../../server-core/capture/transport.ts';

/** One end of a pair of transports within a process: what one sends, the other gets at once, as a copy. */
export class PipeEnd implements Transport {
  readonly sent: Uint8Array[] = [];
  #peer: PipeEnd = this;
  #kept: Uint8Array[] = [];
  #listener: ((message: Uint8Array) => void) | undefined;
  #closeListener: ((reason: string) => void) | undefined;
  #closed: string | undefined;

  static pair(): [PipeEnd, PipeEnd] {
    const one = new PipeEnd();
    const two = new PipeEnd();
    one.#peer = two;
    two.#peer = one;
    return [one, two];
  }

  send(message: Uint8Array): void {
    if (this.#closed !== undefined) return;
    const copy = message.slice();
    this.sent.push(copy);
    this.#peer.#arrive(copy);
  }

  onMessage(listener: (message: Uint8Array) => void): void {
    this.#listener = listener;
    for (const message of this.#kept.splice(0)) listener(message);
  }

  onClose(listener: (reason: string) => void): void {
    this.#closeListener = listener;
    if (this.#closed !== undefined) listener(this.#closed);
  }

  close(): void {
    this.#end('closed here');
    this.#peer.#end('closed there');
  }

  get closed(): boolean {
    return this.#closed !== undefined;
  }

  #arrive(message: Uint8Array): void {
    if (this.#listener) this.#listener(message);
    else this.#kept.push(message);
  }

  #end(reason: string): void {
    if (this.#closed !== undefined) return;
    this.#closed = reason;
    this.#closeListener?.(reason);
  }
}

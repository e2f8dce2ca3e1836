/**
 * Undoes permessage-deflate in one direction (RFC 7692 §7.2.2): messages go one after the other through one stream,
 * since each may point back into those before it. The browser's own streams do not tell where a message ends.
 */
import { Inflate } from 'fflate';

/** What each message ends with before its sender takes it off. */
const TAIL = Uint8Array.of(0, 0, 0xff, 0xff);

export interface Inflated {
  /** The beginning, as much as was asked for. */
  readonly bytes: Uint8Array;
  readonly length: number;
}

export class MessageInflater {
  readonly #stream = new Inflate((piece) => this.#take(piece));
  #bytes = new Uint8Array(0);
  #kept = 0;
  #length = 0;
  #broken = false;

  /** Undefined when it cannot be inflated; nothing after it can be, either. */
  inflate(payload: Uint8Array, most: number): Inflated | undefined {
    if (this.#broken) return undefined;
    this.#bytes = new Uint8Array(most);
    this.#kept = 0;
    this.#length = 0;
    try {
      this.#stream.push(payload);
      this.#stream.push(TAIL);
    } catch {
      this.#broken = true;
      return undefined;
    }
    return { bytes: this.#bytes.slice(0, this.#kept), length: this.#length };
  }

  #take(piece: Uint8Array): void {
    const count = Math.min(piece.length, this.#bytes.length - this.#kept);
    this.#bytes.set(piece.subarray(0, count), this.#kept);
    this.#kept += count;
    this.#length += piece.length;
  }
}

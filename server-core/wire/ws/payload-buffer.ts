import { applyMask } from './masking.ts';

const NONE = new Uint8Array(0);

/** Collects one payload, unmasked. It grows with what arrives, and gives the bytes away without copying them. */
export class PayloadBuffer {
  #bytes: Uint8Array = NONE;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /**
   * Makes room for the bytes that `arrived`. Of those that are `announced`, themselves included, it believes no
   * more than double what it holds.
   */
  reserve(arrived: number, announced: number): void {
    const needed = this.#size + arrived;
    if (needed <= this.#bytes.length) return;
    const doubled = Math.max(needed, this.#bytes.length * 2);
    const grown = new Uint8Array(Math.min(doubled, this.#size + announced));
    grown.set(this.#bytes.subarray(0, this.#size));
    this.#bytes = grown;
  }

  /** Appends `source` from…to, of which the first has payload offset `position`, after `reserve` made room. */
  append(key: number | undefined, position: number, source: Uint8Array, from: number, to: number): void {
    if (key === undefined) this.#bytes.set(source.subarray(from, to), this.#size);
    else applyMask(key, position, source, from, to, this.#bytes, this.#size);
    this.#size += to - from;
  }

  /** The bytes so far, `from` on; valid until the next call. */
  since(from: number): Uint8Array {
    return this.#bytes.subarray(from, this.#size);
  }

  /** The whole payload, which is the caller's from then on. */
  take(): Uint8Array {
    const taken = this.#size === this.#bytes.length ? this.#bytes : this.#bytes.slice(0, this.#size);
    this.#bytes = NONE;
    this.#size = 0;
    return taken;
  }
}

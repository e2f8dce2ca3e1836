/**
 * Where the bytes of a header or trailer section live while it is read, and afterwards.
 *
 * Most heads lie within one read. Then the read itself is looked at, and copied once when the head is complete.
 * A head that straddles reads is gathered here as it arrives; its length is bounded by the parser's limits, not
 * by anything that the peer declares.
 */
export class SectionBytes {
  /** Where to look: byte `offset` of the stream is `bytes[offset - from]`. Valid until the next call. */
  bytes: Uint8Array = NOTHING;
  from = 0;
  #start = 0;
  #kept: Uint8Array = NOTHING;
  #keptLength = 0;
  /** Index in the current read of the first byte that is not kept yet. */
  #fresh = 0;

  /** A section starts at `index` of the current read, which is byte `start` of the stream. */
  begin(start: number, index: number): void {
    this.#start = start;
    this.#keptLength = 0;
    this.#fresh = index;
  }

  /** The next read begins at `index`. */
  resume(index: number): void {
    this.#fresh = index;
  }

  /** Keeps what the read holds of the section up to `index`, before the caller takes the read away. */
  keep(chunk: Uint8Array, index: number): void {
    const length = this.#keptLength + index - this.#fresh;
    if (length > this.#kept.length) {
      const larger = new Uint8Array(Math.max(length, this.#kept.length * 2, 512));
      larger.set(this.#kept.subarray(0, this.#keptLength));
      this.#kept = larger;
    }
    this.#kept.set(chunk.subarray(this.#fresh, index), this.#keptLength);
    this.#keptLength = length;
    this.#fresh = index;
    // Not to hold on to a whole read for a few bytes of it.
    this.bytes = NOTHING;
  }

  /** Makes the section up to `index` of the read visible through `bytes` and `from`. `base` is byte 0 of the read. */
  look(chunk: Uint8Array, base: number, index: number): void {
    if (this.#keptLength === 0) {
      this.bytes = chunk;
      this.from = base;
    } else {
      this.keep(chunk, index);
      this.bytes = this.#kept;
      this.from = this.#start;
    }
  }

  /** Copies the section, `length` bytes as last looked at, and lets go of the read. The copy never changes. */
  copy(length: number): { readonly bytes: Uint8Array; readonly at: number } {
    const index = this.#start - this.from;
    const copied = copyIntoSlab(this.bytes.subarray(index, index + length));
    this.bytes = NOTHING;
    if (this.#kept.length > KEPT_BETWEEN_SECTIONS) this.#kept = NOTHING;
    return copied;
  }
}

const NOTHING = new Uint8Array(0);

/** A connection that once sent a large head does not hold on to that much for the rest of its life. */
const KEPT_BETWEEN_SECTIONS = 4096;

/**
 * Heads are copied into shared slabs, one behind the other: making an array of its own for each costs more than
 * parsing it. A slab lives as long as any head in it. 64 KiB holds some hundred heads.
 */
const SLAB_BYTES = 65_536;
const LARGE_BYTES = 8192;
let slab = NOTHING;
let slabUsed = 0;

function copyIntoSlab(bytes: Uint8Array): { readonly bytes: Uint8Array; readonly at: number } {
  if (bytes.length > LARGE_BYTES) return { bytes: new Uint8Array(bytes), at: 0 };
  if (slabUsed + bytes.length > slab.length) {
    slab = new Uint8Array(SLAB_BYTES);
    slabUsed = 0;
  }
  const at = slabUsed;
  slab.set(bytes, at);
  slabUsed += bytes.length;
  return { bytes: slab, at };
}

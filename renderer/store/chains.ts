/**
 * Many short lists in one pool: each is a chain of blocks of equal size, and freed blocks are used again. The
 * pool deals in slots only; its owner keeps columns that are indexed by slot. A list object per connection would
 * cost hundreds of bytes of headers for the two or three entries that most connections have.
 *
 * The ends of a chain live in its owner's columns: `heads[row]` and `tails[row]` are blocks, 0 when it is empty.
 */
import { grown } from './grown.ts';

export class ChainPool {
  /** One past the highest slot ever handed out: the length that the owner's columns need. */
  capacity: number;
  #next = new Uint32Array(64);
  #used = new Uint8Array(64);
  #blocks = 1;
  readonly #free: number[] = [];

  /** @param size slots in a block, at most 255 */
  readonly size: number;

  constructor(size: number) {
    this.size = size;
    this.capacity = size;
  }

  /** Adds one entry at the end of a chain and returns its slot. */
  append(heads: Uint32Array, tails: Uint32Array, row: number): number {
    const last = tails[row]!;
    const block = last === 0 || this.isFull(last) ? this.extend(heads, tails, row) : last;
    return block * this.size + this.#used[block]!++;
  }

  /** Adds an empty block at the end of a chain, for an owner that wants its next entry in one. */
  extend(heads: Uint32Array, tails: Uint32Array, row: number): number {
    const last = tails[row]!;
    const fresh = this.#take();
    if (last === 0) heads[row] = fresh;
    else this.#next[last] = fresh;
    tails[row] = fresh;
    return fresh;
  }

  isFull(block: number): boolean {
    return this.#used[block] === this.size;
  }

  /** Gives the first block of a chain back; does nothing when it is empty. */
  dropHead(heads: Uint32Array, tails: Uint32Array, row: number): void {
    const block = heads[row]!;
    if (block === 0) return;
    heads[row] = this.#next[block]!;
    if (heads[row] === 0) tails[row] = 0;
    this.#free.push(block);
  }

  dropAll(heads: Uint32Array, tails: Uint32Array, row: number): void {
    while (heads[row] !== 0) this.dropHead(heads, tails, row);
  }

  /** The block after this one, 0 at the end. */
  after(block: number): number {
    return this.#next[block]!;
  }

  firstSlot(block: number): number {
    return block * this.size;
  }

  /** One past the last slot in use of a block. */
  endSlot(block: number): number {
    return block * this.size + this.#used[block]!;
  }

  #take(): number {
    const block = this.#free.pop() ?? this.#blocks++;
    this.#next = grown(this.#next, block + 1);
    this.#used = grown(this.#used, block + 1);
    this.#next[block] = 0;
    this.#used[block] = 0;
    this.capacity = Math.max(this.capacity, (block + 1) * this.size);
    return block;
  }
}

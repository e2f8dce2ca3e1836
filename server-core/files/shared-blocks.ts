/**
 * Files that many clients are sent at once, in memory: each block is read from the disk once and then handed to
 * everyone, so sixty-four downloads of a file cost the reads of one, and the socket sends it without a copy.
 *
 * A block is kept only where the file was in the same settled state before and after it was read, and is found
 * again only under that state. Whoever sends has just opened the file and knows its state, so nothing stale goes out.
 */
import { fstatSync } from 'node:fs';
import type { OpenBytes } from './file-source.ts';
import { type FileState, isSettled, sameState } from './validators.ts';

/** In bytes. What one write hands to the kernel; nginx's sendfile goes on for 2 MiB before others have a turn. */
export const BLOCK_BYTES = 262_144;

/** nginx leans on the page cache and bounds nothing; this is twice what small files may take (FileCache). */
export const DEFAULT_SHARED_BYTES = 67_108_864;

/** A larger file would push out all others, and is streamed for each client alone. */
const LARGEST_SHARE = 4;

export class SharedBlocks {
  readonly #budget: number;
  /** By path without links, the least recently opened first. */
  readonly #files = new Map<string, FileBlocks>();
  #bytes = 0;

  /** `budget` in bytes; 0 keeps nothing. */
  constructor(budget: number = DEFAULT_SHARED_BYTES) {
    this.#budget = budget;
  }

  /** Bytes held now, at most the budget. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The blocks of a file in one state; undefined when it is not to be kept. `now` in milliseconds. */
  of(real: string, stats: FileState, now: number): FileBlocks | undefined {
    const size = Number(stats.size);
    if (size === 0 || size > this.#budget / LARGEST_SHARE || !isSettled(stats, now)) return undefined;
    const known = this.#files.get(real);
    if (known) this.#take(real, known);
    const blocks = known && sameState(known.stats, stats) ? known : new FileBlocks(stats);
    // All of it is counted from the start: what was promised to a reader is never taken back from under it.
    while (this.#bytes + size > this.#budget) {
      const [oldest, file] = this.#files.entries().next().value as [string, FileBlocks];
      this.#take(oldest, file);
    }
    this.#files.set(real, blocks);
    this.#bytes += size;
    return blocks;
  }

  #take(real: string, file: FileBlocks): void {
    this.#files.delete(real);
    this.#bytes -= Number(file.stats.size);
  }
}

export class FileBlocks {
  readonly stats: FileState;
  readonly #size: number;
  readonly #blocks: (Uint8Array | Promise<Uint8Array> | undefined)[] = [];

  constructor(stats: FileState) {
    this.stats = stats;
    this.#size = Number(stats.size);
  }

  /**
   * The block that begins at `index` times BLOCK_BYTES, never to be written to. It is read through `file`, open on
   * the same state, unless someone did already. Shorter than it should be where the file was cut meanwhile.
   */
  at(index: number, file: OpenBytes): Uint8Array | Promise<Uint8Array> {
    const block = this.#blocks[index];
    // Who reads it may be gone and its file closed before it is through: then with our own.
    if (block instanceof Promise) return block.catch(() => this.#read(index, file));
    if (block !== undefined) return block;
    const reading = this.#read(index, file);
    this.#blocks[index] = reading;
    return reading;
  }

  async #read(index: number, file: OpenBytes): Promise<Uint8Array> {
    const start = index * BLOCK_BYTES;
    const block = Buffer.allocUnsafeSlow(Math.min(BLOCK_BYTES, this.#size - start));
    let filled = 0;
    try {
      while (filled < block.length) {
        const { bytesRead } = await file.read(block, filled, block.length - filled, start + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      const same = filled === block.length && sameState(fstatSync(file.fd, { bigint: true }), this.stats);
      this.#blocks[index] = same ? block : undefined;
    } catch (error) {
      this.#blocks[index] = undefined;
      throw error;
    }
    return filled === block.length ? block : block.subarray(0, filled);
  }
}

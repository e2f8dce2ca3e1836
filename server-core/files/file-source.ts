import type { FileHandle } from 'node:fs/promises';
import type { ByteSource } from '../http/response.ts';

/** Two such buffers a stream: what a slow reader can hold here. nginx reads 32 KiB, Node's streams 64 KiB. */
export const PIECE_BYTES = 131_072;

/**
 * Bytes `start` to `end` (exclusive) of an open file, read one piece ahead of the one being sent. Takes over the
 * handle. A file that shrank ends the source early, one that grew is cut at `end`.
 */
export class FileSource implements ByteSource {
  readonly length: number;
  readonly #file: FileHandle;
  readonly #start: number;
  #closed = false;

  constructor(file: FileHandle, start: number, end: number) {
    this.#file = file;
    this.#start = start;
    this.length = end - start;
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    const size = Math.min(PIECE_BYTES, this.length);
    let sending = Buffer.allocUnsafeSlow(size);
    let reading = this.length > size ? Buffer.allocUnsafeSlow(size) : sending;
    let position = 0;
    let ahead = this.#read(sending, position);
    try {
      while (position < this.length) {
        const read = await ahead;
        if (read === 0) return;
        position += read;
        const piece = sending.subarray(0, read);
        [sending, reading] = [reading, sending];
        if (position < this.length) ahead = this.#read(sending, position);
        yield piece;
      }
    } finally {
      // A read that nobody waits for any more must not become an unhandled rejection.
      ahead.catch(() => {});
      this.close();
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    // Waits for a read under way. There is nobody left to tell about a close that fails.
    this.#file.close().catch(() => {});
  }

  async #read(into: Buffer, position: number): Promise<number> {
    const wanted = Math.min(into.length, this.length - position);
    return (await this.#file.read(into, 0, wanted, this.#start + position)).bytesRead;
  }
}

/** Stands for content of which only the length is told: the answer to HEAD. */
export function lengthOnly(length: number): ByteSource {
  return {
    length,
    async *chunks() {},
    close() {},
  };
}

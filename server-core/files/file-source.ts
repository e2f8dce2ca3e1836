import type { ByteSource } from '../http/response.ts';
import { BLOCK_BYTES, type FileBlocks } from './shared-blocks.ts';

/** What is read from: an open file, or what stands for one. */
export interface OpenBytes {
  /** The system's; -1 for what is not its, and never in shared blocks. */
  readonly fd: number;
  /** Resolves to 0 bytes at the end. */
  read(
    into: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesRead: number }>;
  close(): Promise<void>;
}

/** Two such buffers a stream: what a slow reader can hold here. nginx reads 32 KiB, Node's streams 64 KiB. */
export const PIECE_BYTES = 131_072;

/**
 * Bytes `start` to `end` (exclusive) of an open file, one piece read ahead of the one in use. A piece is good until
 * the next is asked for. Ends early where the file does.
 */
async function* readSpan(file: OpenBytes, start: number, end: number): AsyncGenerator<Uint8Array> {
  const size = Math.min(PIECE_BYTES, end - start);
  let using = Buffer.allocUnsafeSlow(size);
  let reading = end - start > size ? Buffer.allocUnsafeSlow(size) : using;
  let position = start;
  const read = async (into: Buffer) =>
    (await file.read(into, 0, Math.min(into.length, end - position), position)).bytesRead;
  let ahead = read(using);
  try {
    while (position < end) {
      const got = await ahead;
      if (got === 0) return;
      position += got;
      const piece = using.subarray(0, got);
      [using, reading] = [reading, using];
      if (position < end) ahead = read(using);
      yield piece;
    }
  } finally {
    // A read that nobody waits for any more must not become an unhandled rejection.
    ahead.catch(() => {});
  }
}

/** As `readSpan`, in pieces of blocks that others may be sending too: they are never written to. */
async function* readShared(
  file: OpenBytes,
  start: number,
  end: number,
  blocks: FileBlocks,
): AsyncGenerator<Uint8Array> {
  for (let position = start; position < end; ) {
    const from = position % BLOCK_BYTES;
    const block = await blocks.at((position - from) / BLOCK_BYTES, file);
    const piece = block.subarray(from, Math.min(block.length, from + end - position));
    if (piece.length === 0) return;
    position += piece.length;
    yield piece;
  }
}

/** A file that is open for one response, and closed once. */
export abstract class OpenSource implements ByteSource {
  abstract readonly length: number;
  protected readonly file: OpenBytes;
  readonly #blocks: FileBlocks | undefined;
  #closed = false;

  /** Takes over the handle, which is of the file that the blocks are of. */
  constructor(file: OpenBytes, blocks: FileBlocks | undefined) {
    this.file = file;
    this.#blocks = blocks;
  }

  get stable(): boolean {
    return this.#blocks !== undefined;
  }

  protected pieces(start: number, end: number): AsyncGenerator<Uint8Array> {
    return this.#blocks ? readShared(this.file, start, end, this.#blocks) : readSpan(this.file, start, end);
  }

  abstract chunks(): AsyncGenerator<Uint8Array>;

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    // Waits for a read under way. There is nobody left to tell about a close that fails.
    this.file.close().catch(() => {});
  }
}

/**
 * Bytes `start` to `end` (exclusive) of a file. A file that shrank ends the source early, one that grew is cut
 * at `end`.
 */
export class FileSource extends OpenSource {
  readonly length: number;
  readonly #start: number;

  constructor(file: OpenBytes, start: number, end: number, blocks?: FileBlocks) {
    super(file, blocks);
    this.#start = start;
    this.length = end - start;
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    try {
      yield* this.pieces(this.#start, this.#start + this.length);
    } finally {
      this.close();
    }
  }
}

/** Stands for content of which only the length is told, if it is known: the answer to HEAD. */
export function lengthOnly(length: number | undefined): ByteSource {
  return {
    length,
    async *chunks() {},
    close() {},
  };
}

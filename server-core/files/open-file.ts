import { type BigIntStats, constants, fstatSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { sameState } from './validators.ts';

/**
 * The path was proven to be a file inside the root a moment ago. Should it have become a link or a pipe since,
 * the link is not followed and the pipe does not block. (Windows has neither flag, nor needs them.)
 */
export const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

export interface OpenFile {
  readonly handle: FileHandle;
  readonly stats: BigIntStats;
}

/** The caller closes the handle. Rejects with the system's error. */
export async function openFile(path: string): Promise<OpenFile> {
  const handle = await open(path, OPEN_FLAGS);
  try {
    // What the kernel knows of an open file is at hand; a way through the thread pool takes fifty times as long.
    return { handle, stats: fstatSync(handle.fd, { bigint: true }) };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** All of a file in the state that `stats` says, or undefined when it was written to meanwhile. */
export async function readWhole(file: OpenFile): Promise<Uint8Array | undefined> {
  const size = Number(file.stats.size);
  // Not from the shared pool: one small file would keep a slab of others alive.
  const content = Buffer.allocUnsafeSlow(size);
  let filled = 0;
  while (filled < size) {
    const { bytesRead } = await file.handle.read(content, filled, size - filled, filled);
    if (bytesRead === 0) return undefined;
    filled += bytesRead;
  }
  return sameState(await file.handle.stat({ bigint: true }), file.stats) ? content : undefined;
}

import type { BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import type { Disk } from './disk.ts';
import { openFile } from './open-file.ts';
import { KEEP_BYTES } from './served-file.ts';

/** How often a file that is written to while it is read is tried again before it is streamed as it comes. */
const READ_ATTEMPTS = 3;

/** A file in one state: read, where it is small, else open. */
export type TakenFile =
  | { readonly stats: BigIntStats; readonly content: Uint8Array; readonly handle: undefined }
  | { readonly stats: BigIntStats; readonly content: undefined; readonly handle: FileHandle };

/** Whoever takes closes the handle. Rejects with the system's error. */
export async function takeFile(disk: Disk, path: string): Promise<TakenFile> {
  for (let attempt = 0; attempt < READ_ATTEMPTS; attempt++) {
    const { stats, content } = await disk.read(path, KEEP_BYTES);
    if (content !== undefined) return { stats, content, handle: undefined };
    if (stats.size > KEEP_BYTES || !stats.isFile()) break;
  }
  return { ...(await openFile(path)), content: undefined };
}

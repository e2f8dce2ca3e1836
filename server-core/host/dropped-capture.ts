/** A capture file that was dropped on the window of a browser, which tells no paths: its bytes come instead. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { CaptureInfo } from '../capture/feed-messages.ts';
import { isCapturePath } from './opened-captures.ts';
import { PathProblem, pathSentence } from './served-path.ts';
import { spillFolder } from './spill-file.ts';

/** Keeps the bytes for as long as they are needed. `open` is given their path. Rejects with PathProblem. */
export async function openDropped(
  name: string,
  bytes: AsyncIterable<Uint8Array>,
  open: (path: string) => Promise<CaptureInfo>,
): Promise<CaptureInfo> {
  // A name from elsewhere: on Windows both slashes are one.
  const file = basename(name.replaceAll('\\', '/'));
  if (!isCapturePath(file)) throw new PathProblem(`${file} is none of .wirescope, .har, .pcap and .pcapng`);
  const folder = await mkdtemp(join(spillFolder(), 'wirescope-dropped-'));
  const path = join(folder, file);
  try {
    await pipeline(bytes, createWriteStream(path, { mode: 0o600 })).catch((error: NodeJS.ErrnoException) => {
      const isFull = error.code === 'ENOSPC' || error.code === 'EDQUOT';
      if (isFull) throw new PathProblem(`There is no space left in ${spillFolder()} for ${file}`);
      throw error.code === undefined ? error : new PathProblem(pathSentence(path, error.code));
    });
    return await open(path);
  } finally {
    // What is open goes on being read; where a file in use cannot be removed, the system does that in its time.
    await rm(folder, { recursive: true, force: true }).catch(() => {});
  }
}

import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { PathProblem, pathSentence } from './served-path.ts';

/** A browser begins a download at once; what is not got by then was given up. */
const GOOD_FOR_MS = 60_000;
export const SAVED_PATH = '/saved/';
/** Of files with passwords and cookies in them, as dumpcap writes its own. */
export const PRIVATE_FILE = 0o600;
/** Of files that are made to be given away. */
const PUBLIC_FILE = 0o666;

export interface Download {
  /** Of the file's name. */
  readonly ending: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/**
 * Downloads that were promised to a viewer. A download is a plain request that carries no token, so its address is
 * a secret of its own, good once.
 */
export class SavedCaptures {
  readonly #promised = new Map<string, { readonly at: number; readonly make: () => Download }>();

  /** `make` is called when it is got. */
  promise(make: () => Download): string {
    const now = performance.now();
    for (const [old, { at }] of this.#promised) if (now - at > GOOD_FOR_MS) this.#promised.delete(old);
    const path = `${SAVED_PATH}${randomBytes(24).toString('base64url')}`;
    this.#promised.set(path, { at: now, make });
    return path;
  }

  take(path: string): Download | undefined {
    const promised = this.#promised.get(path);
    this.#promised.delete(path);
    return promised && performance.now() - promised.at <= GOOD_FOR_MS ? promised.make() : undefined;
  }
}

/** Writes a file whole or not at all; resolves to its length. Rejects with PathProblem. */
export async function writeCapture(
  path: string,
  bytes: AsyncIterable<Uint8Array>,
  isRedacted = false,
): Promise<number> {
  const part = `${path}.part`;
  try {
    await pipeline(bytes, createWriteStream(part, { mode: isRedacted ? PUBLIC_FILE : PRIVATE_FILE }));
    await rename(part, path);
    return (await stat(path)).size;
  } catch (error) {
    await rm(part, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    // Not of the file that is written, but of what goes into it.
    if (code === undefined) throw error;
    if (code === 'ENOSPC' || code === 'EDQUOT') {
      throw new PathProblem(`The disk is full, so ${path} was not saved`);
    }
    throw new PathProblem(code === 'ENOENT' ? `There is no folder for ${path}` : pathSentence(path, code));
  }
}

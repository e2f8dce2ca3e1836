import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { PathProblem, pathSentence } from './served-path.ts';

/** A browser begins a download at once; what is not got by then was given up. */
const GOOD_FOR_MS = 60_000;
export const SAVED_PATH = '/saved/';

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
    const path = `${SAVED_PATH}${randomBytes(24).toString('base64url')}`;
    this.#promised.set(path, { at: performance.now(), make });
    return path;
  }

  take(path: string): Download | undefined {
    const promised = this.#promised.get(path);
    this.#promised.delete(path);
    return promised && performance.now() - promised.at <= GOOD_FOR_MS ? promised.make() : undefined;
  }
}

/** Writes a file whole or not at all; resolves to its length. Rejects with PathProblem. */
export async function writeCapture(path: string, bytes: AsyncIterable<Uint8Array>): Promise<number> {
  const part = `${path}.part`;
  try {
    await pipeline(bytes, createWriteStream(part));
    await rename(part, path);
    return (await stat(path)).size;
  } catch (error) {
    await rm(part, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EDQUOT') {
      throw new PathProblem(`The disk is full, so ${path} was not saved`);
    }
    throw new PathProblem(code === 'ENOENT' ? `There is no folder for ${path}` : pathSentence(path, code));
  }
}

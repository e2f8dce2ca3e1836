/** Looks once a second whether what a site serves is still there, and where it went. */
import type { Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Source } from './site-handler.ts';

/** Why it is not there: one sentence, and the folder's present path where it was renamed. */
export interface Absence {
  readonly sentence: string;
  readonly movedTo?: string;
}

const CHECK_MS = 1_000;
/** Beside it; more than this and a renamed one is not looked for. */
const MOST_NEIGHBOURS = 10_000;

export class RootWatch {
  readonly #source: Source;
  readonly #told: (absence: Absence | undefined) => void;
  readonly #timer: NodeJS.Timeout;
  #folder: Stats | undefined;
  #absence: string | undefined;
  #closed = false;
  #looking = false;

  /** `told` hears of each change: undefined when all is well again. */
  constructor(source: Source, told: (absence: Absence | undefined) => void) {
    this.#source = source;
    this.#told = told;
    this.#timer = setInterval(() => void this.#look(), CHECK_MS).unref();
    void this.#look();
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    // A disk of the network that does not answer would take one thread after the other.
    if (this.#looking) return;
    this.#looking = true;
    const absence = await this.#absenceNow();
    this.#looking = false;
    if (this.#closed || this.#absence === absence?.sentence) return;
    this.#absence = absence?.sentence;
    this.#told(absence);
  }

  async #absenceNow(): Promise<Absence | undefined> {
    const source = this.#source;
    if (source.kind === 'lent') {
      return source.folder.gone
        ? {
            sentence: `The page that lent it is closed. Drop ${source.folder.name} on the window again to go on`,
          }
        : undefined;
    }
    if (source.kind !== 'folder') return undefined;
    const found = await stat(source.root).catch(() => undefined);
    if (found?.isDirectory()) {
      this.#folder = found;
      return undefined;
    }
    const movedTo = this.#folder && (await this.#renamed(source.root, this.#folder));
    return movedTo === undefined
      ? { sentence: 'The folder is gone. Requests are answered with 503 until it is back' }
      : {
          sentence: `The folder is named ${basename(movedTo)} now. Requests are answered with 503 until it has its name back`,
          movedTo,
        };
  }

  /** A folder keeps its inode when it gets another name. */
  async #renamed(root: string, { dev, ino }: Stats): Promise<string | undefined> {
    const names = await readdir(dirname(root)).catch(() => []);
    for (const name of names.slice(0, MOST_NEIGHBOURS)) {
      const path = join(dirname(root), name);
      const found = await stat(path).catch(() => undefined);
      if (found?.isDirectory() && found.dev === dev && found.ino === ino) return path;
    }
    return undefined;
  }
}

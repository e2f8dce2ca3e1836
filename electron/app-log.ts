/** What happened to the app, a line each, for whoever looks into the folder of its logs after something went wrong. */
import { appendFileSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** As logrotate's smallest usual size; one older file is kept. */
const MAX_BYTES = 1024 * 1024;

export class AppLog {
  readonly folder: string;
  readonly #file: string;

  constructor(folder: string) {
    this.folder = folder;
    this.#file = join(folder, 'wirescope.log');
  }

  /** The last lines, the oldest first; none where there is no log yet. */
  tail(lines: number): readonly string[] {
    try {
      return readFileSync(this.#file, 'utf8').trimEnd().split('\n').slice(-lines);
    } catch {
      return [];
    }
  }

  /** Never throws: a log that cannot be written must not end what it tells of. */
  write(text: string): void {
    try {
      mkdirSync(this.folder, { recursive: true });
      const size = statSync(this.#file, { throwIfNoEntry: false })?.size ?? 0;
      if (size > MAX_BYTES) renameSync(this.#file, `${this.#file}.old`);
      appendFileSync(this.#file, `${new Date().toISOString()} ${text.replaceAll(/\s+/g, ' ')}\n`);
    } catch {
      // Said on standard error already, where there is one.
    }
  }
}

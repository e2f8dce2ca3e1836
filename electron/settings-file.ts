/** What the app remembers from one start to the next: `settings.json` in the folder of its user. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';
import type { Remembered } from './channels.ts';
import { REMEMBERED } from './server-messages.ts';

export interface Settings {
  readonly servers: readonly Remembered[];
  /** Where the person chose a folder last. */
  readonly lastFolder?: string;
  /** What was served or opened lately, the newest first. */
  readonly recents?: readonly string[];
}

const SETTINGS: v.GenericSchema<unknown, Settings> = v.object({
  servers: v.array(REMEMBERED),
  lastFolder: v.exactOptional(v.string()),
  recents: v.exactOptional(v.array(v.string())),
});
const NONE: Settings = { servers: [] };

export class SettingsFile {
  readonly #path: string;
  #settings: Settings;
  /** What the file holds. */
  #written = '';

  /** Reads the file at once. One that cannot be understood is put aside, and that is said on standard error. */
  constructor(path: string) {
    this.#path = path;
    this.#settings = this.#read();
  }

  get current(): Settings {
    return this.#settings;
  }

  /** Never throws: an app whose disk is full goes on without being remembered. */
  update(change: Partial<Settings>): void {
    this.#settings = { ...this.#settings, ...change };
    const text = `${JSON.stringify(this.#settings, undefined, 2)}\n`;
    if (text === this.#written) return;
    try {
      mkdirSync(dirname(this.#path), { recursive: true });
      // Whole or not at all, also when the power goes.
      writeFileSync(`${this.#path}.new`, text, { mode: 0o600, flush: true });
      renameSync(`${this.#path}.new`, this.#path);
      this.#written = text;
    } catch (error) {
      console.error(`The settings are not saved: ${(error as Error).message}`);
    }
  }

  #read(): Settings {
    let text: string;
    try {
      text = readFileSync(this.#path, 'utf8');
    } catch {
      return NONE;
    }
    try {
      const settings = v.parse(SETTINGS, JSON.parse(text));
      this.#written = text;
      return settings;
    } catch (error) {
      const aside = `${this.#path}.damaged`;
      renameSync(this.#path, aside);
      console.error(`${this.#path} cannot be understood and is now ${aside}: ${(error as Error).message}`);
      return NONE;
    }
  }
}

/** What was served or opened lately, the newest first: for the menu, and where the system keeps such a list, for it. */
import { app } from 'electron/main';
import type { ServedSource } from './channels.ts';

/** As many as macOS and Windows show. */
const AT_MOST = 10;

export interface RecentsOptions {
  readonly earlier: readonly string[];
  /** Another list, to be kept and shown. */
  changed(paths: readonly string[]): void;
}

export class Recents {
  readonly #options: RecentsOptions;
  #paths: readonly string[];
  /** What is there now is no news a second time. */
  #known: ReadonlySet<string> = new Set();

  constructor(options: RecentsOptions) {
    this.#options = options;
    this.#paths = options.earlier.slice(0, AT_MOST);
  }

  get paths(): readonly string[] {
    return this.#paths;
  }

  update(sources: readonly ServedSource[]): void {
    const fresh = sources.map(({ what }) => what).filter((what) => !this.#known.has(what));
    this.#known = new Set(sources.map(({ what }) => what));
    if (fresh.length === 0) return;
    const before = this.#paths.filter((path) => !fresh.includes(path));
    this.#become([...fresh.reverse(), ...before].slice(0, AT_MOST));
    // Linux has no such list of its own.
    if (process.platform === 'linux') return;
    for (const path of fresh) if (!/^https?:/i.test(path)) app.addRecentDocument(path);
  }

  clear(): void {
    this.#become([]);
    if (process.platform !== 'linux') app.clearRecentDocuments();
  }

  #become(paths: readonly string[]): void {
    if (paths.join('\n') === this.#paths.join('\n')) return;
    this.#paths = paths;
    this.#options.changed(paths);
  }
}

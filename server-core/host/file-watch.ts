/** Tells of files that changed, many at once: a save is several events, and a build is hundreds. */
import { type Stats, statSync } from 'node:fs';
import { type FSWatcher, watch } from 'chokidar';

export interface FileWatchOptions {
  /** A folder to watch with all that is below it. Links are not followed: they may lead anywhere. */
  readonly folder?: string;
  /** Whether a path, and what is below it, is left alone. */
  readonly ignored?: (path: string) => boolean;
  /** Absolute paths that were written, made or removed since the last call; each once. */
  changed(paths: readonly string[]): void;
  /** One sentence: what cannot be watched, which is then not told of. */
  problem(sentence: string): void;
}

/** Editors write in steps of a few milliseconds; nobody sees 60 ms. */
const QUIET_MS = 60;
/** A build that never pauses is told of in parts. */
const LONGEST_MS = 500;
const LOOK_AGAIN_MS = 200;

export class FileWatch {
  readonly #watcher: FSWatcher;
  readonly #options: FileWatchOptions;
  readonly #paths = new Set<string>();
  /** Files whose watching has not begun yet, as they were when it was asked for; undefined for one that is missing. */
  readonly #asked = new Map<string, Stats | undefined>();
  #timer: NodeJS.Timeout | undefined;
  #since = 0;
  #told = false;

  constructor(options: FileWatchOptions) {
    this.#options = options;
    const { folder, ignored } = options;
    this.#watcher = watch(folder === undefined ? [] : [folder], {
      ignoreInitial: folder !== undefined,
      followSymlinks: folder === undefined,
      ...(ignored ? { ignored } : {}),
    });
    this.#watcher.on('all', (event, path, stats) => {
      if (event !== 'add' || !this.#isAsAsked(path, stats)) this.#note(path);
    });
    this.#watcher.on('error', (error) => this.#failed(error as NodeJS.ErrnoException));
  }

  /** Watches a file as well, from its present state on; it may not be there yet. Links are followed. */
  add(file: string): void {
    if (this.#asked.has(file)) return;
    const asked = statSync(file, { throwIfNoEntry: false });
    this.#asked.set(file, asked);
    this.#watcher.add(file);
    if (asked === undefined) setTimeout(() => this.#lookAgain(file), LOOK_AGAIN_MS).unref();
  }

  /** Chokidar looks for a missing file, and then begins to listen for it: one made in between is not told of. */
  #lookAgain(file: string): void {
    if (this.#asked.get(file) === undefined && statSync(file, { throwIfNoEntry: false })) this.#note(file);
  }

  close(): void {
    clearTimeout(this.#timer);
    void this.#watcher.close();
  }

  /** What is told when watching begins is a change only if something was written in between. */
  #isAsAsked(path: string, now: Stats | undefined): boolean {
    const asked = this.#asked.get(path);
    this.#asked.set(path, undefined);
    return asked !== undefined && asked.mtimeMs === now?.mtimeMs && asked.size === now.size;
  }

  #note(path: string): void {
    if (this.#watcher.closed) return;
    const now = performance.now();
    if (this.#paths.size === 0) this.#since = now;
    this.#paths.add(path);
    clearTimeout(this.#timer);
    const wait = Math.min(QUIET_MS, Math.max(0, this.#since + LONGEST_MS - now));
    this.#timer = setTimeout(() => this.#tell(), wait);
  }

  #tell(): void {
    const paths = [...this.#paths];
    this.#paths.clear();
    this.#options.changed(paths);
  }

  #failed({ code, message }: NodeJS.ErrnoException): void {
    if (this.#told) return;
    this.#told = true;
    const few = code === 'ENOSPC' || code === 'EMFILE';
    this.#options.problem(
      few
        ? `The system has no more watches to give (${code}), so some changes will not be noticed`
        : `Some changes will not be noticed: ${message}`,
    );
  }
}

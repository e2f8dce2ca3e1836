/**
 * Files by request-target, so that a repeated request costs one stat. An entry is good only while the path is
 * still the same file in the same state: an edit, a replacement or a link that now points elsewhere all show in
 * what stat says, so nothing stale is ever sent and nothing needs to be watched.
 *
 * Eviction is CLOCK (second chance): a hit sets a bit, and the sweep takes the oldest entry without it.
 */
import { type Stats, statSync } from 'node:fs';
import type { ServedFile } from './served-file.ts';
import { type FileState, sameState } from './validators.ts';

/** nginx keeps no content but leans on the page cache; 32 MiB holds the whole of a usual site. */
export const DEFAULT_CACHE_BYTES = 33_554_432;

/** Map slot, fields, response objects, for each representation: measured at a little under 2 KiB. */
export const ENTRY_OVERHEAD_BYTES = 2_048;

interface Entry {
  readonly path: string;
  readonly stats: FileState;
  readonly file: ServedFile;
  /** A path that comes first: once it is a file, this entry no longer answers. */
  readonly yieldsTo: string | undefined;
  /** As the state was told in plain numbers, once it was looked at. */
  seen: Stats | undefined;
  cost: number;
  used: boolean;
}

const EXACT = { bigint: true, throwIfNoEntry: false } as const;
const PLAIN = { throwIfNoEntry: false } as const;

export class FileCache {
  readonly #budget: number;
  readonly #entries = new Map<string, Entry>();
  #bytes = 0;

  /** `budget` in bytes; 0 keeps nothing. */
  constructor(budget: number = DEFAULT_CACHE_BYTES) {
    this.#budget = budget;
  }

  /** Bytes held now, at most the budget. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The file, if the disk still has it in the state in which it was put. */
  get(key: string): ServedFile | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (isUnchanged(entry)) {
      entry.used = true;
      return entry.file;
    }
    this.#drop(key, entry);
    return undefined;
  }

  /**
   * `path` is what is looked at on each hit (links followed), `stats` its state when the content was read. With
   * `yieldsTo`, the entry is good only as long as that path is no file.
   */
  put(key: string, path: string, stats: FileState, file: ServedFile, yieldsTo?: string): void {
    const cost = ENTRY_OVERHEAD_BYTES + key.length + (file.content?.length ?? 0);
    if (cost > this.#budget) return;
    const old = this.#entries.get(key);
    if (old) this.#drop(key, old);
    this.#makeRoom(cost);
    this.#entries.set(key, { path, stats, file, yieldsTo, seen: undefined, cost, used: false });
    this.#bytes += cost;
  }

  /** Makes room for `bytes` more that belong to a file held here. False when it is not held, or they never fit. */
  grow(key: string, file: ServedFile, bytes: number): boolean {
    const entry = this.#entries.get(key);
    if (entry?.file !== file || entry.cost + bytes > this.#budget) return false;
    // Taken out first, or the sweep might count what is about to change, or take it.
    this.#drop(key, entry);
    this.#makeRoom(entry.cost + bytes);
    entry.cost += bytes;
    this.#entries.set(key, entry);
    this.#bytes += entry.cost;
    return true;
  }

  /** Forgets a file of which something that its state does not show has changed. */
  drop(key: string): void {
    const entry = this.#entries.get(key);
    if (entry) this.#drop(key, entry);
  }

  #makeRoom(cost: number): void {
    for (const [key, entry] of this.#entries) {
      if (this.#bytes + cost <= this.#budget) return;
      this.#drop(key, entry);
      if (!entry.used) continue;
      entry.used = false;
      // Back in at the end; the iteration meets it again only when all others had their turn.
      this.#entries.set(key, entry);
      this.#bytes += entry.cost;
    }
  }

  #drop(key: string, entry: Entry): void {
    this.#entries.delete(key);
    this.#bytes -= entry.cost;
  }
}

function isUnchanged(entry: Entry): boolean {
  try {
    const now = statSync(entry.path, PLAIN);
    if (now === undefined || !isSeen(entry, now)) return false;
    return entry.yieldsTo === undefined || !statSync(entry.yieldsTo, PLAIN)?.isFile();
  } catch {
    // No right to look, a circle of links, a name too long: whatever it is, the full way finds and says it.
    return false;
  }
}

/**
 * Plain numbers take half the time of exact ones. They blur times that are within 250 ns and inodes beyond 2^53, which
 * is enough here: content is kept once its file has rested (`isSettled`), so any change is at least 50 ms away.
 */
function isSeen(entry: Entry, now: Stats): boolean {
  const { seen } = entry;
  if (seen === undefined) {
    // Looked at after `now` was taken: what is unchanged by then was unchanged at `now`.
    const exact = statSync(entry.path, EXACT);
    if (exact === undefined || !sameState(exact, entry.stats)) return false;
    entry.seen = now;
    return true;
  }
  return (
    now.mtimeMs === seen.mtimeMs &&
    now.ctimeMs === seen.ctimeMs &&
    now.size === seen.size &&
    now.ino === seen.ino &&
    now.dev === seen.dev
  );
}

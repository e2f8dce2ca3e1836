/**
 * What a lookup asks of the disk, at once or through the thread pool.
 *
 * A call on names that the kernel has in memory takes one to five microseconds; the same call through the thread
 * pool takes fifty, nearly all of it spent handing it over and back, and a lookup makes five in a row. So calls are
 * made at once, as node's own module loader does. But a disk can be a sleeping drive or a share at the far end of
 * a network, and a call that waits there stops every connection. So each call is timed, and a disk that kept us is
 * asked through the thread pool for a hundred times as long: waiting takes one part in a hundred at most.
 */
import {
  type BigIntStats,
  closeSync,
  fstatSync,
  opendirSync,
  openSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { opendir, realpath, stat } from 'node:fs/promises';
import { OPEN_FLAGS, openFile, readWhole } from './open-file.ts';
import { type FileState, sameState } from './validators.ts';

type Soon<T> = T | Promise<T>;

/** What a name stands for. */
export type Named = FileState & Pick<BigIntStats, 'isFile' | 'isDirectory'>;

/** Enough to find what a path names. */
export interface Names {
  /** The path without links. */
  realpath(path: string): Soon<string>;
  /** Links are followed. Undefined when nothing has that name; some systems' refusals of odd names are thrown. */
  stat(path: string): Soon<Named | undefined>;
}

/** A file as it was opened, with its content where it is small and did not change while it was read. */
export interface ReadFile {
  readonly stats: BigIntStats;
  readonly content: Uint8Array | undefined;
}

/** Each call throws or rejects with the system's error. */
export interface Disk extends Names {
  stat(path: string): Soon<BigIntStats | undefined>;
  /** Opens without following a link, and reads all when it is a file of at most `limit` bytes. */
  read(path: string, limit: number): Soon<ReadFile>;
  /** Names in a folder, `limit` at most, in no order. */
  names(path: string, limit: number): Soon<string[]>;
}

/** Longer than a lookup of anything in memory takes, and short enough to go unnoticed once. */
const SLOW_MS = 5;
const POOLED_TIMES = 100;

/** Asks `direct` until a call is slow, then `pooled` for a while, and so on. */
export class PacedDisk implements Disk {
  readonly #direct: Disk;
  readonly #pooled: Disk;
  readonly #now: () => number;
  #pooledUntil = Number.NEGATIVE_INFINITY;

  /** `now` in milliseconds. */
  constructor(
    direct: Disk = directDisk,
    pooled: Disk = pooledDisk,
    now: () => number = () => performance.now(),
  ) {
    this.#direct = direct;
    this.#pooled = pooled;
    this.#now = now;
  }

  realpath(path: string): Soon<string> {
    return this.#ask((disk) => disk.realpath(path));
  }

  stat(path: string): Soon<BigIntStats | undefined> {
    return this.#ask((disk) => disk.stat(path));
  }

  read(path: string, limit: number): Soon<ReadFile> {
    return this.#ask((disk) => disk.read(path, limit));
  }

  names(path: string, limit: number): Soon<string[]> {
    return this.#ask((disk) => disk.names(path, limit));
  }

  #ask<T>(call: (disk: Disk) => T): T {
    const start = this.#now();
    if (start < this.#pooledUntil) return call(this.#pooled);
    try {
      return call(this.#direct);
    } finally {
      const end = this.#now();
      if (end - start > SLOW_MS) this.#pooledUntil = end + POOLED_TIMES * (end - start);
    }
  }
}

export const directDisk: Disk = {
  realpath: (path) => realpathSync.native(path),
  stat: (path) => statSync(path, { bigint: true, throwIfNoEntry: false }),
  read(path, limit) {
    const fd = openSync(path, OPEN_FLAGS);
    try {
      const stats = fstatSync(fd, { bigint: true });
      return { stats, content: isSmall(stats, limit) ? readAtOnce(fd, stats) : undefined };
    } finally {
      closeSync(fd);
    }
  },
  names(path, limit) {
    const folder = opendirSync(path, { bufferSize: NAMES_AT_A_TIME });
    try {
      const names: string[] = [];
      while (names.length < limit) {
        const entry = folder.readSync();
        if (entry === null) break;
        names.push(entry.name);
      }
      return names;
    } finally {
      folder.closeSync();
    }
  },
};

export const pooledDisk: Disk = {
  realpath: (path) => realpath(path),
  stat: (path) =>
    stat(path, { bigint: true }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
      throw error;
    }),
  async read(path, limit) {
    const opened = await openFile(path);
    try {
      const { stats } = opened;
      return { stats, content: isSmall(stats, limit) ? await readWhole(opened) : undefined };
    } finally {
      await opened.handle.close();
    }
  },
  async names(path, limit) {
    const names: string[] = [];
    for await (const entry of await opendir(path, { bufferSize: NAMES_AT_A_TIME })) {
      names.push(entry.name);
      if (names.length >= limit) break;
    }
    return names;
  },
};

const NAMES_AT_A_TIME = 512;

function isSmall(stats: BigIntStats, limit: number): boolean {
  return stats.isFile() && stats.size <= limit;
}

/** All of it in the state that `stats` says, or undefined when it was written to meanwhile. */
function readAtOnce(fd: number, stats: BigIntStats): Uint8Array | undefined {
  const size = Number(stats.size);
  // Not from the shared pool: one small file would keep a slab of others alive.
  const content = Buffer.allocUnsafeSlow(size);
  let filled = 0;
  while (filled < size) {
    const read = readSync(fd, content, filled, size - filled, filled);
    if (read === 0) return undefined;
    filled += read;
  }
  return sameState(fstatSync(fd, { bigint: true }), stats) ? content : undefined;
}

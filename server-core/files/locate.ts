/** Finds what a mapped path names on the disk, and proves that it is inside the root. */
import { isAbsolute, join, relative, sep } from 'node:path';
import type { Names } from './disk.ts';

export interface Found {
  readonly kind: 'file' | 'folder';
  /** Below the root as asked for; links are not resolved. */
  readonly path: string;
  /** The same without links, when it was looked up. */
  readonly real: string;
  /** Names below the root as they are on the disk. */
  readonly segments: readonly string[];
  /** False when it was found in another Unicode form than it was asked for. */
  readonly exact: boolean;
}

export type Lookup = Found | { readonly kind: 'missing' | 'outside' | 'special'; readonly because: string };

/** `root` is a real path. Rejects with the system's error when something is there but cannot be looked at. */
export async function locate(disk: Names, root: string, segments: readonly string[]): Promise<Lookup> {
  for (const spelling of spellings(segments)) {
    const path = join(root, ...spelling);
    try {
      // Absence is the most usual find, and here it is told without an error, which would cost more than the look.
      const stats = await disk.stat(path);
      if (stats === undefined) continue;
      const real = await disk.realpath(path);
      if (!isWithin(root, real)) return { kind: 'outside', because: 'A link on the way leaves the root' };
      const exact = spelling === segments;
      if (stats.isFile()) return { kind: 'file', path, real, segments: spelling, exact };
      if (stats.isDirectory()) return { kind: 'folder', path, real, segments: spelling, exact };
      // Opening a pipe or a device can block or do something; neither has content to serve.
      return { kind: 'special', because: 'It is neither a file nor a folder' };
    } catch (error) {
      if (!isAbsence(error)) throw error;
    }
  }
  return { kind: 'missing', because: `Nothing is named ${segments.join('/')} here` };
}

/** Compared by segment: `/srv/site-old` is not within `/srv/site`. Both are real paths. */
export function isWithin(root: string, path: string): boolean {
  const way = relative(root, path);
  return way.split(sep, 1)[0] !== '..' && !isAbsolute(way);
}

/** The name is not there, a part of the way is a file, the links go in a circle, or no name can be that long. */
export function isAbsence(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP' || code === 'ENAMETOOLONG';
}

/** macOS writes names decomposed (NFD), everyone types them composed (NFC); the disk may have either. */
function* spellings(segments: readonly string[]): Iterable<readonly string[]> {
  yield segments;
  const joined = segments.join('/');
  const tried = new Set([joined]);
  for (const form of ['NFC', 'NFD']) {
    const other = joined.normalize(form);
    if (tried.has(other)) continue;
    tried.add(other);
    yield other.split('/');
  }
}

/** What of a folder a request could get: the rule for its page and for its tree. */
import type { Stats } from 'node:fs';
import { lstat, realpath, stat } from 'node:fs/promises';
import { isWithin } from './locate.ts';

export interface Bounds {
  /** A real path. */
  readonly root: string;
  /** Paths of files that are left out. */
  readonly hidden: readonly string[];
}

export interface FolderEntry {
  readonly stats: Stats;
  /** Its path without links. */
  readonly real: string;
}

/** RFC 8615: `.well-known` is there to be asked for. */
export function isListed(name: string, dotfiles: boolean): boolean {
  return dotfiles || !name.startsWith('.') || name === '.well-known';
}

/**
 * A file or folder by its path in a folder that is itself inside. Undefined for what a request could not get either:
 * links that lead nowhere or out of the root, pipes, devices.
 */
export async function lookAt({ root, hidden }: Bounds, path: string): Promise<FolderEntry | undefined> {
  if (hidden.includes(path)) return undefined;
  try {
    let stats = await lstat(path);
    let real = path;
    if (stats.isSymbolicLink()) {
      real = await realpath(path);
      if (!isWithin(root, real) || hidden.includes(real)) return undefined;
      stats = await stat(real);
    }
    return stats.isFile() || stats.isDirectory() ? { stats, real } : undefined;
  } catch {
    return undefined;
  }
}

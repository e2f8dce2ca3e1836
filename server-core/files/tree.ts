/** A served folder with all that lies below it, as far as requests could get it. */
import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { type Bounds, isListed, lookAt } from './folder-entries.ts';

export interface TreeOptions {
  readonly root: string;
  readonly dotfiles: boolean;
  /** Paths of files that are left out. */
  readonly hidden: readonly string[];
}

/** A file has `bytes`, a folder that was looked into has `nodes`, in the order of their names. */
export interface TreeNode {
  readonly name: string;
  readonly bytes?: number;
  readonly nodes?: readonly TreeNode[];
}

export interface Tree {
  readonly nodes: readonly TreeNode[];
  /** False when there is more than what is told. */
  readonly complete: boolean;
}

/** Names told at most, as many as a page of a folder has rows; and how deep: no site is nested as far by hand. */
export const MAX_NODES = 10_000;
export const MAX_DEPTH = 32;
/** Entries looked at at the same time: some more than libuv has threads. */
const LOOKERS = 16;

interface Folder {
  readonly real: string;
  readonly depth: number;
  readonly nodes: TreeNode[];
}

/** Level by level, so that what is left out lies deepest. Rejects with the system's error when there is no such root. */
export async function readTree({ root, dotfiles, hidden }: TreeOptions): Promise<Tree> {
  const bounds = { root: await realpath(root), hidden };
  const top: Folder = { real: bounds.root, depth: 0, nodes: [] };
  // A link to a folder that is told already would tell it again, or without end.
  const known = new Set([top.real]);
  let left = MAX_NODES;
  let complete = true;
  for (let level = [top]; level.length > 0; ) {
    const next: Folder[] = [];
    for (const folder of level) {
      const names = (await namesIn(folder)).filter((name) => isListed(name, dotfiles)).sort();
      if (names.length > left || folder.depth === MAX_DEPTH) complete = false;
      const told = folder.depth === MAX_DEPTH ? [] : names.slice(0, left);
      left -= told.length;
      next.push(...(await fill(folder, told, bounds, known)));
    }
    level = next;
  }
  return { nodes: top.nodes, complete };
}

async function namesIn({ real, depth }: Folder): Promise<string[]> {
  try {
    return await readdir(real);
  } catch (error) {
    if (depth === 0) throw error;
    // It went, or may not be read: a request would get as little.
    return [];
  }
}

/** Puts a folder's entries into it; returns the folders among them that are to be looked into. */
async function fill(
  folder: Folder,
  names: readonly string[],
  bounds: Bounds,
  known: Set<string>,
): Promise<Folder[]> {
  const folders: Folder[] = [];
  for (let first = 0; first < names.length; first += LOOKERS) {
    const some = names.slice(first, first + LOOKERS);
    const entries = await Promise.all(some.map((name) => lookAt(bounds, join(folder.real, name))));
    for (const [i, entry] of entries.entries()) {
      const name = some[i]!;
      if (entry === undefined) continue;
      if (entry.stats.isFile()) folder.nodes.push({ name, bytes: entry.stats.size });
      else if (known.has(entry.real)) folder.nodes.push({ name, nodes: [] });
      else {
        known.add(entry.real);
        const nodes: TreeNode[] = [];
        folder.nodes.push({ name, nodes });
        folders.push({ real: entry.real, depth: folder.depth + 1, nodes });
      }
    }
  }
  return folders;
}

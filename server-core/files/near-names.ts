import { join } from 'node:path';
import type { Disk } from './disk.ts';

/** A folder with more names than this is not searched to the end. */
const MAX_NAMES = 2_000;
const MAX_SUGGESTIONS = 3;

/**
 * Names near the first one that is missing, best first, as paths below the root. Gives none where the folder
 * cannot be read: this only helps to explain an answer that stands already.
 */
export async function nearNames(
  disk: Disk,
  root: string,
  segments: readonly string[],
  dotfiles: boolean,
): Promise<string[]> {
  for (let depth = segments.length - 1; depth >= 0; depth--) {
    const parent = segments.slice(0, depth);
    const names = await namesIn(disk, join(root, ...parent));
    if (names === undefined) continue;
    const visible = dotfiles ? names : names.filter((name) => !name.startsWith('.'));
    return nearest(segments[depth]!, visible).map((name) => [...parent, name].join('/'));
  }
  return [];
}

async function namesIn(disk: Disk, path: string): Promise<string[] | undefined> {
  try {
    return await disk.names(path, MAX_NAMES);
  } catch {
    return undefined;
  }
}

/** Up to three names that differ in case, extension or a few letters. */
export function nearest(wanted: string, names: readonly string[]): string[] {
  const allowed = wanted.length < 4 ? 1 : 2;
  return names
    .map((name) => ({ name, distance: distanceOf(wanted.toLowerCase(), name.toLowerCase()) }))
    .filter(({ distance }) => distance <= allowed)
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, MAX_SUGGESTIONS)
    .map(({ name }) => name);
}

function distanceOf(a: string, b: string): number {
  // `photo.jpg` for `photo.jpeg`: one slip, whatever the letters.
  if (stem(a) !== '' && stem(a) === stem(b)) return a === b ? 0 : 1;
  return editDistance(a, b);
}

function stem(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
}

/** Levenshtein's, over one row. */
function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  const row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    let diagonal = row[0]!;
    row[0] = i;
    for (let j = 1; j <= b.length; j++) {
      const above = row[j]!;
      row[j] = Math.min(above + 1, row[j - 1]! + 1, diagonal + (a[i - 1] === b[j - 1] ? 0 : 1));
      diagonal = above;
    }
  }
  return row[b.length]!;
}

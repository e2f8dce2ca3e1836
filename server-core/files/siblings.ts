/** Precompressed copies that lie beside a file: `app.js.br` for `app.js`. */
import { type BigIntStats, realpathSync, statSync } from 'node:fs';
import { type Coding, SIBLING_ENDS } from '../http/coding/content-coding.ts';
import { isWithin } from './locate.ts';
import { type FileState, sameState } from './validators.ts';

export interface Sibling {
  readonly coding: Coding;
  /** The end of its name, `.br`. */
  readonly end: string;
  /** As it is looked at, and where it is opened: the path without links. */
  readonly path: string;
  readonly real: string;
  readonly stats: BigIntStats;
}

export interface Siblings {
  /** Where they were looked for: a real path, and that of the file. */
  readonly root: string;
  readonly path: string;
  /** In the order of preference. */
  readonly fresh: readonly Sibling[];
  /** Names' ends of those that are older than the file, for the decision trace. */
  readonly stale: readonly string[];
}

const STAT = { bigint: true, throwIfNoEntry: false } as const;

/**
 * The siblings of the file at `path` that are not older than it is in the state `stats`. `root` is a real path.
 *
 * Synchronous: it is three looks that usually find nothing, a microsecond each, where the thread pool would take
 * fifty times that.
 */
export function siblingsOf(root: string, path: string, stats: FileState): Siblings {
  const fresh: Sibling[] = [];
  const stale: string[] = [];
  for (const [coding, end] of SIBLING_ENDS) {
    const found = look(root, path + end);
    if (found === undefined) continue;
    if (isFresh(found.stats, stats)) fresh.push({ coding, end, ...found });
    else stale.push(end);
  }
  return { root, path, fresh, stale };
}

/** Whether the disk still has a sibling in its state. */
export function isUnchanged(sibling: Sibling): boolean {
  try {
    const now = statSync(sibling.path, STAT);
    return now !== undefined && sameState(now, sibling.stats);
  } catch {
    return false;
  }
}

/** Whether a new look at a file that is still in the state `stats` finds the same. */
export function stillHas(known: Siblings, stats: FileState): boolean {
  const { fresh, stale } = siblingsOf(known.root, known.path, stats);
  return (
    fresh.length === known.fresh.length &&
    stale.length === known.stale.length &&
    fresh.every((one, i) => {
      const other = known.fresh[i]!;
      return one.coding === other.coding && sameState(one.stats, other.stats);
    }) &&
    stale.every((end, i) => end === known.stale[i])
  );
}

function look(root: string, path: string): { path: string; real: string; stats: BigIntStats } | undefined {
  try {
    const stats = statSync(path, STAT);
    if (!stats?.isFile()) return undefined;
    const real = realpathSync.native(path);
    return isWithin(root, real) ? { path, real, stats } : undefined;
  } catch {
    // Not to be looked at, a circle of links, a name too long: then there is no sibling to send.
    return undefined;
  }
}

const SECOND_NS = 1_000_000_000n;

/** Tools that give a copy the time of its file may cut it to whole seconds; such a copy is not older. */
function isFresh(sibling: BigIntStats, file: FileState): boolean {
  if (sibling.mtimeNs >= file.mtimeNs) return true;
  return sibling.mtimeNs % SECOND_NS === 0n && sibling.mtimeNs === file.mtimeNs - (file.mtimeNs % SECOND_NS);
}

/** Requests counted by path. A text is read once however many requests hold it, so a count costs a walk over columns. */
import type { Columns } from './columns.ts';
import { FLAG } from './exchanges.ts';
import type { HeatParams, HeatPath, HeatResult } from './queries/heat.ts';
import { responseEnd } from './rows.ts';

/** As many as a host tells names of its folder. */
export const MAX_PATHS = 10_000;

type Count = { -readonly [K in keyof HeatPath]: HeatPath[K] };

export function heatResult(columns: Columns, params: HeatParams): HeatResult {
  const { exchanges, past, strings } = columns;
  const byPath = new Map<string, Count>();
  /** By the number of the target's text. */
  const byTarget: (Count | undefined)[] = new Array(strings.capacity).fill(undefined);
  exchanges.eachFrom(1, (held, row) => {
    if (held.server[row] !== params.server || !past.hasBegun(held, row)) return true;
    const page = past.page(held, row);
    // Without a request line nothing was asked for.
    if ((page.flags[row]! & FLAG.request) === 0) return true;
    const target = page.target[row]!;
    let count = byTarget[target];
    if (count === undefined) {
      count = countOf(byPath, strings.text(target));
      byTarget[target] = count;
    }
    const status = page.status[row]!;
    const flags = page.flags[row]! & (FLAG.ended | FLAG.complete);
    count.hits++;
    if (status === 304) count.notModified++;
    if (status >= 400 || flags === FLAG.ended) count.failed++;
    if (status !== 0) {
      count.lastStatus = status;
      count.bytes += responseEnd(columns, page, row)! - page.outStart[row]!;
    }
    return true;
  });
  const counts = [...byPath.values()].sort((a, b) => b.hits - a.hits);
  const untold = counts.slice(MAX_PATHS).reduce((sum, { hits }) => sum + hits, 0);
  return { params, paths: counts.slice(0, MAX_PATHS), untold };
}

function countOf(byPath: Map<string, Count>, target: string): Count {
  const sent = pathOf(target);
  const path = decoded(sent);
  let count = byPath.get(path);
  if (count === undefined) {
    count = { path, sent, hits: 0, bytes: 0, notModified: 0, failed: 0, lastStatus: undefined };
    byPath.set(path, count);
  }
  return count;
}

/** The path of a target in origin form or absolute form (RFC 9112 §3.2); other forms stay as they are. */
function pathOf(target: string): string {
  const path = target.replace(/^https?:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
  return path === '' && target !== '' ? '/' : path;
}

/** What is no UTF-8 names no file: it stays as it was sent. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

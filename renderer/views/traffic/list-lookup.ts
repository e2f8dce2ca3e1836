import type { ListParams, ListResult, Row } from '../../store/queries/list.ts';
import type { Store } from '../../store/queries/store.ts';
import { isHead, type Line, linesOf } from './list-line.ts';

/** One look at the list, wherever it is scrolled to. */
export function readList(store: Store, params: ListParams): Promise<ListResult> {
  return new Promise((resolve) => {
    // The answer comes in a later task, when `watch` is set.
    const watch = store.watchList(params, (result) => {
      watch.close();
      resolve(result);
    });
  });
}

export interface Found {
  readonly index: number;
  readonly row: Row;
}

export async function lineAt(store: Store, index: number): Promise<Line | undefined> {
  const result = await readList(store, { first: index, count: 1, tail: false });
  return linesOf(result)[index - result.first];
}

/** Undefined where a head stands, or nothing. */
export async function rowAt(store: Store, index: number): Promise<Found | undefined> {
  const row = await lineAt(store, index);
  return row === undefined || isHead(row) ? undefined : { index, row };
}

const CHUNK = 500;
/** A busy capture may hold no second exchange of that connection: after so many rows the search gives up. */
const CHUNKS = 20;

/** The nearest row of the same connection after (`step` 1) or before (`step` -1) an index. */
export async function nextOnConnection(
  store: Store,
  conn: number,
  index: number,
  step: 1 | -1,
): Promise<Found | undefined> {
  let from = step > 0 ? index + 1 : index - CHUNK;
  for (let chunk = 0; chunk < CHUNKS; chunk++, from += step * CHUNK) {
    const first = Math.max(0, from);
    const count = from + CHUNK - first;
    if (count <= 0) return undefined;
    const result = await readList(store, { first, count, tail: false });
    const lines = linesOf(result);
    const found = step > 0 ? lines.findIndex(isOn(conn)) : lines.findLastIndex(isOn(conn));
    const row = lines[found];
    if (row && !isHead(row)) return { index: result.first + found, row };
    if (step > 0 ? from + CHUNK >= result.total : from <= 0) return undefined;
  }
  return undefined;
}

function isOn(conn: number): (line: Line) => boolean {
  return (line) => !isHead(line) && line.conn === conn;
}

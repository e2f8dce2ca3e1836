import type { ListParams, ListResult, Row, Store } from '../../store/queries.ts';

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

export async function rowAt(store: Store, index: number): Promise<Found | undefined> {
  const { rows, first } = await readList(store, { first: index, count: 1, tail: false });
  const row = rows[index - first];
  return row && { index, row };
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
    const { rows, first: at, total } = await readList(store, { first, count, tail: false });
    const found = step > 0 ? rows.findIndex(same(conn)) : rows.findLastIndex(same(conn));
    const row = rows[found];
    if (row) return { index: at + found, row };
    if (step > 0 ? from + CHUNK >= total : from <= 0) return undefined;
  }
  return undefined;
}

function same(conn: number): (row: Row) => boolean {
  return (row) => row.conn === conn;
}

/** A window onto the list: filtered, in its order. */
import type { Ingest } from './ingest.ts';
import { PAGE_MASK } from './paged-rows.ts';
import type { ListParams, ListResult, Row } from './queries.ts';
import { buildRow } from './rows.ts';

export function listResult({ columns, order }: Ingest, params: ListParams): ListResult {
  order.refresh();
  const { first, end } = extent(order.count, params);
  const rows: Row[] = [];
  for (let place = first; place < end; place++) {
    const row = buildRow(columns, order.at(place));
    if (row !== undefined) rows.push(row);
  }
  return { total: order.count, first, rows };
}

/** The exchanges at the places [first, end), as far as the list goes. */
export function idsOf({ order }: Ingest, first: number, end: number): Uint32Array {
  order.refresh();
  const start = Math.max(0, first);
  const count = Math.max(0, Math.min(end, order.count) - start);
  return Uint32Array.from({ length: count }, (_, place) => order.at(start + place));
}

/** Differs whenever `listResult` of the same parameters would. */
export function listStamp({ columns, order }: Ingest, params: ListParams): string {
  order.refresh();
  const { first, end } = extent(order.count, params);
  let changes = 0;
  for (let place = first; place < end; place++) {
    const id = order.at(place);
    changes += columns.exchanges.page(id)?.change[id & PAGE_MASK] ?? 0;
  }
  return `${order.count} ${order.version} ${changes}`;
}

function extent(total: number, params: ListParams): { first: number; end: number } {
  const count = Math.max(0, params.count);
  const first = params.tail ? Math.max(0, total - count) : Math.min(Math.max(0, params.first), total);
  return { first, end: Math.min(total, first + count) };
}

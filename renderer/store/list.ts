/** A window onto the filtered list. */
import type { Ingest } from './ingest.ts';
import { PAGE_MASK } from './paged-rows.ts';
import type { ListParams, ListResult, Row } from './queries.ts';
import { buildRow } from './rows.ts';

export function listResult({ columns, index }: Ingest, params: ListParams): ListResult {
  const { first, end } = extent(index.count, params);
  const rows: Row[] = [];
  for (let place = first; place < end; place++) {
    const row = buildRow(columns, index.at(place));
    if (row !== undefined) rows.push(row);
  }
  return { total: index.count, first, rows };
}

/** Differs whenever `listResult` of the same parameters would. */
export function listStamp({ columns, index }: Ingest, params: ListParams): string {
  const { first, end } = extent(index.count, params);
  let latest = 0;
  for (let place = first; place < end; place++) {
    const id = index.at(place);
    latest = Math.max(latest, columns.exchanges.page(id)?.change[id & PAGE_MASK] ?? 0);
  }
  return `${index.version} ${latest}`;
}

function extent(total: number, params: ListParams): { first: number; end: number } {
  const count = Math.max(0, params.count);
  const first = params.tail ? Math.max(0, total - count) : Math.min(Math.max(0, params.first), total);
  return { first, end: Math.min(total, first + count) };
}

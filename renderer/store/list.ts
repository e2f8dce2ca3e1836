/** A window onto the list: filtered, in its order. */
import type { Ingest } from './ingest.ts';
import type { Group } from './list-lines.ts';
import { PAGE_MASK } from './paged-rows.ts';
import type { GroupHead, ListParams, ListResult, Row } from './queries/list.ts';
import { buildConnection, buildRow } from './rows.ts';

export function listResult(ingest: Ingest, params: ListParams): ListResult {
  const { columns, lines } = ingest;
  lines.refresh();
  const { first, end } = extent(lines.count, params);
  const rows: Row[] = [];
  const heads: GroupHead[] = [];
  for (let place = first; place < end; place++) {
    const line = lines.at(place);
    if (typeof line !== 'number') {
      heads.push(headOf(ingest, line));
      continue;
    }
    const row = buildRow(columns, line, columns.past.shown(line));
    if (row !== undefined) rows.push(row);
  }
  return { total: lines.count, first, rows, heads };
}

function headOf({ columns, lines }: Ingest, group: Group): GroupHead {
  const { key, depth, count, headAt } = group;
  const connection = group.conn === 0 ? undefined : buildConnection(columns, group.conn);
  return { place: headAt, key, depth, count, folded: lines.isFolded(group), connection };
}

/** The exchanges at the places [first, end), as far as the list goes. */
export function idsOf({ lines }: Ingest, first: number, end: number): Uint32Array {
  lines.refresh();
  const ids: number[] = [];
  for (let place = Math.max(0, first); place < Math.min(end, lines.count); place++) {
    const line = lines.at(place);
    if (typeof line === 'number') ids.push(line);
  }
  return Uint32Array.from(ids);
}

/** Differs whenever `listResult` of the same parameters would. */
export function listStamp({ columns, lines }: Ingest, params: ListParams): string {
  lines.refresh();
  const { first, end } = extent(lines.count, params);
  let changes = 0;
  for (let place = first; place < end; place++) {
    const line = lines.at(place);
    if (typeof line === 'number') changes += columns.exchanges.page(line)?.change[line & PAGE_MASK] ?? 0;
    else if (!columns.open.has(line.conn)) changes++;
  }
  return `${lines.count} ${lines.version} ${changes} ${columns.past.time}`;
}

function extent(total: number, params: ListParams): { first: number; end: number } {
  const count = Math.max(0, params.count);
  const first = params.tail ? Math.max(0, total - count) : Math.min(Math.max(0, params.first), total);
  return { first, end: Math.min(total, first + count) };
}

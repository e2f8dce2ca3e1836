/** One connection with all that happened on it, for the ladder diagram and for whoever sent on it. */
import type { Columns } from './columns.ts';
import { PAGE_MASK } from './paged-rows.ts';
import type { LadderMark, LadderOf, LadderResult, LadderTransfer } from './queries/connection.ts';
import type { Row } from './queries/list.ts';
import { buildConnection, buildRow } from './rows.ts';

/** More rungs than this are no picture any more. */
const MOST_TRANSFERS = 1000;
const MOST_EXCHANGES = 200;

/** Undefined when the connection is not held, or not yet seen. */
export function ladderResult(columns: Columns, of: LadderOf): LadderResult | undefined {
  const conn = 'exchange' in of ? connOf(columns, of.exchange) : connFrom(columns, of.port, of.since);
  const page = conn === undefined ? undefined : columns.connections.page(conn);
  const connection = conn === undefined ? undefined : buildConnection(columns, conn);
  if (conn === undefined || page === undefined || connection === undefined) return undefined;
  const transfers: LadderTransfer[] = [];
  columns.bytes.eachDuring(page, conn & PAGE_MASK, -Infinity, Infinity, (record) => {
    const { time, offset, length } = record;
    const direction = record.out === 1 ? 'out' : 'in';
    const before = transfers.findLast((each) => each.direction === direction);
    if (record.continued && before)
      transfers[transfers.indexOf(before)] = { ...before, length: before.length + length };
    else if (transfers.length < MOST_TRANSFERS) transfers.push({ time, direction, offset, length });
  });
  const exchanges: Row[] = [];
  const marks: LadderMark[] = [];
  columns.chains.each(
    page,
    conn & PAGE_MASK,
    () => false,
    (id) => {
      const row = buildRow(columns, id);
      const held = columns.exchanges.page(id);
      if (row && held) {
        exchanges.push(row);
        for (const mark of columns.marks.list(held, id & PAGE_MASK)) marks.push({ exchange: id, ...mark });
      }
      return exchanges.length < MOST_EXCHANGES;
    },
  );
  return { connection, transfers, exchanges, marks };
}

/** All rows held from a number on, whatever the filter says, in the order of time. */
export function rowsFrom(columns: Columns, from: number, count: number): readonly Row[] {
  const rows: Row[] = [];
  columns.exchanges.eachFrom(from, (_page, _row, id) => {
    const row = buildRow(columns, id);
    if (row !== undefined) rows.push(row);
    return rows.length < count;
  });
  return rows;
}

function connOf(columns: Columns, exchange: number): number | undefined {
  return columns.exchanges.page(exchange)?.conn[exchange & PAGE_MASK];
}

/** Ports are used again, so the time says which of those with the port is meant. */
function connFrom(columns: Columns, port: number, since: number): number | undefined {
  for (let conn = columns.connections.last; conn > 0; conn--) {
    const page = columns.connections.page(conn);
    if (page === undefined) continue;
    const row = conn & PAGE_MASK;
    if (page.remotePort[row] === port && page.opened[row]! >= since) return conn;
    // Connections come in the order of their opening.
    if (page.opened[row]! < since) return undefined;
  }
  return undefined;
}

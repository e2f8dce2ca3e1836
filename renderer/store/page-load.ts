/** Which exchanges belong to the load of a page, by what a server can know of it: who asked, and when. */
import type { Columns } from './columns.ts';
import { ladderResult } from './ladder.ts';
import type { LadderResult, PageLoad } from './queries/connection.ts';
import type { Row } from './queries/list.ts';
import { buildConnection, buildRow } from './rows.ts';

/** A pause of this long ends it, as it does for "network idle" in browsers' tools, with room for slow scripts. */
const PAUSE_MICROS = 2_000_000;
const MOST_EXCHANGES = 400;
/** Six of a browser, those of its second host, and a few that were opened ahead. */
const MOST_CONNECTIONS = 12;

/** Undefined when the exchange is not held. */
export function pageLoad(columns: Columns, exchange: number): PageLoad | undefined {
  const page = rowOf(columns, exchange);
  const client = page && buildConnection(columns, page.conn)?.remoteAddress;
  if (page === undefined || client === undefined) return undefined;
  const rows: Row[] = [];
  let until = page.beginTime;
  columns.exchanges.eachFrom(exchange, (held, place, id) => {
    // They stand in the order in which they began, whoever asked.
    if (held.begin[place]! > until + PAUSE_MICROS) return false;
    if (held.server[place] !== page.server) return true;
    const row = buildRow(columns, id);
    if (row === undefined) return true;
    if (buildConnection(columns, row.conn)?.remoteAddress !== client) return true;
    const isNextPage = id !== exchange && row.contentKind === 'html' && row.status === 200;
    if (isNextPage) return false;
    rows.push(row);
    until = Math.max(until, row.endTime ?? row.beginTime);
    return rows.length < MOST_EXCHANGES;
  });
  const conns = [...new Set(rows.map(({ conn }) => conn))];
  return {
    connections: conns.slice(0, MOST_CONNECTIONS).flatMap((conn) => ofPage(columns, rows, conn)),
    from: page.beginTime,
    to: until,
    more: conns.length > MOST_CONNECTIONS,
  };
}

function ofPage(columns: Columns, rows: readonly Row[], conn: number): LadderResult[] {
  const exchanges = rows.filter((row) => row.conn === conn);
  const result = exchanges[0] && ladderResult(columns, { exchange: exchanges[0].id });
  return result ? [{ ...result, exchanges }] : [];
}

function rowOf(columns: Columns, exchange: number): Row | undefined {
  return columns.exchanges.page(exchange) && buildRow(columns, exchange);
}

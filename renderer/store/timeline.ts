/**
 * Lanes of a window of time: connections in the order of accept, their exchanges as bars, their reads and writes
 * as ticks. What falls on one pixel is merged, so that a result is as large as the screen and not as the traffic.
 */
import type { Columns } from './columns.ts';
import { type ExchangePage, FLAG } from './exchanges.ts';
import { PAGE_MASK } from './paged-rows.ts';
import type { ConnectionView, TimelineParams, TimelineResult } from './queries.ts';
import { buildConnection } from './rows.ts';
import { BarList, TickList, WaitList } from './timeline-columns.ts';

/** Lanes are numbered in 16 bits. */
const MAX_LANES = 65_535;

export function timelineResult(columns: Columns, params: TimelineParams): TimelineResult {
  const { total, conns } = lanesOf(columns, params);
  const perMicro = params.width / Math.max(1e-9, params.to - params.from);
  const pixel = (time: number) => Math.floor((time - params.from) * perMicro);
  const bars = new BarList(pixel);
  const ticks = new TickList(pixel);
  const waits = new WaitList(pixel);
  const lanes: ConnectionView[] = [];
  for (const [lane, conn] of conns.entries()) {
    const connection = buildConnection(columns, conn);
    if (connection === undefined) continue;
    lanes.push(connection);
    addExchanges(columns, params, conn, lane, bars, waits);
    addTicks(columns, params, conn, lane, ticks);
  }
  return {
    params,
    totalLanes: total,
    lanes,
    bars: bars.take(),
    ticks: ticks.take(),
    waits: waits.take(),
  };
}

function lanesOf(columns: Columns, params: TimelineParams): { total: number; conns: number[] } {
  const { from, to, server, firstLane } = params;
  const end = firstLane + Math.min(params.laneCount, MAX_LANES);
  const conns: number[] = [];
  let total = 0;
  columns.connections.eachFrom(1, (page, row, conn) => {
    if (server !== undefined && page.server[row] !== server) return true;
    if (page.opened[row]! > to || page.closed[row]! < from) return true;
    if (total >= firstLane && total < end) conns.push(conn);
    total++;
    return true;
  });
  return { total, conns };
}

function addExchanges(
  columns: Columns,
  { from, to }: TimelineParams,
  conn: number,
  lane: number,
  bars: BarList,
  waits: WaitList,
): void {
  const { exchanges, chains, connections, marks } = columns;
  const connection = connections.page(conn);
  if (connection === undefined) return;
  chains.each(
    connection,
    conn & PAGE_MASK,
    // Exchanges of one connection follow each other: all before one that began before the window ended before it.
    (next) => (exchanges.page(next)?.begin[next & PAGE_MASK] ?? Number.NEGATIVE_INFINITY) < from,
    (id) => {
      const page = exchanges.page(id);
      if (page === undefined) return true;
      const row = id & PAGE_MASK;
      if (page.begin[row]! > to) return false;
      const end = page.end[row]!;
      if (end < from) return true;
      bars.add(lane, id, page, row, () => labelOf(columns, page, row));
      if (page.waited[row] === 0) return true;
      const until = Number.isNaN(end) ? Math.max(columns.lastTime, to) : end;
      marks.eachWait(page, row, until, (waitFrom, waitTo) => {
        if (waitFrom <= to && waitTo >= from) waits.add(lane, waitFrom, waitTo);
      });
      return true;
    },
  );
}

function addTicks(
  { bytes, connections }: Columns,
  { from, to }: TimelineParams,
  conn: number,
  lane: number,
  ticks: TickList,
): void {
  const page = connections.page(conn);
  if (page === undefined) return;
  bytes.eachDuring(page, conn & PAGE_MASK, from, to, ({ time, length, out }) => {
    ticks.add(lane, time, length, out);
  });
}

/** The request-target; where no request line was read, the fault that explains why. */
function labelOf({ strings }: Columns, page: ExchangePage, row: number): string {
  const read = (page.flags[row]! & FLAG.request) !== 0;
  return strings.text(read ? page.target[row]! : page.fault[row]!);
}

/**
 * Lanes of a window of time: connections in the order of accept, their exchanges as bars, their reads and writes
 * as ticks. What falls on one pixel is merged, so that a result is as large as the screen and not as the traffic.
 */
import type { Columns } from './columns.ts';
import { type ExchangePage, FLAG } from './exchanges.ts';
import { PAGE_MASK } from './paged-rows.ts';
import type { ConnectionView } from './queries/connection.ts';
import type { TimelineParams, TimelineResult } from './queries/timeline.ts';
import { buildConnection } from './rows.ts';
import { BarList, PointList, TickList, WaitList } from './timeline-columns.ts';

/** Lanes are numbered in 16 bits. */
const MAX_LANES = 65_535;
/** A bar narrower than this has no room for what happened within it. */
const POINTS_PX = 24;

export function timelineResult(columns: Columns, params: TimelineParams): TimelineResult {
  const asked = { ...params, to: columns.past.until(params.to) };
  const { total, conns } = lanesOf(columns, asked);
  const perMicro = params.width / Math.max(1e-9, params.to - params.from);
  const pixel = (time: number) => Math.floor((time - params.from) * perMicro);
  const bars = new BarList(pixel);
  const ticks = new TickList(pixel);
  const waits = new WaitList(pixel);
  const points = new PointList(pixel);
  const lanes: ConnectionView[] = [];
  for (const [lane, conn] of conns.entries()) {
    const connection = buildConnection(columns, conn);
    if (connection === undefined) continue;
    lanes.push(columns.past.connection(connection));
    eachExchange(columns, asked, conn, (id, page, row) => {
      bars.add(lane, id, page, row, () => labelOf(columns, page, row));
      addWaits(columns, asked, page, row, lane, waits);
      addPoints(columns, asked, page, row, lane, points);
    });
    addTicks(columns, asked, conn, lane, ticks);
  }
  return {
    params,
    totalLanes: total,
    lanes,
    bars: bars.take(),
    ticks: ticks.take(),
    waits: waits.take(),
    points: points.take(),
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

function eachExchange(
  columns: Columns,
  { from, to }: TimelineParams,
  conn: number,
  visit: (id: number, page: ExchangePage, row: number) => void,
): void {
  const { exchanges, chains, connections } = columns;
  const connection = connections.page(conn);
  if (connection === undefined) return;
  chains.each(
    connection,
    conn & PAGE_MASK,
    // Exchanges of one connection follow each other: all before one that began before the window ended before it.
    (next) => (exchanges.page(next)?.begin[next & PAGE_MASK] ?? Number.NEGATIVE_INFINITY) < from,
    (id) => {
      const row = id & PAGE_MASK;
      if ((exchanges.page(id)?.begin[row] ?? 0) > to) return false;
      const page = columns.past.shown(id);
      if (page !== undefined && !(page.end[row]! < from)) visit(id, page, row);
      return true;
    },
  );
}

function addWaits(
  { marks, past, lastTime }: Columns,
  { from, to }: TimelineParams,
  page: ExchangePage,
  row: number,
  lane: number,
  waits: WaitList,
): void {
  if (page.waited[row] === 0) return;
  const end = page.end[row]!;
  const until = Number.isNaN(end) ? past.until(Math.max(lastTime, to)) : end;
  marks.eachWait(page, row, until, (waitFrom, waitTo) => {
    if (waitFrom <= to && waitTo >= from) waits.add(lane, waitFrom, waitTo);
  });
}

function addPoints(
  { marks, past, lastTime }: Columns,
  { from, to, width }: TimelineParams,
  page: ExchangePage,
  row: number,
  lane: number,
  points: PointList,
): void {
  const end = page.end[row]!;
  const length = (Number.isNaN(end) ? past.until(lastTime) : end) - page.begin[row]!;
  if (page.lastMark[row] === 0 || (length * width) / (to - from) < POINTS_PX) return;
  for (const mark of marks.list(page, row)) {
    // What was waited for is drawn as a span.
    if (mark.mark === 'drain-wait' || mark.mark === 'drained') continue;
    if (mark.time >= from && mark.time <= to) points.add(lane, mark);
  }
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

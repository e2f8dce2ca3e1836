/**
 * Where the host's process ended and another took its place, the new one counts from the start again. What it logs
 * is moved behind what is held, so that numbers do not collide and rows, times and positions go on.
 */
import type { Columns } from './columns.ts';
import { PAGE_MASK } from './paged-rows.ts';

/** Added to the numbers of a log. 0 as a number of a connection or exchange stands for none and stays. */
export interface Shift {
  readonly position: number;
  readonly conn: number;
  readonly exchange: number;
  readonly server: number;
  /** Microseconds. */
  readonly time: number;
}

export const NO_SHIFT: Shift = { position: 0, conn: 0, exchange: 0, server: 0, time: 0 };

/** Ends what was under way in the process that is gone: nobody else will. */
export function endAll(columns: Columns, position: number): void {
  const { connections, lastTime } = columns;
  for (const conn of [...columns.open]) {
    const page = connections.page(conn);
    const row = conn & PAGE_MASK;
    columns.closed(conn, lastTime, 'error', page?.bytesIn[row] ?? 0, page?.bytesOut[row] ?? 0, position);
  }
  columns.metrics.workers.endAll(lastTime);
  for (const state of [...columns.servers.values()]) columns.server({ ...state, status: 'removed' });
}

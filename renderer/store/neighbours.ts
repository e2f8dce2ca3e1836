/** The moments at which something happened on the wire or to a request, one before and one after the other. */
import type { Metrics } from './metrics.ts';

/**
 * When the next thing happened after a moment (`by` 1) or the last one before it (-1): a connection accepted or
 * closed, a read, a write, a request begun or over. Undefined where there is none.
 */
export function neighbourOf(metrics: Metrics, time: number, by: 1 | -1, since: number): number | undefined {
  const { open, requests, bytesIn, bytesOut, answers } = metrics;
  let best: number | undefined;
  for (const series of [open, requests, bytesIn, bytesOut, answers]) {
    const index = by === 1 ? series.after(time) : series.from(time) - 1;
    if (index < 0 || index >= series.count) continue;
    const at = series.timeAt(index);
    // What lies before the first record held was kept only to say where a level stood.
    if (at < since) continue;
    if (best === undefined || (by === 1 ? at < best : at > best)) best = at;
  }
  return best;
}

/** What graphs tell beside the traffic itself: latency, queues, and who served with what. */
import type { Columns } from './columns.ts';
import { binsOf } from './graphs.ts';
import type { GraphDetails, GraphParams } from './queries/graphs.ts';
import type { Peaks } from './series.ts';
import { workerLanes } from './worker-lanes.ts';

/** How long a sample stands for the time after it: past this the host's beat has stopped, as it does when idle. */
export const SAMPLE_HOLD_MICROS = 2e6;

/** @param until what came later is left out */
export function graphDetails(
  columns: Columns,
  params: GraphParams,
  until = Number.POSITIVE_INFINITY,
): GraphDetails {
  const { metrics } = columns;
  const { answers, percentiles } = metrics;
  const { from } = params;
  const to = Math.min(params.to, until);
  const bins = binsOf(params, until);
  const latencies = ofGroups(
    bins.map(answers, (start, end) => ({ start, end })),
    Math.round((from * bins.count) / (params.to - from)),
    (start, end) => percentiles.ofBin(start, end),
  );
  const sampled = (series: Peaks) =>
    bins.each(series, (start, end, edge) => highestSample(series, start, end, edge));
  return {
    p50: Float64Array.from(latencies, ({ p50 }) => p50),
    p95: Float64Array.from(latencies, ({ p95 }) => p95),
    p99: Float64Array.from(latencies, ({ p99 }) => p99),
    latency: percentiles.ofWindow(answers.from(from), answers.after(to)),
    reused: bins.each(metrics.reused, (start, end) => end - start),
    loopLag: sampled(metrics.loopLag),
    waitingBytes: sampled(metrics.waitingBytes),
    waitingConnections: sampled(metrics.waitingConnections),
    acceptQueue: sampled(metrics.acceptQueue),
    knowsAcceptQueue: metrics.knowsAcceptQueue,
    switches: metrics.switches.filter(({ time }) => time >= from && time <= to),
    ...workerLanes(columns, params, bins.count, until),
  };
}

/** Percentiles need many answers: so many bins share theirs. */
const GROUP = 4;

/** @param before how many bins lie before the first: groups stay where they are in time while the window moves */
function ofGroups<T>(
  ranges: readonly { readonly start: number; readonly end: number }[],
  before: number,
  of: (start: number, end: number) => T,
): T[] {
  const values: T[] = [];
  for (let bin = 0; bin < ranges.length; ) {
    const next = Math.min(ranges.length, bin + GROUP - ((((before + bin) % GROUP) + GROUP) % GROUP));
    const value = of(ranges[bin]!.start, ranges[next - 1]!.end);
    for (; bin < next; bin++) values.push(value);
  }
  return values;
}

function highestSample(series: Peaks, start: number, end: number, from: number): number {
  if (end > start) return series.highest(start, end);
  const holds = start > 0 && from - series.timeAt(start - 1) <= SAMPLE_HOLD_MICROS;
  return holds ? series.valueAt(start - 1) : 0;
}

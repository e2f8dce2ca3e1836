/**
 * Graphs over a window of time. Bins are half-open, except that the last one takes in what happened at the
 * window's very end. Exact: a level is the highest it reached within a bin, were it for a microsecond.
 */
import type { Metrics } from './metrics.ts';
import type { GraphParams, GraphResult } from './queries/graphs.ts';
import type { Moments, Peaks } from './series.ts';

/** How long a sample stands for the time after it: past this the host's beat has stopped, as it does when idle. */
export const SAMPLE_HOLD_MICROS = 2e6;
/** More bins than any screen has pixels. */
export const MAX_BINS = 16_384;

/** @param until what came later is left out */
export function graphResult(
  metrics: Metrics,
  params: GraphParams,
  until = Number.POSITIVE_INFINITY,
): GraphResult {
  const bins = Math.min(MAX_BINS, Math.max(1, Math.floor(params.bins)));
  const result = {
    params,
    open: new Float64Array(bins),
    inFlight: new Float64Array(bins),
    requests: new Float64Array(bins),
    bytesIn: new Float64Array(bins),
    bytesOut: new Float64Array(bins),
    slowest: new Float64Array(bins),
    loopLag: new Float64Array(bins),
    waitingBytes: new Float64Array(bins),
  } satisfies GraphResult;
  const edge = (bin: number) => binEdge(params, bins, bin);
  eachBin(metrics.requests, bins, edge, until, (bin, start, end) => {
    result.requests[bin] = end - start;
  });
  eachBin(metrics.bytesIn, bins, edge, until, (bin, start, end) => {
    result.bytesIn[bin] = metrics.bytesIn.sum(start, end);
  });
  eachBin(metrics.bytesOut, bins, edge, until, (bin, start, end) => {
    result.bytesOut[bin] = metrics.bytesOut.sum(start, end);
  });
  eachBin(metrics.answers, bins, edge, until, (bin, start, end) => {
    result.slowest[bin] = end > start ? metrics.answers.highest(start, end) : Number.NaN;
  });
  for (const level of ['open', 'inFlight'] as const) {
    eachBin(metrics[level], bins, edge, until, (bin, start, end) => {
      result[level][bin] = metrics[level].highestOf(start, end, edge(bin));
    });
  }
  for (const sampled of ['loopLag', 'waitingBytes'] as const) {
    eachBin(metrics[sampled], bins, edge, until, (bin, start, end) => {
      result[sampled][bin] = highestSample(metrics[sampled], start, end, edge(bin));
    });
  }
  return result;
}

/** Where a bin begins; of the bin after the last, where the window ends. */
export function binEdge(params: GraphParams, bins: number, bin: number): number {
  return bin === bins ? params.to : params.from + ((params.to - params.from) * bin) / bins;
}

function eachBin(
  series: Moments,
  bins: number,
  edge: (bin: number) => number,
  until: number,
  visit: (bin: number, start: number, end: number) => void,
): void {
  const known = until === Number.POSITIVE_INFINITY ? until : series.after(until);
  let start = Math.min(known, series.from(edge(0)));
  for (let bin = 0; bin < bins; bin++) {
    const found = bin === bins - 1 ? series.after(edge(bins)) : series.from(edge(bin + 1));
    const end = Math.min(known, found);
    visit(bin, start, end);
    start = end;
  }
}

function highestSample(series: Peaks, start: number, end: number, from: number): number {
  if (end > start) return series.highest(start, end);
  const holds = start > 0 && from - series.timeAt(start - 1) <= SAMPLE_HOLD_MICROS;
  return holds ? series.valueAt(start - 1) : 0;
}

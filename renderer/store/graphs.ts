/**
 * Graphs over a window of time. Bins are half-open, except that the last one takes in what happened at the
 * window's very end. Exact: a level is the highest it reached within a bin, were it for a microsecond.
 */
import type { Metrics } from './metrics.ts';
import type { GraphParams, GraphResult } from './queries/graphs.ts';
import type { Moments } from './series.ts';

/** More bins than any screen has pixels. */
export const MAX_BINS = 16_384;

/** @param until what came later is left out */
export function graphResult(
  metrics: Metrics,
  params: GraphParams,
  until = Number.POSITIVE_INFINITY,
): Omit<GraphResult, 'details'> {
  const bins = binsOf(params, until);
  return {
    params,
    open: bins.each(metrics.open, (start, end, from) => metrics.open.highestOf(start, end, from)),
    inFlight: bins.each(metrics.inFlight, (start, end, from) => metrics.inFlight.highestOf(start, end, from)),
    requests: bins.each(metrics.requests, (start, end) => end - start),
    bytesIn: bins.each(metrics.bytesIn, (start, end) => metrics.bytesIn.sum(start, end)),
    bytesOut: bins.each(metrics.bytesOut, (start, end) => metrics.bytesOut.sum(start, end)),
  };
}

/** Where a bin begins; of the bin after the last, where the window ends. */
export function binEdge(params: GraphParams, bins: number, bin: number): number {
  return bin === bins ? params.to : params.from + ((params.to - params.from) * bin) / bins;
}

type OfBin<T> = (start: number, end: number, from: number) => T;

export interface Bins {
  readonly params: GraphParams;
  readonly count: number;
  /** Has a value made for each bin of the entries with index in [start, end); `from` is where the bin begins. */
  map<T>(series: Moments, of: OfBin<T>): T[];
  each(series: Moments, of: OfBin<number>): Float64Array;
}

export function binsOf(params: GraphParams, until: number): Bins {
  const count = Math.min(MAX_BINS, Math.max(1, Math.floor(params.bins)));
  const edge = (bin: number) => binEdge(params, count, bin);
  const map = <T>(series: Moments, of: OfBin<T>): T[] => {
    const known = until === Number.POSITIVE_INFINITY ? until : series.after(until);
    let start = Math.min(known, series.from(edge(0)));
    return Array.from({ length: count }, (_, bin) => {
      const found = bin === count - 1 ? series.after(edge(count)) : series.from(edge(bin + 1));
      const end = Math.min(known, found);
      const value = of(start, end, edge(bin));
      start = end;
      return value;
    });
  };
  return { params, count, map, each: (series, of) => Float64Array.from(map(series, of)) };
}

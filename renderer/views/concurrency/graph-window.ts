/** Spans of time to choose from, in microseconds; `all` is everything held. */
export const SPANS = [
  { id: '10s', label: '10 s', micros: 10e6 },
  { id: '30s', label: '30 s', micros: 30e6 },
  { id: '2min', label: '2 min', micros: 120e6 },
  { id: 'all', label: 'All', micros: undefined },
] as const;
export type SpanId = (typeof SPANS)[number]['id'];

export interface GraphWindow {
  readonly from: number;
  readonly to: number;
}

/**
 * The window that ends now. Its edges stand on whole bins, so that a bin always holds the same time and its value
 * does not flicker while the window moves on.
 */
export function graphWindow(
  micros: number | undefined,
  first: number,
  last: number,
  bins: number,
): GraphWindow {
  const span = micros ?? Math.max(1e6, (last - first) * 1.01);
  if (micros === undefined) return { from: first, to: first + span };
  const bin = span / bins;
  const to = Math.ceil(Math.max(last, first + span) / bin) * bin;
  return { from: to - span, to };
}

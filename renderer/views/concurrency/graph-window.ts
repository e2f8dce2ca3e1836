/** Spans of time to choose from, in microseconds, that end with the newest event. */
export const SPANS = [
  { label: '10 s', micros: 10e6 },
  { label: '30 s', micros: 30e6 },
  { label: '2 min', micros: 120e6 },
  { label: '10 min', micros: 600e6 },
] as const;

export interface GraphWindow {
  readonly from: number;
  readonly to: number;
}

/**
 * The same window with its edges on whole bins, so that a bin always holds the same time and its value does not flicker
 * while the window moves on.
 */
export function onWholeBins({ from, to }: GraphWindow, bins: number): GraphWindow {
  const bin = (to - from) / bins;
  const end = Math.ceil(to / bin) * bin;
  return { from: end - (to - from), to: end };
}

/** Figures over time. */

export interface GraphParams {
  readonly from: number;
  readonly to: number;
  readonly bins: number;
  /** Also what came after the moment of the past that is shown. */
  readonly whole?: boolean;
}

/** One value a bin. Levels (`open`, `inFlight`, lag, waiting) are the highest within the bin, the rest sums. */
export interface GraphResult {
  readonly params: GraphParams;
  readonly open: Float64Array;
  readonly inFlight: Float64Array;
  readonly requests: Float64Array;
  readonly bytesIn: Float64Array;
  readonly bytesOut: Float64Array;
  /** Highest time from begin to end of the exchanges that ended in the bin, microseconds; NaN without any. */
  readonly slowest: Float64Array;
  readonly loopLag: Float64Array;
  readonly waitingBytes: Float64Array;
}

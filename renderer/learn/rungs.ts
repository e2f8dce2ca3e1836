/**
 * Where moments stand on a ladder. Time is not to scale, since microseconds and seconds have to stand on one page:
 * what is later stands lower, and longer gaps are larger. Long ones are told in words.
 */
export interface Rungs {
  /** For each moment. */
  readonly ys: readonly number[];
  readonly gaps: readonly LadderGap[];
  readonly height: number;
}

export interface LadderGap {
  readonly y: number;
  readonly micros: number;
}

const TOP = 12;
const LEAST = 20;
const PER_DECADE = 9;
const MOST = 64;
/** From 20 ms on a gap is told: below it is what programs and kernels take. */
const TOLD_MICROS = 20_000;

/** @param times ascending, in microseconds */
export function rungsOf(times: readonly number[]): Rungs {
  const ys: number[] = [];
  const gaps: LadderGap[] = [];
  let y = TOP;
  for (const [n, time] of times.entries()) {
    const before = times[n - 1];
    if (before !== undefined) {
      const micros = time - before;
      const gap = Math.min(MOST, LEAST + PER_DECADE * Math.log10(1 + micros / 100));
      if (micros >= TOLD_MICROS) gaps.push({ y: y + gap / 2, micros });
      y += gap;
    }
    ys.push(y);
  }
  return { ys, gaps, height: y + LEAST };
}

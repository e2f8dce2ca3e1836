import { performance } from 'node:perf_hooks';

export interface Clock {
  /** Wall-clock milliseconds at log time 0. */
  readonly epochMs: number;
  /** Microseconds since the epoch; monotonic. */
  now(): number;
}

/** One clock for a whole log: wall time is read once, so that later adjustments of it cannot reorder events. */
export function startClock(): Clock {
  const origin = performance.now();
  return { epochMs: Date.now(), now: () => (performance.now() - origin) * 1000 };
}

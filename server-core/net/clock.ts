import { performance } from 'node:perf_hooks';

export interface Clock {
  /** Wall-clock milliseconds at log time 0. */
  readonly epochMs: number;
  /** Nanoseconds of the system's monotonic clock at log time 0: all processes of a machine read the same one. */
  readonly origin: bigint;
  /** Microseconds since the epoch; monotonic. */
  now(): number;
}

/** One clock for a whole log: wall time is read once, so that later adjustments of it cannot reorder events. */
export function startClock(): Clock {
  const origin = performance.now();
  return {
    epochMs: Date.now(),
    origin: process.hrtime.bigint(),
    now: () => (performance.now() - origin) * 1000,
  };
}

/** What the `now` of a clock with this origin says, in another process or thread. */
export function joinClock(origin: bigint): () => number {
  // The same clock as hrtime, counted from the start of this process or thread.
  const ahead = Number(process.hrtime.bigint() - origin) / 1e6 - performance.now();
  return () => (performance.now() + ahead) * 1000;
}

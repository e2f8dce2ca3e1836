import { performance } from 'node:perf_hooks';
import { setTimeout as after } from 'node:timers';

/** What paces the feeds of a process. */
export const FEED_TIMERS = {
  now: () => performance.now(),
  later(run: () => void, ms: number): () => void {
    const timer = after(run, ms);
    return () => clearTimeout(timer);
  },
} as const;

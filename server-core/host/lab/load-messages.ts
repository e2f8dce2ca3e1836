/** What the engine says to the load generator, which is a process of its own, and what it says back. */
import type { LabRecord } from '../../capture/lab-call.ts';
import type { LoadPlan, LoadTarget } from './load-plan.ts';

/** A request as the generator saw it; times are microseconds of the log. */
export type LoadRecord = Omit<LabRecord, 'model'>;

export type ToLoad =
  | {
      readonly t: 'run';
      readonly target: LoadTarget;
      readonly plan: LoadPlan;
      /** Of the clock that all times are told by (net/clock.ts). */
      readonly origin: bigint;
      /** At most, in milliseconds. */
      readonly runMs: number;
    }
  /** What is open is cut off, and `done` follows. */
  | { readonly t: 'stop' };

export type FromLoad =
  | { readonly t: 'records'; readonly records: readonly LoadRecord[] }
  /** The last message. One sentence where it refused, or the time was over. */
  | { readonly t: 'done'; readonly problem?: string };

/** Where times of the timeline are counted from: a round time of day, the first event, or cursor A. */
import { formatClock, formatExact } from '../../geometry/quantities.ts';
import { type TickStep, tickOrigin } from '../../geometry/ticks.ts';

export const ZEROS = ['clock', 'start', 'a'] as const;
export type Zero = (typeof ZEROS)[number];

export interface Axis {
  /** The moment that reads 0, microseconds. */
  readonly origin: number;
  /** What stands before the plus. */
  readonly name: string;
  /** A moment as it is told beside the axis. */
  format(time: number): string;
}

interface Moments {
  /** The left end of what is shown. */
  readonly from: number;
  readonly first: number;
  readonly a: number | undefined;
  readonly epochMs: number;
}

/** Without a cursor A it is the time of day that counts. */
export function axisOf(zero: Zero, step: TickStep, { from, first, a, epochMs }: Moments): Axis {
  const relative = zero === 'a' ? a : zero === 'start' ? first : undefined;
  if (relative !== undefined) {
    const format = (time: number) => `${time < relative ? '' : '+'}${formatExact(time - relative, 'ms')} ms`;
    return { origin: relative, name: zero === 'a' ? 'A' : 'start', format };
  }
  // Counted from a round time of day, not from a round time after the start.
  const ofDay = (epochMs % 86_400_000) * 1000;
  const origin = tickOrigin(from + ofDay, step) - ofDay;
  return { origin, name: formatClock(epochMs, origin, 0), format: (time) => formatClock(epochMs, time, 6) };
}

export function zeroAfter(zero: Zero, hasA: boolean): Zero {
  const next = ZEROS[(ZEROS.indexOf(zero) + 1) % ZEROS.length]!;
  return next === 'a' && !hasA ? 'clock' : next;
}

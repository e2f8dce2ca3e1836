/** Where times of the timeline are counted from: a round time of day, the first event, or cursor A. */
import { formatClock, formatDate, formatExact, midnightBefore } from '../../geometry/quantities.ts';
import { stepUnit, type TickStep, tickOrigin } from '../../geometry/ticks.ts';

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
  const midnight = midnightBefore(epochMs);
  const origin = tickOrigin(from - midnight, step) + midnight;
  return { origin, name: clockName(epochMs, origin, step), format: (time) => formatClock(epochMs, time, 6) };
}

/** The origin to where it is round: hours and days are counted from a midnight, µs from a whole millisecond. */
function clockName(epochMs: number, origin: number, step: TickStep): string {
  const unit = stepUnit(step);
  if (unit === 'h' || unit === 'd') return formatDate(epochMs, origin);
  return formatClock(epochMs, origin, unit === 'µs' ? 3 : 0);
}

export function zeroAfter(zero: Zero, hasA: boolean): Zero {
  const next = ZEROS[(ZEROS.indexOf(zero) + 1) % ZEROS.length]!;
  return next === 'a' && !hasA ? 'clock' : next;
}

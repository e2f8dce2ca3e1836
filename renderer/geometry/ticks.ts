/**
 * Where the lines of a time axis stand, and what is written at them. Steps come from one table: 1-2-5 below a
 * second as on a scope, then the divisions of a clock. All arithmetic is in whole nanoseconds, so labels are exact.
 */
import { formatClock, formatCount, formatDate, type Quantity } from './quantities.ts';

export interface TickStep {
  readonly nanos: number;
  /** Into how many parts the finer lines divide it. */
  readonly minor: number;
}

const NS = 1;
const US = 1e3;
const MS = 1e6;
const S = 1e9;
const MIN = 60 * S;
const H = 60 * MIN;
const DAY = 24 * H;

const DECIMAL: readonly TickStep[] = [
  NS,
  10 * NS,
  100 * NS,
  US,
  10 * US,
  100 * US,
  MS,
  10 * MS,
  100 * MS,
].flatMap((unit) => [
  { nanos: unit, minor: 5 },
  { nanos: 2 * unit, minor: 4 },
  { nanos: 5 * unit, minor: 5 },
]);

export const TICK_STEPS: readonly TickStep[] = [
  ...DECIMAL,
  { nanos: S, minor: 5 },
  { nanos: 2 * S, minor: 4 },
  { nanos: 5 * S, minor: 5 },
  { nanos: 10 * S, minor: 5 },
  { nanos: 15 * S, minor: 3 },
  { nanos: 30 * S, minor: 3 },
  { nanos: MIN, minor: 6 },
  { nanos: 2 * MIN, minor: 4 },
  { nanos: 5 * MIN, minor: 5 },
  { nanos: 10 * MIN, minor: 5 },
  { nanos: 15 * MIN, minor: 3 },
  { nanos: 30 * MIN, minor: 3 },
  { nanos: H, minor: 4 },
  { nanos: 2 * H, minor: 4 },
  { nanos: 3 * H, minor: 3 },
  { nanos: 6 * H, minor: 6 },
  { nanos: 12 * H, minor: 4 },
  { nanos: DAY, minor: 4 },
  { nanos: 2 * DAY, minor: 2 },
  { nanos: 7 * DAY, minor: 7 },
];

/** The finest step from 1 µs, the tick of the clock, whose lines stand at least `minPx` apart; the coarsest when none does. */
export function chooseStep(spanMicros: number, width: number, minPx: number): TickStep {
  const nanosPerPx = (spanMicros * 1000) / width;
  const fitting = TICK_STEPS.find((step) => step.nanos >= Math.max(US, nanosPerPx * minPx));
  return fitting ?? TICK_STEPS[TICK_STEPS.length - 1]!;
}

/**
 * The multiples of a step, counted from `origin`, that lie in [from, to]. All in microseconds.
 * `origin` must be a whole number of nanoseconds for labels to be exact.
 */
export function tickTimes(from: number, to: number, stepNanos: number, origin = 0): number[] {
  const originNanos = Math.round(origin * 1000);
  const first = Math.ceil((from * 1000 - originNanos) / stepNanos - 1e-9);
  const last = Math.floor((to * 1000 - originNanos) / stepNanos + 1e-9);
  const times: number[] = [];
  for (let k = first; k <= last; k++) times.push((originNanos + k * stepNanos) / 1000);
  return times;
}

/** Digits of the second by which clock times that lie so far apart differ: 0, 1, 3 or 6. */
export function clockDecimals(nanos: number): number {
  if (nanos >= S) return 0;
  if (nanos >= 100 * MS) return 1;
  return nanos >= MS ? 3 : 6;
}

/** The time of day at a tick, as long as it takes for no two to read the same: `14:02:11.285`, `11-21 14:00`, `11-21`. */
export function clockLabel(epochMs: number, time: number, { nanos }: TickStep): string {
  // Shorter divisions do not come to a day on any screen.
  if (nanos < H) return formatClock(epochMs, time, clockDecimals(nanos));
  const day = formatDate(epochMs, time).slice('2026-'.length);
  return nanos < DAY ? `${day} ${formatClock(epochMs, time, 0).slice(0, 'hh:mm'.length)}` : day;
}

/** A step by name, for the zoom control: `25 ms` reads as `25 ms/div`. */
export function stepLabel(step: TickStep): Quantity {
  const { unit, nanos } = unitOf(step.nanos);
  return { number: formatCount(step.nanos / nanos), unit };
}

/** The unit in which a step is a whole number: what the axis says once, so that its numbers need not. */
export function stepUnit(step: TickStep): string {
  return unitOf(step.nanos).unit;
}

/** The label of a tick at `time`, as the distance from `origin` in the step's unit: `125`, `1 250`. */
export function tickLabel(time: number, step: TickStep, origin: number): string {
  const distance = Math.round(time * 1000) - Math.round(origin * 1000);
  return formatCount(Math.round(distance / unitOf(step.nanos).nanos));
}

/**
 * A round moment at or before `from` to count ticks from, one unit above the step's, so that labels stay short:
 * for ticks in ms it is a whole second.
 */
export function tickOrigin(from: number, step: TickStep): number {
  const above = UNITS.find((unit) => unit.nanos > unitOf(step.nanos).nanos)?.nanos ?? DAY;
  return (Math.floor((from * 1000) / above) * above) / 1000;
}

const UNITS = [
  { unit: 'ns', nanos: NS },
  { unit: 'µs', nanos: US },
  { unit: 'ms', nanos: MS },
  { unit: 's', nanos: S },
  { unit: 'min', nanos: MIN },
  { unit: 'h', nanos: H },
  { unit: 'd', nanos: DAY },
] as const;

function unitOf(nanos: number): { readonly unit: string; readonly nanos: number } {
  return UNITS.findLast((unit) => nanos >= unit.nanos) ?? UNITS[0];
}

/** Two curves of a group: how many were done by when, and how long which share of them took. */
import { durationOf, type GroupResult, isAnswered } from './group-result.ts';

/** A scale whose every step is ten times the one before: answers of one load are microseconds and seconds apart. */
export interface LogScale {
  readonly from: number;
  readonly to: number;
}

/** From a round value (1, 2 or 5 times a power of ten) to one, so that it holds all; half a decade at least. */
export function logScale(values: readonly number[]): LogScale {
  const positive = values.filter((value) => value > 0);
  if (positive.length === 0) return { from: 100, to: 10_000 };
  const from = roundValues(Math.min(...positive)).findLast((value) => value <= Math.min(...positive))!;
  const to = roundValues(Math.max(...positive)).find((value) => value >= Math.max(...positive))!;
  return { from, to: Math.max(to, from * 5) };
}

/** From 0 to 1; what lies outside stands at the edge. */
export function onLogScale({ from, to }: LogScale, value: number): number {
  const share = Math.log(Math.max(value, from) / from) / Math.log(to / from);
  return Math.min(1, share);
}

export function fromLogScale({ from, to }: LogScale, share: number): number {
  return from * (to / from) ** share;
}

/** Its round values, or of many only the powers of ten. */
export function logTicks({ from, to }: LogScale): number[] {
  const decades = Math.ceil(Math.log10(to / from)) + 1;
  const all = Array.from({ length: decades }, (_, n) => roundValues(from * 10 ** n)).flat();
  const within = [...new Set(all)].filter((tick) => tick >= from && tick <= to);
  return within.length <= MOST_TICKS ? within : within.filter((tick) => String(tick).startsWith('1'));
}

const MOST_TICKS = 7;

/** Those of the decade that a value of at least 1 lies in, up to the first of the next. */
function roundValues(value: number): number[] {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)) + 1e-9);
  return [power, 2 * power, 5 * power, 10 * power];
}

/** When each was answered, microseconds since the first began, ascending. */
export function doneTimes({ records, began }: GroupResult): readonly number[] {
  return records
    .filter(isAnswered)
    .map(({ end }) => end - began)
    .toSorted((a, b) => a - b);
}

/** How long each answer took in microseconds, ascending. */
export function durations({ records }: GroupResult): readonly number[] {
  return records
    .filter(isAnswered)
    .map(durationOf)
    .toSorted((a, b) => a - b);
}

/** How many of an ascending row are at most so much. */
export function countUpTo(ascending: readonly number[], value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * A step curve of an ascending row over a scale of its values: up by one at each of them. `most` stands at the upper
 * edge.
 */
export function stepPath(
  ascending: readonly number[],
  scale: LogScale,
  most: number,
  width: number,
  height: number,
): string {
  if (ascending.length === 0) return '';
  const x = (value: number) => round(onLogScale(scale, value) * width);
  const y = (count: number) => round(height - (count / Math.max(1, most)) * height);
  let path = `M0 ${y(0)}`;
  for (const [n, value] of ascending.entries()) path += `H${x(value)}V${y(n + 1)}`;
  return path;
}

function round(px: number): number {
  return Math.round(px * 100) / 100;
}

import { describe, expect, it } from 'vitest';
import { midnightBefore } from '../../../renderer/geometry/quantities.ts';
import {
  chooseStep,
  clockDecimals,
  clockLabel,
  stepLabel,
  stepUnit,
  TICK_STEPS,
  tickLabel,
  tickOrigin,
  tickTimes,
} from '../../../renderer/geometry/ticks.ts';

const name = (nanos: number) => {
  const step = TICK_STEPS.find((one) => one.nanos === nanos);
  if (step === undefined) throw new Error(`No step of ${nanos} ns`);
  return step;
};
const spelled = (nanos: number) => {
  const { number, unit } = stepLabel(name(nanos));
  return `${number} ${unit}`;
};

describe('clockDecimals', () => {
  it.each([
    [60e9, 0],
    [1e9, 0],
    [500e6, 1],
    [100e6, 1],
    [50e6, 3],
    [1e6, 3],
    [500e3, 6],
    [1, 6],
  ])('tells times apart that lie %i ns from each other: %i digits', (nanos, digits) => {
    expect(clockDecimals(nanos)).toBe(digits);
  });
});

describe('clockLabel', () => {
  /** Noon of 2026-11-21, here. */
  const noon = new Date(2026, 10, 21, 12).getTime();
  it.each([
    [1e3, 1.5e6 + 1, '12:00:01.500001'],
    [20e6, 1.52e6, '12:00:01.520'],
    [30 * 60e9, 1800e6, '12:30:00'],
    [3600e9, 13 * 3600e6, '11-22 01:00'],
    [86_400e9, 12 * 3600e6, '11-22'],
  ])('of lines %d ns apart', (nanos, time, text) => expect(clockLabel(noon, time, name(nanos))).toBe(text));

  it.each(TICK_STEPS.filter(({ nanos }) => nanos >= 1e3))('is no two the same: $nanos ns', (step) => {
    // As many as stand on the widest screen, and a month at most.
    const to = Math.min(31 * 86_400e6, (40 * step.nanos) / 1000);
    const texts = tickTimes(0, to, step.nanos, midnightBefore(noon)).map((at) => clockLabel(noon, at, step));
    expect(new Set(texts).size).toBe(texts.length);
  });
});

describe('the table', () => {
  it('ascends, and each step is a whole number of its finer lines', () => {
    for (const [i, step] of TICK_STEPS.entries()) {
      if (i > 0) expect(step.nanos).toBeGreaterThan(TICK_STEPS[i - 1]!.nanos);
      if (step.nanos >= 10) expect(step.nanos % step.minor).toBe(0);
    }
  });

  it('never more than trebles, so that a zoom never jumps', () => {
    for (let i = 1; i < TICK_STEPS.length; i++) {
      expect(TICK_STEPS[i]!.nanos / TICK_STEPS[i - 1]!.nanos).toBeLessThanOrEqual(3.5);
    }
  });

  it.each([
    [1, '1 ns'],
    [500, '500 ns'],
    [1e3, '1 µs'],
    [20e6, '20 ms'],
    [1e9, '1 s'],
    [30e9, '30 s'],
    [60e9, '1 min'],
    [6 * 3600e9, '6 h'],
    [7 * 86_400e9, '7 d'],
  ])('%d ns is %s', (nanos, text) => expect(spelled(nanos)).toBe(text));
});

describe('the step', () => {
  it.each([
    ['250 ms on 1000 px, 80 px apart', 250e3, 1000, 80, '20 ms'],
    ['exactly as far apart as asked', 100e3, 1000, 100, '10 ms'],
    ['10 µs', 10, 1000, 80, '1 µs'],
    ['an hour', 3600e6, 1000, 80, '5 min'],
    ['never below the tick of the clock', 10, 4000, 72, '1 µs'],
    ['a year: the coarsest', 365 * 86_400e6, 100, 80, '7 d'],
  ])('%s', (_name, span, width, minPx, text) => {
    const { number, unit } = stepLabel(chooseStep(span, width, minPx));
    expect(`${number} ${unit}`).toBe(text);
  });
});

describe('ticks', () => {
  it('takes in both ends', () => {
    expect(tickTimes(0, 100, name(50_000).nanos)).toEqual([0, 50, 100]);
  });

  it('are exact multiples far from zero', () => {
    const from = 1_000_000_000_000;
    expect(tickTimes(from, from + 0.003, 1)).toEqual([from, from + 0.001, from + 0.002, from + 0.003]);
  });

  it('count from an origin', () => expect(tickTimes(0, 100, 50_000, 7)).toEqual([7, 57]));

  it('none in a window between two', () => expect(tickTimes(1, 2, 5_000)).toEqual([]));
});

describe('labels', () => {
  it.each([
    ['ms from a whole second', 1_000_000, 20e6, 1_125_000, '125'],
    ['µs from a whole ms', 1_125_000, 20e3, 1_125_040, '40'],
    ['seconds from a whole minute', 120e6, 5e9, 135e6, '15'],
    ['past a thousand', 0, 500e6, 1_500_000, '1\u2009500'],
    ['before the origin', 1_000_000, 20e6, 980_000, '−20'],
  ])('%s', (_name, origin, nanos, time, text) => {
    expect(tickLabel(time, name(nanos), origin)).toBe(text);
  });

  it.each([
    ['ms', 11_234_567, 20e6, 11_000_000],
    ['µs', 11_234_567, 20e3, 11_234_000],
    ['ns', 11_234_567.5, 100, 11_234_567],
    ['s', 75e6, 5e9, 60e6],
    ['d', 3 * 86_400e6 + 5, 86_400e9, 3 * 86_400e6],
  ])('of %s count from one unit above', (unit, from, nanos, origin) => {
    expect(stepUnit(name(nanos))).toBe(unit);
    expect(tickOrigin(from, name(nanos))).toBe(origin);
  });
});

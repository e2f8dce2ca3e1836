import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOT_COUNTED } from '../../../renderer/store/metrics.ts';
import { Percentiles } from '../../../renderer/store/percentiles.ts';
import { Peaks } from '../../../renderer/store/series.ts';

/** By the definition: the least value that so many percent are not above. */
function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

/** Three digits: a thousandth. What is less than a microsecond counts as one. */
function expectNear(actual: number, expected: number): void {
  if (Number.isNaN(expected)) return expect(actual).toBeNaN();
  const counted = Math.max(1, expected);
  expect(Math.abs(actual - counted)).toBeLessThanOrEqual(counted / 1000);
}

const duration = fc.oneof(fc.nat(3000), fc.nat(5_000_000), fc.constant(NOT_COUNTED));

function answersOf(durations: readonly number[]): Peaks {
  const answers = new Peaks();
  for (const [time, value] of durations.entries()) answers.add(time, value);
  return answers;
}

describe('percentiles', () => {
  it('are those of the values, to three digits, without what is no answer', () => {
    fc.assert(
      fc.property(fc.array(duration, { maxLength: 300 }), fc.nat(300), fc.nat(300), (durations, a, b) => {
        const [start, end] = [Math.min(a, b, durations.length), Math.min(Math.max(a, b), durations.length)];
        const counted = durations.slice(start, end).filter((value) => value >= 0);
        const percentiles = new Percentiles(answersOf(durations));
        for (const latency of [percentiles.ofBin(start, end), percentiles.ofWindow(start, end)]) {
          expect(latency.count).toBe(counted.length);
          expectNear(latency.p50, percentile(counted, 50));
          expectNear(latency.p95, percentile(counted, 95));
          expectNear(latency.p99, percentile(counted, 99));
        }
      }),
    );
  });

  it('of a window that moves on are those of one asked for anew, also when the past is forgotten', () => {
    const step = fc.record({
      from: fc.nat(40),
      length: fc.nat(60),
      forget: fc.nat(20),
      more: fc.array(duration),
    });
    fc.assert(
      fc.property(
        fc.array(duration, { minLength: 50 }),
        fc.array(step, { maxLength: 12 }),
        (first, steps) => {
          const answers = answersOf(first);
          const moving = new Percentiles(answers);
          let time = first.length;
          for (const { from, length, forget, more } of steps) {
            for (const value of more) answers.add(time++, value);
            answers.forgetBefore(answers.timeAt(Math.min(forget, answers.count - 1)));
            const start = Math.min(from, answers.count);
            const end = Math.min(start + length, answers.count);
            const anew = new Percentiles(answers);
            expect(moving.ofWindow(start, end)).toEqual(anew.ofWindow(start, end));
            expect(moving.ofBin(start, end)).toEqual(anew.ofBin(start, end));
          }
        },
      ),
    );
  });

  it('of many thousand are those of the values too', () => {
    const durations = Array.from({ length: 20_000 }, (_, i) =>
      i % 7 === 0 ? NOT_COUNTED : (i * i) % 900_001,
    );
    const answers = answersOf(durations);
    answers.forgetBefore(6000);
    const latency = new Percentiles(answers).ofBin(100, 13_000);
    const counted = durations
      .slice(answers.forgotten + 100, answers.forgotten + 13_000)
      .filter((value) => value >= 0);
    expect(latency.count).toBe(counted.length);
    for (const percent of [50, 95, 99] as const) {
      expectNear(latency[`p${percent}`], percentile(counted, percent));
    }
  });

  it('of what took longer than a day are a day', () => {
    const day = 86_400e6;
    const { p50 } = new Percentiles(answersOf([3 * day])).ofBin(0, 1);
    expectNear(p50, day);
  });
});

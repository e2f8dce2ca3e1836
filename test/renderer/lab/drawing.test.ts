import { describe, expect, it } from 'vitest';
import {
  countUpTo,
  doneTimes,
  durations,
  fromLogScale,
  logScale,
  logTicks,
  onLogScale,
  stepPath,
} from '../../../renderer/lab/curves.ts';
import { groupResult } from '../../../renderer/lab/group-result.ts';
import { laneAt, lanePaths } from '../../../renderer/lab/lanes.ts';
import { record } from './records.ts';

describe('lanes', () => {
  it('wait until they are served, each on a line of its own', () => {
    const result = groupResult('x', 2, [
      record(0, 40, { served: 20_000 }),
      record(10, 100, { served: 60_000 }),
    ]);
    const { waited, served, started, failed } = lanePaths(result, 100, 80, 100_000);
    expect(waited).toBe('M0 0H20V9H0zM10 10H60V19H10z');
    expect(served).toBe('M20 0H40V9H20zM60 10H100V19H60z');
    expect([started, failed]).toEqual(['', '']);
  });

  it('show the start of a process, and a sign where there was no answer', () => {
    const result = groupResult('x', 2, [
      record(0, 50, { born: 10_000, served: 40_000 }),
      record(0, 100, { served: undefined, status: 503 }),
    ]);
    const { waited, started, served, failed } = lanePaths(result, 100, 80, 100_000);
    expect(started).toBe('M10 0H40V9H10z');
    expect(served).toBe('M40 0H50V9H40z');
    expect(waited).toContain('M0 10H100V19H0z');
    expect(failed).toBe('M97 10H100V19H97z');
  });

  it('leave room for those that are to come', () => {
    const result = groupResult('x', 20, [record(0, 100)]);
    expect(lanePaths(result, 100, 200, 100_000).waited).toBe('M0 0H0.75V9H0z');
    expect([laneAt(result, 5, 200), laneAt(result, 15, 200)]).toEqual([0, undefined]);
  });

  it('are found by a height', () => {
    const result = groupResult('x', 2, [record(0, 1), record(1, 2)]);
    expect([0, 9.9, 10, 19.9, 20, -1].map((y) => laneAt(result, y, 80))).toEqual([
      ...[0, 0, 1, 1],
      ...[undefined, undefined],
    ]);
  });
});

describe('a logarithmic scale', () => {
  it('holds all values between round ones', () => {
    const scale = logScale([3_000, 450_000, 0]);
    expect(scale).toEqual({ from: 2_000, to: 500_000 });
    expect([2_000, 500_000, 1, 1e9].map((value) => onLogScale(scale, value))).toEqual([0, 1, 0, 1]);
    expect(fromLogScale(scale, onLogScale(scale, 42_000))).toBeCloseTo(42_000, 6);
  });

  it('has its round values for ticks, or of many the powers of ten', () => {
    expect(logTicks({ from: 2_000, to: 50_000 })).toEqual([2_000, 5_000, 10_000, 20_000, 50_000]);
    expect(logTicks({ from: 2_000, to: 5_000_000 })).toEqual([10_000, 100_000, 1_000_000]);
  });

  it('is there for one value, and for none', () => {
    expect(logScale([10_000])).toEqual({ from: 10_000, to: 50_000 });
    expect(logTicks(logScale([])).length).toBeGreaterThan(2);
  });
});

describe('curves', () => {
  const result = groupResult('x', 3, [record(10, 30), record(20, 25), record(10, 90, { failure: 'reset' })]);

  it('are of what was answered', () => {
    expect(doneTimes(result)).toEqual([15_000, 20_000]);
    expect(durations(result)).toEqual([5_000, 20_000]);
  });

  it('go up by one at each', () => {
    const scale = { from: 1_000, to: 100_000 };
    expect(stepPath([1_000, 10_000], scale, 2, 100, 50)).toBe('M0 50H0V25H50V0');
    expect(stepPath([], scale, 2, 100, 50)).toBe('');
    expect([0, 1_000, 9_999, 10_000, 1e9].map((at) => countUpTo([1_000, 10_000], at))).toEqual([
      0, 1, 1, 2, 2,
    ]);
  });
});

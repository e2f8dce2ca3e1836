import { describe, expect, it } from 'vitest';
import { binAt, scaleTop, stepRuns, valueToY } from '../../../renderer/geometry/steps.ts';

describe('step curves', () => {
  const runs = (values: number[]) => stepRuns(values, 40, 10, 10).map((run) => [...run]);

  it('go across each bin and straight to the next', () => {
    expect(runs([0, 10, 5, 5])).toEqual([[0, 10, 10, 10, 10, 0, 20, 0, 20, 5, 40, 5]]);
  });

  it('have a gap where nothing is known', () => {
    expect(runs([10, Number.NaN, 10, Number.NaN])).toEqual([
      [0, 0, 10, 0],
      [20, 0, 30, 0],
    ]);
    expect(runs([Number.NaN])).toEqual([]);
  });

  it('stay on the scale', () => {
    expect(valueToY(99, 50, 10)).toBe(0);
    expect(valueToY(-1, 50, 10)).toBe(50);
    expect(valueToY(3, 50, 0)).toBe(50);
  });

  it.each([
    [-3, 0],
    [0, 0],
    [99, 9],
    [100, 9],
  ])('pixel %d lies in bin %d of ten', (px, bin) => expect(binAt(px, 100, 10)).toBe(bin));

  it.each([
    [[0, 0], 0, 1],
    [[6], 1, 10],
    [[5], 1, 5],
    [[1001], 0, 2000],
    [[0.3], 0, 0.5],
    [[3, Number.NaN], 6, 10],
  ])('the scale of %j, at least %d, ends at %d', (values, least, top) => {
    expect(scaleTop(values, least)).toBeCloseTo(top, 12);
  });
});

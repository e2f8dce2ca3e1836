import { describe, expect, it } from 'vitest';
import { dragBrush, nudgeBrush } from '../../../../renderer/views/traffic/brush-drag.ts';
import { overviewWindow } from '../../../../renderer/views/traffic/overview-window.ts';
import { DIVISIONS, waterfallOf } from '../../../../renderer/views/traffic/waterfall.ts';

const row = (id: number, beginTime: number, endTime: number | undefined) => ({ id, beginTime, endTime });

describe('the overview', () => {
  it('stands still until it is full, then steps up', () => {
    expect(overviewWindow(500, 500)).toEqual({ from: 500, to: 1_000_500 });
    expect(overviewWindow(0, 970_000).to).toBe(1e6);
    expect(overviewWindow(0, 990_000).to).toBe(2e6);
    expect(overviewWindow(0, 61e6).to).toBe(120e6);
  });

  it('holds the last event, however long it ran', () => {
    for (const last of [1, 1e6, 3.6e9, 8.64e10, 7e11])
      expect(overviewWindow(0, last).to).toBeGreaterThan(last);
  });
});

describe('the brush', () => {
  const bounds = { from: 0, to: 1000 };
  const brush = { from: 200, to: 400 };
  it.each([
    ['new', 700, 300, { from: 300, to: 700 }],
    ['from', 200, 100, { from: 100, to: 400 }],
    ['from', 200, 500, { from: 400, to: 500 }],
    ['to', 400, 100, { from: 100, to: 200 }],
    ['all', 300, 350, { from: 250, to: 450 }],
    ['all', 300, 1000, { from: 800, to: 1000 }],
    ['all', 300, 0, { from: 0, to: 200 }],
  ] as const)('%s from %d to %d', (grip, startedAt, at, moved) => {
    expect(dragBrush(grip, brush, startedAt, at, bounds)).toEqual(moved);
  });

  it('moves an edge by key, within the strip', () => {
    const scale = { from: 0, to: 1000, width: 1000 };
    expect(nudgeBrush(brush, 'from', -1, scale)).toEqual({ from: 196, to: 400 });
    expect(nudgeBrush({ from: 2, to: 400 }, 'from', -1, scale)).toEqual({ from: 0, to: 400 });
  });
});

describe('the waterfall', () => {
  it('starts each burst at its left, on one scale', () => {
    const rows = [row(1, 0, 40_000), row(2, 10_000, 50_000), row(3, 5_000_000, 5_090_000)];
    const waterfall = waterfallOf(rows, rows, undefined)!;
    expect([...waterfall.origins]).toEqual([
      [1, 0],
      [2, 0],
      [3, 5_000_000],
    ]);
    expect(waterfall.span).toBe(100_000);
    expect((waterfall.step.nanos / 1000) * DIVISIONS).toBe(waterfall.span);
  });

  it('lets one long answer run off the edge rather than press the others flat', () => {
    const rows = Array.from({ length: 20 }, (_, i) => row(i + 1, i * 1000, i === 3 ? 60e6 : i * 1000 + 500));
    expect(waterfallOf(rows, rows, undefined)?.span).toBe(20_000);
  });

  it('shows every begin, even of what is still open', () => {
    const rows = [row(1, 0, 10), row(2, 90_000, undefined)];
    expect(waterfallOf(rows, rows, undefined)?.span).toBeGreaterThanOrEqual(90_000);
  });

  it('shows the phases of what is still open, as far as they are known', () => {
    const open = { ...row(1, 0, undefined), headTime: 60_000, responseTime: 90_000 };
    expect(waterfallOf([open], [open], undefined)?.span).toBe(100_000);
  });

  it('takes the brush when there is one', () => {
    const rows = [row(1, 3000, 4000)];
    const waterfall = waterfallOf(rows, rows, { from: 2000, to: 9500 })!;
    expect(waterfall.origins.get(1)).toBe(2000);
    expect(waterfall.span).toBe(10_000);
  });

  it('is nothing without rows', () => {
    expect(waterfallOf([], [], undefined)).toBeUndefined();
  });
});

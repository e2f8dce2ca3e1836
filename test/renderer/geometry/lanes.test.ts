import { describe, expect, it } from 'vitest';
import {
  hitBar,
  hitPoint,
  hitSpan,
  hitTick,
  laneMiddle,
  laneTop,
  visibleLanes,
} from '../../../renderer/geometry/lanes.ts';

const layout = { laneHeight: 60, scrollTop: 90, height: 200, barHalf: 5 };
const scale = { from: 0, to: 1000, width: 1000 };

describe('lanes', () => {
  it('scroll', () => {
    expect(laneTop(layout, 2)).toBe(30);
    expect(laneMiddle(layout, 2)).toBe(60.5);
  });

  it.each([
    ['a part counts', 90, 200, 10, { first: 1, count: 4 }],
    ['at the end', 90, 200, 3, { first: 1, count: 2 }],
    ['scrolled past the end', 900, 200, 3, { first: 3, count: 0 }],
    ['no lanes', 0, 200, 0, { first: 0, count: 0 }],
  ])('in view: %s', (_name, scrollTop, height, lanes, range) => {
    expect(visibleLanes({ ...layout, scrollTop, height }, lanes)).toEqual(range);
  });
});

describe('what is under the pointer', () => {
  // The columns call lane 2 of the view lane 0; its baseline is at 60.5.
  const at = (x: number, y: number, slop = 3) => ({ x, y, slop, firstLane: 2 });
  const bars = {
    count: 4,
    lane: [0, 0, 1, 0],
    begin: [100, 300, 300, 600],
    end: [200, 304, 400, Number.NaN],
  };

  it.each([
    ['inside a bar', at(150, 60), 0],
    ['at its very end', at(200, 60), 0],
    ['within the slop of its edge', at(203, 60), 0],
    ['past the slop', at(204, 60), undefined],
    ['above the bar, within the slop', at(150, 53), 0],
    ['above the slop', at(150, 52), undefined],
    ['another lane', at(350, 120), 2],
    ['a bar under way reaches to now', at(750, 60), 3],
    ['and no further', at(804, 60), undefined],
  ])('%s', (_name, pointer, bar) => expect(hitBar(bars, layout, scale, pointer, 800)).toBe(bar));

  it.each([
    ['on a point', at(150, 60), 0],
    ['nearer to the later of two', at(158, 60), 1],
    ['past the slop', at(164, 60), undefined],
    ['beside the bar', at(150, 69), undefined],
    ['another lane', at(150, 120), undefined],
  ])('of what the server noted: %s', (_name, pointer, point) => {
    const points = { count: 2, lane: [0, 0], time: [150, 160] };
    expect(hitPoint(points, layout, scale, pointer)).toBe(point);
  });

  it('a thin bar is hit, and the one under the pointer wins over a near one', () => {
    const crowded = { count: 2, lane: [0, 0], begin: [100, 103], end: [100.2, 110] };
    expect(hitBar(crowded, layout, scale, at(101, 60), 0)).toBe(0);
    expect(hitBar(crowded, layout, scale, at(104, 60), 0)).toBe(1);
  });

  const ticks = { count: 3, lane: [0, 0, 0], time: [100, 102, 104], out: [0, 1, 0] };
  it.each([
    ['a read above the line', at(101, 50), 0],
    ['a write below it', at(101, 70), 1],
    ['the nearest of two', at(103, 50), 2],
    ['past the slop', at(96, 50), undefined],
    ['in the next lane', at(101, 95), undefined],
  ])('%s', (_name, pointer, tick) => expect(hitTick(ticks, layout, scale, pointer)).toBe(tick));
});

describe('a span under the pointer', () => {
  const spans = { count: 2, lane: [0, 1], from: [100, 100], to: [200, 900] };
  it.each([
    ['on it', 150, 60, 0],
    ['after its end', 210, 60, undefined],
    ['of another lane', 500, 120, 1],
    ['beside the bar', 150, 75, undefined],
  ])('%s', (_name, x, y, expected) => {
    expect(hitSpan(spans, layout, scale, { x, y, slop: 3, firstLane: 2 })).toBe(expected);
  });
});

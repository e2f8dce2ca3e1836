/** Lanes ↔ pixels, and what lies under the pointer. A lane has bars on its middle line, reads above, writes below. */
import { type TimeScale, timeToPx } from './time-scale.ts';

export interface LaneLayout {
  /** Height of one lane in pixels, its separating line included. */
  readonly laneHeight: number;
  /** How far the lanes are scrolled up. */
  readonly scrollTop: number;
  /** Height of the view. */
  readonly height: number;
  /** Half of the height of a bar. */
  readonly barHalf: number;
}

export interface LaneRange {
  readonly first: number;
  readonly count: number;
}

/** Top of a lane in the view. */
export function laneTop(layout: LaneLayout, lane: number): number {
  return lane * layout.laneHeight - layout.scrollTop;
}

/** The baseline of a lane, on a half pixel so that a line of one pixel is sharp. */
export function laneMiddle(layout: LaneLayout, lane: number): number {
  return Math.floor(laneTop(layout, lane) + layout.laneHeight / 2) + 0.5;
}

/** The lanes of which at least a part is in view. */
export function visibleLanes(layout: LaneLayout, lanes: number): LaneRange {
  const first = Math.max(0, Math.floor(layout.scrollTop / layout.laneHeight));
  const end = Math.min(lanes, Math.ceil((layout.scrollTop + layout.height) / layout.laneHeight));
  return { first: Math.min(first, lanes), count: Math.max(0, end - first) };
}

/** Columns of bars; `end` is NaN for what is still under way. */
export interface BarColumns {
  readonly count: number;
  readonly lane: ArrayLike<number>;
  readonly begin: ArrayLike<number>;
  readonly end: ArrayLike<number>;
}

export interface TickColumns {
  readonly count: number;
  readonly lane: ArrayLike<number>;
  readonly time: ArrayLike<number>;
  readonly out: ArrayLike<number>;
}

/** Where the pointer is, in pixels of the view. */
export interface Pointer {
  readonly x: number;
  readonly y: number;
  /** The lane of the view that the columns call 0. */
  readonly firstLane: number;
  /** How far off a hit may be, in pixels. */
  readonly slop: number;
}

/**
 * The bar under the pointer, or the nearest one within the slop; a bar under the pointer wins over a nearer edge,
 * the later of two over the earlier. `now` is where a bar under way ends.
 */
export function hitBar(
  bars: BarColumns,
  layout: LaneLayout,
  scale: TimeScale,
  pointer: Pointer,
  now: number,
): number | undefined {
  const { x, y, slop } = pointer;
  let best: number | undefined;
  let bestDistance = slop;
  for (let bar = 0; bar < bars.count; bar++) {
    const middle = laneMiddle(layout, bars.lane[bar]! + pointer.firstLane);
    if (Math.abs(y - middle) > layout.barHalf + slop) continue;
    const end = bars.end[bar]!;
    const left = timeToPx(scale, bars.begin[bar]!);
    const right = timeToPx(scale, Number.isNaN(end) ? now : end);
    const distance = Math.max(0, left - x, x - right);
    if (distance <= bestDistance) {
      best = bar;
      bestDistance = distance;
    }
  }
  return best;
}

export interface PointColumns {
  readonly count: number;
  readonly lane: ArrayLike<number>;
  readonly time: ArrayLike<number>;
}

/** The nearest point within the slop, for a pointer that is on the bar of its lane. */
export function hitPoint(
  points: PointColumns,
  layout: LaneLayout,
  scale: TimeScale,
  pointer: Pointer,
): number | undefined {
  const { x, y, slop } = pointer;
  let best: number | undefined;
  let bestDistance = slop;
  for (let point = 0; point < points.count; point++) {
    const middle = laneMiddle(layout, points.lane[point]! + pointer.firstLane);
    if (Math.abs(y - middle) > layout.barHalf + slop) continue;
    const distance = Math.abs(timeToPx(scale, points.time[point]!) - x);
    if (distance > bestDistance) continue;
    best = point;
    bestDistance = distance;
  }
  return best;
}

export interface SpanColumns {
  readonly count: number;
  readonly lane: ArrayLike<number>;
  readonly from: ArrayLike<number>;
  readonly to: ArrayLike<number>;
}

/** The span under the pointer, for one that is on the bar of its lane. */
export function hitSpan(
  spans: SpanColumns,
  layout: LaneLayout,
  scale: TimeScale,
  { x, y, firstLane, slop }: Pointer,
): number | undefined {
  for (let span = 0; span < spans.count; span++) {
    const middle = laneMiddle(layout, spans.lane[span]! + firstLane);
    if (Math.abs(y - middle) > layout.barHalf + slop) continue;
    if (x >= timeToPx(scale, spans.from[span]!) && x <= timeToPx(scale, spans.to[span]!)) return span;
  }
  return undefined;
}

/** The nearest tick within the slop: reads are hit above the baseline of their lane, writes below it. */
export function hitTick(
  ticks: TickColumns,
  layout: LaneLayout,
  scale: TimeScale,
  pointer: Pointer,
): number | undefined {
  const { x, y, slop } = pointer;
  let best: number | undefined;
  let bestDistance = slop;
  for (let tick = 0; tick < ticks.count; tick++) {
    const lane = ticks.lane[tick]! + pointer.firstLane;
    const below = y - laneMiddle(layout, lane);
    const isOnSide = ticks.out[tick] === 1 ? below >= 0 : below <= 0;
    if (!isOnSide || Math.abs(below) > layout.laneHeight / 2) continue;
    const distance = Math.abs(timeToPx(scale, ticks.time[tick]!) - x);
    if (distance <= bestDistance) {
      best = tick;
      bestDistance = distance;
    }
  }
  return best;
}

import { pxToTime, type TimeScale } from '../../geometry/time-scale.ts';
import type { TimeWindow } from './overview-window.ts';

/** What the pointer took hold of. */
export type BrushGrip = 'new' | 'from' | 'to' | 'all';

/** The brush while its grip, taken at time `startedAt`, is dragged to `at`. Stays within the strip and in order. */
export function dragBrush(
  grip: BrushGrip,
  start: TimeWindow | undefined,
  startedAt: number,
  at: number,
  bounds: TimeWindow,
): TimeWindow {
  if (grip === 'new' || !start) return ordered(startedAt, at);
  if (grip === 'from') return ordered(at, start.to);
  if (grip === 'to') return ordered(start.from, at);
  const span = start.to - start.from;
  const from = Math.max(bounds.from, Math.min(bounds.to - span, start.from + at - startedAt));
  return { from, to: from + span };
}

const NUDGE_PX = 4;

/** One key press: the edge moves by four pixels of the strip. */
export function nudgeBrush(brush: TimeWindow, grip: 'from' | 'to', by: number, scale: TimeScale): TimeWindow {
  const step = pxToTime(scale, NUDGE_PX) - scale.from;
  const edge = Math.min(scale.to, Math.max(scale.from, brush[grip] + by * step));
  return grip === 'from' ? ordered(edge, brush.to) : ordered(brush.from, edge);
}

function ordered(a: number, b: number): TimeWindow {
  return a <= b ? { from: a, to: b } : { from: b, to: a };
}

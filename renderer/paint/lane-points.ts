/** What the server noted while it answered, as notches in the bar of its exchange. */
import { laneMiddle } from '../geometry/lanes.ts';
import { timeToPx } from '../geometry/time-scale.ts';
import type { Palette } from './palette.ts';
import type { TimelinePicture } from './timeline.ts';

const HALF = 6.5;

export function paintPoints(
  context: CanvasRenderingContext2D,
  palette: Palette,
  { points, scale, layout, firstLane }: TimelinePicture,
): void {
  for (let i = 0; i < points.count; i++) {
    const x = Math.round(timeToPx(scale, points.time[i]!));
    if (x < 0 || x > scale.width) continue;
    const top = laneMiddle(layout, firstLane + points.lane[i]!) - HALF;
    // A rim of the ground, so that it is seen on every phase.
    context.fillStyle = palette.well;
    context.fillRect(x - 1, top, 3, 2 * HALF);
    context.fillStyle = palette.ink;
    context.fillRect(x, top, 1, 2 * HALF);
  }
}

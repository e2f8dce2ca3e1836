/**
 * Lanes of connections over time. In a lane: a circle at accept, a rail for the handshake, dots while idle, bars of exchanges by phase, read
 * ticks above and write ticks below, labels over the bars, and how the connection ended.
 */
import { type LaneLayout, laneMiddle, laneTop, type PointColumns } from '../geometry/lanes.ts';
import { type TimeScale, timeToPx } from '../geometry/time-scale.ts';
import { type CursorsPicture, paintCursors, paintGrounds } from './cursors.ts';
import { paintBars } from './lane-bars.ts';
import { type LaneEnd, paintEnd } from './lane-end.ts';
import { paintLabels } from './lane-labels.ts';
import { paintPoints } from './lane-points.ts';
import { paintTicks } from './lane-ticks.ts';
import type { Palette } from './palette.ts';

export interface TimelinePicture {
  readonly scale: TimeScale;
  readonly layout: LaneLayout;
  /** The lane that the columns call 0. */
  readonly firstLane: number;
  readonly lanes: readonly LaneLife[];
  readonly bars: BarColumns;
  readonly ticks: TickColumns;
  readonly waits: WaitColumns;
  readonly points: PointColumns;
  readonly divisions: readonly number[];
  /** Where what is under way has come to. */
  readonly now: number;
  /** Exchange, 0 for none. */
  readonly selected: number;
  /** The pointer's place, CSS pixels; undefined when it is elsewhere. */
  readonly cursor: number | undefined;
  /** The lane on which the keys stand at the cursor; undefined when they are elsewhere. */
  readonly keyed: number | undefined;
  readonly across: CursorsPicture;
}

export interface LaneLife {
  readonly openedTime: number;
  readonly closedTime: number | undefined;
  readonly end: LaneEnd | undefined;
  /** From the first byte of the TLS handshake to its end. */
  readonly handshake: { readonly from: number; readonly to: number } | undefined;
}
export interface BarColumns {
  readonly count: number;
  readonly lane: ArrayLike<number>;
  readonly exchange: ArrayLike<number>;
  readonly begin: ArrayLike<number>;
  readonly head: ArrayLike<number>;
  readonly response: ArrayLike<number>;
  readonly end: ArrayLike<number>;
  readonly status: ArrayLike<number>;
  readonly aborted: ArrayLike<number>;
  readonly label: readonly string[];
}
export interface TickColumns {
  readonly count: number;
  readonly lane: ArrayLike<number>;
  readonly time: ArrayLike<number>;
  readonly bytes: ArrayLike<number>;
  readonly out: ArrayLike<number>;
}
export interface WaitColumns {
  readonly count: number;
  readonly lane: ArrayLike<number>;
  readonly from: ArrayLike<number>;
  readonly to: ArrayLike<number>;
}

export function paintTimeline(
  context: CanvasRenderingContext2D,
  palette: Palette,
  picture: TimelinePicture,
): void {
  const { scale, layout, cursor, across } = picture;
  paintGrounds(context, palette, across, layout.height);
  context.fillStyle = palette.grat;
  for (const time of picture.divisions)
    context.fillRect(Math.round(timeToPx(scale, time)), 0, 1, layout.height);
  for (const [i, life] of picture.lanes.entries())
    paintLane(context, palette, picture, picture.firstLane + i, life);
  paintBars(context, palette, picture);
  paintPoints(context, palette, picture);
  paintTicks(context, palette, picture);
  for (const [i, life] of picture.lanes.entries()) {
    const middle = laneMiddle(layout, picture.firstLane + i);
    if (life.closedTime === undefined || life.end === undefined) continue;
    const x = timeToPx(scale, life.closedTime);
    if (x >= 0 && x <= scale.width) paintEnd(context, palette, life.end, x, middle, scale.width);
  }
  paintLabels(context, palette, picture);
  paintCursors(context, palette, across, layout.height);
  if (cursor === undefined) return;
  const x = Math.round(cursor);
  context.fillStyle = palette.ink;
  context.fillRect(x, 0, 1, layout.height);
  if (picture.keyed === undefined) return;
  const top = Math.round(laneTop(layout, picture.keyed));
  context.strokeStyle = palette.ink;
  context.lineWidth = 1;
  context.strokeRect(x - 4.5, top + 4.5, 10, layout.laneHeight - 10);
}

function paintLane(
  context: CanvasRenderingContext2D,
  palette: Palette,
  { scale, layout, now }: TimelinePicture,
  lane: number,
  { openedTime, closedTime, handshake }: LaneLife,
): void {
  const top = Math.round(laneTop(layout, lane));
  const middle = laneMiddle(layout, lane);
  context.fillStyle = palette.line;
  context.fillRect(0, top + layout.laneHeight - 1, scale.width, 1);
  const from = timeToPx(scale, openedTime);
  const to = Math.min(scale.width, timeToPx(scale, closedTime ?? now));
  context.strokeStyle = palette.idle;
  context.lineWidth = 1.5;
  context.setLineDash([1, 3]);
  context.beginPath();
  // From a whole pixel on: each dot is one.
  context.moveTo(Math.max(0, Math.round(from)), middle);
  context.lineTo(to, middle);
  context.stroke();
  context.setLineDash([]);
  if (handshake) paintHandshake(context, palette, scale, handshake, middle);
  if (from < -4 || from > scale.width + 4) return;
  context.fillStyle = palette.well;
  context.strokeStyle = palette.ink2;
  context.lineWidth = 1.25;
  context.beginPath();
  context.arc(from, middle, 2.5, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
}

/** A rail with a bar at its end: from there on the connection is secure. */
function paintHandshake(
  context: CanvasRenderingContext2D,
  palette: Palette,
  scale: TimeScale,
  { from, to }: NonNullable<LaneLife['handshake']>,
  middle: number,
): void {
  const left = Math.max(-2, timeToPx(scale, from));
  const right = Math.min(scale.width + 2, timeToPx(scale, to));
  if (right < 0 || left > scale.width) return;
  context.fillStyle = palette.meta;
  context.fillRect(left, middle - 1.5, Math.max(1, right - left), 3);
  context.fillRect(Math.round(right) - 1, middle - 4.5, 2, 9);
}

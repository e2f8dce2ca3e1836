/** A lane for each process or thread: when it was there, and how much it had in hand. */
import { type TimeScale, timeToPx } from '../geometry/time-scale.ts';
import { type CursorsPicture, paintCursors, paintGrounds } from './cursors.ts';
import { paintSwitch } from './graph.ts';
import { hatch } from './hatch.ts';
import type { Palette } from './palette.ts';

export interface WorkerLanesPicture {
  readonly scale: TimeScale;
  readonly rowHeight: number;
  readonly lanes: readonly PaintedWorker[];
  readonly divisions: readonly number[];
  /** Moments at which the model was switched. */
  readonly switches: readonly number[];
  /** Time of the newest event. */
  readonly now: number;
  /** The bin under the cursor. */
  readonly cursor: number | undefined;
  readonly across: CursorsPicture;
}

/** Times as in WorkerLane: NaN where not known, or not yet. */
export interface PaintedWorker {
  readonly started: number;
  readonly ready: number;
  readonly ended: number;
  /** How it died; '' where it was told to end. */
  readonly detail: string;
  /** It was there before everything, and needs no start. */
  readonly isMain: boolean;
  readonly inHand: Float32Array;
}

const LEAST_BLOCK = 4;
const BLOCK_MARGIN = 3;

export function paintWorkerLanes(
  context: CanvasRenderingContext2D,
  palette: Palette,
  picture: WorkerLanesPicture,
): void {
  const { scale, rowHeight, lanes, cursor } = picture;
  const height = rowHeight * lanes.length;
  paintGrounds(context, palette, picture.across, height);
  context.fillStyle = palette.grat;
  for (const time of picture.divisions) context.fillRect(Math.round(timeToPx(scale, time)), 0, 1, height);
  const most = lanes.reduce((all, { inHand }) => inHand.reduce((a, b) => Math.max(a, b), all), 1);
  for (const [row, lane] of lanes.entries()) {
    context.fillStyle = palette.grat;
    context.fillRect(0, (row + 1) * rowHeight - 1, scale.width, 1);
    paintLane(context, palette, picture, lane, row * rowHeight + rowHeight / 2, most);
  }
  for (const time of picture.switches) paintSwitch(context, palette, timeToPx(scale, time), height);
  paintCursors(context, palette, picture.across, height);
  if (cursor === undefined) return;
  const bins = lanes[0]?.inHand.length ?? 1;
  context.fillStyle = palette.ink;
  context.fillRect(Math.round(((cursor + 0.5) / bins) * scale.width), 0, 1, height);
}

function paintLane(
  context: CanvasRenderingContext2D,
  palette: Palette,
  { scale, rowHeight, now }: WorkerLanesPicture,
  lane: PaintedWorker,
  middle: number,
  most: number,
): void {
  const { started, ready, ended, inHand, detail, isMain } = lane;
  const x = (time: number) => Math.min(scale.width, Math.max(0, timeToPx(scale, time)));
  const left = Number.isNaN(started) ? 0 : x(started);
  const right = x(Number.isNaN(ended) ? now : ended);
  context.fillStyle = palette.grat2;
  context.fillRect(left, Math.round(middle) - 1, Math.max(0, right - left), 1);
  if (!Number.isNaN(started)) {
    // Between its start and being able to serve it costs and does nothing: hatching means waiting.
    const startedUp = Number.isNaN(ready) ? right : x(ready);
    context.fillStyle = hatch(context, palette.ink3);
    context.fillRect(left, middle - 4, Math.max(0, startedUp - left), 7);
  }
  paintBlocks(context, palette, inHand, scale.width, rowHeight, middle, most);
  if (!isMain && started >= scale.from && started <= scale.to) paintStart(context, palette, left, middle);
  if (ended >= scale.from && ended <= scale.to)
    paintEnd(context, palette, right, middle, detail, scale.width);
}

/** As high as it had in hand, by its root: one among a hundred is still seen. */
function paintBlocks(
  context: CanvasRenderingContext2D,
  palette: Palette,
  inHand: Float32Array,
  width: number,
  rowHeight: number,
  middle: number,
  most: number,
): void {
  const bin = width / inHand.length;
  const room = rowHeight - 2 * BLOCK_MARGIN - LEAST_BLOCK;
  context.fillStyle = palette.g1;
  for (const [i, value] of inHand.entries()) {
    if (value <= 0) continue;
    const height = LEAST_BLOCK + Math.round(room * Math.sqrt(Math.min(1, value / most)));
    const from = Math.floor(i * bin);
    context.fillRect(
      from,
      Math.round(middle - height / 2),
      Math.max(1, Math.floor((i + 1) * bin) - from - 1),
      height,
    );
  }
}

function paintStart(context: CanvasRenderingContext2D, palette: Palette, x: number, middle: number): void {
  context.beginPath();
  context.arc(Math.round(x) + 0.5, middle - 0.5, 3, 0, 2 * Math.PI);
  context.fillStyle = palette.well;
  context.fill();
  context.strokeStyle = palette.ink2;
  context.lineWidth = 1;
  context.stroke();
}

/** A bar where it was told to end; a cross with the word for how where it died. */
function paintEnd(
  context: CanvasRenderingContext2D,
  palette: Palette,
  x: number,
  middle: number,
  detail: string,
  width: number,
): void {
  const at = Math.round(x) + 0.5;
  const died = detail !== '';
  context.strokeStyle = died ? palette.s5 : palette.ink3;
  context.lineWidth = died ? 1.5 : 1;
  context.beginPath();
  if (died) {
    context.moveTo(at - 4, middle - 4);
    context.lineTo(at + 4, middle + 4);
    context.moveTo(at + 4, middle - 4);
    context.lineTo(at - 4, middle + 4);
  } else {
    context.moveTo(at, middle - 5);
    context.lineTo(at, middle + 5);
  }
  context.stroke();
  if (!died) return;
  context.font = palette.sans10;
  context.textBaseline = 'middle';
  const isLate = at + 9 + context.measureText(detail).width > width;
  context.textAlign = isLate ? 'right' : 'left';
  context.lineJoin = 'round';
  context.strokeStyle = palette.well;
  context.lineWidth = 4;
  const textX = at + (isLate ? -9 : 9);
  context.strokeText(detail, textX, middle);
  context.fillStyle = palette.s5;
  context.fillText(detail, textX, middle);
}

/** Exchanges over the list's time axis: reading, work, sending; how each ended; what runs off the edge. */
import type { Palette } from './palette.ts';

/** One row of the list. Times are in microseconds, undefined while unknown; `origin` is the time at its left edge. */
export interface WaterfallRow {
  readonly origin: number;
  readonly begin: number;
  readonly head: number | undefined;
  readonly response: number | undefined;
  readonly end: number | undefined;
  readonly state: 'done' | 'open' | 'upgraded' | 'aborted';
}
export interface WaterfallPicture {
  /** Undefined where nothing is known of a row's axis. */
  readonly rows: readonly (WaterfallRow | undefined)[];
  readonly rowHeight: number;
  /** Microseconds that the width stands for. */
  readonly span: number;
}

const TOP = 7;
const THICK = 6;
const LEAST = 1.5;
const MIDDLE = 10;

export function paintWaterfall(
  context: CanvasRenderingContext2D,
  palette: Palette,
  { rows, rowHeight, span }: WaterfallPicture,
  width: number,
): void {
  for (const row of rows) {
    if (row !== undefined) paintRow(context, palette, row, span, width);
    context.translate(0, rowHeight);
  }
}

function paintRow(
  context: CanvasRenderingContext2D,
  palette: Palette,
  row: WaterfallRow,
  span: number,
  width: number,
): void {
  const x = (time: number) => ((time - row.origin) / span) * width;
  const bar = (from: number, to: number, fill: string) => {
    if (x(to) < 0 || x(from) > width) return;
    const left = Math.min(width - LEAST, Math.max(0, x(from)));
    context.fillStyle = fill;
    context.fillRect(left, TOP, Math.max(LEAST, Math.min(width, x(to)) - left), THICK);
  };
  const { begin, head, response, end, state } = row;
  bar(begin, head ?? end ?? begin, palette.read);
  const workEnd = response ?? end;
  if (head !== undefined && workEnd !== undefined) bar(head, workEnd, palette.work);
  if (response !== undefined) bar(response, end ?? response, palette.write);
  if (state === 'open' || state === 'upgraded') {
    const from = Math.min(width, Math.max(0, x(response ?? head ?? begin))) + 3;
    context.strokeStyle =
      response === undefined ? palette.s0 : state === 'upgraded' ? palette.s101 : palette.write;
    paintOpenEnd(context, from, width);
  } else if (end !== undefined && x(end) > width + 1) paintBeyond(context, palette, width);
  if (state === 'aborted' && end !== undefined) {
    context.strokeStyle = palette.ink;
    paintCross(context, Math.min(width - 4, Math.max(3, x(end))));
  }
}

/** It goes on: dots to the edge, and an arrow. */
function paintOpenEnd(context: CanvasRenderingContext2D, from: number, width: number): void {
  context.lineWidth = 1;
  context.setLineDash([2, 3]);
  line(context, [from, MIDDLE, width - 7, MIDDLE]);
  context.setLineDash([]);
  line(context, [width - 5, 6.5, width - 1, MIDDLE, width - 5, 13.5]);
}

/** It ended, beyond the edge. */
function paintBeyond(context: CanvasRenderingContext2D, palette: Palette, width: number): void {
  context.fillStyle = palette.well;
  context.fillRect(width - 8, 4, 8, 12);
  context.strokeStyle = palette.write;
  context.lineWidth = 1.2;
  line(context, [width - 6, 7, width - 3, MIDDLE, width - 6, 13]);
  line(context, [width - 3, 7, width, MIDDLE, width - 3, 13]);
}

function paintCross(context: CanvasRenderingContext2D, at: number): void {
  context.lineWidth = 1.4;
  line(context, [at - 3, 6.5, at + 3, 13.5]);
  line(context, [at + 3, 6.5, at - 3, 13.5]);
}

/** Through points given as x, y, x, y… */
function line(context: CanvasRenderingContext2D, points: readonly number[]): void {
  context.beginPath();
  for (let i = 0; i < points.length; i += 2) context.lineTo(points[i]!, points[i + 1]!);
  context.stroke();
}

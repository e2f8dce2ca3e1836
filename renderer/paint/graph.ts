/** Graphs one above the other over one time axis, with a cursor through all of them. */
import { stepRuns, valueToY } from '../geometry/steps.ts';
import { type TimeScale, timeToPx } from '../geometry/time-scale.ts';
import { type CursorsPicture, paintCursors, paintGrounds } from './cursors.ts';
import type { Palette } from './palette.ts';

export interface GraphsPicture {
  readonly scale: TimeScale;
  readonly trackHeight: number;
  readonly tracks: readonly GraphTrack[];
  readonly divisions: readonly { readonly time: number; readonly text: string }[];
  /** Moments at which something was switched, with what to say of it. */
  readonly switches: readonly { readonly time: number; readonly text: string }[];
  readonly cursor: { readonly bin: number; readonly text: string } | undefined;
  readonly across: CursorsPicture;
}

export interface GraphTrack {
  readonly series: readonly GraphSeries[];
  /** Value at the upper end of the scale, and how it is written. */
  readonly top: number;
  readonly scaleText: string;
  readonly threshold: number | undefined;
}

export interface GraphSeries {
  readonly values: Float64Array;
  readonly ink: string;
  readonly shape: 'steps' | 'columns';
}

/** Free space over the highest value of a track: what that is stands there. */
const HEAD = 12;
const FOOT = 4;
/** From the right edge to the last letter of those figures, and what a letter takes. */
const FIGURE_EDGE = 10;
const GLYPH = 6.1;
/** From the line of a switch to its words. */
const SWITCH_GAP = 5;

export function paintGraphs(
  context: CanvasRenderingContext2D,
  palette: Palette,
  picture: GraphsPicture,
): void {
  const { scale, trackHeight, tracks, cursor } = picture;
  const bottom = trackHeight * tracks.length;
  paintGrounds(context, palette, picture.across, bottom);
  context.fillStyle = palette.grat;
  for (const { time } of picture.divisions) context.fillRect(Math.round(timeToPx(scale, time)), 0, 1, bottom);
  for (const [i, track] of tracks.entries()) {
    context.save();
    context.translate(0, i * trackHeight);
    paintTrack(context, palette, track, scale.width, trackHeight);
    context.restore();
  }
  paintSwitches(context, palette, picture, bottom);
  paintCursors(context, palette, picture.across, bottom);
  paintAxis(context, palette, picture, bottom);
  if (!cursor) return;
  const bins = tracks[0]?.series[0]?.values.length ?? 1;
  const x = ((cursor.bin + 0.5) / bins) * scale.width;
  context.fillStyle = palette.ink;
  context.fillRect(Math.round(x), 0, 1, bottom);
  for (const [i, track] of tracks.entries()) {
    for (const { values, ink } of track.series) {
      const value = values[cursor.bin];
      if (value === undefined || !Number.isFinite(value)) continue;
      const y = i * trackHeight + HEAD + valueToY(value, trackHeight - HEAD - FOOT, track.top);
      context.beginPath();
      context.arc(Math.round(x) + 0.5, y, 3, 0, 2 * Math.PI);
      context.fillStyle = palette.well;
      context.fill();
      context.strokeStyle = ink;
      context.lineWidth = 1.5;
      context.stroke();
    }
  }
}

function paintTrack(
  context: CanvasRenderingContext2D,
  palette: Palette,
  track: GraphTrack,
  width: number,
  height: number,
): void {
  const plot = height - HEAD - FOOT;
  context.fillStyle = palette.line;
  context.fillRect(0, height - 1, width, 1);
  context.fillStyle = palette.grat;
  context.fillRect(0, HEAD, width, 1);
  context.fillRect(0, HEAD + Math.round(plot / 2), width, 1);
  context.save();
  context.translate(0, HEAD);
  // The first is the one that counts, and lies over the others.
  for (const series of track.series.toReversed()) {
    if (series.shape === 'columns') paintColumns(context, palette, series, width, plot, track.top);
    else paintSteps(context, palette, series, width, plot, track.top, track.series.length === 1);
  }
  if (track.threshold !== undefined && track.threshold <= track.top) {
    const y = Math.round(valueToY(track.threshold, plot, track.top)) + 0.5;
    context.strokeStyle = palette.warn;
    context.lineWidth = 1;
    context.setLineDash([4, 3]);
    context.beginPath();
    context.moveTo(0, y);
    context.lineTo(width, y);
    context.stroke();
    context.setLineDash([]);
  }
  context.restore();
  context.font = palette.mono10;
  context.textAlign = 'right';
  context.textBaseline = 'alphabetic';
  context.fillStyle = palette.ink3;
  context.fillText(track.scaleText, width - FIGURE_EDGE, HEAD - 1);
}

function paintSteps(
  context: CanvasRenderingContext2D,
  palette: Palette,
  { values, ink }: GraphSeries,
  width: number,
  height: number,
  top: number,
  filled: boolean,
): void {
  for (const run of stepRuns(values, width, height, top)) {
    context.beginPath();
    context.moveTo(run[0]!, run[1]!);
    for (let i = 2; i < run.length; i += 2) context.lineTo(run[i]!, run[i + 1]!);
    context.strokeStyle = ink;
    context.lineWidth = 1.25;
    context.stroke();
    if (!filled) continue;
    context.lineTo(run.at(-2)!, height);
    context.lineTo(run[0]!, height);
    context.fillStyle = palette.hover;
    context.fill();
  }
}

function paintColumns(
  context: CanvasRenderingContext2D,
  palette: Palette,
  { values }: GraphSeries,
  width: number,
  height: number,
  top: number,
): void {
  const bin = width / values.length;
  context.fillStyle = palette.work;
  for (const [i, value] of values.entries()) {
    if (!(value > 0)) continue;
    const y = Math.min(height - 1, valueToY(value, height, top));
    context.fillRect(Math.floor(i * bin), y, Math.max(1, Math.floor(bin) - 1), height - y);
  }
}

/** What crosses all graphs did not cross the wire: it stands in brackets, in the ink of such facts. */
function paintSwitches(
  context: CanvasRenderingContext2D,
  palette: Palette,
  { scale, switches, tracks }: GraphsPicture,
  bottom: number,
): void {
  context.font = palette.sans10;
  context.textAlign = 'left';
  context.textBaseline = 'top';
  context.lineJoin = 'round';
  const figure = (tracks[0]?.scaleText.length ?? 0) * GLYPH + FIGURE_EDGE;
  const placed = switches.map(({ time, text }) => {
    const x = timeToPx(scale, time);
    const { width } = context.measureText(text);
    const isLate = x + SWITCH_GAP + width > scale.width - figure;
    const left = isLate ? x - SWITCH_GAP - width : x + SWITCH_GAP;
    return { x, text, left, right: left + width };
  });
  for (const { x } of placed) paintSwitch(context, palette, x, bottom);
  for (const [i, { text, left, right }] of placed.entries()) {
    // Where two follow each other closely the later one has the room.
    if (placed.slice(i + 1).some((later) => Math.min(later.x, later.left) < right)) continue;
    context.strokeStyle = palette.well;
    context.lineWidth = 4;
    context.strokeText(text, left, 1);
    context.fillStyle = palette.meta;
    context.fillText(text, left, 1);
  }
}

export function paintSwitch(
  context: CanvasRenderingContext2D,
  palette: Palette,
  px: number,
  height: number,
): void {
  const x = Math.round(px) + 0.5;
  context.strokeStyle = palette.meta;
  context.lineWidth = 1;
  context.setLineDash([2, 2]);
  context.beginPath();
  context.moveTo(x, 0);
  context.lineTo(x, height);
  context.stroke();
  context.setLineDash([]);
}

function paintAxis(
  context: CanvasRenderingContext2D,
  palette: Palette,
  picture: GraphsPicture,
  y: number,
): void {
  const { scale, divisions, cursor, tracks } = picture;
  const bins = tracks[0]?.series[0]?.values.length ?? 1;
  const flagHalf = cursor ? cursor.text.length * 3.1 + 6 : 0;
  const flag =
    cursor && Math.min(scale.width - flagHalf, Math.max(flagHalf, ((cursor.bin + 0.5) / bins) * scale.width));
  context.font = palette.mono10;
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  for (const { time, text } of divisions) {
    const x = timeToPx(scale, time);
    context.fillStyle = palette.grat2;
    context.fillRect(Math.round(x), y, 1, 5);
    const half = text.length * 3.1;
    if (x < half || x > scale.width - half) continue;
    // The flag hides the numbers under it.
    if (flag !== undefined && Math.abs(flag - x) < flagHalf + half + 4) continue;
    context.fillStyle = palette.ink3;
    context.fillText(text, x, y + 16);
  }
  if (!cursor || flag === undefined) return;
  context.fillStyle = palette.ink;
  context.beginPath();
  context.roundRect(flag - flagHalf, y + 4, flagHalf * 2, 16, 2);
  context.fill();
  context.fillStyle = palette.paper;
  context.fillText(cursor.text, flag, y + 16);
}

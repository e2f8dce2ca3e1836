/** A time axis: finer and labelled lines, and the flag of the pointer's time. */
import { type TimeScale, timeToPx } from '../geometry/time-scale.ts';
import type { Palette } from './palette.ts';

export interface RulerPicture {
  readonly scale: TimeScale;
  readonly minor: readonly number[];
  readonly major: readonly { readonly time: number; readonly text: string }[];
  readonly cursor: { readonly x: number; readonly text: string } | undefined;
  /** Where cursor A stands; undefined without one. */
  readonly a: number | undefined;
}

export const RULER_HEIGHT = 28;
const GLYPH = 6.1;
const A_HALF = 8;

export function paintRuler(context: CanvasRenderingContext2D, palette: Palette, picture: RulerPicture): void {
  const { scale, cursor, a } = picture;
  context.fillStyle = palette.grat2;
  for (const time of picture.minor) context.fillRect(Math.round(timeToPx(scale, time)), 23, 1, 5);
  for (const { time } of picture.major) context.fillRect(Math.round(timeToPx(scale, time)), 17, 1, 11);
  context.font = palette.mono10;
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  context.fillStyle = palette.ink3;
  const half = cursor ? (cursor.text.length * GLYPH) / 2 + 8 : 0;
  for (const { time, text } of picture.major) {
    const x = timeToPx(scale, time);
    const own = (text.length * GLYPH) / 2;
    if (x - own < 2 || x + own > scale.width - 2) continue;
    // A flag hides the numbers under it.
    if (a !== undefined && Math.abs(x - a) < A_HALF + own) continue;
    if (cursor && Math.abs(x - flagX(cursor.x, half, scale.width)) < half + own) continue;
    context.fillText(text, x, 13);
  }
  if (a !== undefined && a >= 0 && a <= scale.width) paintA(context, palette, Math.round(a));
  if (cursor) paintFlag(context, palette, cursor.x, cursor.text, half, scale.width);
}

/** Outlined, where the pointer's is filled. */
function paintA(context: CanvasRenderingContext2D, palette: Palette, x: number): void {
  context.strokeStyle = palette.ink;
  context.lineWidth = 1;
  context.fillStyle = palette.well2;
  context.beginPath();
  context.roundRect(x - A_HALF + 0.5, 3.5, 2 * A_HALF, 14, 2);
  context.fill();
  context.stroke();
  context.fillStyle = palette.ink;
  context.textAlign = 'center';
  context.fillText('A', x + 0.5, 14);
  context.fillRect(x, 18, 1, 10);
}

function flagX(x: number, half: number, width: number): number {
  return Math.min(width - half, Math.max(half, x));
}

function paintFlag(
  context: CanvasRenderingContext2D,
  palette: Palette,
  x: number,
  text: string,
  half: number,
  width: number,
): void {
  const middle = flagX(x, half, width);
  const at = Math.round(x);
  context.fillStyle = palette.ink;
  context.beginPath();
  context.roundRect(Math.round(middle - half), 3, Math.round(half * 2), 15, 2);
  context.fill();
  context.beginPath();
  context.moveTo(at - 4, 18);
  context.lineTo(at + 4, 18);
  context.lineTo(at, 23);
  context.fill();
  context.fillRect(at, 18, 1, 10);
  context.fillStyle = palette.paper;
  context.textAlign = 'center';
  context.fillText(text, middle, 14);
}

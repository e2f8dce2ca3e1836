/** A time axis: finer and labelled lines, and the flag of the pointer's time. */
import { type TimeScale, timeToPx } from '../geometry/time-scale.ts';
import type { Palette } from './palette.ts';

export interface RulerPicture {
  readonly scale: TimeScale;
  readonly minor: readonly number[];
  readonly major: readonly { readonly time: number; readonly text: string }[];
  readonly cursor: { readonly x: number; readonly text: string } | undefined;
}

export const RULER_HEIGHT = 28;
const GLYPH = 6.1;

export function paintRuler(context: CanvasRenderingContext2D, palette: Palette, picture: RulerPicture): void {
  const { scale, cursor } = picture;
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
    if (cursor && Math.abs(x - flagX(cursor.x, half, scale.width)) < half + own) continue;
    context.fillText(text, x, 13);
  }
  if (cursor) paintFlag(context, palette, cursor.x, cursor.text, half, scale.width);
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

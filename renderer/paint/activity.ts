/** How much crossed the wire over time, as one row of columns; what lies after a moment is drawn in a fainter ink. */
import { type TimeScale, timeToPx } from '../geometry/time-scale.ts';
import { bytesHeight } from './bytes-height.ts';
import type { Palette } from './palette.ts';

export interface ActivityPicture {
  readonly scale: TimeScale;
  /** Bytes of either direction, one value a bin over the scale's whole width. */
  readonly bytes: Float64Array;
  readonly until: number;
}

export function paintActivity(
  context: CanvasRenderingContext2D,
  palette: Palette,
  { scale, bytes, until }: ActivityPicture,
  height: number,
): void {
  const step = scale.width / Math.max(1, bytes.length);
  const border = timeToPx(scale, until);
  for (const [i, value] of bytes.entries()) {
    const tall = bytesHeight(value, height);
    if (tall === 0) continue;
    const x = Math.floor(i * step);
    context.fillStyle = x <= border ? palette.ink2 : palette.idle;
    context.fillRect(x, height - tall, Math.max(1, Math.floor(step) - 1), tall);
  }
}

/** The overview strip: reads up and writes down from one baseline, over divisions of time. */
import { type TimeScale, timeToPx } from '../geometry/time-scale.ts';
import { bytesHeight } from './bytes-height.ts';
import type { Palette } from './palette.ts';

export interface OverviewPicture {
  readonly scale: TimeScale;
  /** Times of the divisions, and the texts of those that have one. */
  readonly divisions: readonly number[];
  readonly labels: readonly { readonly time: number; readonly text: string }[];
  /** One value a bin over the scale's whole width. */
  readonly bytesIn: Float64Array;
  readonly bytesOut: Float64Array;
}

export const OVERVIEW = { height: 60, baseline: 24, axis: 46, bin: 3 } as const;

export function paintOverview(
  context: CanvasRenderingContext2D,
  palette: Palette,
  picture: OverviewPicture,
): void {
  const { scale, bytesIn, bytesOut } = picture;
  const { baseline, axis } = OVERVIEW;
  context.fillStyle = palette.grat;
  for (const time of picture.divisions) context.fillRect(Math.round(timeToPx(scale, time)), 0, 1, axis);
  context.fillStyle = palette.grat2;
  context.fillRect(0, baseline, scale.width, 1);
  context.fillRect(0, axis, scale.width, 1);

  const step = scale.width / Math.max(1, bytesIn.length);
  const mostUp = baseline - 3;
  const mostDown = axis - baseline - 3;
  context.fillStyle = palette.read;
  for (let i = 0; i < bytesIn.length; i++) {
    const height = bytesHeight(bytesIn[i] ?? 0, mostUp);
    if (height > 0) context.fillRect(Math.floor(i * step), baseline - height, Math.max(1, step - 1), height);
  }
  context.fillStyle = palette.write;
  for (let i = 0; i < bytesOut.length; i++) {
    const height = bytesHeight(bytesOut[i] ?? 0, mostDown);
    if (height > 0) context.fillRect(Math.floor(i * step), baseline + 1, Math.max(1, step - 1), height);
  }

  context.font = palette.sans10;
  context.fillStyle = palette.ink3;
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  for (const { time, text } of picture.labels) context.fillText(text, timeToPx(scale, time), axis + 11);
}

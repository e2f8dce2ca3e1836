/** What stands across all lanes or graphs: the chosen span of time, cursor A, and the end of what was known. */
import { type TimeScale, timeToPx } from '../geometry/time-scale.ts';
import type { Palette } from './palette.ts';

export interface CursorsPicture {
  readonly scale: TimeScale;
  /** Cursor A, microseconds. */
  readonly a: number | undefined;
  /** The span that the list is filtered to. */
  readonly span: { readonly from: number; readonly to: number } | undefined;
  /** The moment of the past that is shown. */
  readonly playhead: number | undefined;
}

/** What lies below the data: a ground of its own for what is past the playhead, and the chosen span. */
export function paintGrounds(
  context: CanvasRenderingContext2D,
  palette: Palette,
  { scale, span, playhead }: CursorsPicture,
  height: number,
): void {
  if (playhead !== undefined) {
    const x = Math.max(0, Math.round(timeToPx(scale, playhead)));
    context.fillStyle = palette.well2;
    context.fillRect(x, 0, Math.max(0, scale.width - x), height);
  }
  if (!span) return;
  const left = Math.max(-1, Math.round(timeToPx(scale, span.from)));
  const right = Math.min(scale.width + 1, Math.round(timeToPx(scale, span.to)));
  if (right < 0 || left > scale.width) return;
  context.fillStyle = palette.hover;
  context.fillRect(left, 0, Math.max(1, right - left), height);
  context.fillStyle = palette.ink3;
  context.fillRect(left, 0, 1, height);
  context.fillRect(right - 1, 0, 1, height);
}

/** What lies over the data. */
export function paintCursors(
  context: CanvasRenderingContext2D,
  palette: Palette,
  { scale, a, playhead }: CursorsPicture,
  height: number,
): void {
  if (playhead !== undefined) {
    context.fillStyle = palette.meta;
    context.fillRect(Math.max(0, Math.round(timeToPx(scale, playhead))), 0, 1, height);
  }
  if (a === undefined) return;
  const x = Math.round(timeToPx(scale, a)) + 0.5;
  context.strokeStyle = palette.ink;
  context.lineWidth = 1;
  context.setLineDash([3, 3]);
  context.beginPath();
  context.moveTo(x, 0);
  context.lineTo(x, height);
  context.stroke();
  context.setLineDash([]);
}

/** How a connection ended, in shape and word. */
import type { Palette } from './palette.ts';

export interface LaneEnd {
  /** `fin` is a bar, `reset` a cross, `timeout` and `stop` a cut. */
  readonly shape: 'fin' | 'reset' | 'timeout' | 'stop';
  readonly word: string;
}

/** From the sign to its word. */
const GAP = 9;

export function paintEnd(
  context: CanvasRenderingContext2D,
  palette: Palette,
  { shape, word }: LaneEnd,
  x: number,
  middle: number,
  width: number,
): void {
  const at = Math.round(x) + 0.5;
  context.strokeStyle = shape === 'reset' ? palette.ink : palette.ink2;
  context.lineWidth = 1.5;
  context.beginPath();
  if (shape === 'reset') {
    context.moveTo(at - 5, middle - 5);
    context.lineTo(at + 5, middle + 5);
    context.moveTo(at + 5, middle - 5);
    context.lineTo(at - 5, middle + 5);
  } else {
    context.moveTo(at, middle - 7);
    context.lineTo(at, middle + 7);
  }
  if (shape === 'timeout') {
    context.moveTo(at - 4, middle - 7);
    context.lineTo(at + 4, middle - 7);
    context.moveTo(at - 4, middle + 7);
    context.lineTo(at + 4, middle + 7);
  }
  context.stroke();
  context.font = palette.mono10;
  context.fillStyle = shape === 'fin' ? palette.ink3 : palette.ink;
  context.textBaseline = 'middle';
  const left = at + GAP + context.measureText(word).width > width;
  context.textAlign = left ? 'right' : 'left';
  context.fillText(word, at + (left ? -GAP : GAP), middle + (left ? 14 : 0));
}

import { useCallback } from 'react';
import { type TickStep, tickLabel, tickTimes } from '../../geometry/ticks.ts';
import { pxToTime, type TimeScale, timeToPx } from '../../geometry/time-scale.ts';
import { paintRuler, RULER_HEIGHT } from '../../paint/ruler.ts';
import { Canvas, usePalette } from '../shell/canvas.tsx';
import type { Axis } from './time-zero.ts';

interface Props {
  readonly scale: TimeScale;
  readonly step: TickStep;
  readonly axis: Axis;
  /** CSS pixels from the left of the plot. */
  readonly cursor: number | undefined;
  readonly a: number | undefined;
}

export function TimeRuler({ scale, step, axis, cursor, a }: Props) {
  const palette = usePalette();
  const { from, to, width } = scale;
  const paint = useCallback(
    (context: CanvasRenderingContext2D) => {
      const isSeen = cursor !== undefined && cursor >= 0 && cursor <= width;
      paintRuler(context, palette, {
        scale: { from, to, width },
        minor: tickTimes(from, to, step.nanos / step.minor, axis.origin),
        major: tickTimes(from, to, step.nanos, axis.origin).map((at) => ({
          time: at,
          text: tickLabel(at, step, axis.origin),
        })),
        cursor: isSeen ? { x: cursor, text: axis.format(pxToTime({ from, to, width }, cursor)) } : undefined,
        a: a === undefined ? undefined : timeToPx({ from, to, width }, a),
      });
    },
    [from, to, width, step, axis, cursor, a, palette],
  );
  return <Canvas width={width} height={RULER_HEIGHT - 1} paint={paint} />;
}

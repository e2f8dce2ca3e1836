import { useCallback } from 'react';
import { formatExact } from '../../geometry/quantities.ts';
import { type TickStep, tickLabel, tickTimes } from '../../geometry/ticks.ts';
import { pxToTime, type TimeScale, timeToPx } from '../../geometry/time-scale.ts';
import { paintRuler, RULER_HEIGHT } from '../../paint/ruler.ts';
import { Canvas, usePalette } from '../shell/canvas.tsx';

interface Props {
  readonly scale: TimeScale;
  readonly step: TickStep;
  readonly origin: number;
  /** CSS pixels from the left of the plot. */
  readonly cursor: number | undefined;
  readonly a: number | undefined;
}

export function TimeRuler({ scale, step, origin, cursor, a }: Props) {
  const palette = usePalette();
  const { from, to, width } = scale;
  const paint = useCallback(
    (context: CanvasRenderingContext2D) => {
      const time = cursor === undefined ? undefined : pxToTime({ from, to, width }, cursor);
      paintRuler(context, palette, {
        scale: { from, to, width },
        minor: tickTimes(from, to, step.nanos / step.minor, origin),
        major: tickTimes(from, to, step.nanos, origin).map((at) => ({
          time: at,
          text: tickLabel(at, step, origin),
        })),
        cursor:
          cursor === undefined || time === undefined
            ? undefined
            : { x: cursor, text: `+${formatExact(time - origin, 'ms')}` },
        a: a === undefined ? undefined : timeToPx({ from, to, width }, a),
      });
    },
    [from, to, width, step, origin, cursor, a, palette],
  );
  return <Canvas width={width} height={RULER_HEIGHT - 1} paint={paint} />;
}

/** All that was captured on one strip, and the brush that says which span of time the view below shows. */
import { useCallback, useMemo, useRef } from 'react';
import { midnightBefore } from '../../geometry/quantities.ts';
import { chooseStep, clockLabel, tickTimes } from '../../geometry/ticks.ts';
import { type TimeScale, timeToPx } from '../../geometry/time-scale.ts';
import { OVERVIEW, paintOverview } from '../../paint/overview.ts';
import { Canvas, usePalette } from '../shell/canvas.tsx';
import { DirectionArrow } from '../shell/icons.tsx';
import { useGraph, useStoreState } from '../shell/store-context.tsx';
import { useSize } from '../shell/use-size.ts';
import { Brush } from './brush.tsx';
import './overview-strip.css';
import { overviewWindow, type TimeWindow } from './overview-window.ts';

interface Props {
  /** Width of the names at the left, so that the strip lines up with what stands below it. */
  readonly gutter: number;
  readonly brush: TimeWindow | undefined;
  onBrush(brush: TimeWindow | undefined): void;
}

const LABEL_PX = 120;
/** Half of a label with some air. */
const HALF_LABEL = 34;
const NO_BYTES = new Float64Array();

export function OverviewStrip({ gutter, brush, onBrush }: Props) {
  const { firstTime, newestTime, hello } = useStoreState('firstTime', 'newestTime', 'hello');
  const plot = useRef<HTMLDivElement>(null);
  const { width } = useSize(plot);
  const palette = usePalette();
  const asked = overviewWindow(firstTime, newestTime);
  const bins = Math.floor(width / OVERVIEW.bin);
  const params = useMemo(
    () => (bins > 0 ? { from: asked.from, to: asked.to, bins } : undefined),
    [asked.from, asked.to, bins],
  );
  const graph = useGraph(params);
  // Until the answer is there the strip stands as it did: while rows are trimmed each moment asks for another window.
  const { from, to } = graph?.params ?? asked;
  const epochMs = hello?.epochMs;
  const brushFrom = brush?.from;
  const brushTo = brush?.to;

  const paint = useCallback(
    (context: CanvasRenderingContext2D, fullWidth: number) => {
      const scale = { from, to, width: fullWidth };
      const step = chooseStep(to - from, fullWidth, LABEL_PX);
      // Ticks stand on round times of day, not on round distances from the start.
      const origin = epochMs === undefined ? from : midnightBefore(epochMs);
      const labelled = tickTimes(from, to, step.nanos, origin);
      paintOverview(context, palette, {
        scale,
        divisions: tickTimes(from, to, step.nanos / 2, origin),
        labels: labelled
          .filter((time) => hasRoom(timeToPx(scale, time), scale, brushFrom, brushTo))
          .map((time) => ({ time, text: clockLabel(epochMs ?? 0, time, step) })),
        bytesIn: graph?.bytesIn ?? NO_BYTES,
        bytesOut: graph?.bytesOut ?? NO_BYTES,
      });
    },
    [from, to, epochMs, palette, graph, brushFrom, brushTo],
  );

  return (
    <div className="overview well" style={{ gridTemplateColumns: `${gutter}px minmax(0, 1fr)` }}>
      <div className="overview-names">
        <span>
          <DirectionArrow direction="in" /> reads
        </span>
        <span>
          <DirectionArrow direction="out" /> writes
        </span>
      </div>
      <div className="overview-plot" ref={plot}>
        <Canvas width={width} height={OVERVIEW.height - 1} paint={paint} />
        {width > 0 && newestTime > firstTime && (
          <Brush scale={{ from, to, width }} brush={brush} onBrush={onBrush} />
        )}
      </div>
    </div>
  );
}

/** A label stands wholly on the strip, and not under the brush's own. */
function hasRoom(
  x: number,
  scale: TimeScale,
  brushFrom: number | undefined,
  brushTo: number | undefined,
): boolean {
  if (x < HALF_LABEL || x > scale.width - HALF_LABEL) return false;
  if (brushFrom === undefined || brushTo === undefined) return true;
  return x + HALF_LABEL < timeToPx(scale, brushFrom) || x - HALF_LABEL > timeToPx(scale, brushTo);
}

/**
 * The bars of the rows that are drawn, on one canvas that moves with them: elements for each bar would cost more than
 * all else in the row.
 */
import { useCallback } from 'react';
import { paintWaterfall, type WaterfallRow } from '../../paint/waterfall.ts';
import type { Row } from '../../store/queries/list.ts';
import { Canvas, usePalette } from '../shell/canvas.tsx';
import { isHead, type Line } from './list-line.ts';
import { ROW_PX } from './list-window.ts';
import { DIVISIONS, type Waterfall } from './waterfall.ts';

interface Props {
  /** Heads of groups have no bar. */
  readonly lines: readonly Line[];
  readonly waterfall: Waterfall | undefined;
  /** CSS pixels. */
  readonly width: number;
  readonly top: number;
}

export function WaterfallBars({ lines, waterfall, width, top }: Props) {
  const palette = usePalette();
  const paint = useCallback(
    (context: CanvasRenderingContext2D) => {
      if (!waterfall) return;
      const { origins, span } = waterfall;
      const drawn = lines.map((line) => (isHead(line) ? undefined : barOf(line, origins.get(line.id))));
      paintWaterfall(context, palette, { rows: drawn, rowHeight: ROW_PX, span }, width);
    },
    [lines, waterfall, palette, width],
  );
  return (
    <div className="list-bars" style={{ top }} aria-hidden="true">
      <Canvas width={width} height={lines.length * ROW_PX} paint={paint} />
    </div>
  );
}

function barOf(row: Row, origin: number | undefined): WaterfallRow | undefined {
  if (origin === undefined) return undefined;
  const isOpen = row.phase === 'pending' || row.phase === 'responding';
  return {
    origin,
    begin: row.beginTime,
    head: row.headTime,
    response: row.responseTime,
    end: row.endTime,
    state: row.phase === 'aborted' ? 'aborted' : !isOpen ? 'done' : row.status === 101 ? 'upgraded' : 'open',
  };
}

/** The divisions behind all bars, drawn once for the list. */
export function WaterfallGrid({ width, height }: { readonly width: number; readonly height: number }) {
  const lines = Array.from(
    { length: DIVISIONS - 1 },
    (_, i) => Math.round(((i + 1) * width) / DIVISIONS) + 0.5,
  );
  return (
    <svg width={width} height={height} shapeRendering="crispEdges" aria-hidden="true">
      <path d={lines.map((x) => `M${x} 0V${height}`).join('')} stroke="var(--grat)" />
    </svg>
  );
}

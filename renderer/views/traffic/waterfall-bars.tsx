/**
 * The bars of the rows that are drawn, as one picture that moves with them: elements for each bar would cost more than
 * all else in the row, and a canvas is copied whole for each frame.
 */
import { useMemo } from 'react';
import { WATERFALL_INKS, type WaterfallRow, waterfallPaths } from '../../geometry/waterfall-paths.ts';
import type { Row } from '../../store/queries/list.ts';
import { isHead, type Line } from './list-line.ts';
import { ROW_PX } from './list-window.ts';
import { DIVISIONS, type Waterfall } from './waterfall.ts';
import './waterfall-bars.css';

interface Props {
  /** Heads of groups have no bar. */
  readonly lines: readonly Line[];
  readonly waterfall: Waterfall | undefined;
  /** CSS pixels. */
  readonly width: number;
  readonly top: number;
}

export function WaterfallBars({ lines, waterfall, width, top }: Props) {
  const paths = useMemo(() => {
    if (!waterfall || width <= 0) return {};
    const { origins, span } = waterfall;
    const rows = lines.map((line) => (isHead(line) ? undefined : barOf(line, origins.get(line.id))));
    return waterfallPaths({ rows, rowHeight: ROW_PX, width, span });
  }, [lines, waterfall, width]);
  return (
    <svg
      className="list-bars"
      style={{ top }}
      width={Math.max(0, width)}
      height={lines.length * ROW_PX}
      aria-hidden="true"
    >
      {WATERFALL_INKS.map((ink) => paths[ink] && <path key={ink} className={ink} d={paths[ink]} />)}
    </svg>
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

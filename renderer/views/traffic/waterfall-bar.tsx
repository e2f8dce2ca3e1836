/** One exchange over the list's time axis: reading, work, sending; how it ended; what runs off the edge. */
import type { ReactNode } from 'react';
import type { Row } from '../../store/queries.ts';
import { DIVISIONS } from './waterfall.ts';

const TOP = 7;
const THICK = 6;
const LEAST = 1.5;

interface Props {
  readonly row: Row;
  /** Log time at the left edge, and how much time the width is. */
  readonly origin: number;
  readonly span: number;
  readonly width: number;
}

export function WaterfallBar({ row, origin, span, width }: Props) {
  const x = (time: number) => ((time - origin) / span) * width;
  const clip = (px: number) => Math.min(width, Math.max(0, px));
  const parts: ReactNode[] = [];
  const bar = (key: string, from: number, to: number, fill: string) => {
    const left = clip(x(from));
    const right = clip(x(to));
    if (x(to) < 0 || x(from) > width) return;
    const at = Math.min(left, width - LEAST);
    parts.push(
      <rect key={key} x={at} y={TOP} width={Math.max(LEAST, right - at)} height={THICK} fill={fill} />,
    );
  };
  const { beginTime, headTime, responseTime, endTime } = row;
  const readEnd = headTime ?? endTime;
  if (readEnd !== undefined) bar('read', beginTime, readEnd, 'var(--ph-read)');
  else bar('read', beginTime, beginTime, 'var(--ph-read)');
  const workEnd = responseTime ?? endTime;
  if (headTime !== undefined && workEnd !== undefined) bar('work', headTime, workEnd, 'var(--ph-work)');
  if (responseTime !== undefined) bar('send', responseTime, endTime ?? responseTime, 'var(--ph-write)');

  const open = row.phase === 'pending' || row.phase === 'responding';
  if (open) {
    const from = clip(x(responseTime ?? headTime ?? beginTime) + 3);
    const hue =
      responseTime === undefined ? 'var(--s0)' : row.status === 101 ? 'var(--s101)' : 'var(--server)';
    parts.push(
      <path key="open" d={`M${from} 10H${width - 7}`} stroke={hue} strokeDasharray="2 3" />,
      <path key="end" d={`M${width - 5} 6.5l4 3.5-4 3.5`} stroke={hue} />,
    );
  } else if (row.phase === 'aborted' && endTime !== undefined) {
    const at = Math.min(width - 4, Math.max(3, x(endTime)));
    parts.push(
      <path key="cross" d={`M${at - 3} 6.5l6 7M${at + 3} 6.5l-6 7`} stroke="var(--ink)" strokeWidth="1.4" />,
    );
  }
  if (!open && endTime !== undefined && x(endTime) > width + 1) {
    parts.push(
      <path key="ground" d={`M${width - 8} 4h8v12h-8z`} fill="var(--well)" />,
      <path
        key="beyond"
        d={`M${width - 6} 7l3 3-3 3M${width - 3} 7l3 3-3 3`}
        stroke="var(--server)"
        strokeWidth="1.2"
      />,
    );
  }
  return (
    <svg width={width} height="20" fill="none" aria-hidden="true">
      {parts}
    </svg>
  );
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

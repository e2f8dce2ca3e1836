/** What we draw ourselves: the arrows of the two channels (the bundled fonts have none), status shapes, the mark. */
import type { Direction } from '../../../server-core/capture/events.ts';
import type { Row } from '../../store/queries/list.ts';

/** `in` is → client to server, `out` is ← server to client. */
export function DirectionArrow({ direction }: { readonly direction: Direction }) {
  const path = direction === 'in' ? 'M0 4h8.5M5.5 1l3 3-3 3' : 'M10 4H1.5M4.5 1l-3 3 3 3';
  return (
    <svg className={`dir-${direction}`} width="10" height="8" viewBox="0 0 10 8" aria-hidden="true">
      <path d={path} fill="none" stroke="currentColor" strokeWidth="1.5" />
    </svg>
  );
}

export type StatusClass = 's0' | 's1' | 's101' | 's2' | 's3' | 's4' | 's5';

export function statusClass(row: Pick<Row, 'phase' | 'status'>): StatusClass {
  if (row.status === undefined || row.phase === 'aborted') return 's0';
  if (row.status === 101) return 's101';
  const hundreds = Math.floor(row.status / 100);
  return hundreds >= 1 && hundreds <= 5 ? (`s${hundreds}` as StatusClass) : 's0';
}

/** The shape says the class of a status without its hue. */
export function StatusShape({ row }: { readonly row: Pick<Row, 'phase' | 'status'> }) {
  return statusShape(row);
}

/** The same for lists of many, where each component costs. */
export function statusShape(row: Pick<Row, 'phase' | 'status'>) {
  return (
    <svg className={statusClass(row)} width="8" height="8" viewBox="0 0 8 8" aria-hidden="true">
      {shapeOf(row)}
    </svg>
  );
}

/** Always a path, so that a row that is filled anew keeps its element. */
function shapeOf(row: Pick<Row, 'phase' | 'status'>) {
  const line = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.4 };
  if (row.phase === 'aborted') return <path d={CROSS} {...line} />;
  if (row.status === undefined && row.phase !== 'malformed') {
    return <path d={ring(2.9)} {...line} strokeDasharray="2 1.64" />;
  }
  switch (statusClass(row)) {
    case 's1':
      return <path d={ring(2.8)} {...line} />;
    case 's101':
      return <path d="M0 2.5h7M5 .5l2 2-2 2M8 5.5H1M3 3.5l-2 2 2 2" {...line} strokeWidth={1.1} />;
    case 's2':
      return <path d={ring(2.6)} fill="currentColor" />;
    case 's3':
      return <path d="M1.5.8 7.2 4 1.5 7.2z" fill="currentColor" />;
    case 's4':
      return <path d="M4 .2 7.8 4 4 7.8.2 4z" fill="currentColor" />;
    case 's5':
      return <path d="M.8.8h6.4v6.4H.8z" fill="currentColor" />;
    case 's0':
      return <path d={CROSS} {...line} />;
  }
}

const CROSS = 'M1.2 1.2l5.6 5.6M6.8 1.2 1.2 6.8';

/** A circle round the middle. */
function ring(radius: number): string {
  const arc = `a${radius} ${radius} 0 1 1`;
  return `M${4 + radius} 4${arc} ${-2 * radius} 0${arc} ${2 * radius} 0z`;
}

/** Two channels on one baseline: reads up, writes down. */
export function Mark() {
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true" shapeRendering="crispEdges">
      <path d="M0 8h18v1H0z" fill="var(--ink-4)" />
      <path d="M2 5h2v3H2zM8 2h2v6H8zM14 6h2v2h-2z" fill="var(--client-fill)" />
      <path d="M5 10h2v3H5zM11 10h2v7h-2zM14 10h2v2h-2z" fill="var(--server-fill)" />
    </svg>
  );
}

/** Every lucide icon of the window has this weight and size. */
export const ICON = { size: 16, strokeWidth: 1.25, 'aria-hidden': true } as const;

/** The columns of the list, and which of them there is room for. The path takes what the others leave. */
import type { SortColumn } from '../../store/queries/list.ts';
import type { ColumnSettings } from './column-settings.ts';

export const COLUMN_IDS = [
  'id',
  'start',
  'method',
  'target',
  'status',
  'type',
  'version',
  'server',
  'worker',
  'requestSize',
  'size',
  'wait',
  'duration',
  'conn',
  'waterfall',
] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

export interface ColumnKind {
  readonly label: string;
  /** What it shows, in a sentence, where the label does not say it. */
  readonly title?: string;
  /** CSS pixels; 0 takes the rest. */
  readonly width: number;
  readonly least: number;
  /** Figures end at the right edge. */
  readonly figure: boolean;
  readonly sort: SortColumn | undefined;
  /** Least width of the list at which it is shown, unless it was chosen; Infinity only when it was. */
  readonly from: number;
}

const text = { figure: false, least: 36, from: 0 };
const figure = { figure: true, least: 40, from: 0 };

export const COLUMNS: Readonly<Record<ColumnId, ColumnKind>> = {
  id: {
    ...figure,
    label: '#',
    title: 'In the order in which requests began',
    width: 34,
    least: 34,
    sort: 'id',
  },
  start: {
    ...text,
    label: 'Time',
    title: 'When the first byte of the request came',
    width: 88,
    sort: 'id',
    from: 960,
  },
  method: { ...text, label: 'Method', width: 50, sort: 'method' },
  target: { ...text, label: 'Path', width: 0, least: 80, sort: 'target' },
  status: { ...text, label: 'Status', width: 48, sort: 'status' },
  type: { ...text, label: 'Type', width: 72, sort: 'type', from: 800 },
  version: {
    ...text,
    label: 'HTTP',
    title: 'Version of HTTP that the request names',
    width: 40,
    sort: 'version',
    from: Number.POSITIVE_INFINITY,
  },
  server: { ...text, label: 'Server', width: 72, sort: 'server', from: Number.POSITIVE_INFINITY },
  worker: {
    ...text,
    label: 'Worker',
    title: 'The process or thread that worked on it, where the server has several',
    width: 96,
    sort: 'worker',
    from: Number.POSITIVE_INFINITY,
  },
  requestSize: {
    ...figure,
    label: 'Sent',
    title: 'Bytes of the request on the wire, head included',
    width: 52,
    sort: 'requestSize',
    from: Number.POSITIVE_INFINITY,
  },
  size: {
    ...figure,
    label: 'Size',
    title: 'Bytes of the response on the wire, head included',
    width: 52,
    sort: 'size',
  },
  wait: {
    ...figure,
    label: 'Wait',
    title: "From the request's first byte to the response's head",
    width: 56,
    sort: 'wait',
    from: Number.POSITIVE_INFINITY,
  },
  duration: {
    ...figure,
    label: 'Duration',
    title: "From the request's first byte to the response's last",
    width: 60,
    sort: 'duration',
    from: 480,
  },
  conn: { ...figure, label: 'Conn', title: 'Connection', width: 36, least: 30, sort: 'conn', from: 480 },
  waterfall: { ...text, label: 'Waterfall', width: 226, least: 64, sort: undefined },
};

export interface PlacedColumn {
  readonly id: ColumnId;
  readonly width: number;
}
export interface Columns {
  readonly placed: readonly PlacedColumn[];
  readonly template: string;
  /** CSS pixels of the time axis. */
  readonly waterfall: number;
  /** Width of the path. */
  readonly path: number;
  /** Signs of a path that fit before its middle is left out. */
  readonly pathChars: number;
}

const GAP = 6;
/** Air at both ends of a row. */
const EDGES = 18;
const MONO_11 = 6.6;
/** Stripe and its gap. */
const STRIPE = 9;

/** @param digits of the largest number, which sets the width of the first column */
export function columnsFor(width: number, digits: number, settings: ColumnSettings): Columns {
  const widthOf = (id: ColumnId) => {
    if (id === 'target') return 0;
    const chosen = settings.widths[id];
    if (chosen !== undefined) return Math.max(COLUMNS[id].least, chosen);
    if (id === 'id') return Math.max(COLUMNS.id.width, 12 + Math.ceil(digits * 6.4));
    if (id === 'waterfall' && width < 800) return width >= 560 ? 122 : 78;
    return COLUMNS[id].width;
  };
  let placed = settings.order
    .filter((id) => isShown(id, width, settings))
    .map((id) => ({ id, width: widthOf(id) }));
  while (pathRoom(width, placed) < COLUMNS.target.least) {
    const spare = leastNeeded(placed);
    if (spare === undefined) break;
    placed = placed.filter(({ id }) => id !== spare);
  }
  const path = Math.max(COLUMNS.target.least, pathRoom(width, placed));
  return {
    placed,
    template: placed.map((column) => (column.width === 0 ? 'minmax(0, 1fr)' : `${column.width}px`)).join(' '),
    waterfall: widthOf('waterfall') - GAP,
    path,
    pathChars: Math.floor((path - STRIPE) / MONO_11),
  };
}

/** Path and waterfall are what the list is; all else can be left out. */
export function isFixed(id: ColumnId): boolean {
  return id === 'target' || id === 'waterfall';
}

export function isShown(id: ColumnId, width: number, { shown }: ColumnSettings): boolean {
  return isFixed(id) || (shown[id] ?? width >= COLUMNS[id].from);
}

function pathRoom(width: number, placed: readonly PlacedColumn[]): number {
  const taken = placed.reduce((sum, column) => sum + column.width, 0);
  return width - EDGES - (placed.length - 1) * GAP - taken;
}

/** The column that shows up last as a list widens; undefined when all are needed. */
function leastNeeded(placed: readonly PlacedColumn[]): ColumnId | undefined {
  const spare = placed.filter(({ id }) => !isFixed(id) && id !== 'id');
  return spare.toSorted((a, b) => COLUMNS[b.id].from - COLUMNS[a.id].from)[0]?.id;
}

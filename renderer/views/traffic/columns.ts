/** Which columns of the list there is room for. The path takes what the others leave. */
import { type ColumnId, columnKind, isFixed } from './column-kinds.ts';
import type { ColumnSettings } from './column-settings.ts';

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
  /** Those of the columns whose texts are read, in the order in which they are asked for. */
  readonly read: readonly ColumnId[];
}

const GAP = 6;
/** Air at both ends of a row. */
const EDGES = 18;
const MONO_11 = 6.6;
/** Stripe and its gap. */
const STRIPE = 9;
/** Width of the waterfall that still tells its division, CSS pixels. */
const BESIDE_DETAIL = 114;

/** @param digits of the largest number, which sets the width of the first column */
export function columnsFor(width: number, digits: number, settings: ColumnSettings): Columns {
  const widthOf = (id: ColumnId) => {
    if (id === 'target') return 0;
    const chosen = settings.widths[id];
    if (chosen !== undefined) return Math.max(columnKind(id).least, chosen);
    if (id === 'id') return Math.max(columnKind('id').width, 12 + Math.ceil(digits * 6.4));
    if (id === 'waterfall' && width < 800) return width >= 560 ? BESIDE_DETAIL : 78;
    return columnKind(id).width;
  };
  let placed = settings.order
    .filter((id) => isShown(id, width, settings))
    .map((id) => ({ id, width: widthOf(id) }));
  const isTight = () => pathRoom(width, placed) < columnKind('target').least;
  // First what is wide by itself gives of its width, then columns go.
  for (const narrow of NARROWER) {
    if (!isTight()) break;
    placed = placed.map((column) => {
      const isFree = settings.widths[column.id] === undefined;
      return isFree ? { ...column, width: Math.min(column.width, narrow(column.id)) } : column;
    });
  }
  while (isTight()) {
    const spare = leastNeeded(placed, settings);
    if (spare === undefined) break;
    placed = placed.filter(({ id }) => id !== spare);
  }
  // Widths that were chosen are kept, and may leave less than it should have.
  const path = Math.max(0, pathRoom(width, placed));
  return {
    placed,
    template: placed.map((column) => (column.width === 0 ? 'minmax(0, 1fr)' : `${column.width}px`)).join(' '),
    waterfall: (placed.find(({ id }) => id === 'waterfall')?.width ?? 0) - GAP,
    path,
    pathChars: Math.max(0, Math.floor((path - STRIPE) / MONO_11)),
    read: placed.flatMap(({ id }) => (columnKind(id).source === undefined ? [] : [id])),
  };
}

export function isShown(id: ColumnId, width: number, { shown }: ColumnSettings): boolean {
  return isFixed(id) || (shown[id] ?? width >= columnKind(id).from);
}

function pathRoom(width: number, placed: readonly PlacedColumn[]): number {
  const taken = placed.reduce((sum, column) => sum + column.width, 0);
  return width - EDGES - (placed.length - 1) * GAP - taken;
}

/** Widths that columns can do with; those that are read give more than the others. */
const NARROWER: readonly ((id: ColumnId) => number)[] = [
  (id) => (id === 'waterfall' ? BESIDE_DETAIL : Number.POSITIVE_INFINITY),
  (id) => (columnKind(id).source === undefined ? Number.POSITIVE_INFINITY : 72),
];

/**
 * The column that shows up last as a list widens, of those that nobody chose; where there is none, the last one that
 * was chosen. Undefined when all are needed.
 */
function leastNeeded(placed: readonly PlacedColumn[], { shown }: ColumnSettings): ColumnId | undefined {
  const spare = placed.filter(({ id }) => !isFixed(id) && id !== 'id');
  const free = spare.filter(({ id }) => shown[id] !== true);
  const last = free.toSorted((a, b) => columnKind(b.id).from - columnKind(a.id).from)[0];
  return (last ?? spare.at(-1))?.id;
}

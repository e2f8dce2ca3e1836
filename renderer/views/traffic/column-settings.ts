/** How a person arranged the columns, and how that is remembered. */
import { useMemo } from 'react';
import { useSetting } from '../shell/setting.ts';
import { COLUMN_IDS, type ColumnId, columnKind, fieldColumn, isField, isFixed } from './column-kinds.ts';
import type { PlacedColumn } from './columns.ts';

export interface ColumnSettings {
  /** All of them; the waterfall is always the last. */
  readonly order: readonly ColumnId[];
  /** Chosen or left out by hand; the others come and go with the room. */
  readonly shown: Readonly<Partial<Record<ColumnId, boolean>>>;
  /** CSS pixels. */
  readonly widths: Readonly<Partial<Record<ColumnId, number>>>;
}

export const FIRST_COLUMNS: ColumnSettings = { order: COLUMN_IDS, shown: {}, widths: {} };

const MOST_WIDTH = 2000;
/** Header fields as columns: a wide screen has room for no more. */
const MOST_FIELDS = 12;

export function useColumnSettings() {
  const [text, setText] = useSetting('list.columns', '', (stored) => stored);
  const settings = useMemo(() => readColumns(text), [text]);
  const change = (next: ColumnSettings) => setText(JSON.stringify(next));
  return [settings, change] as const;
}

/** What was stored, as far as it makes sense: it may be of an older version, or of anyone's making. */
export function readColumns(text: string): ColumnSettings {
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    return FIRST_COLUMNS;
  }
  const parts = asRecord(stored);
  const order = Array.isArray(parts['order']) ? parts['order'].filter(isColumn) : [];
  const missing = COLUMN_IDS.filter((id) => !order.includes(id));
  const known = [...new Set([...order, ...missing])].filter((id) => id !== 'waterfall');
  return {
    order: [...known, 'waterfall'],
    shown: entriesOf(parts['shown'], (value) => typeof value === 'boolean'),
    widths: entriesOf(
      parts['widths'],
      (value) => typeof value === 'number' && value > 0 && value <= MOST_WIDTH,
    ),
  };
}

/** Moves a column by so many places among those that are on screen; the waterfall stays last. */
export function movedColumn(
  settings: ColumnSettings,
  placed: readonly PlacedColumn[],
  id: ColumnId,
  by: number,
): ColumnSettings {
  const movable = placed.flatMap((column) => (column.id === 'waterfall' ? [] : [column.id as ColumnId]));
  const from = movable.indexOf(id);
  const to = Math.min(movable.length - 1, Math.max(0, from + by));
  const beside = movable[to];
  if (from < 0 || to === from || beside === undefined) return settings;
  const order = settings.order.filter((each) => each !== id);
  order.splice(order.indexOf(beside) + (by > 0 ? 1 : 0), 0, id);
  return { ...settings, order };
}

/** Moves the edge between two neighbours: what one gains the other gives, and the path gives without a word. */
export function resizedColumns(
  settings: ColumnSettings,
  left: PlacedColumn,
  right: PlacedColumn,
  by: number,
  /** Width that the path has now. */
  path: number,
): ColumnSettings {
  const spare = ({ id, width }: PlacedColumn) =>
    Math.max(0, (width === 0 ? path : width) - columnKind(id).least);
  const moved = Math.round(Math.min(spare(right), Math.max(-spare(left), by)));
  const widths = { ...settings.widths };
  if (left.width > 0) widths[left.id] = left.width + moved;
  if (right.width > 0) widths[right.id] = right.width - moved;
  return { ...settings, widths };
}

export function toggledColumn(settings: ColumnSettings, id: ColumnId, shown: boolean): ColumnSettings {
  if (isFixed(id)) return settings;
  const order = settings.order.filter((each) => shown || each !== id || !isField(each));
  return { ...settings, order, shown: { ...settings.shown, [id]: shown } };
}

/** Shows a column that is read, and adds it where it is a header field's of its own. */
export function addedColumn(settings: ColumnSettings, id: ColumnId): ColumnSettings {
  if (settings.order.includes(id)) return toggledColumn(settings, id, true);
  if (settings.order.filter(isField).length >= MOST_FIELDS) return settings;
  const order = settings.order.filter((each) => each !== 'waterfall');
  return toggledColumn({ ...settings, order: [...order, id, 'waterfall'] }, id, true);
}

function entriesOf<V>(stored: unknown, fits: (value: unknown) => boolean): Partial<Record<ColumnId, V>> {
  const entries = Object.entries(asRecord(stored)).filter(([id, value]) => isColumn(id) && fits(value));
  return Object.fromEntries(entries) as Partial<Record<ColumnId, V>>;
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function isColumn(id: unknown): id is ColumnId {
  if (typeof id !== 'string') return false;
  return COLUMN_IDS.some((each) => each === id) || fieldColumn(id.slice('header.'.length)) === id;
}

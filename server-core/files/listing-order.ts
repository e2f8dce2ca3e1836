import type { Kind } from './listing-icons.ts';

export interface Entry {
  readonly name: string;
  readonly folder: boolean;
  readonly kind: Kind;
  readonly bytes: number;
  readonly modifiedMs: number;
}

export const COLUMNS = ['name', 'size', 'time'] as const;
export type Column = (typeof COLUMNS)[number];

export interface Order {
  readonly column: Column;
  readonly descending: boolean;
}

/** From `?sort=size` or `?sort=-size`; anything else means by name. */
export function parseOrder(query: string | undefined): Order {
  const asked = new URLSearchParams(query ?? '').get('sort') ?? '';
  const descending = asked.startsWith('-');
  const column = COLUMNS.find((name) => name === (descending ? asked.slice(1) : asked));
  return column === undefined ? { column: 'name', descending: false } : { column, descending };
}

/** The order that a click on a column's head asks for: newest and largest first, names from A; then the reverse. */
export function nextOrder(column: Column, present: Order): Order {
  if (column === present.column) return { column, descending: !present.descending };
  return { column, descending: column !== 'name' };
}

export function orderQuery(order: Order): string {
  return `?sort=${order.descending ? '-' : ''}${order.column}`;
}

/** `page-2` before `page-10`, and no difference by case unless there is no other. */
const names = new Intl.Collator('en', { numeric: true });

/** Folders first, whatever the order of the rest. A new array. */
export function sortEntries(entries: readonly Entry[], order: Order): Entry[] {
  const direction = order.descending ? -1 : 1;
  return entries.toSorted(
    (a, b) =>
      Number(b.folder) - Number(a.folder) ||
      direction * compare(a, b, order.column) ||
      names.compare(a.name, b.name),
  );
}

function compare(a: Entry, b: Entry, column: Column): number {
  if (column === 'name') return names.compare(a.name, b.name);
  if (column === 'time') return a.modifiedMs - b.modifiedMs;
  // What a folder's own size says differs by file system and tells nothing about what is in it.
  return a.folder ? 0 : a.bytes - b.bytes;
}

import type { NumberColumn } from './number-pages.ts';

/** The column itself if it has room for `length` entries, else a copy of at least twice its length. */
export function grown<T extends NumberColumn>(column: T, length: number): T {
  if (length <= column.length) return column;
  const Column = column.constructor as new (length: number) => T;
  const wider = new Column(Math.max(length, column.length * 2));
  wider.set(column);
  return wider;
}

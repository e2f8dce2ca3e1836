/** Rows as a table of text, for a spreadsheet or a shell: tabs between fields, a line for each row. */
import type { Columns } from './columns.ts';
import type { Row } from './queries/list.ts';
import { buildRow } from './rows.ts';

const FIELDS: readonly (readonly [name: string, of: (row: Row) => string | number | undefined])[] = [
  ['number', (row) => row.id],
  ['method', (row) => row.method],
  ['target', (row) => row.target],
  ['status', (row) => row.status],
  ['type', (row) => row.mediaType],
  ['request bytes', (row) => row.requestBytes],
  ['response bytes', (row) => row.responseBytes],
  ['began ms', (row) => (row.beginTime / 1000).toFixed(3)],
  ['took ms', (row) => row.endTime && ((row.endTime - row.beginTime) / 1000).toFixed(3)],
  ['connection', (row) => row.conn],
  ['ended', (row) => row.phase],
];

/** The rows that are still held, in the order given, under a line of names. */
export function rowsText(columns: Columns, ids: Iterable<number>): string {
  const lines = [FIELDS.map(([name]) => name).join('\t')];
  for (const id of ids) {
    const row = buildRow(columns, id, columns.past.shown(id));
    if (row !== undefined) lines.push(FIELDS.map(([, of]) => inert(of(row))).join('\t'));
  }
  return `${lines.join('\n')}\n`;
}

/** Captured text must neither end its field nor, pasted into a spreadsheet, be taken for a formula. */
function inert(value: string | number | undefined): string {
  if (typeof value === 'number') return String(value);
  const text = (value ?? '').replace(/[\u0000-\u001f\u007f]/g, ' ');
  return /^[=+\-@]/.test(text) ? `'${text}` : text;
}

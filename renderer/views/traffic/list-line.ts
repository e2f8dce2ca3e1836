/** The lines of the list: rows, and heads of groups between them. */
import type { GroupHead, ListResult, Row } from '../../store/queries/list.ts';

export type Line = Row | GroupHead;

export function isHead(line: Line): line is GroupHead {
  return 'key' in line;
}

export function isRow(line: Line): line is Row {
  return !isHead(line);
}

const NONE: readonly Line[] = [];

/** All that came, in order. */
export function linesOf(result: ListResult | undefined): readonly Line[] {
  if (result === undefined) return NONE;
  const { first, rows, heads } = result;
  if (heads.length === 0) return rows;
  const lines: Line[] = [];
  let row = 0;
  let head = 0;
  while (row < rows.length || head < heads.length) {
    const isDue = heads[head]?.place === first + lines.length || row === rows.length;
    lines.push(isDue ? heads[head++]! : rows[row++]!);
  }
  return lines;
}

/** Where the keys are: on a row, which the detail shows, or on the head of a group. */
export type Cursor =
  | { readonly exchange: number }
  /** `place` is where it was last seen. */
  | { readonly group: string; readonly place: number };

export function isAt(line: Line, cursor: Cursor | undefined): boolean {
  if (cursor === undefined) return false;
  if (isHead(line)) return 'group' in cursor && cursor.group === line.key;
  return 'exchange' in cursor && cursor.exchange === line.id;
}

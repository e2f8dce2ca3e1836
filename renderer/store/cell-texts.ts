/** Texts of columns that no row holds, for a screenful of rows. */
import type { Columns } from './columns.ts';
import { type ExchangePage, FLAG } from './exchanges.ts';
import { HEAD_BYTES, type Messages, readMessages } from './message-tests.ts';
import { PAGE_MASK } from './paged-rows.ts';
import type { Pull } from './payloads.ts';
import type { CellSource, CellTexts } from './queries/cell-texts.ts';
import type { FieldView } from './queries/detail.ts';

/** Rows read at once: enough to keep the link busy, few to wait behind. */
const READS = 32;

export async function cellTexts(
  columns: Columns,
  pull: Pull,
  exchanges: readonly number[],
  sources: readonly CellSource[],
): Promise<CellTexts> {
  const readsHeads = sources.some((source) => source.includes('.'));
  const texts = new Map<number, readonly string[]>();
  for (let at = 0; at < exchanges.length; at += READS) {
    const ids = exchanges.slice(at, at + READS);
    // What was trimmed says nothing.
    const read = (id: number) => readMessages(columns, id, pull, HEAD_BYTES).catch(() => undefined);
    const messages = await Promise.all(ids.map((id) => (readsHeads ? read(id) : undefined)));
    for (const [i, id] of ids.entries()) {
      // As it stood at the moment that is shown.
      const page = columns.past.shown(id);
      if (page === undefined) continue;
      const row = id & PAGE_MASK;
      texts.set(
        id,
        sources.map((source) => textOf(columns, page, row, source, messages[i])),
      );
    }
  }
  return texts;
}

function textOf(
  columns: Columns,
  page: ExchangePage,
  row: number,
  source: CellSource,
  messages: Messages | undefined,
): string {
  if (source === 'client') return clientOf(columns, page, row);
  if (source === 'file') return fileOf(columns, page, row);
  const dot = source.indexOf('.');
  const name = source.slice(dot + 1);
  const flags = columns.past.isOn ? page.flags[row]! : FLAG.request | FLAG.response;
  const request = (flags & FLAG.request) === 0 ? [] : (messages?.request.fields ?? []);
  const response = (flags & FLAG.response) === 0 ? [] : (messages?.response?.fields ?? []);
  switch (source.slice(0, dot)) {
    case 'request':
      return valuesOf(request, name);
    case 'response':
      return valuesOf(response, name);
    default:
      return valuesOf(response, name) || valuesOf(request, name);
  }
}

/** RFC 9110 §5.3: values of several lines stand for one list. */
function valuesOf(fields: readonly FieldView[], name: string): string {
  return fields
    .filter((field) => field.name.toLowerCase() === name)
    .map(({ value }) => value)
    .join(', ');
}

function clientOf({ connections, strings }: Columns, page: ExchangePage, row: number): string {
  const conn = page.conn[row]!;
  return strings.text(connections.page(conn)?.remoteAddress[conn & PAGE_MASK] ?? 0);
}

/** The file that answered, as its trace names it: below the root, or wherever a link led. */
export function fileOf({ marks }: Columns, page: ExchangePage, row: number): string {
  for (const { mark, detail } of marks.list(page, row)) {
    const file = mark === 'resolve' ? FILE.exec(detail)?.[1] : undefined;
    if (file !== undefined) return file;
  }
  return '';
}

const FILE = /^File (.+) inside the root, /;

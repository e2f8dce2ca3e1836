/** One term of a filter as a test of rows. A text that many rows hold is looked at once. */
import type { Term, Test } from '../filter/ast.ts';
import type { FieldName, IsWord } from '../filter/fields.ts';
import { isDated } from '../filter/quantities.ts';
import { fileOf } from './cell-texts.ts';
import type { Columns } from './columns.ts';
import { CONTENT_KINDS } from './content-kind.ts';
import type { ContentSearch } from './content-search.ts';
import type { ExchangePage } from './exchanges.ts';
import type { RowTest } from './filter.ts';
import { PAGE_MASK } from './paged-rows.ts';
import { factTest } from './row-facts.ts';
import { requestEnd, responseEnd } from './rows.ts';
import { numberTest, textTest } from './value-tests.ts';

/** @param contents reads the messages of rows for terms that ask for them */
export function termTest(columns: Columns, term: Term, contents: ContentSearch = columns.contents): RowTest {
  const { field, test } = term;
  if (field === 'any') return anyTest(columns, test);
  if (test.kind === 'word') return factTest(columns, test.word as IsWord);
  if (field === 'at' && hasDate(test)) {
    const passes = numberTest(test);
    return (page, row) => passes(columns.day.dated(page.begin[row]!));
  }
  const number = NUMBERS[field];
  if (number !== undefined) {
    const passes = numberTest(test);
    return (page, row, id) => passes(number(columns, page, row, id));
  }
  switch (field) {
    case 'path':
      return column(columns, 'target', textTest(test));
    case 'query':
      return column(columns, 'target', onQuery(textTest(test)));
    case 'method':
      return column(columns, 'method', textTest(test));
    case 'mime':
      return column(columns, 'mediaType', onEssence(textTest(test)));
    case 'version':
      return column(columns, 'version', textTest(test));
    case 'fault':
      return column(columns, 'fault', textTest(test));
    case 'worker':
      return column(columns, 'worker', textTest(test));
    case 'type':
      return typeTest(columns, test);
    case 'server':
      return serverTest(columns, textTest(test));
    case 'note':
      return noteTest(columns, textTest(test));
    case 'client':
      return clientTest(columns, textTest(test));
    case 'file':
      return fileTest(columns, textTest(test));
    case 'why':
      return whyTest(columns, textTest(test));
    default:
      return contents.test(term);
  }
}

function hasDate(test: Test): boolean {
  return isDated(test.kind === 'between' ? test.from : test.kind === 'compare' ? test.value : 0);
}

/** Figures of a row; NaN where there is none. */
const NUMBERS: {
  readonly [F in FieldName]?: (columns: Columns, page: ExchangePage, row: number, id: number) => number;
} = {
  status: (_columns, page, row) => page.status[row] || Number.NaN,
  conn: (_columns, page, row) => page.conn[row]!,
  id: (_columns, _page, _row, id) => id,
  time: (_columns, page, row) => page.end[row]! - page.begin[row]!,
  ttfb: (_columns, page, row) => page.responseAfter[row]!,
  sent: (columns, page, row) => requestEnd(columns, page, row) - page.inStart[row]!,
  size: (columns, page, row) => (responseEnd(columns, page, row) ?? Number.NaN) - page.outStart[row]!,
  reads: readsOf,
  at: (columns, page, row) => columns.day.of(page.begin[row]!),
  port: ({ connections }, page, row) => {
    const conn = page.conn[row]!;
    return connections.page(conn)?.localPort[conn & PAGE_MASK] || Number.NaN;
  },
};

/** A read that brought the end of one request and the start of the next counts for both. */
function readsOf(columns: Columns, page: ExchangePage, row: number): number {
  const conn = page.conn[row]!;
  const connection = columns.connections.page(conn);
  if (connection === undefined) return Number.NaN;
  let reads = 0;
  const end = requestEnd(columns, page, row);
  columns.bytes.eachWithin(connection, conn & PAGE_MASK, 0, page.inStart[row]!, end, ({ continued }) => {
    if (!continued) reads++;
  });
  return reads;
}

type TextColumn = 'target' | 'method' | 'mediaType' | 'version' | 'fault' | 'worker';

/** A row that has no such text passes nothing, not even what would pass an empty one. */
function column({ strings }: Columns, name: TextColumn, passes: (text: string) => boolean): RowTest {
  const memo = strings.memo((text) => text !== '' && passes(text));
  return (page, row) => memo(page[name][row]!);
}

/** The media type without its parameters. */
function onEssence(passes: (text: string) => boolean): (type: string) => boolean {
  return (type) => passes(type.split(';')[0]!.trim());
}

function onQuery(passes: (text: string) => boolean): (target: string) => boolean {
  return (target) => {
    const at = target.indexOf('?');
    return at >= 0 && passes(target.slice(at + 1));
  };
}

/** The kind by its name, or the media type. */
function typeTest(columns: Columns, test: Test): RowTest {
  const isText = test.kind === 'contains' || test.kind === 'equals';
  const names: readonly string[] = CONTENT_KINDS;
  const kind = isText ? names.indexOf(KIND_NAMES[test.text.toLowerCase()] ?? test.text.toLowerCase()) : -1;
  const ofMedia = column(columns, 'mediaType', textTest(test));
  return (page, row, id) => page.kind[row] === kind || ofMedia(page, row, id);
}

/** As the chips and the DevTools say it. */
const KIND_NAMES: Readonly<Record<string, string>> = { doc: 'html', document: 'html', image: 'img' };

function serverTest({ servers }: Columns, passes: (text: string) => boolean): RowTest {
  const known = new Map<number, { readonly name: string; readonly passes: boolean }>();
  return (page, row) => {
    const server = page.server[row]!;
    const name = servers.get(server)?.name ?? '';
    let seen = known.get(server);
    if (seen?.name !== name) {
      seen = { name, passes: passes(name) };
      known.set(server, seen);
    }
    return seen.passes;
  };
}

function noteTest({ annotations }: Columns, passes: (text: string) => boolean): RowTest {
  return (_page, _row, id) => {
    const note = annotations.of(id)?.note ?? '';
    return note !== '' && passes(note);
  };
}

function fileTest(columns: Columns, passes: (text: string) => boolean): RowTest {
  return (page, row) => {
    const file = fileOf(columns, page, row);
    return file !== '' && passes(file);
  };
}

function whyTest({ marks }: Columns, passes: (text: string) => boolean): RowTest {
  return (page, row) => marks.list(page, row).some(({ detail }) => passes(detail));
}

/** The address alone, or with its port. */
function clientTest({ connections, strings }: Columns, passes: (text: string) => boolean): RowTest {
  const known = new Map<number, boolean>();
  return (page, row) => {
    const conn = page.conn[row]!;
    const before = known.get(conn);
    if (before !== undefined) return before;
    const connection = connections.page(conn);
    const address = strings.text(connection?.remoteAddress[conn & PAGE_MASK] ?? 0);
    if (address === '') return false;
    const isIn = passes(address) || passes(`${address}:${connection!.remotePort[conn & PAGE_MASK]}`);
    known.set(conn, isIn);
    return isIn;
  };
}

/** Below this length a word is no start of a method or type: `-p` on the way to `-png` must not hide every PUT. */
const LEAST_PREFIX = 3;

/** What a row shows: its target, its fault, its method and type from their start, its status, its connection. */
function anyTest(columns: Columns, test: Test): RowTest {
  const passes = textTest(test);
  const target = columns.strings.memo(passes);
  const fault = column(columns, 'fault', (code) => passes(code.replaceAll('-', ' ')));
  if (test.kind !== 'contains' || test.glob) {
    const method = column(columns, 'method', passes);
    const type = column(columns, 'mediaType', passes);
    return (page, row, id) =>
      target(page.target[row]!) || method(page, row, id) || type(page, row, id) || fault(page, row, id);
  }
  const word = test.text.toLowerCase();
  const begins = (text: string) => text === word || (word.length >= LEAST_PREFIX && text.startsWith(word));
  const method = column(columns, 'method', (name) => begins(name.toLowerCase()));
  const type = column(columns, 'mediaType', (media) => begins(media.toLowerCase().split(/[/;]/)[1] ?? ''));
  const [low, high] = statuses(word);
  const conn = /^c\d+$/.test(word) ? Number(word.slice(1)) : -1;
  return (page, row, id) =>
    target(page.target[row]!) ||
    (page.status[row]! >= low && page.status[row]! <= high) ||
    method(page, row, id) ||
    type(page, row, id) ||
    page.conn[row] === conn ||
    fault(page, row, id);
}

/** `404` or `4xx` as a range of statuses; an empty one for any other word. */
function statuses(word: string): readonly [number, number] {
  if (!/^[1-5](?:\d\d|xx)$/.test(word)) return [1, 0];
  const low = Number(word.replace('xx', '00'));
  return [low, word.endsWith('xx') ? low + 99 : low];
}

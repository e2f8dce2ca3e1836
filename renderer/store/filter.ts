/** A filter as a test of one row. Tests run over all rows when the filter changes, so they read columns only. */
import type { Columns } from './columns.ts';
import { CONTENT_KINDS, kindOfChip } from './content-kind.ts';
import { type ExchangePage, FLAG } from './exchanges.ts';
import { type Comparison, type IsWord, parseFilter, type Term } from './filter-text.ts';
import type { Filter } from './queries.ts';
import { phaseOf, responseEnd } from './rows.ts';

export type RowTest = (page: ExchangePage, row: number) => boolean;

/** Undefined when the filter lets everything through. */
export function compileFilter(columns: Columns, filter: Filter): RowTest | undefined {
  const tests: RowTest[] = [];
  const { server, chip, from, to } = filter;
  if (server !== undefined) tests.push((page, row) => page.server[row] === server);
  const kind = kindOfChip(chip);
  if (kind !== undefined) {
    const index = CONTENT_KINDS.indexOf(kind);
    tests.push((page, row) => page.kind[row] === index);
  }
  if (chip === 'errors') tests.push((page, row) => isError(columns, page, row));
  if (to !== undefined) tests.push((page, row) => page.begin[row]! <= to);
  // An exchange under way has no end yet (NaN) and reaches past any moment.
  if (from !== undefined) tests.push((page, row) => !(page.end[row]! < from));
  for (const term of parseFilter(filter.text)) {
    const test = testOf(columns, term);
    tests.push(term.negated ? (page, row) => !test(page, row) : test);
  }
  if (tests.length <= 1) return tests[0];
  return (page, row) => {
    for (const test of tests) if (!test(page, row)) return false;
    return true;
  };
}

function testOf(columns: Columns, term: Term): RowTest {
  const { strings } = columns;
  switch (term.key) {
    case 'word':
      return wordTest(columns, term.text);
    case 'path':
      return (page, row) => strings.lower(page.target[row]!).includes(term.text);
    case 'method':
      return (page, row) => strings.lower(page.method[row]!) === term.text;
    case 'type':
      return typeTest(columns, term.text);
    case 'server':
      return (page, row) => {
        const name = columns.servers.get(page.server[row]!)?.name ?? '';
        return name.toLowerCase().includes(term.text);
      };
    case 'status':
      return (page, row) => page.status[row] !== 0 && holds(page.status[row]!, term.compare, term.value);
    case 'status-class':
      return (page, row) => Math.floor(page.status[row]! / 100) === term.value;
    case 'conn':
      return (page, row) => holds(page.conn[row]!, term.compare, term.value);
    case 'size':
      return (page, row) => {
        const end = responseEnd(columns, page, row);
        return holds(end === undefined ? 0 : end - page.outStart[row]!, term.compare, term.value);
      };
    case 'time':
      return (page, row) => holds(page.end[row]! - page.begin[row]!, term.compare, term.value);
    case 'is':
      return isTest(columns, term.text);
  }
}

/** Below this length a word is no start of a method: `-p` on the way to `-png` must not hide every PUT. */
const LEAST_METHOD_PREFIX = 3;

function wordTest(columns: Columns, word: string): RowTest {
  const { strings } = columns;
  const status = /^[1-5](?:\d\d|xx)$/.test(word) ? word : undefined;
  const statusClass = status?.endsWith('xx') ? Number(status[0]) : undefined;
  const exact = statusClass === undefined ? Number(status) : Number.NaN;
  return (page, row) => {
    if (strings.lower(page.target[row]!).includes(word)) return true;
    const value = page.status[row]!;
    if (value === exact || Math.floor(value / 100) === statusClass) return true;
    const method = strings.lower(page.method[row]!);
    return method === word || (word.length >= LEAST_METHOD_PREFIX && method.startsWith(word));
  };
}

function typeTest(columns: Columns, text: string): RowTest {
  const names: readonly string[] = CONTENT_KINDS;
  const kind = names.indexOf(text);
  return (page, row) => page.kind[row] === kind || columns.strings.lower(page.mediaType[row]!).includes(text);
}

function isTest(columns: Columns, word: IsWord): RowTest {
  if (word === 'error') return (page, row) => isError(columns, page, row);
  if (word === 'open') return (page, row) => (page.flags[row]! & FLAG.ended) === 0;
  return (page, row) => phaseOf(columns, page, row) === word;
}

function isError(columns: Columns, page: ExchangePage, row: number): boolean {
  if (page.status[row]! >= 400) return true;
  const phase = phaseOf(columns, page, row);
  return phase === 'aborted' || phase === 'malformed';
}

function holds(value: number, compare: Comparison, limit: number): boolean {
  switch (compare) {
    case '=':
      return value === limit;
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
  }
}

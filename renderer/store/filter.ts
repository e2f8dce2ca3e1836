/** A filter as a test of one row. Tests run over all rows when the filter changes, so they read columns only. */
import type { Expr, Term } from '../filter/ast.ts';
import { fieldOf } from '../filter/fields.ts';
import { parseFilter } from '../filter/parser.ts';
import { printFilter } from '../filter/printer.ts';
import type { Columns } from './columns.ts';
import { CONTENT_KINDS, kindOfChip } from './content-kind.ts';
import type { ContentSearch } from './content-search.ts';
import type { ExchangePage } from './exchanges.ts';
import type { Chip, Filter } from './queries/filter.ts';
import { hasFailed } from './row-facts.ts';
import { termTest } from './term-tests.ts';

/** A row by its page, its place there, and its number. */
export type RowTest = (page: ExchangePage, row: number, id: number) => boolean;

/** Undefined when the filter lets everything through. A text with an error in it asks for nothing. */
export function compileFilter(columns: Columns, filter: Filter): RowTest | undefined {
  const tests: RowTest[] = [];
  const { server, chips, from, to } = filter;
  if (server !== undefined) tests.push((page, row) => page.server[row] === server);
  if (chips.length > 0) tests.push(chipsTest(columns, chips));
  if (to !== undefined) tests.push((page, row) => page.begin[row]! <= to);
  // An exchange under way has no end yet (NaN) and reaches past any moment.
  if (from !== undefined) tests.push((page, row) => !(page.end[row]! < from));
  const { expr } = parseFilter(filter.text);
  columns.contents.keep(expr === undefined ? [] : readingTerms(expr));
  if (expr !== undefined) tests.push(exprTest(columns, expr));
  return tests.length === 0 ? undefined : all(tests);
}

/** Whether all that one filter shows is among what another shows, as far as is told without looking at rows. */
export function isNarrower(filter: Filter, before: Filter): boolean {
  const { server, chips, from, to } = before;
  if (server !== undefined && filter.server !== server) return false;
  if (
    chips.length > 0 &&
    (filter.chips.length === 0 || !filter.chips.every((chip) => chips.includes(chip)))
  ) {
    return false;
  }
  if (from !== undefined && !(filter.from !== undefined && filter.from >= from)) return false;
  if (to !== undefined && !(filter.to !== undefined && filter.to <= to)) return false;
  const asked = conditions(filter.text);
  return conditions(before.text).every((condition) => asked.includes(condition));
}

/** What must all hold, as canonical texts. */
function conditions(text: string): string[] {
  const { expr } = parseFilter(text);
  if (expr === undefined) return [];
  return expr.kind === 'and' ? expr.parts.map(printFilter) : [printFilter(expr)];
}

/** @param contents reads the messages of rows where terms ask for them */
export function exprTest(columns: Columns, expr: Expr, contents?: ContentSearch): RowTest {
  switch (expr.kind) {
    case 'term':
      return termTest(columns, expr, contents);
    case 'not': {
      const test = exprTest(columns, expr.of, contents);
      return (page, row, id) => !test(page, row, id);
    }
    case 'and':
      return all(cheapFirst(expr.parts).map((part) => exprTest(columns, part, contents)));
    case 'or':
      return any(cheapFirst(expr.parts).map((part) => exprTest(columns, part, contents)));
  }
}

/** Terms that ask for the bytes of messages. */
function readingTerms(expr: Expr): Term[] {
  if (expr.kind === 'term') return expr.field !== 'any' && fieldOf(expr.field).reads ? [expr] : [];
  return expr.kind === 'not' ? readingTerms(expr.of) : expr.parts.flatMap(readingTerms);
}

/** No message is read for a row that the columns alone decide. */
function cheapFirst(parts: readonly Expr[]): readonly Expr[] {
  return [...parts].sort((a, b) => readingTerms(a).length - readingTerms(b).length);
}

/** Rows of any of the chosen kinds. */
function chipsTest(columns: Columns, chips: readonly Chip[]): RowTest {
  const wanted = CONTENT_KINDS.map((kind) => chips.some((chip) => kindOfChip(chip) === kind));
  const errors = chips.includes('errors');
  const webSockets = chips.includes('ws');
  return (page, row) => {
    // After 101 there is no content: its kind says nothing.
    const isWanted = page.status[row] === 101 ? webSockets : wanted[page.kind[row]!]!;
    return isWanted || (errors && hasFailed(columns, page, row));
  };
}

function all(tests: readonly RowTest[]): RowTest {
  const [first, second, ...more] = tests;
  if (first === undefined) return () => true;
  if (second === undefined) return first;
  const rest = all([second, ...more]);
  return (page, row, id) => first(page, row, id) && rest(page, row, id);
}

function any(tests: readonly RowTest[]): RowTest {
  return (page, row, id) => {
    for (const test of tests) if (test(page, row, id)) return true;
    return false;
  };
}

/** The compiled filter, which looks at each distinct text once, against a slow one that reads rows as views do. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Expr, Test } from '../../../renderer/filter/ast.ts';
import { parseFilter } from '../../../renderer/filter/parser.ts';
import type { Ingest } from '../../../renderer/store/ingest.ts';
import { listResult } from '../../../renderer/store/list.ts';
import { type Filter, NO_FILTER } from '../../../renderer/store/queries/filter.ts';
import type { Row } from '../../../renderer/store/queries/list.ts';
import { valueCounts } from '../../../renderer/store/value-counts.ts';
import { answer, get, SERVER, Traffic } from './traffic.ts';

const script = fc.record({
  target: fc.constantFrom('/', '/a', '/A?x=1', '/a/b.css', '/b.png?a', '/api/404'),
  method: fc.constantFrom('GET', 'POST', 'PUT'),
  status: fc.constantFrom(200, 206, 304, 404, 500),
  type: fc.constantFrom('', 'text/html; charset=utf-8', 'text/css', 'image/png', 'application/json'),
  body: fc.nat(3000),
  end: fc.constantFrom('whole', 'cut', 'none', 'malformed'),
  conn: fc.nat(2),
  pause: fc.nat(5000),
});

function ingestOf(scripts: readonly (typeof script extends fc.Arbitrary<infer S> ? S : never)[]): Ingest {
  const traffic = new Traffic();
  traffic.log.server(SERVER);
  const conns = [traffic.open(1), traffic.open(1), traffic.open(1)];
  for (const { target, method, status, type, body, end, conn, pause } of scripts) {
    traffic.wait(pause);
    if (end === 'malformed') {
      traffic.run(conns[conn]!, {
        request: 'G\0T / HTTP/1.1\r\n\r\n',
        fault: { code: 'method-invalid', at: 1 },
      });
      continue;
    }
    const request = get(target).replace('GET', method);
    const response = end === 'none' ? {} : { response: answer(status, 'x'.repeat(body), type) };
    traffic.run(conns[conn]!, { request, ...response, complete: end === 'whole' });
  }
  return traffic.ingest();
}

const texts = fc.constantFrom(
  '',
  'a',
  'A',
  'css',
  '/a',
  'png',
  'post',
  'x=1',
  '404',
  'html',
  '*',
  'a*c',
  '"a"',
  '"*"',
);
const term = fc.oneof(
  texts.filter((text) => text !== ''),
  fc
    .tuple(
      fc.constantFrom('path', 'query', 'method', 'mime', 'version', 'fault', 'worker'),
      fc.constantFrom(':', '=', '!=', '~'),
      texts.map((text) => (text === '' ? '""' : text)),
    )
    .filter(([, operator, text]) => operator !== '~' || !text.includes('*'))
    .map((parts) => parts.join('')),
  fc
    .tuple(
      fc.constantFrom('status', 'size', 'time', 'ttfb', 'sent', 'conn', 'id'),
      fc.constantFrom(':', '!=', '<', '<=', '>', '>='),
      fc.constantFrom('0', '1', '2', '200', '404', '1000'),
    )
    .map((parts) => parts.join('')),
  fc.constantFrom(
    'status:2xx',
    'status:300..404',
    'size:1kB..2kB',
    'is:error',
    'is:aborted',
    'is:cached',
    'is:open',
  ),
);
const filterText = fc
  .array(fc.tuple(fc.constantFrom('', '-', 'or ', 'or -'), term), { minLength: 1, maxLength: 4 })
  .map((parts) =>
    parts
      .map(([join, each]) => join + each)
      .join(' ')
      .replace(/^or /, ''),
  );

function rows(ingest: Ingest, filter: Partial<Filter>): readonly Row[] {
  ingest.index.set({ ...NO_FILTER, ...filter });
  return listResult(ingest, { first: 0, count: 1e6, tail: false }).rows;
}

function passes(row: Row, expr: Expr): boolean {
  if (expr.kind === 'not') return !passes(row, expr.of);
  if (expr.kind !== 'term') {
    const verdicts = expr.parts.map((part) => passes(row, part));
    return expr.kind === 'and' ? !verdicts.includes(false) : verdicts.includes(true);
  }
  const { field, test } = expr;
  const span = (end: number | undefined) => (end === undefined ? Number.NaN : end - row.beginTime);
  const fact: Record<string, () => boolean> = {
    error: () => (row.status ?? 0) >= 400 || row.phase === 'aborted' || row.phase === 'malformed',
    aborted: () => row.phase === 'aborted',
    cached: () => row.status === 304,
    open: () => row.endTime === undefined,
  };
  const text = (value: string) => value !== '' && holds(value, test);
  if (test.kind === 'word') return fact[test.word]!();
  switch (field) {
    case 'any':
      return anywhere(row, test);
    case 'path':
      return text(row.target);
    case 'query':
      return row.target.includes('?') && holds(row.target.replace(/^[^?]*\?/, ''), test);
    case 'method':
      return text(row.method);
    case 'mime':
      return row.mediaType !== '' && holds(row.mediaType.replace(/;.*/, ''), test);
    case 'worker':
      return text(row.worker);
    case 'version':
      return text(row.version);
    case 'fault':
      return text(row.fault ?? '');
    case 'status':
      return within(row.status ?? Number.NaN, test);
    case 'size':
      return within(row.responseTime === undefined ? Number.NaN : row.responseBytes, test);
    case 'sent':
      return within(row.requestBytes, test);
    case 'time':
      return within(span(row.endTime), test);
    case 'ttfb':
      return within(span(row.responseTime), test);
    case 'conn':
      return within(row.conn, test);
    case 'id':
      return within(row.id, test);
    default:
      throw new Error(field);
  }
}

function anywhere(row: Row, test: Test): boolean {
  if (holds(row.target, test) || holds((row.fault ?? '').replaceAll('-', ' '), test, true)) return true;
  if (test.kind !== 'contains') throw new Error(test.kind);
  if (test.glob) {
    return [row.method, row.mediaType].some((value) => value !== '' && holds(value, test));
  }
  const word = test.text.toLowerCase();
  const starts = (value: string) =>
    value.toLowerCase() === word || (word.length > 2 && value.toLowerCase().startsWith(word));
  return (
    String(row.status) === word ||
    (row.method !== '' && starts(row.method)) ||
    starts(row.mediaType.replace(/^[^/]*\//, '').replace(/;.*/, ''))
  );
}

function holds(value: string, test: Test, notEmpty = false): boolean {
  if (notEmpty && value === '') return false;
  if (test.kind === 'matches') return new RegExp(test.source, test.flags).test(value);
  if (test.kind !== 'contains' && test.kind !== 'equals') throw new Error(test.kind);
  const lower = value.toLowerCase();
  const wanted = test.text.toLowerCase();
  if (!test.glob) return test.kind === 'equals' ? lower === wanted : lower.includes(wanted);
  return globbed(lower, test.kind === 'equals' ? wanted : `*${wanted}*`);
}

/** By trying every length for each star. */
function globbed(value: string, pattern: string): boolean {
  if (pattern === '') return value === '';
  if (pattern[0] === '*') {
    return globbed(value, pattern.slice(1)) || (value !== '' && globbed(value.slice(1), pattern));
  }
  return value[0] === pattern[0] && globbed(value.slice(1), pattern.slice(1));
}

function within(value: number, test: Test): boolean {
  if (test.kind === 'between') return value >= test.from && value <= test.to;
  if (test.kind !== 'compare') throw new Error(test.kind);
  const { compare, value: limit } = test;
  if (compare === '=') return value === limit;
  if (compare === '<') return value < limit;
  if (compare === '<=') return value <= limit;
  return compare === '>' ? value > limit : value >= limit;
}

const scripts = fc.array(script, { minLength: 1, maxLength: 25 });

describe('a compiled filter', () => {
  it('shows the rows that a plain reading of it shows', () => {
    fc.assert(
      fc.property(scripts, filterText, (made, text) => {
        const ingest = ingestOf(made);
        const all = rows(ingest, {});
        const { expr, error } = parseFilter(text);
        expect(error).toBeUndefined();
        const expected = all.filter((row) => passes(row, expr!)).map(({ id }) => id);
        expect(rows(ingest, { text }).map(({ id }) => id)).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  });

  it('shows the same whichever filter was set before it', () => {
    const chips = fc.subarray(['doc', 'css', 'errors'] as const);
    const filter = fc.record({ text: fc.oneof(fc.constant(''), filterText), chips });
    fc.assert(
      fc.property(scripts, filter, filter, (made, before, after) => {
        const ingest = ingestOf(made);
        rows(ingest, {});
        const alone = rows(ingest, after).map(({ id }) => id);
        rows(ingest, before);
        expect(rows(ingest, after).map(({ id }) => id)).toEqual(alone);
        // And one that asks for more than the one before it.
        rows(ingest, { ...after, text: before.text });
        const both = { ...after, text: `(${before.text || '""'} ) (${after.text || '""'} )` };
        expect(rows(ingest, both).map(({ id }) => id)).toEqual(
          rows(ingest, { ...NO_FILTER, ...both }).map(({ id }) => id),
        );
      }),
      { numRuns: 200 },
    );
  });
});

describe('values seen', () => {
  it('are those of the rows held, each with as many rows as have it', () => {
    fc.assert(
      fc.property(scripts, fc.constantFrom('', 'p', 'G', '/a', '4'), (made, typed) => {
        const ingest = ingestOf(made);
        const held = rows(ingest, {});
        const count = (values: readonly string[]) => {
          const counts = new Map<string, number>();
          for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
          return [...counts]
            .filter(([value]) => value !== '' && value.toLowerCase().includes(typed.toLowerCase()))
            .map(([value, rowsOf]) => ({ value, count: rowsOf }));
        };
        const sorted = (list: readonly { value: string }[]) =>
          [...list].sort((a, b) => (a.value < b.value ? -1 : 1));
        const { columns } = ingest;
        expect(sorted(valueCounts(columns, 'method', typed, 99))).toEqual(
          sorted(count(held.map((row) => row.method))),
        );
        expect(sorted(valueCounts(columns, 'path', typed, 99))).toEqual(
          sorted(count(held.map((row) => row.target.replace(/\?.*/, '')))),
        );
        const statuses = held.flatMap(({ status }) =>
          status ? [String(status), `${String(status)[0]}xx`] : [],
        );
        expect(sorted(valueCounts(columns, 'status', typed, 99))).toEqual(sorted(count(statuses)));
      }),
      { numRuns: 100 },
    );
  });

  it('come with those first that begin as typed, then by their count', () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    for (const target of ['/x/a', '/x/a', '/x/a', '/a/1', '/a/2', '/a/2?q=1', '/b'])
      traffic.get(conn, target);
    const { columns } = traffic.ingest();
    expect(valueCounts(columns, 'path', '/a', 9)).toEqual([
      { value: '/a/2', count: 2 },
      { value: '/a/1', count: 1 },
      { value: '/x/a', count: 3 },
    ]);
    expect(valueCounts(columns, 'path', '', 2)).toEqual([
      { value: '/x/a', count: 3 },
      { value: '/a/2', count: 2 },
    ]);
    expect(valueCounts(columns, 'path', '?q', 9)).toEqual([{ value: '/a/2?q=1', count: 1 }]);
    expect(valueCounts(columns, 'conn', 'c', 9)).toEqual([{ value: 'c1', count: 7 }]);
    expect(valueCounts(columns, 'client', '', 9)).toEqual([{ value: '127.0.0.1', count: 7 }]);
    expect(valueCounts(columns, 'size', '10', 9).map(({ value }) => value)).toEqual([
      '10kB',
      '100kB',
      '10MB',
    ]);
  });
});

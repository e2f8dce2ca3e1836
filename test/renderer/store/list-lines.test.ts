import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ingest } from '../../../renderer/store/ingest.ts';
import { idsOf, listResult, listStamp } from '../../../renderer/store/list.ts';
import { NO_FILTER } from '../../../renderer/store/queries/filter.ts';
import { BY_TIME, type Grouping, type SortOrder } from '../../../renderer/store/queries/list.ts';
import { Traffic } from './traffic.ts';

/** The list as it is read: `+ /css/ 2` is the head of an open group of two, a number is an exchange. */
function drawn(ingest: Ingest): (string | number)[] {
  const { rows, heads, total } = listResult(ingest, { first: 0, count: 1e6, tail: false });
  const left = [...rows];
  const at = new Map(heads.map((head) => [head.place, head]));
  return Array.from({ length: total }, (_, place) => {
    const head = at.get(place);
    if (head === undefined) return left.shift()!.id;
    return `${'  '.repeat(head.depth)}${head.folded ? '+' : '-'} ${head.key} ${head.count}`;
  });
}

function site(): Ingest {
  const traffic = new Traffic();
  const [first, second] = [traffic.open(), traffic.open()];
  traffic.get(first, '/', 200, 10);
  traffic.get(second, '/css/app.css', 200, 30);
  traffic.get(first, '/css/fonts/a.woff2?v=2', 404, 20);
  traffic.get(second, '/css/more.css', 200, 5);
  return traffic.ingest();
}

describe('the list in groups', () => {
  it('of connections has a head for each, in the order in which they come', () => {
    const ingest = site();
    ingest.lines.set('connection');
    expect(drawn(ingest)).toEqual(['- c1 2', 1, 3, '- c2 2', 2, 4]);
    ingest.order.set({ column: 'size', descending: true });
    expect(drawn(ingest)).toEqual(['- c2 2', 2, 4, '- c1 2', 3, 1]);
    ingest.index.set({ ...NO_FILTER, text: 'status:404' });
    expect(drawn(ingest)).toEqual(['- c1 1', 3]);
  });

  it('of paths is a tree of folders', () => {
    const ingest = site();
    ingest.lines.set('path');
    expect(drawn(ingest)).toEqual(['- / 1', 1, '- /css/ 3', '  - /css/fonts/ 1', 3, 2, 4]);
    ingest.lines.fold('/css/', true);
    expect(drawn(ingest)).toEqual(['- / 1', 1, '+ /css/ 3']);
    ingest.lines.fold(undefined, true);
    expect(drawn(ingest)).toEqual(['+ / 1', '+ /css/ 3']);
    ingest.lines.fold('/css/', false);
    expect(drawn(ingest)).toEqual(['+ / 1', '- /css/ 3', '  + /css/fonts/ 1', 2, 4]);
    ingest.lines.set('none');
    expect(drawn(ingest)).toEqual([1, 2, 3, 4]);
  });

  it('gives the numbers of rows between two places, and no heads', () => {
    const ingest = site();
    ingest.lines.set('connection');
    expect([...idsOf(ingest, 0, 99)]).toEqual([1, 3, 2, 4]);
    expect([...idsOf(ingest, 2, 5)]).toEqual([3, 2]);
  });

  it('moves a request whose target was not read when it came', () => {
    const traffic = new Traffic();
    const ingest = new Ingest();
    ingest.lines.set('path');
    const conn = traffic.open();
    traffic.get(conn, '/a/1');
    traffic.read(conn, 'GET /a');
    const half = traffic.log.begin(conn, traffic.offsets(conn).in - 6);
    traffic.feed(ingest);
    expect(drawn(ingest)).toEqual(['- /a/ 1', 1, '-  1', half]);
    traffic.log.request(conn, half, 0, 9, 'GET', '/a/2', '1.1');
    traffic.feed(ingest);
    expect(drawn(ingest)).toEqual(['- /a/ 2', 1, half]);
  });

  it('differs by its stamp when a connection of it closes', () => {
    const traffic = new Traffic();
    const ingest = new Ingest();
    ingest.lines.set('connection');
    const conn = traffic.open();
    traffic.get(conn, '/');
    traffic.feed(ingest);
    const params = { first: 0, count: 9, tail: false };
    const stamp = listStamp(ingest, params);
    traffic.close(conn);
    traffic.feed(ingest);
    expect(listStamp(ingest, params)).not.toBe(stamp);
    expect(listResult(ingest, params).heads[0]?.connection?.closeReason).toBe('client-fin');
  });

  it.each([
    ['http://localhost:8080/a/b', '/a/'],
    ['http://localhost', 'http://localhost'],
    ['*', '*'],
    [`/${'deep/'.repeat(2000)}`, `/${'deep/'.repeat(8)}`],
  ])('puts %.30s into %s', (target, key) => {
    const traffic = new Traffic();
    traffic.get(traffic.open(), target);
    const ingest = traffic.ingest();
    ingest.lines.set('path');
    expect(String(drawn(ingest).at(-2)).trim()).toBe(`- ${key} 1`);
  });
});

type Step =
  | { readonly do: 'ask'; readonly conn: number; readonly target: string; readonly status: number }
  | { readonly do: 'feed' | 'clear' }
  | { readonly do: 'group'; readonly by: Grouping }
  | { readonly do: 'fold'; readonly key: string | undefined; readonly folded: boolean }
  | { readonly do: 'sort'; readonly sort: SortOrder }
  | { readonly do: 'filter'; readonly text: string };

const target = fc.constantFrom('/', '/a', '/a/b', '/a/b/c', '/d/e?f=/g', '*', 'http://h/a/x');
const key = fc.constantFrom(undefined, '/', '/a/', '/a/b/', '/d/', 'c1', 'c2', 'c3');
const ask = fc.record({ conn: fc.nat(3), target, status: fc.constantFrom(200, 404) });
const column = fc.constantFrom('id' as const, 'status' as const, 'target' as const);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: ask.map((one) => ({ do: 'ask' as const, ...one })) },
  { weight: 4, arbitrary: fc.constant({ do: 'feed' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'clear' as const }) },
  fc.constantFrom('none' as const, 'connection' as const, 'path' as const).map((by) => ({
    do: 'group' as const,
    by,
  })),
  fc.record({ key, folded: fc.boolean() }).map((one) => ({ do: 'fold' as const, ...one })),
  fc.record({ column, descending: fc.boolean() }).map((sort) => ({ do: 'sort' as const, sort })),
  fc.constantFrom('', 'status:404', '-/a/b').map((text) => ({ do: 'filter' as const, text })),
);

it('groups kept up change by change are those made at once', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const traffic = new Traffic();
      const conns = [traffic.open(), traffic.open(), traffic.open(), traffic.open()];
      const kept = new Ingest();
      const settings = { by: 'none' as Grouping, sort: BY_TIME, text: '' };
      const folds: [string | undefined, boolean][] = [];
      for (const move of steps) {
        if (move.do === 'ask') traffic.get(conns[move.conn]!, move.target, move.status);
        if (move.do === 'feed') traffic.feed(kept);
        if (move.do === 'clear') kept.clear();
        if (move.do === 'group') {
          if (move.by !== settings.by) folds.length = 0;
          settings.by = move.by;
          kept.lines.set(move.by);
        }
        if (move.do === 'fold') {
          folds.push([move.key, move.folded]);
          kept.lines.fold(move.key, move.folded);
        }
        if (move.do === 'sort') {
          settings.sort = move.sort;
          kept.order.set(move.sort);
        }
        if (move.do === 'filter') {
          settings.text = move.text;
          kept.index.set({ ...NO_FILTER, text: move.text });
        }
        drawn(kept);
      }
      const isCleared = steps.some((move) => move.do === 'clear');
      traffic.feed(kept);
      const anew = traffic.ingest();
      if (isCleared) for (const one of anew.columns.exchanges.last ? allOf(anew) : []) drop(anew, kept, one);
      anew.index.set({ ...NO_FILTER, text: settings.text });
      anew.order.set(settings.sort);
      anew.lines.set(settings.by);
      for (const [one, folded] of folds) anew.lines.fold(one, folded);
      expect(drawn(kept)).toEqual(drawn(anew));
      for (const [place, line] of drawn(kept).entries()) {
        if (typeof line === 'number') expect(kept.lines.indexOf(line)).toBe(place);
      }
    }),
    { numRuns: 150 },
  );
});

function allOf(ingest: Ingest): number[] {
  return Array.from({ length: ingest.columns.exchanges.last }, (_, i) => i + 1);
}

/** Forgets in one store what another has forgotten. */
function drop(ingest: Ingest, as: Ingest, exchange: number): void {
  const page = ingest.columns.exchanges.page(exchange);
  if (page !== undefined && as.columns.exchanges.page(exchange) === undefined) {
    ingest.columns.dropExchange(page, exchange);
  }
}

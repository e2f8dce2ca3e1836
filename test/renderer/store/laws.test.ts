/** What must hold after every batch, whatever happens on the wire and however the log is read and trimmed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ingest } from '../../../renderer/store/ingest.ts';
import { listResult } from '../../../renderer/store/list.ts';
import { type Filter, NO_FILTER } from '../../../renderer/store/queries/filter.ts';
import { type Row, SORT_COLUMNS, type SortOrder } from '../../../renderer/store/queries/list.ts';
import { buildConnection, buildRow } from '../../../renderer/store/rows.ts';
import { ledgerOf } from '../../../renderer/store/state.ts';
import { Traffic } from './traffic.ts';

type Step =
  | { readonly do: 'open' | 'feed' | 'clear' }
  | { readonly do: 'begin' | 'head' | 'answer' | 'abort' | 'close' | 'pin'; readonly pick: number }
  | { readonly do: 'forget'; readonly picks: readonly number[] }
  | { readonly do: 'fill'; readonly bytes: number }
  | { readonly do: 'filter'; readonly text: string }
  | { readonly do: 'sort'; readonly sort: SortOrder };

const pick = fc.nat(9);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ do: 'open' } as const) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('begin' as const), pick }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('head', 'answer' as const), pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('abort', 'close' as const), pick }) },
  { weight: 2, arbitrary: fc.constant({ do: 'feed' } as const) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fill' as const), bytes: fc.nat(60_000) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'clear' } as const) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('pin' as const), pick }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('forget' as const),
      picks: fc.array(fc.nat(60), { maxLength: 8 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('filter' as const),
      text: fc.constantFrom(
        '',
        'a',
        '-a',
        '404',
        'is:open',
        'a or b',
        '-404 path=/b',
        'status:4xx',
        'wrong:1',
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('sort' as const),
      sort: fc.record({ column: fc.constantFrom(...SORT_COLUMNS), descending: fc.boolean() }),
    }),
  },
);

/** Replays steps; `check` is called after each batch that the store has taken in. */
function play(steps: readonly Step[], check: (ingest: Ingest, traffic: Traffic) => void): void {
  const traffic = new Traffic({ segmentBytes: 65_536, memoryBudgetBytes: 2 * 65_536 });
  const ingest = new Ingest();
  const open: number[] = [];
  const underWay: { conn: number; exchange: number }[] = [];
  const { log } = traffic;
  for (const move of steps) {
    const running = 'pick' in move ? underWay[move.pick % Math.max(1, underWay.length)] : undefined;
    if (move.do === 'open') open.push(traffic.open());
    if (move.do === 'begin') {
      const conn = open[move.pick % Math.max(1, open.length)];
      if (conn === undefined || underWay.some((one) => one.conn === conn)) continue;
      traffic.read(conn, 'GET /a HT');
      underWay.push({ conn, exchange: log.begin(conn, 0) });
    }
    if (move.do === 'head' && running) {
      log.request(running.conn, running.exchange, 0, 9, 'GET', move.pick % 2 ? '/a' : '/b', '1.1');
    }
    if ((move.do === 'answer' || move.do === 'abort') && running) {
      log.response(running.conn, running.exchange, 0, 9, move.pick % 3 ? 200 : 404, 'text/css');
      log.responseEnd(running.conn, running.exchange, 9, move.do === 'answer');
      underWay.splice(underWay.indexOf(running), 1);
    }
    if (move.do === 'close') {
      const at = move.pick % Math.max(1, open.length);
      const conn = open[at];
      if (conn === undefined) continue;
      traffic.close(conn);
      open.splice(at, 1);
      const ended = underWay.findIndex((one) => one.conn === conn);
      if (ended >= 0) underWay.splice(ended, 1);
    }
    if (move.do === 'fill' && open[0] !== undefined) traffic.write(open[0], 'x'.repeat(move.bytes));
    if (move.do === 'clear') ingest.clear();
    if (move.do === 'pin') ingest.annotate([move.pick], { pinned: true });
    if (move.do === 'forget') {
      const before = ledgerOf(ingest).trimmed;
      const gone = ingest.forget(move.picks);
      expect(ledgerOf(ingest).trimmed).toBe(before + gone);
    }
    if (move.do === 'filter') ingest.index.set({ ...NO_FILTER, text: move.text });
    if (move.do === 'sort') ingest.order.set(move.sort);
    if (move.do === 'feed') traffic.feed(ingest, 8192);
    if (['feed', 'clear', 'forget', 'filter', 'sort'].includes(move.do)) check(ingest, traffic);
  }
  traffic.feed(ingest);
  check(ingest, traffic);
  expect(ledgerOf(ingest).captured).toBe(log.totals.exchanges);
  const isCleared = steps.some((move) => move.do === 'clear' || move.do === 'forget');
  if (!isCleared) expect(ledgerOf(ingest).trimmed).toBe(log.trimmed.exchanges);
  expect(ingest.columns.open.size).toBe(open.length);
  expect(ingest.columns.inFlight).toBe(underWay.length);
}

/** The rows by the slow way: every number that may be held is asked for. */
function heldRows(ingest: Ingest) {
  const ids = Array.from({ length: ingest.columns.exchanges.last }, (_, i) => i + 1);
  return ids.map((id) => buildRow(ingest.columns, id)).filter((row) => row !== undefined);
}

const steps = fc.array(step, { minLength: 20, maxLength: 250 });

describe('the ledger', () => {
  it('adds up after every batch: captured = shown + filtered + trimmed', () => {
    fc.assert(
      fc.property(steps, (moves) => {
        play(moves, (ingest) => {
          const ledger = ledgerOf(ingest);
          const held = heldRows(ingest);
          expect(ledger.captured).toBe(ledger.shown + ledger.filtered + ledger.trimmed);
          expect(ledger.shown + ledger.filtered).toBe(held.length);
          expect(ledger.shown).toBe(listResult(ingest, { first: 0, count: 1e6, tail: false }).rows.length);
          expect(Math.min(ledger.shown, ledger.filtered, ledger.trimmed)).toBeGreaterThanOrEqual(0);
          expect(ledger.dropped).toBe(0);
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe('the filtered list', () => {
  it('kept up change by change is the one made at once', () => {
    fc.assert(
      fc.property(steps, (moves) => {
        play(moves, (ingest) => {
          const kept = [...ingest.index.ids()];
          const filter: Filter = ingest.index.filter;
          ingest.index.set(filter);
          const anew = [...ingest.index.ids()];
          expect(kept).toEqual(anew);
          for (const [place, id] of anew.entries()) expect(ingest.index.indexOf(id)).toBe(place);
        });
      }),
      { numRuns: 60 },
    );
  });
});

/** What a row is sorted by; undefined stands last. */
type ByRow = (row: Row, ingest: Ingest) => number | string | undefined;
const SORTED_BY: Readonly<Record<SortOrder['column'], ByRow>> = {
  id: (row) => row.id,
  method: (row) => row.method || undefined,
  target: (row) => row.target || undefined,
  status: (row) => row.status,
  type: (row) => row.mediaType || undefined,
  version: (row) => row.version || undefined,
  server: (row) => row.server,
  worker: (row) => row.worker || undefined,
  size: (row) =>
    row.responseTime === undefined || row.endTime === undefined ? undefined : row.responseBytes,
  requestSize: (row, { columns }) =>
    Number.isNaN(columns.exchanges.page(row.id)!.inEnd[row.id]!) ? undefined : row.requestBytes,
  wait: (row) => row.responseTime && row.responseTime - row.beginTime,
  duration: (row) => row.endTime && row.endTime - row.beginTime,
  conn: (row) => row.conn,
  client: (row, { columns }) => buildConnection(columns, row.conn)?.remoteAddress || undefined,
};

function naiveOrder(ingest: Ingest, rows: readonly Row[], { column, descending }: SortOrder): number[] {
  const of = SORTED_BY[column];
  const compare = (a: Row, b: Row) => {
    const [left, right] = [of(a, ingest), of(b, ingest)];
    if (left === right) return a.id - b.id;
    if (left === undefined || right === undefined) return left === undefined ? 1 : -1;
    return left < right === descending ? 1 : -1;
  };
  return rows.toSorted(compare).map(({ id }) => id);
}

describe('the sorted list', () => {
  it('kept up change by change is the one that a plain sort makes', () => {
    fc.assert(
      fc.property(steps, (moves) => {
        play(moves, (ingest) => {
          const { rows } = listResult(ingest, { first: 0, count: 1e6, tail: false });
          const { order } = ingest;
          expect(rows.map(({ id }) => id)).toEqual(naiveOrder(ingest, rows, order.sort));
          expect(rows.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual([...ingest.index.ids()]);
          for (const [place, { id }] of rows.entries()) expect(order.indexOf(id)).toBe(place);
        });
      }),
      { numRuns: 100 },
    );
  });
});

describe('rows', () => {
  it('of a store that followed and of one that came late are the same', () => {
    fc.assert(
      fc.property(
        steps.map((moves) => moves.filter((move) => !['clear', 'pin', 'forget', 'filter'].includes(move.do))),
        (moves) => {
          let follower: Ingest | undefined;
          let traffic: Traffic | undefined;
          play(moves, (ingest, log) => {
            follower = ingest;
            traffic = log;
          });
          const late = traffic!.ingest();
          expect(ledgerOf(late).captured).toBe(ledgerOf(follower!).captured);
          expect(late.columns.inFlight).toBe(follower!.columns.inFlight);
          expect([...late.columns.open].toSorted((a, b) => a - b)).toEqual(
            [...follower!.columns.open].toSorted((a, b) => a - b),
          );
          for (const row of heldRows(late)) {
            const same = buildRow(follower!.columns, row.id);
            // How far a request has come that is not at its end is told only by byte records, which may be gone.
            expect({ ...same, requestBytes: 0, responseBytes: 0 }).toEqual({
              ...row,
              requestBytes: 0,
              responseBytes: 0,
            });
          }
          expect(heldRows(late)).toHaveLength(heldRows(follower!).length);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('do not depend on how the log was cut into batches', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 200, max: 9000 }), (moves, batchBytes) => {
        let traffic: Traffic | undefined;
        play(moves, (_ingest, log) => {
          traffic = log;
        });
        expect(heldRows(traffic!.ingest(batchBytes))).toEqual(heldRows(traffic!.ingest()));
      }),
      { numRuns: 30 },
    );
  });
});

/** The past as it is shown is what a store held that had read no further. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Detail } from '../../../renderer/store/detail.ts';
import { graphResult } from '../../../renderer/store/graphs.ts';
import type { Ingest } from '../../../renderer/store/ingest.ts';
import { listResult } from '../../../renderer/store/list.ts';
import { neighbourOf } from '../../../renderer/store/neighbours.ts';
import { NO_FILTER } from '../../../renderer/store/queries/filter.ts';
import type { SortColumn } from '../../../renderer/store/queries/list.ts';
import { buildState, ledgerOf } from '../../../renderer/store/state.ts';
import { timelineResult } from '../../../renderer/store/timeline.ts';
import { answer, get, Traffic } from './traffic.ts';

const MOVES = ['open', 'begin', 'head', 'fault', 'mark', 'answer', 'write', 'end', 'abort', 'close'] as const;
const moves = fc.array(
  fc.record({ move: fc.constantFrom(...MOVES), pick: fc.nat(9), wait: fc.nat(300_000), look: fc.boolean() }),
  { minLength: 10, maxLength: 80 },
);
type Moves = typeof moves extends fc.Arbitrary<infer T> ? T : never;

/** A log, and a store of each moment that was looked at, which had read to there and no further. */
function record(script: Moves): { traffic: Traffic; looks: { time: number; then: Ingest }[] } {
  const traffic = new Traffic();
  traffic.time = 1;
  const { log } = traffic;
  const looks: { time: number; then: Ingest }[] = [];
  const open: number[] = [];
  let running: { conn: number; exchange: number; out: number; answered: boolean; faulted: boolean }[] = [];
  for (const { move, pick, wait, look } of script) {
    const at = running[pick % Math.max(1, running.length)];
    const conn = open[pick % Math.max(1, open.length)];
    if (move === 'open') open.push(traffic.open(1, 50_000 + open.length));
    if (move === 'begin' && conn !== undefined && running.every((one) => one.conn !== conn)) {
      const start = traffic.offsets(conn);
      traffic.read(conn, get(`/${pick}`).slice(0, 20));
      running.push({
        conn,
        exchange: log.begin(conn, start.in),
        out: start.out,
        answered: false,
        faulted: false,
      });
    }
    if (at && move === 'head' && !at.answered) {
      traffic.read(at.conn, 'x'.repeat(9));
      const { in: end } = traffic.offsets(at.conn);
      log.request(at.conn, at.exchange, end - 29, end, 'GET', pick % 2 ? '/a.css' : '/b.js', '1.1');
    }
    if (at && move === 'fault' && !at.faulted) {
      log.fault(at.conn, at.exchange, 'field-name-invalid', 'in', 5);
      at.faulted = true;
    }
    if (at && move === 'mark') log.mark(at.conn, at.exchange, pick % 2 ? 'drain-wait' : 'drained', '');
    if (at && move === 'answer' && !at.answered) {
      log.response(at.conn, at.exchange, at.out, at.out + 40, pick % 3 ? 200 : 404, 'text/css');
      at.answered = true;
    }
    if (at && move === 'write' && at.answered) traffic.write(at.conn, 'y'.repeat(1 + pick * 100));
    if (at && (move === 'end' || move === 'abort')) {
      log.responseEnd(at.conn, at.exchange, traffic.offsets(at.conn).out, move === 'end');
      running = running.filter((one) => one !== at);
    }
    if (conn !== undefined && move === 'close') {
      traffic.close(conn);
      open.splice(open.indexOf(conn), 1);
      running = running.filter((one) => one.conn !== conn);
    }
    if (look && log.records > 0) {
      const then = traffic.ingest();
      looks.push({ time: then.columns.lastTime, then });
    }
    traffic.wait(wait);
  }
  return { traffic, looks };
}

function stateOf(ingest: Ingest) {
  const state = buildState(ingest, {
    link: { state: 'live' },
    hello: undefined,
    live: ingest,
    captures: [],
    restarts: [],
    usage: undefined,
    paused: false,
    now: ingest.columns.past.until(ingest.columns.lastTime),
  });
  const { newestTime, playhead, memoryBytes, servers, ...rest } = state;
  return rest;
}

const rowsOf = (ingest: Ingest) => listResult(ingest, { first: 0, count: 1e6, tail: false });

function lanesOf(ingest: Ingest) {
  const all = { from: 0, to: 1e9, firstLane: 0, laneCount: 100, width: 1e9, server: undefined };
  return timelineResult(ingest.columns, { ...all, to: ingest.columns.past.until(ingest.columns.lastTime) });
}

function graphsOf(ingest: Ingest, to: number) {
  const { metrics, past } = ingest.columns;
  const { params, ...series } = graphResult(metrics, { from: 0, to, bins: 50 }, past.time);
  return series;
}

describe('one exchange of the past', () => {
  it('has the bytes and fields that had come, also after a later moment was shown', async () => {
    await fc.assert(
      fc.asyncProperty(moves, fc.array(fc.nat(99), { maxLength: 6 }), async (script, visits) => {
        const { traffic, looks } = record(script);
        const ingest = traffic.ingest();
        for (const id of Array.from({ length: ingest.columns.exchanges.last }, (_, i) => i + 1).slice(-3)) {
          const detail = new Detail(ingest.columns, id, traffic.pull);
          for (const visit of [...looks.keys(), ...visits]) {
            const { time, then } = looks[visit % Math.max(1, looks.length)] ?? {};
            if (time === undefined || then === undefined) continue;
            ingest.index.setTime(time);
            const known = await new Detail(then.columns, id, traffic.pull).result();
            expect(await detail.result()).toEqual(known);
          }
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('the past', () => {
  const filters = fc.constantFrom(
    '',
    'status:404',
    'is:open',
    '-is:malformed',
    'is:waited',
    'size>500',
    'css',
  );
  const columns = fc.constantFrom<SortColumn>('id', 'target', 'status', 'size', 'duration');

  it('is what a store knew that had read no further, in whichever order moments are shown', () => {
    fc.assert(
      fc.property(
        moves,
        filters,
        columns,
        fc.array(fc.nat(99), { maxLength: 12 }),
        (script, text, column, visits) => {
          const { traffic, looks } = record(script);
          const ingest = traffic.ingest();
          const filter = { ...NO_FILTER, text };
          ingest.index.set(filter);
          ingest.order.set({ column, descending: false });
          const whole = rowsOf(ingest);
          for (const visit of [...looks.keys(), ...visits]) {
            const { time, then } = looks[visit % Math.max(1, looks.length)] ?? {};
            if (time === undefined || then === undefined) continue;
            then.index.set(filter);
            then.order.set({ column, descending: false });
            ingest.index.setTime(time);
            expect(rowsOf(ingest)).toEqual(rowsOf(then));
            expect(stateOf(ingest)).toEqual(stateOf(then));
            const { params, ...lanes } = lanesOf(ingest);
            const { params: asked, ...lanesThen } = lanesOf(then);
            expect({ ...lanes, ticks: lanes.ticks.time }).toEqual({
              ...lanesThen,
              ticks: lanesThen.ticks.time,
            });
            const to = Math.max(1, ingest.columns.lastTime);
            expect(graphsOf(ingest, to)).toEqual(graphsOf(then, to));
          }
          ingest.index.setTime(Number.POSITIVE_INFINITY);
          expect(rowsOf(ingest)).toEqual(whole);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('stays as it was while more is captured, and nothing of that is lost', () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    traffic.get(conn, '/before');
    const slow = traffic.run(conn, { request: get('/slow') });
    const ingest = traffic.ingest();
    traffic.feed(ingest);
    ingest.index.setTime(ingest.columns.lastTime);
    const then = rowsOf(ingest);
    expect(then.rows.map(({ target, phase }) => [target, phase])).toEqual([
      ['/before', 'complete'],
      ['/slow', 'pending'],
    ]);
    const { out } = traffic.offsets(conn);
    traffic.log.response(conn, slow, out, out + 40, 404, 'text/html');
    traffic.write(conn, answer(404, 'gone'));
    traffic.log.responseEnd(conn, slow, traffic.offsets(conn).out, true);
    traffic.get(conn, '/after');
    traffic.feed(ingest);
    expect(rowsOf(ingest)).toEqual(then);
    expect(ledgerOf(ingest)).toMatchObject({ captured: 2, shown: 2, filtered: 0, trimmed: 0 });
    ingest.index.setTime(Number.POSITIVE_INFINITY);
    expect(rowsOf(ingest).rows.map(({ target, status }) => [target, status])).toEqual([
      ['/before', 200],
      ['/slow', 404],
      ['/after', 200],
    ]);
  });

  it('keeps its ledger when what it shows is trimmed meanwhile', () => {
    const traffic = new Traffic({ segmentBytes: 65_536, memoryBudgetBytes: 2 * 65_536 });
    const conn = traffic.open();
    for (let i = 0; i < 20; i++) traffic.get(conn, `/${i}`, 200, 3000);
    const ingest = traffic.ingest();
    traffic.feed(ingest);
    ingest.index.setTime(ingest.columns.exchanges.page(10)!.end[10]!);
    expect(ledgerOf(ingest)).toMatchObject({ captured: 10, shown: 10, trimmed: 0 });
    for (let i = 0; i < 40; i++) traffic.get(conn, `/${i}`, 200, 3000);
    traffic.feed(ingest);
    const { captured, shown, filtered, trimmed } = ledgerOf(ingest);
    expect(trimmed).toBeGreaterThan(0);
    expect(captured).toBe(shown + filtered + trimmed);
  });
});

describe('the neighbours of a moment', () => {
  it('are the reads, writes, beginnings and ends beside it', () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    traffic.time = 1000;
    traffic.get(conn, '/');
    traffic.time = 5000;
    traffic.close(conn);
    const { metrics } = traffic.ingest().columns;
    const forward: number[] = [];
    for (let at: number | undefined = -1; at !== undefined; at = neighbourOf(metrics, at, 1, 0))
      forward.push(at);
    expect(forward.slice(1)).toEqual([0, 1000, 1001, 1005, 1006, 5000]);
    const backward: number[] = [];
    for (let at: number | undefined = 9000; at !== undefined; at = neighbourOf(metrics, at, -1, 0))
      backward.push(at);
    expect(backward.slice(1)).toEqual(forward.slice(1).reverse());
    expect(neighbourOf(metrics, 1000, -1, 500)).toBeUndefined();
  });
});

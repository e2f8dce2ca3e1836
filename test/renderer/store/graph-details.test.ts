/** What graphs tell beside the traffic: of real records, as a log writes them. */
import { describe, expect, it } from 'vitest';
import { graphDetails, SAMPLE_HOLD_MICROS } from '../../../renderer/store/graph-details.ts';
import type { Ingest } from '../../../renderer/store/ingest.ts';
import type { GraphParams } from '../../../renderer/store/queries/graphs.ts';
import type { MetricsFigures } from '../../../server-core/capture/tap.ts';
import { answer, get, SERVER, Traffic } from './traffic.ts';

const SECOND = 1e6;
const window: GraphParams = { from: 0, to: 10 * SECOND, bins: 10 };
const QUIET: MetricsFigures = {
  openConnections: 0,
  inFlight: 0,
  loopLagMicros: 0,
  rssBytes: 0,
  heapBytes: 0,
  waitingBytes: 0,
  waitingConnections: 0,
  acceptQueue: 0,
};

const details = (ingest: Ingest, until?: number) => graphDetails(ingest.columns, window, until);
const at = (traffic: Traffic, seconds: number) => {
  traffic.time = seconds * SECOND;
};

describe('samples', () => {
  const sampled = (acceptQueue: number | undefined) => {
    const traffic = new Traffic();
    at(traffic, 2.5);
    traffic.log.metrics({ ...QUIET, loopLagMicros: 700, waitingConnections: 4, acceptQueue });
    return details(traffic.ingest());
  };

  it('stand for the time after them, for as long as a beat may be late', () => {
    const { loopLag, waitingConnections, acceptQueue, knowsAcceptQueue } = sampled(9);
    const held = SAMPLE_HOLD_MICROS / SECOND;
    const expected = (value: number) =>
      Array.from({ length: 10 }, (_, bin) => (bin >= 2 && bin <= 2 + held ? value : 0));
    expect([...loopLag]).toEqual(expected(700));
    expect([...waitingConnections]).toEqual(expected(4));
    expect([...acceptQueue]).toEqual(expected(9));
    expect(knowsAcceptQueue).toBe(true);
  });

  it('say where the accept queue cannot be known', () => {
    expect(sampled(undefined).knowsAcceptQueue).toBe(false);
    expect(details(new Traffic().ingest()).knowsAcceptQueue).toBeUndefined();
  });
});

describe('answers', () => {
  it('are counted by the time at which they ended, in groups of four bins', () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    traffic.get(conn, '/');
    const { p50, latency } = details(traffic.ingest());
    expect(latency.count).toBe(1);
    expect([...p50].map(Number.isNaN)).toEqual(Array.from({ length: 10 }, (_, bin) => bin >= 4));
  });

  it('are not what broke off, nor what goes on as long as both sides like', () => {
    const traffic = new Traffic();
    traffic.run(traffic.open(), { request: get('/'), response: answer(200, 'half'), complete: false });
    traffic.get(traffic.open(), '/', 200, 5, 'text/event-stream');
    traffic.get(traffic.open(), '/', 101);
    const { latency, p50 } = details(traffic.ingest());
    expect(latency.count).toBe(0);
    expect(p50.every(Number.isNaN)).toBe(true);
  });

  it('are reused connections where they are not the first', () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    for (let i = 0; i < 3; i++) traffic.get(conn, '/');
    traffic.get(traffic.open(), '/');
    const { reused } = details(traffic.ingest());
    expect(reused[0]).toBe(2);
  });
});

describe('a switch of models', () => {
  it('is told with its time and server; how a server was at first is none', () => {
    const traffic = new Traffic();
    traffic.log.server(SERVER);
    at(traffic, 4);
    traffic.log.server({ ...SERVER, model: 'threads' });
    traffic.log.server({ ...SERVER, model: 'threads', status: 'stopped' });
    const ingest = traffic.ingest();
    expect(details(ingest).switches).toEqual([{ time: 4 * SECOND, server: 'www', model: 'threads' }]);
    expect(details(ingest, 3 * SECOND).switches).toEqual([]);
  });
});

describe('details of the past', () => {
  it('are those of a store that had read no further', () => {
    const traffic = new Traffic();
    const worker = { server: 1, id: 7, name: 'process 7' };
    const figures = {
      spanMicros: 300_000,
      cpuMicros: 9,
      rssBytes: 5,
      heapBytes: 5,
      loopLagMicros: 1,
      utilization: 0,
    };
    const conn = traffic.open();
    const looks: { readonly time: number; readonly store: Ingest }[] = [];
    const steps: readonly (() => void)[] = [
      () => traffic.log.server(SERVER),
      () => traffic.log.metrics({ ...QUIET, waitingConnections: 2 }),
      () => traffic.log.workerLife(worker, 'started'),
      () => traffic.log.usage({ server: 0, id: 1, name: 'main' }, figures),
      () => traffic.log.workerLife(worker, 'ready'),
      () => traffic.get(conn, '/'),
      () => traffic.log.usage(worker, figures),
      () => traffic.get(conn, '/again'),
      () => traffic.log.server({ ...SERVER, model: 'prefork' }),
      () => traffic.log.workerLife(worker, 'ended', 'was killed by SIGTERM'),
      () => traffic.log.metrics(QUIET),
    ];
    for (const [i, step] of steps.entries()) {
      at(traffic, 1 + i / 2);
      step();
      looks.push({ time: traffic.time - 1, store: traffic.ingest() });
    }
    const whole = traffic.ingest();
    for (const { time, store } of [...looks, ...looks.toReversed()]) {
      // Whether the queue can be known is a matter of the system, not of the moment.
      const { knowsAcceptQueue, ...known } = details(whole, time);
      expect(known).toEqual({ ...details(store, time), knowsAcceptQueue: undefined });
    }
  });
});

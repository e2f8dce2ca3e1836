/** Lanes of processes and threads, from the records that tell of them. */
import { describe, expect, it } from 'vitest';
import { graphDetails } from '../../../renderer/store/graph-details.ts';
import { Ingest } from '../../../renderer/store/ingest.ts';
import type { WorkerLane } from '../../../renderer/store/queries/workers.ts';
import { Traffic } from './traffic.ts';

const SECOND = 1e6;
const MAIN = { server: 0, id: 10, name: 'main' };
const ONE = { server: 1, id: 11, name: 'process 11' };
const FIGURES = {
  spanMicros: SECOND,
  cpuMicros: SECOND / 2,
  rssBytes: 80e6,
  heapBytes: 5e6,
  loopLagMicros: 300,
  utilization: 0.5,
};

const details = (ingest: Ingest, until?: number) =>
  graphDetails(ingest.columns, { from: 0, to: 10 * SECOND, bins: 10 }, until);
const laneOf = (ingest: Ingest, name: string, until?: number): WorkerLane | undefined =>
  details(ingest, until).workers.find((lane) => lane.name === name);
const at = (traffic: Traffic, seconds: number) => {
  traffic.time = seconds * SECOND;
};

/** Started at 1 s, ready at 2 s, killed at 7 s; half a core from 3 s to 4 s. */
function killed(): Ingest {
  const traffic = new Traffic();
  at(traffic, 1);
  traffic.log.workerLife(ONE, 'started');
  at(traffic, 2);
  traffic.log.workerLife(ONE, 'ready');
  at(traffic, 4);
  traffic.log.usage(ONE, FIGURES);
  at(traffic, 7);
  traffic.log.workerLife(ONE, 'ended', 'was killed by SIGKILL');
  traffic.log.metrics({ ...NO_FIGURES });
  return traffic.ingest();
}

const NO_FIGURES = {
  openConnections: 0,
  inFlight: 0,
  loopLagMicros: 0,
  rssBytes: 0,
  heapBytes: 0,
  waitingBytes: 0,
  waitingConnections: 0,
  acceptQueue: undefined,
};

describe('a lane', () => {
  it('says when its process began, could serve and ended, and how', () => {
    expect(laneOf(killed(), 'process 11')).toMatchObject({
      id: 11,
      server: 1,
      started: SECOND,
      ready: 2 * SECOND,
      ended: 7 * SECOND,
      detail: 'was killed by SIGKILL',
    });
  });

  it('is of the moment that is shown', () => {
    const ingest = killed();
    expect(laneOf(ingest, 'process 11', SECOND / 2)).toBeUndefined();
    expect(laneOf(ingest, 'process 11', 1.5 * SECOND)).toMatchObject({
      ready: Number.NaN,
      ended: Number.NaN,
    });
    expect(laneOf(ingest, 'process 11', 6 * SECOND)).toMatchObject({
      ready: 2 * SECOND,
      ended: Number.NaN,
      detail: '',
    });
  });

  it('has what was used over the time that it was used in, and memory until the end', () => {
    const { cpu, memory } = laneOf(killed(), 'process 11')!;
    expect([...cpu]).toEqual(bins([3, 0.5]));
    expect([...memory]).toEqual(bins([3, 80e6], [4, 80e6], [5, 80e6], [6, 80e6], [7, 80e6]));
  });

  it('takes no memory in a window after its end, nor what it took before the window', () => {
    const traffic = new Traffic();
    traffic.log.workerLife(ONE, 'started');
    for (const [second, rssBytes] of [
      [1, 50e6],
      [2, 60e6],
      [3, 70e6],
    ] as const) {
      at(traffic, second);
      traffic.log.usage(ONE, { ...FIGURES, rssBytes });
    }
    at(traffic, 4.5);
    traffic.log.workerLife(ONE, 'ended', 'was killed by SIGKILL');
    at(traffic, 20);
    traffic.log.usage(MAIN, FIGURES);
    const { workers, memory } = graphDetails(traffic.ingest().columns, {
      from: 4 * SECOND,
      to: 14 * SECOND,
      bins: 10,
    });
    expect([...workers.find(({ name }) => name === 'process 11')!.memory]).toEqual(bins([0, 70e6]));
    expect([...memory]).toEqual(bins([0, 70e6]));
  });

  it('has the exchanges in hand, as much of each bin as they took', () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    traffic.log.worker(conn, 0, 'process 11');
    at(traffic, 2.5);
    const long = traffic.log.begin(conn, 0);
    at(traffic, 5.25);
    traffic.log.responseEnd(conn, long, 0, true);
    at(traffic, 6.5);
    const short = traffic.log.begin(conn, 0);
    at(traffic, 6.75);
    traffic.log.responseEnd(conn, short, 0, true);
    at(traffic, 9);
    const open = traffic.log.begin(conn, 0);
    at(traffic, 9.5);
    traffic.log.mark(conn, open, 'note', '');
    const { inHand, exchanges } = laneOf(traffic.ingest(), 'process 11')!;
    expect(exchanges).toBe(3);
    expect([...inHand].map((share) => Number(share.toFixed(3)))).toEqual([
      0, 0, 0.5, 1, 1, 0.25, 0.25, 0, 0, 0.5,
    ]);
  });

  it('is of the main process where nobody else is named', () => {
    const traffic = new Traffic();
    traffic.get(traffic.open(), '/');
    traffic.log.usage(MAIN, FIGURES);
    expect(laneOf(traffic.ingest(), 'main')).toMatchObject({ server: 0, id: 10, exchanges: 1 });
  });

  it('has no number until a record tells it, and is the same lane then', () => {
    const traffic = new Traffic();
    traffic.get(traffic.open(), '/');
    const ingest = new Ingest();
    traffic.feed(ingest);
    expect(laneOf(ingest, 'main')?.id).toBeUndefined();
    traffic.log.usage(MAIN, FIGURES);
    traffic.feed(ingest);
    expect(details(ingest).workers.map(({ name, id }) => [name, id])).toEqual([['main', 10]]);
  });

  it('goes with what it had, once that is forgotten', () => {
    const ingest = killed();
    ingest.columns.metrics.forgetBefore(8 * SECOND);
    expect(details(ingest).workers).toEqual([]);
  });

  it('is of the thread that had the name when the exchange began', () => {
    const traffic = new Traffic();
    const first = { server: 1, id: 3, name: 'thread 1' };
    traffic.log.workerLife(first, 'started');
    const conn = traffic.open();
    traffic.log.worker(conn, traffic.get(conn, '/'), 'thread 1');
    traffic.log.workerLife(first, 'ended');
    traffic.log.workerLife({ ...first, id: 8 }, 'started');
    for (const path of ['/a', '/b']) traffic.log.worker(conn, traffic.get(conn, path), 'thread 1');
    const lanes = details(traffic.ingest()).workers.filter(({ name }) => name === 'thread 1');
    expect(lanes.map(({ id, exchanges }) => [id, exchanges])).toEqual([
      [3, 1],
      [8, 2],
    ]);
  });

  it('ends where the process of all servers was replaced', () => {
    const traffic = new Traffic();
    traffic.log.workerLife(ONE, 'started');
    const ingest = traffic.ingest();
    ingest.goOn(5 * SECOND);
    expect(laneOf(ingest, 'process 11')?.ended).not.toBeNaN();
  });
});

describe('what all use', () => {
  it('is the sum over processes; a thread is part of one', () => {
    const traffic = new Traffic();
    at(traffic, 4);
    traffic.log.usage(MAIN, FIGURES);
    traffic.log.usage(ONE, FIGURES);
    traffic.log.usage({ server: 1, id: 2, name: 'thread 1' }, { ...FIGURES, rssBytes: 0 });
    const { cpu, memory, workerLag } = details(traffic.ingest());
    expect(cpu[3]).toBeCloseTo(1);
    expect(memory[3]).toBe(160e6);
    expect(workerLag[3]).toBe(300);
  });

  it('is spread over a bin by how long each used it', () => {
    const traffic = new Traffic();
    const used = (seconds: number, span: number, share: number) => {
      at(traffic, seconds);
      traffic.log.usage(ONE, { ...FIGURES, spanMicros: span * SECOND, cpuMicros: span * share * SECOND });
    };
    used(3.5, 0.5, 1);
    // A share of a moment is no peak of a second.
    used(4, 0.01, 8);
    const { cpu, workers } = details(traffic.ingest());
    expect(cpu[3]).toBeCloseTo(0.5 + 0.08);
    expect(workers.at(-1)?.cpu[3]).toBeCloseTo((0.5 + 0.08) / 0.51);
  });
});

describe('more processes than anybody can look at', () => {
  it('are left out from the oldest on, the main one never', () => {
    const traffic = new Traffic();
    traffic.log.usage(MAIN, FIGURES);
    for (let id = 1; id <= 100; id++) {
      traffic.log.workerLife({ server: 1, id, name: `process ${id}` }, 'started');
    }
    const { workers, moreWorkers } = details(traffic.ingest());
    expect(moreWorkers).toBe(36);
    expect([workers[0]?.name, workers[1]?.name, workers.at(-1)?.name]).toEqual([
      'main',
      'process 37',
      'process 100',
    ]);
  });
});

/** Ten bins with what is known of some. */
function bins(...known: readonly (readonly [bin: number, value: number])[]): number[] {
  return Array.from({ length: 10 }, (_, bin) => known.find(([at]) => at === bin)?.[1] ?? Number.NaN);
}

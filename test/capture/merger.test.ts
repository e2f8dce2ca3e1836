/** What another process captured, put into this one's log. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaptureEvent } from '../../server-core/capture/events.ts';
import { CaptureLog } from '../../server-core/capture/log.ts';
import { Merger, OWN_NUMBER } from '../../server-core/capture/merger.ts';
import { ChildLog } from '../../server-core/concurrency/child-report.ts';
import { eventsOf } from '../support/events-of.ts';
import { step, Traffic } from './traffic.ts';

const RUN_BYTES = 200_000;

function newLog(): CaptureLog {
  return new CaptureLog({ now: () => 1e9, segmentBytes: 1024 * 1024, memoryBudgetBytes: 64 * 1024 * 1024 });
}

/** A log as a child has it, with random traffic in it, and what was taken of it into a log in several runs. */
function merged(steps: Parameters<Traffic['report']>[0][], log: CaptureLog, time: () => number) {
  const child = new ChildLog(time, 'process 1');
  const cursor = child.cursor('start', { payloads: true });
  const traffic = new Traffic(child);
  const merger = new Merger(log);
  const told: CaptureEvent[] = [];
  for (const one of steps) {
    traffic.report(one);
    for (let run = cursor.read(RUN_BYTES); run; run = cursor.read(RUN_BYTES)) merger.take(run);
  }
  told.push(...eventsOf(child));
  return { told, merger };
}

const ofConnections = (event: CaptureEvent) => 'conn' in event;
const unnumbered = ({ position, ...event }: CaptureEvent) => ({ ...event, conn: 0, exchange: 0 });

describe('merger', () => {
  it('keeps all records of connections with their times, under numbers of the log without gaps', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const log = newLog();
        // Somebody else has connections and exchanges in it already.
        const other = log.opened(9, '::1', 1, 1);
        log.begin(other, 0);
        let time = 0;
        const { told } = merged(steps, log, () => ++time);
        const events = eventsOf(log).slice(2);
        const expected = told.filter(ofConnections);
        expect(events.map(unnumbered)).toEqual(expected.map(unnumbered));
        const numbers = (kind: CaptureEvent['kind'], field: 'conn' | 'exchange') =>
          events.flatMap((event) => (event.kind === kind ? [(event as never)[field]] : []));
        expect(numbers('opened', 'conn')).toEqual(numbers('opened', 'conn').map((_, i) => i + 2));
        expect(numbers('begin', 'exchange')).toEqual(numbers('begin', 'exchange').map((_, i) => i + 2));
        // The same connection there is the same here.
        const pairs = new Set(
          events.map((event, i) => `${(event as never)['conn']} ${(expected[i] as never)['conn']}`),
        );
        expect(pairs.size).toBe(numbers('opened', 'conn').length);
        expect(log.totals.bytes).toBe(
          events.reduce((sum, event) => sum + (event.kind === 'bytes' ? event.length : 0), 0),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('knows a connection that the log has numbered before', () => {
    const log = newLog();
    const conn = log.opened(1, '::1', 1, 1);
    const child = new ChildLog(() => 5, 'process 1');
    child.begin(conn + OWN_NUMBER, 0);
    child.closed(conn + OWN_NUMBER, 'client-fin', 1, 2);
    const merger = new Merger(log);
    merger.handedOver(conn);
    merger.take(child.cursor('start', { payloads: true }).read(RUN_BYTES)!);
    expect(eventsOf(log).slice(1)).toMatchObject([
      { kind: 'begin', conn, exchange: 1, time: 5 },
      { kind: 'closed', conn, bytesIn: 1, bytesOut: 2 },
    ]);
  });

  it('is given everything before a log that is small would let it go', () => {
    const log = newLog();
    const child = new ChildLog(() => 5, 'process 1');
    const cursor = child.cursor('start', { payloads: true });
    const merger = new Merger(log);
    const drain = () => {
      for (let run = cursor.read(RUN_BYTES); run; run = cursor.read(RUN_BYTES)) merger.take(run);
    };
    // Nobody reads by himself: the append does, when it must.
    child.follow(cursor, drain);
    const conn = child.opened(1, '::1', 1, 1);
    const piece = new Uint8Array(50_000);
    for (let i = 0; i < 400; i++) child.bytes(conn, 'out', i * piece.length, piece);
    expect(child.start).toBeGreaterThan(0);
    drain();
    expect(cursor.missed).toBe(0);
    expect(log.totals).toMatchObject({ connections: 1, bytes: 400 * piece.length });
  });

  it('closes what a process that is gone had open, with the bytes that are known of it', () => {
    const log = newLog();
    const child = new ChildLog(() => 5, 'process 1');
    const conn = child.opened(1, '::1', 1, 1);
    child.closed(child.opened(1, '::1', 1, 1), 'client-fin', 0, 0);
    child.bytes(conn, 'in', 0, new Uint8Array(7));
    child.bytes(conn, 'out', 3, new Uint8Array(4));
    const merger = new Merger(log);
    merger.take(child.cursor('start', { payloads: true }).read(RUN_BYTES)!);
    merger.end('worker-died', 'Process 1 was killed by SIGKILL');
    merger.end('worker-died', 'It is told once');
    const closed = eventsOf(log).filter(({ kind }) => kind === 'closed');
    expect(closed).toMatchObject([
      { conn: 2, reason: 'client-fin' },
      { conn: 1, reason: 'worker-died', bytesIn: 7, bytesOut: 7, detail: 'Process 1 was killed by SIGKILL' },
    ]);
  });
});

/** The lab as a viewer runs it: every scenario does what it says, under real models, over real sockets. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ModelName } from '../../../server-core/capture/model-names.ts';
import { eventsOf } from '../../support/events-of.ts';
import { firstEnd, LabEngine, outcomes, recordsOf, wallMs } from './lab-engine.ts';

// A busy machine takes seconds to start a process.
vi.setConfig({ testTimeout: 60_000 });

let lab: LabEngine;

beforeAll(() => {
  lab = new LabEngine();
});
afterAll(() => lab.engine.stop());

describe('in turn against at once', () => {
  it('makes all wait under iterative, and none under the others', async () => {
    const parameters = { requests: 12, waitMs: 30 };
    const log = await lab.run('in-turn-at-once', ['iterative', 'threads', 'prefork'], parameters);
    expect(log.report!.models.map(({ problem }) => problem)).toEqual([undefined, undefined, undefined]);
    for (const model of ['iterative', 'threads', 'prefork'] as const) {
      const [inTurn, atOnce] = [recordsOf(log, model, 'In turn'), recordsOf(log, model, 'At once')];
      expect([inTurn.length, atOnce.length]).toEqual([12, 12]);
      expect([...outcomes(inTurn), ...outcomes(atOnce)]).toEqual([200, 200]);
      // One by one: none begins before the one ahead of it has ended.
      for (const [n, record] of inTurn.slice(1).entries()) {
        expect(record.start).toBeGreaterThanOrEqual(inTurn[n]!.end);
      }
      // At once: all have begun before any has ended.
      expect(Math.max(...atOnce.map(({ start }) => start))).toBeLessThan(
        Math.min(...atOnce.map(({ end }) => end)),
      );
    }
    // How long after another was begun to be served the next one was, at the least.
    const gap = (model: ModelName) => {
      const served = recordsOf(log, model, 'At once').map((record) => record.served!);
      served.sort((a, b) => a - b);
      return Math.min(...served.slice(1).map((time, n) => time - served[n]!));
    };
    expect(gap('iterative')).toBeGreaterThan(25_000);
    expect(gap('threads')).toBeLessThan(25_000);
    expect(gap('prefork')).toBeLessThan(25_000);
  });

  it('has a process of its own for each connection, which is in the picture', async () => {
    const log = await lab.run('in-turn-at-once', ['process'], { requests: 3, waitMs: 0 });
    const records = recordsOf(log, 'process', 'At once');
    expect(new Set(records.map(({ by }) => by)).size).toBe(3);
    for (const { start, born, served, end } of records) {
      expect(born).toBeGreaterThan(start);
      expect(served).toBeGreaterThan(born!);
      expect(end).toBeGreaterThan(served!);
    }
    const { peak } = log.report!.models[0]!;
    expect(peak.processes).toBeGreaterThan(1);
    expect(peak.rssBytes).toBeGreaterThan(peak.idleRssBytes + 30e6);
  });
});

describe('each scenario', () => {
  it('slow handler: a loop that computes answers nobody else, a thread leaves the others free', async () => {
    const parameters = { requests: 6, clients: 1, computeMs: 150, everyMs: 10 };
    const log = await lab.run('slow-handler', ['event-loop', 'threads'], parameters);
    expect(outcomes(recordsOf(log, 'event-loop', 'Computing'))).toEqual([200]);
    // Within 900 ms of computing a loop gets to the others between two of them only.
    expect(recordsOf(log, 'event-loop', 'Others').length).toBeLessThan(
      recordsOf(log, 'threads', 'Others').length,
    );
    expect(log.report!.models[1]!.peak.threads).toBeGreaterThan(1);
  });

  it('slow clients: hold up those behind them under iterative only', async () => {
    const log = await lab.run('slow-client', ['iterative', 'event-loop'], {
      clients: 3,
      pauseMs: 60,
      everyMs: 20,
    });
    for (const model of ['iterative', 'event-loop'] as const) {
      const slow = recordsOf(log, model, 'Slow clients');
      expect([slow.length, outcomes(slow)]).toEqual([3, [200]]);
      // Nine pauses of 60 ms.
      for (const { start, end } of slow) expect(end - start).toBeGreaterThan(540_000);
    }
    expect(recordsOf(log, 'iterative', 'Others')[0]!.end).toBeGreaterThan(540_000);
    expect(firstEnd(recordsOf(log, 'event-loop', 'Others'))).toBeLessThan(
      firstEnd(recordsOf(log, 'event-loop', 'Slow clients')),
    );
  });

  it('slowloris: is held, and ended with 408 when its time is over', async () => {
    const before = eventsOf(lab.engine.log).length;
    const log = await lab.run('slowloris', ['event-loop'], { clients: 5, headSeconds: 1, everyMs: 50 });
    const held = recordsOf(log, 'event-loop', 'Holding on');
    expect([held.length, outcomes(held)]).toEqual([5, [408]]);
    for (const { start, end } of held) expect(end - start).toBeGreaterThan(1_000_000);
    expect(recordsOf(log, 'event-loop', 'Others').length).toBeGreaterThan(3);
    expect(outcomes(recordsOf(log, 'event-loop', 'Others'))).toEqual([200]);
    const closed = eventsOf(lab.engine.log)
      .slice(before)
      .filter((event) => event.kind === 'closed' && event.reason === 'head-timeout');
    expect(closed.length).toBe(5);
  });

  it('many short connections: every request has a new one', async () => {
    const log = await lab.run('many-short', ['event-loop'], { requests: 60, clients: 6 });
    const records = recordsOf(log, 'event-loop', 'Short connections');
    expect([records.length, outcomes(records)]).toEqual([60, [200]]);
    expect(records.every(({ connected }) => connected !== undefined)).toBe(true);
  });

  it('keep-alive against close: the same requests over few connections, then over many', async () => {
    const log = await lab.run('keep-alive', ['event-loop', 'iterative'], { requests: 40, clients: 4 });
    const opened = (model: 'event-loop' | 'iterative', group: string) =>
      recordsOf(log, model, group).filter(({ connected }) => connected !== undefined).length;
    expect(opened('event-loop', 'Kept')).toBe(4);
    expect(opened('event-loop', 'Closed')).toBe(40);
    expect(opened('iterative', 'Kept')).toBeGreaterThan(4);
    for (const model of ['event-loop', 'iterative'] as const) {
      expect(outcomes([...recordsOf(log, model, 'Kept'), ...recordsOf(log, model, 'Closed')])).toEqual([200]);
    }
  });

  it('large file to slow readers: gets there whole, no faster than it is read', async () => {
    const parameters = { clients: 2, mebibytes: 4, mebibytesPerSecond: 8, everyMs: 50 };
    const log = await lab.run('slow-readers', ['event-loop', 'iterative'], parameters);
    for (const model of ['event-loop', 'iterative'] as const) {
      const readers = recordsOf(log, model, 'Slow readers');
      expect([readers.length, outcomes(readers)]).toEqual([2, [200]]);
      for (const { first, end, bytes } of readers) {
        expect(bytes).toBeGreaterThan(4 * 1024 * 1024);
        expect(end - first!).toBeGreaterThan(450_000);
      }
    }
    // One behind the other.
    expect(wallMs(recordsOf(log, 'iterative', 'Slow readers'))).toBeGreaterThan(900);
    expect(firstEnd(recordsOf(log, 'event-loop', 'Others'))).toBeLessThan(
      firstEnd(recordsOf(log, 'event-loop', 'Slow readers')),
    );
  });
});

describe('its own server', () => {
  const own = () => lab.engine.servers.filter(({ tags }) => tags?.includes('LOAD'));

  it('is one, on loopback, tagged, and stopped when nothing runs', async () => {
    await lab.begin('many-short', ['event-loop'], { requests: 500, clients: 2 });
    await lab.watch((_log, { models, running }) => !running || (models[0]?.began ?? 0) > 0);
    await lab.watch((_log, { running }) => !running);
    expect(own().map(({ name, host, status }) => [name, host, status])).toEqual([
      ['load', '127.0.0.1', 'stopped'],
    ]);
    expect(lab.told.flat().some(({ server }) => server?.state.tags?.includes('LOAD'))).toBe(false);
  });

  it('has its traffic captured, with who served it', async () => {
    const before = eventsOf(lab.engine.log).length;
    await lab.run('many-short', ['prefork'], { requests: 10, clients: 2 });
    const events = eventsOf(lab.engine.log).slice(before);
    const { id } = own()[0]!;
    const opened = events.filter((event) => event.kind === 'opened' && event.server === id);
    expect(opened.length).toBe(10);
    const asked = events.filter((event) => event.kind === 'request' && event.target === '/small');
    expect(asked.length).toBe(10);
  });

  it('leaves nothing running when it is stopped in the middle, and says so', async () => {
    await lab.begin('slowloris', ['event-loop', 'iterative'], { clients: 3, headSeconds: 30 });
    await lab.watch(({ records }) => records.length > 0);
    await lab.link.call({ op: 'lab', act: 'stop' });
    const log = await lab.watch((_log, { running }) => !running);
    expect(log.report!.models.map(({ model, problem }) => [model, problem])).toEqual([
      ['event-loop', 'Stopped before its end'],
    ]);
    expect(outcomes(recordsOf(log, 'event-loop', 'Holding on'))).toEqual(['cut off']);
    expect(own()[0]!.status).toBe('stopped');
  });

  it('gives way to a run that is begun while another goes on', async () => {
    await lab.begin('slowloris', ['event-loop'], { clients: 1, headSeconds: 30 });
    await lab.watch(({ records }) => records.length > 0);
    const log = await lab.run('many-short', ['event-loop'], { requests: 5, clients: 1 });
    expect(log.report!.plan!.scenario).toBe('many-short');
    expect(log.records.length).toBe(5);
  });

  it('runs one of two that were begun at the same moment', async () => {
    const begin = (requests: number) => lab.begin('many-short', ['event-loop'], { requests, clients: 1 });
    await Promise.all([begin(3), begin(4)]);
    const log = await lab.watch((_log, { running, records }) => !running && records.length === 0);
    expect([log.records.length, log.report!.plan!.parameters['requests']]).toEqual([4, 4]);
    expect(log.report!.models.map(({ problem }) => problem)).toEqual([undefined]);
  });

  it('is made anew when a person removed it', async () => {
    await lab.link.call({ op: 'remove', server: own()[0]!.id });
    const log = await lab.run('many-short', ['event-loop'], { requests: 5, clients: 1 });
    expect([log.records.length, own().length]).toEqual([5, 1]);
  });
});

import { describe, expect, it } from 'vitest';
import { HostClock } from '../../../renderer/store/host-clock.ts';
import type { Ingest } from '../../../renderer/store/ingest.ts';
import { buildState } from '../../../renderer/store/state.ts';
import { SERVER, Traffic } from './traffic.ts';

const stateOf = (ingest: Ingest, now: number, live = ingest) =>
  buildState(ingest, {
    link: { state: 'live' },
    hello: undefined,
    live,
    captures: [],
    restarts: [],
    usage: undefined,
    paused: false,
    now,
  });

describe('the state', () => {
  it('has rates over the last second, which fade', () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    traffic.get(conn, '/old', 200, 1000);
    traffic.time = 5_000_000;
    traffic.read(conn, 'x'.repeat(30));
    traffic.log.begin(conn, traffic.offsets(conn).in - 30);
    traffic.write(conn, 'y'.repeat(70));
    const ingest = traffic.ingest();
    const busy = stateOf(ingest, 5_000_010);
    expect([busy.bytesInPerSecond, busy.bytesOutPerSecond, busy.requestsPerSecond]).toEqual([30, 70, 1]);
    const quiet = stateOf(ingest, 6_500_000);
    expect([quiet.bytesInPerSecond, quiet.bytesOutPerSecond, quiet.requestsPerSecond]).toEqual([0, 0, 0]);
    expect(quiet).toMatchObject({ openConnections: 1, inFlight: 1, lastTime: busy.lastTime });
  });

  it('tells who came and never got as far as asking', () => {
    const traffic = new Traffic();
    expect(stateOf(traffic.ingest(), 0).unasked).toBeUndefined();
    traffic.log.closed(traffic.open(), 'client-fin', 0, 0);
    traffic.log.closed(traffic.open(), 'tls-error', 0, 0, 'It does not trust the certificate');
    const asking = traffic.open();
    expect(stateOf(traffic.ingest(), 0).unasked).toEqual({
      connections: 2,
      detail: 'It does not trust the certificate',
    });
    traffic.get(asking, '/');
    expect(stateOf(traffic.ingest(), 0).unasked).toBeUndefined();
  });

  it('counts by server, and leaves out one that was removed', () => {
    const traffic = new Traffic();
    traffic.log.server(SERVER);
    traffic.log.server({ ...SERVER, id: 2, name: 'gone' });
    const conn = traffic.open(1);
    traffic.get(conn, '/');
    traffic.get(traffic.open(2), '/');
    traffic.log.server({ ...SERVER, id: 2, name: 'gone', status: 'removed' });
    traffic.log.server({ ...SERVER, status: 'stopped' });
    const { servers } = stateOf(traffic.ingest(), 0);
    expect(servers).toEqual([
      { ...SERVER, status: 'stopped', requests: 1, openConnections: 1, visitors: [] },
    ]);
  });

  it('tells of the servers of a capture, which are not those that are here', () => {
    const live = new Traffic();
    live.log.server(SERVER);
    const traffic = new Traffic();
    traffic.log.server({ ...SERVER, name: 'of old' });
    traffic.get(traffic.open(1), '/');
    const { servers, shownServers } = stateOf(traffic.ingest(), 0, live.ingest());
    expect(servers).toMatchObject([{ ...SERVER, requests: 0 }]);
    expect(shownServers).toMatchObject([{ id: 1, name: 'of old', root: '', status: 'stopped', requests: 1 }]);
  });

  it('knows from which other machines a server was reached, once each, and not without end', () => {
    const traffic = new Traffic();
    traffic.log.server(SERVER);
    const addresses = ['192.168.1.9', '::ffff:192.168.1.10', '192.168.1.9', '::1', '127.0.0.1'];
    for (const address of addresses) traffic.log.opened(1, address, 50_000, 8080);
    const ingest = traffic.ingest();
    expect(stateOf(ingest, 0).servers[0]?.visitors).toEqual(addresses.slice(0, 2));
    for (let i = 0; i < 100; i++) traffic.log.opened(1, `10.0.0.${i}`, 50_000, 8080);
    traffic.feed(ingest);
    expect(stateOf(ingest, 0).servers[0]?.visitors).toHaveLength(16);
  });

  it('knows how much of the log is held, and since when', () => {
    const traffic = new Traffic({ segmentBytes: 65_536, memoryBudgetBytes: 3 * 65_536 });
    const ingest = traffic.ingest();
    expect(stateOf(ingest, 0)).toMatchObject({ memoryBytes: 0, firstTime: 0, lastTime: 0 });
    const conn = traffic.open();
    for (let i = 0; i < 300; i++) {
      traffic.get(conn, `/${i}`, 200, 2000);
      traffic.feed(ingest);
    }
    const state = stateOf(ingest, 0);
    expect(state.memoryBytes).toBe(traffic.log.usedBytes);
    expect(state.ledger.trimmed).toBeGreaterThan(0);
    expect(state.ledger.trimmed).toBe(traffic.log.trimmed.exchanges);
    expect(state.firstTime).toBeGreaterThan(0);
    expect(state.firstTime).toBeLessThanOrEqual(ingest.columns.exchanges.page(300)?.begin[300] ?? 0);
  });
});

describe('the host clock', () => {
  it('runs on between records, and is never behind one', () => {
    let here = 1000;
    const clock = new HostClock(() => here);
    expect(clock.now()).toBe(0);
    clock.seen(50);
    here += 7;
    expect(clock.now()).toBe(57);
    // An old record, read while catching up, says nothing new.
    clock.seen(20);
    expect(clock.now()).toBe(57);
    clock.seen(90);
    expect(clock.now()).toBe(90);
  });
});

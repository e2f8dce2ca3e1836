import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '../../server-core/capture/decode.ts';
import { Feed } from '../../server-core/capture/feed.ts';
import {
  CATCH_UP_BYTES,
  FRAME_MS,
  jsonOf,
  MAX_BATCH_BYTES,
} from '../../server-core/capture/feed-messages.ts';
import { exchanges, HELLO, setUp } from './feed-setup.ts';
import { PipeEnd } from './pipe.ts';
import { payload } from './traffic.ts';

describe('a feed', () => {
  it('says hello first, before anything was asked', () => {
    const { log, join, clock } = setUp();
    exchanges(log, 1);
    const { viewer } = join();
    viewer.credit(MAX_BATCH_BYTES);
    clock.pass(100);
    expect(jsonOf(viewer.others[0]!, 1)).toEqual(HELLO);
    expect(viewer.others).toHaveLength(1);
    expect(viewer.events).toHaveLength(4);
  });

  it('says hello again when told to', () => {
    const { join } = setUp();
    const { feed, viewer } = join();
    feed.hello({ ...HELLO, memoryBudgetBytes: 99 });
    expect(viewer.others.map((message) => jsonOf(message, 1))).toEqual([
      HELLO,
      { ...HELLO, memoryBudgetBytes: 99 },
    ]);
  });

  it('sends nothing without credit', () => {
    const { log, join, clock } = setUp();
    const { viewer, feed } = join();
    exchanges(log, 1000);
    clock.pass(10_000);
    expect(viewer.batches).toEqual([]);
    expect(feed.behind).toBe(log.end);
  });

  it('sends a batch a frame, each of at most 64 KiB', () => {
    const { log, join, clock } = setUp();
    const { viewer } = join();
    viewer.credit(1e9);
    for (let i = 0; i < 1000; i++) {
      exchanges(log, 30);
      clock.pass(1);
    }
    clock.pass(10_000);
    expect(viewer.events).toHaveLength(1000 * 30 * 4);
    expect(viewer.batches.length).toBeGreaterThan(50);
    viewer.batches.forEach(({ at, records }, i) => {
      expect(1 + records.length).toBeLessThanOrEqual(MAX_BATCH_BYTES);
      if (i > 0) expect(at - viewer.batches[i - 1]!.at).toBeGreaterThanOrEqual(FRAME_MS);
    });
    // And wastes little of them while it catches up.
    expect(viewer.batches[1]!.records.length).toBeGreaterThan(MAX_BATCH_BYTES - 200);
  });

  it('does not wait for frames while the viewer is far behind', () => {
    const { log, join, clock } = setUp();
    const { viewer, feed } = join();
    exchanges(log, 60_000);
    viewer.credit(1e9);
    clock.pass(FRAME_MS);
    expect(viewer.batches.length).toBeGreaterThan(10);
    expect(feed.behind).toBeLessThanOrEqual(CATCH_UP_BYTES);
    const { length } = viewer.batches;
    clock.pass(2 * FRAME_MS);
    expect(viewer.batches.length).toBeLessThanOrEqual(length + 2);
  });

  it('does not wait for a frame after a rest', () => {
    const { log, join, clock } = setUp();
    const { viewer } = join();
    viewer.credit(1e6);
    clock.pass(1000);
    exchanges(log, 1);
    clock.pass(0);
    expect(viewer.events).toHaveLength(4);
  });

  it('has no timer running while there is nothing to send', () => {
    const { log, join, clock } = setUp();
    const { viewer } = join();
    viewer.credit(1e6);
    exchanges(log, 10);
    clock.pass(100);
    expect(clock.waiting).toBe(0);
    exchanges(log, 1);
    expect(clock.waiting).toBe(1);
    clock.pass(100);
    expect(clock.waiting).toBe(0);
    expect(viewer.events).toHaveLength(44);
  });

  it('keeps to the credit, whatever portions it comes in', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(400), fc.nat(30), fc.nat(40)), { maxLength: 60 }), (turns) => {
        const { log, join, clock } = setUp();
        const { viewer } = join();
        let credit = 0;
        for (const [bytes, count, ms] of turns) {
          exchanges(log, count);
          viewer.credit(bytes);
          credit += bytes;
          clock.pass(ms);
          expect(viewer.received).toBeLessThanOrEqual(credit);
        }
        viewer.credit(1e9);
        clock.pass(60_000);
        expect(viewer.events).toHaveLength(log.records);
      }),
      { numRuns: 60 },
    );
  });

  it('leaves payloads out', () => {
    const { log, join, clock } = setUp();
    const { viewer } = join();
    viewer.credit(1e6);
    log.bytes(1, 'in', 0, payload(1, 50_000));
    clock.pass(100);
    expect(viewer.received).toBeLessThan(100);
    expect(viewer.events).toMatchObject([{ kind: 'bytes', length: 50_000, data: undefined, position: 0 }]);
  });

  it('bounds the credit that it remembers', () => {
    const { log, join, clock } = setUp();
    const { viewer } = join();
    for (let i = 0; i < 100; i++) viewer.credit(0xffff_ffff);
    exchanges(log, 5);
    clock.pass(100);
    expect(viewer.events).toHaveLength(20);
  });
});

describe('several viewers', () => {
  it('do not slow one another: one that stalls is overtaken and told so', () => {
    const { log, join, clock } = setUp(3);
    const { viewer: quick } = join();
    const { viewer: stalled, feed } = join();
    quick.credit(1e9);
    log.opened(1, '127.0.0.1', 50_000, 8080);
    for (let i = 0; i < 2000; i++) {
      exchanges(log, 5);
      clock.pass(FRAME_MS);
    }
    expect(quick.events.map((event) => event.position)).toEqual([
      ...new Set(quick.events.map((event) => event.position)),
    ]);
    expect(quick.events).toHaveLength(log.records);
    expect(stalled.batches).toEqual([]);
    expect(feed.behind).toBe(log.usedBytes);

    stalled.credit(1e9);
    clock.pass(60_000);
    const [tombstone, ...rest] = stalled.events;
    expect(tombstone).toMatchObject({ kind: 'tombstone', carried: true, ...log.trimmed });
    expect(rest[0]).toMatchObject({ kind: 'opened', conn: 1, carried: true });
    const live = rest.filter((event) => !event.carried);
    expect(live.length + log.trimmed.records).toBe(log.records);
    expect(live).toEqual(quick.events.slice(-live.length));
  });

  it('that come late learn servers, open connections and what is in flight', () => {
    const { log, join, clock } = setUp(2);
    const server = {
      id: 1,
      name: 'site',
      root: '/srv',
      host: '127.0.0.1',
      port: 8080,
      url: 'http://127.0.0.1:8080/',
      model: 'event-loop',
      status: 'running' as const,
    };
    log.server({ ...server, status: 'starting' });
    log.server(server);
    log.server({ ...server, id: 2 });
    log.server({ ...server, id: 2, status: 'removed' });
    log.opened(1, '127.0.0.1', 50_001, 8080);
    log.opened(1, '127.0.0.1', 50_002, 8080);
    log.opened(1, '127.0.0.1', 50_003, 8080);
    const slow = log.begin(2, 0);
    log.request(2, slow, 0, 40, 'GET', '/events', 'HTTP/1.1');
    log.response(2, slow, 0, 90, 200, 'text/event-stream');
    log.begin(3, 0);
    log.closed(3, 'client-reset', 1, 0);
    exchanges(log, 3000);
    const { viewer } = join();
    viewer.credit(1e9);
    clock.pass(60_000);
    const carried = viewer.events.filter((event) => event.carried);
    // Which exchange of connection 1 lies across the edge of a segment is of no interest here.
    expect(carried.filter((event) => !('exchange' in event && event.conn === 1))).toMatchObject([
      { kind: 'tombstone', start: log.start },
      { kind: 'server', state: server },
      { kind: 'opened', conn: 1 },
      { kind: 'opened', conn: 2, remotePort: 50_002 },
      { kind: 'begin', conn: 2, exchange: slow, position: expect.any(Number) },
      { kind: 'request', conn: 2, exchange: slow, target: '/events' },
      { kind: 'response', conn: 2, exchange: slow, status: 200 },
    ]);
  });

  it('take a long snapshot in many batches, each record with its position', () => {
    const { log, join, clock } = setUp(2);
    for (let i = 0; i < 3000; i++) log.opened(1, '127.0.0.1', i, 8080);
    const positions = decode(log.cursor('start').read(1e6)!).events.filter(
      (event) => event.kind === 'opened',
    );
    exchanges(log, 3000);
    const { viewer } = join();
    viewer.credit(1e9);
    clock.pass(60_000);
    const opened = viewer.events.filter((event) => event.kind === 'opened');
    expect(viewer.batches.length).toBeGreaterThan(4);
    expect(opened.map((event) => event.conn)).toEqual(Array.from({ length: 3000 }, (_, i) => i + 1));
    const byConn = new Map(opened.map((event) => [event.conn, event.position]));
    for (const event of positions) expect(byConn.get(event.conn)).toBe(event.position);
  });

  it('leave no trace when they go', () => {
    const gone: string[] = [];
    const { log, join, clock } = setUp(3, { onClose: (reason) => gone.push(reason) });
    const { viewer: killed, feed, host } = join();
    const { viewer: stays } = join();
    killed.credit(1e9);
    stays.credit(1e9);
    exchanges(log, 10);
    killed.end.close();
    expect(gone).toEqual(['closed there']);
    const sent = host.sent.length;
    exchanges(log, 10);
    clock.pass(1000);
    expect(host.sent).toHaveLength(sent);
    expect(stays.events).toHaveLength(80);
    feed.close();
    expect(gone).toHaveLength(1);
  });

  it('that were gone before they were served are let go once the feed exists', () => {
    const { log, clock } = setUp();
    const [host, viewerEnd] = PipeEnd.pair();
    viewerEnd.close();
    const { now, later } = clock;
    const gone: Feed[] = [];
    const feed: Feed = new Feed(log, host, {
      hello: HELLO,
      now,
      later,
      onCall: async () => undefined,
      onClose: () => gone.push(feed),
    });
    clock.pass(0);
    expect(gone).toEqual([feed]);
    expect(clock.waiting).toBe(0);
  });

  it('are let go by close, once', () => {
    const gone: string[] = [];
    const { join, clock } = setUp(3, { onClose: (reason) => gone.push(reason) });
    const { feed, viewer } = join();
    expect(clock.waiting).toBe(1);
    feed.close();
    feed.close();
    expect(clock.waiting).toBe(0);
    clock.pass(1000);
    expect(viewer.end.closed).toBe(true);
    expect(gone).toHaveLength(1);
    expect(clock.waiting).toBe(0);
  });
});

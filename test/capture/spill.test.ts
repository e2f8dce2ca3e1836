import { describe, expect, it } from 'vitest';
import { decode } from '../../server-core/capture/decode.ts';
import type { CaptureEvent } from '../../server-core/capture/events.ts';
import { Feed } from '../../server-core/capture/feed.ts';
import { CaptureLog } from '../../server-core/capture/log.ts';
import { exchanges, HELLO, Viewer } from './feed-setup.ts';
import { HandClock } from './hand-clock.ts';
import { HandStore } from './hand-store.ts';
import { PipeEnd } from './pipe.ts';
import { payload } from './traffic.ts';

const SEGMENT = 65_536;

function setUp(memory: number, disk: number) {
  const store = new HandStore();
  const troubles: string[] = [];
  let time = 0;
  const log = new CaptureLog({
    now: () => ++time,
    segmentBytes: SEGMENT,
    memoryBudgetBytes: memory * SEGMENT,
    store,
    diskBudgetBytes: disk * SEGMENT,
    onDiskTrouble: (sentence) => troubles.push(sentence),
  });
  return { log, store, troubles };
}

/** Sixty records of a thousand bytes fill a segment; the disk keeps up. */
async function fill(log: CaptureLog, store: HandStore, segments: number): Promise<void> {
  for (let i = 0; i < segments * 60; i++) {
    log.bytes(1, 'in', i, payload(i, 1000));
    if (i % 20 === 0) await store.settle();
  }
  await store.settle();
}

async function all(log: CaptureLog, store: HandStore): Promise<CaptureEvent[]> {
  const cursor = log.cursor('start', { payloads: true });
  const events: CaptureEvent[] = [];
  while (cursor.pending) {
    const batch = cursor.read(SEGMENT * 2);
    if (batch) events.push(...decode(batch).events);
    if (!cursor.onDisk) continue;
    const ready = cursor.ready();
    await store.settle();
    await ready;
  }
  return events;
}

describe('what no longer fits in memory', () => {
  it('goes to disk, and is read back byte for byte', async () => {
    const { log, store } = setUp(3, 100);
    await fill(log, store, 20);
    expect(log.start).toBe(0);
    expect(log.memoryBytes).toBe(3 * SEGMENT);
    expect(log.diskBytes).toBeGreaterThan(16 * SEGMENT);
    const events = await all(log, store);
    expect(events).toHaveLength(1200);
    events.forEach((event, i) => {
      expect(event.kind === 'bytes' && Buffer.compare(event.data!, payload(i, 1000))).toBe(0);
    });
  });

  it('is not written at all while memory has room', async () => {
    const { log, store } = setUp(100, 100);
    await fill(log, store, 20);
    expect(log.diskBytes).toBe(0);
    expect(store.slots.size).toBe(0);
  });

  it('is trimmed from disk beyond the budget there, and said', async () => {
    const { log, store } = setUp(3, 5);
    await fill(log, store, 40);
    expect(log.diskBytes).toBeLessThanOrEqual(5 * SEGMENT);
    expect(store.slots.size).toBeLessThanOrEqual(5);
    expect(log.overruns).toBe(0);
    const events = await all(log, store);
    expect(events[0]).toMatchObject({ kind: 'tombstone', carried: true, ...log.trimmed });
    const held = events.filter((event) => event.kind === 'bytes').length;
    expect(held * 1000 + log.trimmed.bytes).toBe(2_400_000);
    expect(held).toBeGreaterThan(5 * 60);
  });

  it('is pulled by position, from memory or disk alike', async () => {
    const { log, store } = setUp(3, 100);
    await fill(log, store, 20);
    expect(log.payload(0)).toBeUndefined();
    const pulled = log.pullPayload(0);
    await store.settle();
    expect(await pulled).toEqual(payload(0, 1000));
    const lookalike = log.pullPayload(1);
    await store.settle();
    expect(await lookalike).toBeUndefined();
    expect(await log.pullPayload(log.end - 1032)).toEqual(payload(1199, 1000));
    expect(await log.pullPayload(log.end + 5)).toBeUndefined();
  });

  it('is never shown when its place was written again while it was read', async () => {
    const { log, store } = setUp(3, 5);
    await fill(log, store, 7);
    const position = log.start;
    const pulled = log.pullPayload(position);
    // The disk answers only after the segment was trimmed and its slot used for another.
    for (let i = 0; i < 60 * 20; i++) log.bytes(1, 'in', i, payload(i, 1000));
    await store.settle();
    expect(log.start).toBeGreaterThan(position);
    expect(await pulled).toBeUndefined();
  });
});

describe('a disk', () => {
  it('slower than the traffic costs history, not memory, and this is counted', async () => {
    const { log, store } = setUp(4, 100);
    await fill(log, store, 10);
    const before = log.start;
    for (let i = 0; i < 60 * 20; i++) log.bytes(1, 'in', i, payload(i, 1000));
    expect(log.memoryBytes).toBe(4 * SEGMENT);
    expect(log.overruns).toBeGreaterThan(0);
    expect(log.start).toBeGreaterThan(before);
    const events = await all(log, store);
    const held = events.filter((event) => event.kind === 'bytes').length;
    expect(held * 1000 + log.trimmed.bytes).toBe(30 * 60 * 1000);
  });

  it('is given so much a second at the most, and more only where memory must shrink', async () => {
    let time = 0;
    const store = new HandStore();
    const log = new CaptureLog({
      now: () => time,
      segmentBytes: SEGMENT,
      memoryBudgetBytes: 40 * SEGMENT,
      store,
      diskBudgetBytes: 100 * SEGMENT,
      diskBytesPerSecond: SEGMENT,
    });
    for (let i = 0; i < 10; i++) {
      await fill(log, store, 3);
      time += 100_000;
    }
    // Ten segments over the share of memory: what a second and the one before it allow, and not all of them.
    expect(log.diskBytes).toBeGreaterThan(0);
    expect(log.diskBytes).toBeLessThanOrEqual(6 * SEGMENT);
    log.memoryBudgetBytes = 4 * SEGMENT;
    await store.settle();
    expect(log.memoryBytes).toBe(4 * SEGMENT);
    expect(log.start).toBe(0);
  });

  it('that fails is said once; the log goes on in memory', async () => {
    const { log, store, troubles } = setUp(3, 100);
    await fill(log, store, 10);
    store.broken = 'There is no space left on the disk';
    await fill(log, store, 10);
    expect(troubles).toEqual(['There is no space left on the disk']);
    expect(log.diskBytes).toBe(0);
    expect(log.diskBudgetBytes).toBe(0);
    expect(store.cleared).toBe(1);
    const events = await all(log, store);
    const held = events.filter((event) => event.kind === 'bytes').length;
    expect(held * 1000 + log.trimmed.bytes).toBe(20 * 60 * 1000);
  });

  it('that failed is used again when it is given a budget anew', async () => {
    const { log, store } = setUp(3, 100);
    store.broken = 'gone';
    await fill(log, store, 10);
    store.broken = undefined;
    log.diskBudgetBytes = 50 * SEGMENT;
    await fill(log, store, 10);
    expect(log.diskBytes).toBeGreaterThan(5 * SEGMENT);
  });

  it('with its budget lowered gives room back at once, and all of it at 0', async () => {
    const { log, store } = setUp(3, 100);
    await fill(log, store, 20);
    log.diskBudgetBytes = 4 * SEGMENT;
    expect(log.diskBytes).toBeLessThanOrEqual(4 * SEGMENT);
    expect((await all(log, store)).at(-1)).toMatchObject({ kind: 'tombstone', ...log.trimmed });
    log.diskBudgetBytes = 0;
    expect(log.diskBytes).toBe(0);
    expect(store.cleared).toBe(1);
  });

  it('takes what memory gives up when that budget is lowered: nothing is trimmed', async () => {
    const { log, store } = setUp(40, 100);
    await fill(log, store, 30);
    log.memoryBudgetBytes = 4 * SEGMENT;
    await fill(log, store, 2);
    expect(log.memoryBytes).toBe(4 * SEGMENT);
    expect(log.start).toBe(0);
    expect(log.trimmed.records).toBe(0);
  });
});

describe('a follower', () => {
  it('that falls behind is made to catch up within the append, before anything is trimmed', () => {
    const { log } = setUp(4, 0);
    const cursor = log.cursor('start', { payloads: true });
    let caught = 0;
    const end = log.follow(cursor, () => {
      caught++;
      while (cursor.read(SEGMENT * 2));
    });
    for (let i = 0; i < 60 * 50; i++) log.bytes(1, 'in', i, payload(i, 1000));
    expect(caught).toBeGreaterThan(10);
    expect(cursor.missed).toBe(0);
    end();
    for (let i = 0; i < 60 * 50; i++) log.bytes(1, 'in', i, payload(i, 1000));
    cursor.read(SEGMENT);
    expect(cursor.missed).toBeGreaterThan(0);
  });
});

describe('a feed', () => {
  it('of a viewer that comes late begins on disk, goes on in memory and then live', async () => {
    const store = new HandStore();
    const clock = new HandClock();
    const log = new CaptureLog({
      now: () => clock.now() * 1000,
      segmentBytes: SEGMENT,
      memoryBudgetBytes: 3 * SEGMENT,
      store,
      diskBudgetBytes: 100 * SEGMENT,
    });
    for (let i = 0; i < 100; i++) {
      exchanges(log, 50);
      await store.settle();
    }
    expect(log.diskBytes).toBeGreaterThan(5 * SEGMENT);
    const [host, end] = PipeEnd.pair();
    const { now, later } = clock;
    const feed = new Feed(log, host, { hello: HELLO, now, later, onCall: async () => undefined });
    const viewer = new Viewer(clock, end);
    viewer.credit(1e9);
    while (feed.behind > 0) {
      clock.pass(16);
      await store.settle();
    }
    exchanges(log, 1);
    clock.pass(16);
    const begun = viewer.events.flatMap((event) => (event.kind === 'begin' ? [event.exchange] : []));
    expect(begun).toEqual(Array.from({ length: 5001 }, (_, i) => i + 1));
    expect(clock.waiting).toBe(0);
  });
});

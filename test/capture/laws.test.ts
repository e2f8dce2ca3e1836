/**
 * The laws of the log, under random traffic, reads and budgets. A journal that is read after every step holds
 * all that was ever appended; every other reader is compared with it.
 */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cursor } from '../../server-core/capture/cursor.ts';
import { decode } from '../../server-core/capture/decode.ts';
import type { BytesEvent } from '../../server-core/capture/events.ts';
import { CaptureLog } from '../../server-core/capture/log.ts';
import { generationOf } from '../../server-core/capture/trace-steps.ts';
import { Traces } from '../../server-core/capture/traces.ts';
import { type Entry, entriesOf, eventsFrom } from './entries.ts';
import { HandStore } from './hand-store.ts';
import { type Step, step, Traffic } from './traffic.ts';

const SEGMENT = 65_536;
/** Holds any record, so that every read makes progress. */
const LEAST_READ = 66_000;

type Action =
  | { readonly do: 'report'; readonly step: Step }
  | { readonly do: 'read'; readonly reader: number; readonly maxBytes: number }
  | { readonly do: 'join'; readonly from: number }
  | { readonly do: 'budget'; readonly segments: number }
  | { readonly do: 'disk'; readonly segments: number }
  /** The disk does so many pieces of its work. */
  | { readonly do: 'settle'; readonly count: number };

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 16, arbitrary: fc.record({ do: fc.constant('report' as const), step }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('read' as const),
      reader: fc.nat(20),
      maxBytes: fc.oneof(fc.constant(LEAST_READ), fc.nat(3_000), fc.nat(200_000)),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('join' as const), from: fc.nat(100) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('budget' as const), segments: fc.nat(6) }) },
);
const withDisk: fc.Arbitrary<Action> = fc.oneof(
  { weight: 20, arbitrary: action },
  { weight: 12, arbitrary: fc.record({ do: fc.constant('settle' as const), count: fc.nat(4) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('disk' as const), segments: fc.nat(8) }) },
);

/** A cursor, the events it gave, and how many records came before it began. */
class Reader {
  readonly live: Entry[] = [];
  readonly #traces = new Traces();
  readonly payloads: boolean;
  readonly cursor: Cursor;
  readonly #journal: readonly Entry[];
  #before: number;

  constructor(cursor: Cursor, payloads: boolean, before: number, journal: readonly Entry[]) {
    this.cursor = cursor;
    this.payloads = payloads;
    this.#before = before;
    this.#journal = journal;
  }

  /** Reads once and checks what came against the journal; true when something came. */
  read(log: CaptureLog, maxBytes: number): boolean {
    const wasAt = this.cursor.position;
    const overtaken = wasAt < log.start;
    const batch = this.cursor.read(maxBytes);
    if (overtaken && batch) this.#checkSnapshotStart(log, batch);
    if (!batch) return false;
    expect(batch.length).toBeLessThanOrEqual(maxBytes);
    const { entries, error } = entriesOf(batch, this.#traces);
    expect(error).toBeUndefined();
    for (const event of entries) if (!event.carried) this.live.push(event);
    this.checkSum(log);
    return true;
  }

  /** Reads on until the end, bringing in what lies on disk. */
  async drain(log: CaptureLog, store: HandStore | undefined): Promise<void> {
    const { cursor } = this;
    for (;;) {
      if (this.read(log, LEAST_READ)) continue;
      if (!cursor.onDisk) return;
      const ready = cursor.ready();
      await store?.settle();
      await ready;
    }
  }

  /** captured = before it began + delivered + missed + ahead, in records. */
  checkSum(log: CaptureLog): void {
    const { cursor } = this;
    const ahead = this.#journal.filter((event) => event.position >= cursor.position).length;
    expect(this.live).toHaveLength(cursor.delivered);
    expect(this.#before + cursor.delivered + cursor.missed + ahead).toBe(log.records);
  }

  /** Every event it gave is the journal's at that position, in order, and gaps are just the missed ones. */
  checkOrder(): void {
    const byPosition = new Map(this.#journal.map((event) => [event.position, event]));
    let last = -1;
    for (const event of this.live) {
      expect(event.position).toBeGreaterThan(last);
      last = event.position;
      const original = byPosition.get(event.position)!;
      if (original.kind === 'bytes' && event.kind === 'bytes' && event.data === undefined) {
        if (this.payloads) expect(this.#isRepeat(original)).toBe(true);
        expect(event).toEqual({ ...original, data: undefined });
      } else expect(digested(event)).toEqual(digested(original));
    }
  }

  /** Whether the same payload stands before it in the log, in the same segment at most. */
  #isRepeat({ data, position }: BytesEvent): boolean {
    return this.#journal.some(
      (other) =>
        other.kind === 'bytes' &&
        other.position < position &&
        other.position > position - SEGMENT &&
        Buffer.compare(other.data!, data!) === 0,
    );
  }

  #checkSnapshotStart(log: CaptureLog, batch: Uint8Array): void {
    const [first] = decode(batch).events;
    expect(first).toMatchObject({ kind: 'tombstone', carried: true, ...log.trimmed });
  }
}

/** With the payload that it repeats, where that was in an earlier batch. */
function whole(log: CaptureLog, event: Entry): Entry {
  if (event.kind !== 'bytes' || event.data !== undefined) return event;
  return { ...event, data: log.payload(event.position) };
}

async function run(actions: readonly Action[], store?: HandStore): Promise<void> {
  let time = 0;
  const troubles: string[] = [];
  const log = new CaptureLog({
    now: () => ++time,
    segmentBytes: SEGMENT,
    memoryBudgetBytes: 3 * SEGMENT,
    ...(store && { store, diskBudgetBytes: 4 * SEGMENT }),
    onDiskTrouble: (sentence) => troubles.push(sentence),
  });
  const traffic = new Traffic(log);
  const journal: Entry[] = [];
  const traces = new Traces();
  const journalCursor = log.cursor('start', { payloads: true });
  const readers = [new Reader(log.cursor('start'), false, 0, journal)];
  readers.push(new Reader(log.cursor('start', { payloads: true }), true, 0, journal));

  let checkedAt = 0;

  const note = () => {
    for (let batch = journalCursor.read(1e6); batch; batch = journalCursor.read(1e6)) {
      for (const event of entriesOf(batch, traces).entries) journal.push(whole(log, event));
    }
    expect(journalCursor.missed).toBe(0);
    expect(journal).toHaveLength(log.records);
  };
  for (const next of actions) {
    if (next.do === 'report') traffic.report(next.step);
    else if (next.do === 'budget') log.memoryBudgetBytes = next.segments * SEGMENT;
    else if (next.do === 'disk') log.diskBudgetBytes = next.segments * SEGMENT;
    else if (next.do === 'settle') await store?.settle(next.count);
    else if (next.do === 'join') readers.push(join(log, journal, next.from, readers.length % 2 === 0));
    else {
      const reader = readers[next.reader % readers.length]!;
      // Whether what it waits for comes soon, late, or after it was trimmed is up to the disk.
      if (!reader.read(log, next.maxBytes) && reader.cursor.onDisk) void reader.cursor.ready();
    }
    note();
    checkTrimmed(log, journal);
    // What is being written counts until it is done, also where nobody wants it any more.
    const underWay = (store?.writing ?? 0) * SEGMENT;
    expect(log.diskBytes).toBeLessThanOrEqual(log.diskBudgetBytes + underWay);
    if (log.start !== checkedAt) checkSnapshot(log, journal);
    checkedAt = log.start;
  }
  expect(reported(journal)).toEqual(traffic.expected.map(digested));
  for (const reader of readers) {
    reader.checkSum(log);
    await reader.drain(log, store);
    note();
    expect(reader.cursor.pending).toBe(false);
    expect(reader.cursor.behind).toBe(0);
    reader.checkOrder();
  }
  expect(troubles).toEqual([]);
}

function join(log: CaptureLog, journal: readonly Entry[], from: number, payloads: boolean): Reader {
  if (from % 3 === 0) return new Reader(log.cursor('start', { payloads }), payloads, 0, journal);
  if (from % 3 === 1) return new Reader(log.cursor('end', { payloads }), payloads, journal.length, journal);
  // A position held, not always the first byte of a record.
  const position = log.start + Math.floor(((log.end - log.start) * from) / 100);
  const before = journal.filter((event) => event.position < position).length;
  if (!log.segmentAt(position))
    return new Reader(log.cursor('end', { payloads }), payloads, journal.length, journal);
  const reader = new Reader(log.cursor(position, { payloads }), payloads, before, journal);
  expect(reader.cursor.position).toBe(journal[before]?.position ?? log.end);
  return reader;
}

/** What was reported: the journal without tombstones, and with the pieces of one payload joined. */
function reported(journal: readonly Entry[]): unknown[] {
  const all: Record<string, unknown>[] = [];
  for (const { time, position, ...event } of eventsFrom(journal)) {
    if (event.kind === 'tombstone') continue;
    const last = all.at(-1);
    if (event.kind === 'bytes' && event.continued && last) {
      last.data = Buffer.concat([last.data as Uint8Array, event.data!]);
      last.length = (last.length as number) + event.length;
    } else all.push({ ...event });
  }
  return all.map(digested);
}

/** An event with a digest for its payload: a failure is then quick to show and short to read. */
function digested<E extends object>(event: E): object {
  if (!('data' in event && event.data instanceof Uint8Array)) return event;
  return { ...event, data: createHash('sha1').update(event.data).digest('hex') };
}

/** The journal before the log's start, folded by the plainest means. */
function heldAtStart(log: CaptureLog, journal: readonly Entry[]) {
  const gone = journal.filter((event) => event.position < log.start);
  const closed = new Set(gone.flatMap((event) => (event.kind === 'closed' ? [event.conn] : [])));
  const ended = new Set(gone.flatMap((event) => (event.kind === 'response-end' ? [event.exchange] : [])));
  const states = gone.filter((event) => event.kind === 'server');
  const handshakes = gone.filter((event) => event.kind === 'tls');
  const steps = gone.filter((event) => event.kind === 'step');
  const handovers = gone.filter((event) => event.kind === 'worker' && event.exchange === 0);
  const facts = gone.filter((event) => {
    switch (event.kind) {
      case 'server':
        return (
          event === states.findLast((other) => other.state.id === event.state.id) &&
          event.state.status !== 'removed'
        );
      case 'step':
        return generationOf(event.step) === generationOf(steps.at(-1)!.step);
      case 'opened':
        return !closed.has(event.conn);
      case 'tls':
        // A handshake is done once; the random traffic may say so again.
        return !closed.has(event.conn) && event === handshakes.findLast(({ conn }) => conn === event.conn);
      case 'worker':
        if (closed.has(event.conn)) return false;
        if (event.exchange !== 0) return !ended.has(event.exchange);
        return event === handovers.findLast((other) => 'conn' in other && other.conn === event.conn);
      case 'begin':
      case 'request':
      case 'request-end':
      case 'response':
      case 'fault':
        return !closed.has(event.conn) && !ended.has(event.exchange);
      default:
        return false;
    }
  });
  return { gone, facts };
}

function checkTrimmed(log: CaptureLog, journal: readonly Entry[]): void {
  const { gone, facts } = heldAtStart(log, journal);
  const begun = gone.filter((event) => event.kind === 'begin').length;
  const inFlight = facts.filter((event) => event.kind === 'begin').length;
  expect(log.trimmed).toEqual({
    start: log.start,
    records: gone.length,
    exchanges: begun - inFlight,
    bytes: gone.reduce((sum, event) => sum + (event.kind === 'bytes' ? event.length : 0), 0),
  });
  // A budget that was lowered is met as soon as the disk has taken what is over it; the highest here is 6.
  const most = log.diskBudgetBytes > 0 ? 6 * SEGMENT : Math.max(log.memoryBudgetBytes, 2 * SEGMENT);
  expect(log.memoryBytes).toBeLessThanOrEqual(most);
  const tombstone = journal.findLast((event) => event.kind === 'tombstone');
  if (log.start > 0) expect(tombstone).toMatchObject(log.trimmed);
}

function checkSnapshot(log: CaptureLog, journal: readonly Entry[]): void {
  const traces = new Traces();
  const carried = log.snapshot().flatMap((piece) => entriesOf(piece, traces).entries);
  const { facts } = heldAtStart(log, journal);
  const expected = facts.map((event) => ({ ...event, carried: true }));
  const byPosition = (a: Entry, b: Entry) => a.position - b.position;
  expect(carried.slice(1).sort(byPosition)).toEqual(expected);
}

describe('the log', () => {
  it('gives every record to every reader once and in order, or counts it as trimmed', () =>
    fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 60, size: 'max' }), (actions) =>
        run(actions),
      ),
      { numRuns: 150 },
    ));

  it('keeps its laws over a long run', () =>
    fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 400, maxLength: 600, size: 'max' }), (actions) =>
        run(actions),
      ),
      { numRuns: 4 },
    ));

  it('keeps them with a disk that is quick, slow or late, and budgets that change', () =>
    fc.assert(
      fc.asyncProperty(fc.array(withDisk, { minLength: 60, maxLength: 300, size: 'max' }), (actions) =>
        run(actions, new HandStore()),
      ),
      { numRuns: 25, endOnFailure: true },
    ));
});

/**
 * The laws of the log, under random traffic, reads and budgets. A journal that is read after every step holds
 * all that was ever appended; every other reader is compared with it.
 */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cursor } from '../../server-core/capture/cursor.ts';
import { decode } from '../../server-core/capture/decode.ts';
import type { CaptureEvent } from '../../server-core/capture/events.ts';
import { CaptureLog } from '../../server-core/capture/log.ts';
import { type Step, step, Traffic } from './traffic.ts';

const SEGMENT = 65_536;
/** Holds any record, so that every read makes progress. */
const LEAST_READ = 66_000;

type Action =
  | { readonly do: 'report'; readonly step: Step }
  | { readonly do: 'read'; readonly reader: number; readonly maxBytes: number }
  | { readonly do: 'join'; readonly from: number }
  | { readonly do: 'budget'; readonly segments: number };

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

/** A cursor, the events it gave, and how many records came before it began. */
class Reader {
  readonly live: CaptureEvent[] = [];
  readonly payloads: boolean;
  readonly cursor: Cursor;
  readonly #journal: readonly CaptureEvent[];
  #before: number;

  constructor(cursor: Cursor, payloads: boolean, before: number, journal: readonly CaptureEvent[]) {
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
    const { events, error } = decode(batch);
    expect(error).toBeUndefined();
    for (const event of events) if (!event.carried) this.live.push(event);
    this.checkSum(log);
    return true;
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
      const same = original.kind === 'bytes' && !this.payloads ? { ...original, data: undefined } : original;
      expect(digested(event)).toEqual(digested(same));
    }
  }

  #checkSnapshotStart(log: CaptureLog, batch: Uint8Array): void {
    const [first] = decode(batch).events;
    expect(first).toMatchObject({ kind: 'tombstone', carried: true, ...log.trimmed });
  }
}

function run(actions: readonly Action[]): void {
  let time = 0;
  const log = new CaptureLog({ now: () => ++time, segmentBytes: SEGMENT, memoryBudgetBytes: 3 * SEGMENT });
  const traffic = new Traffic(log);
  const journal: CaptureEvent[] = [];
  const journalCursor = log.cursor('start', { payloads: true });
  const readers = [new Reader(log.cursor('start'), false, 0, journal)];
  readers.push(new Reader(log.cursor('start', { payloads: true }), true, 0, journal));

  let checkedAt = 0;

  const note = () => {
    for (let batch = journalCursor.read(1e6); batch; batch = journalCursor.read(1e6)) {
      journal.push(...decode(batch).events);
    }
    expect(journalCursor.missed).toBe(0);
    expect(journal).toHaveLength(log.records);
  };
  for (const next of actions) {
    if (next.do === 'report') traffic.report(next.step);
    else if (next.do === 'budget') log.memoryBudgetBytes = next.segments * SEGMENT;
    else if (next.do === 'join') readers.push(join(log, journal, next.from, readers.length % 2 === 0));
    else readers[next.reader % readers.length]!.read(log, next.maxBytes);
    note();
    checkTrimmed(log, journal);
    if (log.start !== checkedAt) checkSnapshot(log, journal);
    checkedAt = log.start;
  }
  expect(reported(journal)).toEqual(traffic.expected.map(digested));
  for (const reader of readers) {
    reader.checkSum(log);
    while (reader.read(log, LEAST_READ));
    expect(reader.cursor.pending).toBe(false);
    expect(reader.cursor.behind).toBe(0);
    reader.checkOrder();
  }
}

function join(log: CaptureLog, journal: readonly CaptureEvent[], from: number, payloads: boolean): Reader {
  if (from % 3 === 0) return new Reader(log.cursor('start', { payloads }), payloads, 0, journal);
  if (from % 3 === 1) return new Reader(log.cursor('end', { payloads }), payloads, journal.length, journal);
  // A position held, not always the first byte of a record.
  const position = log.start + Math.floor(((log.end - log.start) * from) / 100);
  const before = journal.filter((event) => event.position < position).length;
  const reader = new Reader(log.cursor(position, { payloads }), payloads, before, journal);
  expect(reader.cursor.position).toBe(journal[before]?.position ?? log.end);
  return reader;
}

/** What was reported: the journal without tombstones, and with the pieces of one payload joined. */
function reported(journal: readonly CaptureEvent[]): unknown[] {
  const all: Record<string, unknown>[] = [];
  for (const { time, position, ...event } of journal) {
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
function heldAtStart(log: CaptureLog, journal: readonly CaptureEvent[]) {
  const gone = journal.filter((event) => event.position < log.start);
  const closed = new Set(gone.flatMap((event) => (event.kind === 'closed' ? [event.conn] : [])));
  const ended = new Set(gone.flatMap((event) => (event.kind === 'response-end' ? [event.exchange] : [])));
  const states = gone.filter((event) => event.kind === 'server');
  const facts = gone.filter((event) => {
    switch (event.kind) {
      case 'server':
        return (
          event === states.findLast((other) => other.state.id === event.state.id) &&
          event.state.status !== 'removed'
        );
      case 'opened':
        return !closed.has(event.conn);
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

function checkTrimmed(log: CaptureLog, journal: readonly CaptureEvent[]): void {
  const { gone, facts } = heldAtStart(log, journal);
  const begun = gone.filter((event) => event.kind === 'begin').length;
  const inFlight = facts.filter((event) => event.kind === 'begin').length;
  expect(log.trimmed).toEqual({
    start: log.start,
    records: gone.length,
    exchanges: begun - inFlight,
    bytes: gone.reduce((sum, event) => sum + (event.kind === 'bytes' ? event.length : 0), 0),
  });
  expect(log.memoryBytes).toBeLessThanOrEqual(Math.max(log.memoryBudgetBytes, 2 * SEGMENT));
  const tombstone = journal.findLast((event) => event.kind === 'tombstone');
  if (log.start > 0) expect(tombstone).toMatchObject(log.trimmed);
}

function checkSnapshot(log: CaptureLog, journal: readonly CaptureEvent[]): void {
  const carried = log.snapshot().flatMap((piece) => decode(piece).events);
  const { facts } = heldAtStart(log, journal);
  const expected = facts.map((event) => ({ ...event, carried: true }));
  const byPosition = (a: CaptureEvent, b: CaptureEvent) => a.position - b.position;
  expect(carried.slice(1).sort(byPosition)).toEqual(expected);
}

describe('the log', () => {
  it('gives every record to every reader once and in order, or counts it as trimmed', () => {
    fc.assert(fc.property(fc.array(action, { minLength: 1, maxLength: 60, size: 'max' }), run), {
      numRuns: 150,
    });
  });

  it('keeps its laws over a long run', () => {
    fc.assert(fc.property(fc.array(action, { minLength: 400, maxLength: 600, size: 'max' }), run), {
      numRuns: 4,
    });
  });
});

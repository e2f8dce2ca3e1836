import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordReader } from '../../server-core/capture/codec.ts';
import { type CaptureEvent, KIND, type MarkEvent, type MarkName } from '../../server-core/capture/events.ts';
import { TRACED_BYTES } from '../../server-core/capture/layout.ts';
import { CaptureLog } from '../../server-core/capture/log.ts';
import { generationOf } from '../../server-core/capture/trace-steps.ts';
import { Traces } from '../../server-core/capture/traces.ts';
import { eventsIn, eventsOf } from '../support/events-of.ts';

const SEGMENT = 65_536;
const KIT: readonly (readonly [MarkName, string])[] = [
  ['resolve', 'Target /a decodes to /a'],
  ['resolve', 'File a inside the root, 3 B'],
  ['decision', 'No condition, so 200'],
];

class Clock {
  micros = 0;
  readonly log = new CaptureLog({
    now: () => ++this.micros,
    segmentBytes: SEGMENT,
    memoryBudgetBytes: 4 * SEGMENT,
  });
}

const marksOf = (events: readonly CaptureEvent[]) =>
  events.filter((event): event is MarkEvent => event.kind === 'mark');
const saying = (marks: readonly MarkEvent[]) =>
  marks.map(({ exchange, mark, detail }) => [exchange, mark, detail]);

/** Kinds of the records from a position on. */
function kindsFrom(log: CaptureLog, position: number): number[] {
  const reader = new RecordReader(log.cursor(position).read(SEGMENT));
  const kinds: number[] = [];
  while (reader.next()) kinds.push(reader.kind);
  return kinds;
}

function explain(log: CaptureLog, exchange: number, kit = KIT): void {
  for (const [mark, detail] of kit) log.mark(1, exchange, mark, detail);
}

describe('marks in one go', () => {
  it('that were made before in that order are one small record', () => {
    const { log } = new Clock();
    for (let exchange = 1; exchange <= 6; exchange++) explain(log, exchange);
    const { end } = log;
    explain(log, 7);
    expect(log.end - end).toBe(TRACED_BYTES);
    expect(kindsFrom(log, end)).toEqual([KIND.traced]);
    expect(saying(marksOf(eventsOf(log)))).toEqual(
      [1, 2, 3, 4, 5, 6, 7].flatMap((exchange) => KIT.map(([mark, detail]) => [exchange, mark, detail])),
    );
  });

  it('are as many records as there are goes, so that a pause shows', () => {
    const clock = new Clock();
    const { log } = clock;
    for (let exchange = 1; exchange <= 6; exchange++) explain(log, exchange);
    const [first, ...others] = KIT;
    const at = log.end;
    explain(log, 7, [first!]);
    clock.micros += 100;
    explain(log, 7, others);
    expect(log.end - at).toBeGreaterThan(TRACED_BYTES);
    const [before, after] = marksOf(eventsOf(log)).slice(-3);
    expect(after!.time - before!.time).toBeGreaterThanOrEqual(100);
  });

  it('are not changed once a reader has met them', () => {
    const { log } = new Clock();
    for (let exchange = 1; exchange <= 6; exchange++) explain(log, exchange);
    const cursor = log.cursor('start');
    const traces = new Traces();
    const events: CaptureEvent[] = [];
    const read = () => {
      for (let batch = cursor.read(1e6); batch; batch = cursor.read(1e6))
        events.push(...eventsIn(batch, traces));
    };
    for (const [mark, detail] of KIT) {
      log.mark(1, 7, mark, detail);
      read();
    }
    expect(saying(marksOf(events)).slice(-3)).toEqual(KIT.map(([mark, detail]) => [7, mark, detail]));
    expect(cursor.delivered).toBe(log.records);
  });

  it('are told apart by their mark where the words are the same', () => {
    const { log } = new Clock();
    for (let exchange = 1; exchange <= 8; exchange++) {
      log.mark(1, exchange, exchange % 2 ? 'note' : 'decision', 'Same words');
    }
    expect(marksOf(eventsOf(log)).map(({ mark }) => mark)).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8].map((exchange) => (exchange % 2 ? 'note' : 'decision')),
    );
  });
});

describe('a reader that begins after a trim', () => {
  it('is told the steps that it needs first, of one generation alone', () => {
    const { log } = new Clock();
    const made: unknown[] = [];
    // Words that come twice are told and then never used again: they fill several generations.
    for (let exchange = 1; exchange <= 20_000; exchange++) {
      const kit = [...KIT, ['note', `Number ${exchange >> 1}`] as const];
      explain(log, exchange, kit);
      made.push(...kit.map(([mark, detail]) => [exchange, mark, detail]));
    }
    expect(log.start).toBeGreaterThan(0);
    const reader = new RecordReader(log.cursor('start').read(1e6));
    const carried: number[] = [];
    while (reader.next()) if (reader.kind === KIND.step && reader.carried) carried.push(reader.step);
    expect(carried.length).toBeGreaterThan(0);
    expect(new Set(carried.map(generationOf)).size).toBe(1);
    expect(generationOf(carried[0]!)).toBeGreaterThan(1);
    const held = saying(marksOf(eventsOf(log)));
    expect(held).toEqual(made.slice(-held.length));
  });
});

describe('marks of any kind', () => {
  it('are read as they were made, however they repeat and wherever the log is read', () => {
    const one = fc.record({
      exchange: fc.nat(2),
      mark: fc.constantFrom<MarkName>('note', 'decision', 'open'),
      detail: fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom('a', 'b', 'é €', '') },
        { weight: 1, arbitrary: fc.string({ maxLength: 300 }).map((text) => text.toWellFormed()) },
      ),
      pause: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(40) }),
      reads: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 300 }), (made) => {
        const clock = new Clock();
        const { log } = clock;
        const early = log.cursor('start');
        const traces = new Traces();
        const followed: MarkEvent[] = [];
        for (const { exchange, mark, detail, pause, reads } of made) {
          clock.micros += pause;
          log.mark(1, exchange, mark, detail);
          if (!reads) continue;
          for (let batch = early.read(SEGMENT); batch; batch = early.read(SEGMENT))
            followed.push(...marksOf(eventsIn(batch, traces)));
        }
        for (let batch = early.read(SEGMENT); batch; batch = early.read(SEGMENT))
          followed.push(...marksOf(eventsIn(batch, traces)));
        const expected = made.map(({ exchange, mark, detail }) => [exchange, mark, detail]);
        const held = marksOf(eventsOf(log));
        expect(saying(held)).toEqual(expected);
        expect(saying(followed)).toEqual(expected);
        expect(held.every(({ time }, i) => i === 0 || time >= held[i - 1]!.time)).toBe(true);
        expect(early.delivered).toBe(log.records);
      }),
    );
  });
});

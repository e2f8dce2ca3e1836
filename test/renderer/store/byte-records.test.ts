import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ByteRecord, ByteRecords } from '../../../renderer/store/byte-records.ts';
import { newConnections } from '../../../renderer/store/connections.ts';

const page = newConnections().add(1);

/** A store with what was appended to it on one connection, and the same as a plain list. */
function filled(steps: readonly Step[]) {
  const records = new ByteRecords();
  const plain: ByteRecord[] = [];
  page.bytesHead[1] = 0;
  page.bytesTail[1] = 0;
  let [time, position] = [0, 0];
  const next: [number, number] = [0, 0];
  for (const { later, further, out, gap, length, continued } of steps) {
    time += later;
    position += further;
    next[out] += gap;
    const record = { time, out, offset: next[out], length, position, continued };
    records.append(page, 1, time, out, record.offset, length, position, continued);
    plain.push(record);
    next[out] += length;
    position += length;
  }
  return { records, plain };
}

const step = fc.record({
  later: fc.oneof({ weight: 9, arbitrary: fc.nat(5000) }, fc.constantFrom(2 ** 23, 2 ** 24, 2 ** 33)),
  further: fc.oneof({ weight: 9, arbitrary: fc.nat(5000) }, fc.constantFrom(2 ** 31, 2 ** 32, 2 ** 40)),
  out: fc.constantFrom(0 as const, 1 as const),
  gap: fc.oneof({ weight: 19, arbitrary: fc.constant(0) }, fc.nat(9999)),
  length: fc.oneof(fc.nat(70_000), fc.constant(2 ** 24)),
  continued: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const steps = fc.array(step, { maxLength: 60 });

describe('byte records', () => {
  it('are what was appended, however far apart in time, in the log and in the stream', () => {
    fc.assert(
      fc.property(steps, (moves) => {
        const { records, plain } = filled(moves);
        const seen: ByteRecord[] = [];
        records.eachDuring(page, 1, 0, Number.POSITIVE_INFINITY, (record) => seen.push({ ...record }));
        expect(seen).toEqual(plain);
      }),
    );
  });

  it('are found by time and by place in their stream', () => {
    fc.assert(
      fc.property(steps, fc.nat(60), fc.nat(60), (moves, a, b) => {
        const { records, plain } = filled(moves);
        const from = plain[Math.min(a, b)]?.time ?? 0;
        const to = plain[Math.max(a, b)]?.time ?? 0;
        const during: number[] = [];
        records.eachDuring(page, 1, from, to, ({ position }) => during.push(position));
        const timely = plain.filter(({ time }) => time >= from && time <= to);
        expect(during).toEqual(timely.map(({ position }) => position));
        const start = plain[a]?.offset ?? 0;
        const within: number[] = [];
        records.eachWithin(page, 1, 1, start, start + 50_000, ({ position }) => within.push(position));
        const placed = plain.filter(
          ({ out, offset, length }) => out === 1 && offset < start + 50_000 && offset + length > start,
        );
        expect(within).toEqual(placed.map(({ position }) => position));
      }),
    );
  });
});

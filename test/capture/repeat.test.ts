import { describe, expect, it } from 'vitest';
import { RecordReader } from '../../server-core/capture/codec.ts';
import { decode } from '../../server-core/capture/decode.ts';
import type { BytesEvent } from '../../server-core/capture/events.ts';
import { ANCHOR_BYTES, BYTES_HEADER, REPEAT_BYTES } from '../../server-core/capture/layout.ts';
import { CaptureLog } from '../../server-core/capture/log.ts';
import { payload } from './traffic.ts';

const SEGMENT = 65_536;
const newLog = () => new CaptureLog({ now: () => 1, segmentBytes: SEGMENT, memoryBudgetBytes: 4 * SEGMENT });
const bytesIn = (batch: Uint8Array | undefined) =>
  decode(batch ?? new Uint8Array()).events.filter((event): event is BytesEvent => event.kind === 'bytes');

/** Reports it as written by connection 1, and returns where its record is. */
function written(log: CaptureLog, data: Uint8Array, stable = true): number {
  const { end } = log;
  log.bytes(1, 'out', 0, data, stable);
  return end;
}

describe('a stable array that is written again', () => {
  it('costs a few bytes, and reads as what was written', () => {
    const log = newLog();
    const file = payload(1, 10_000);
    const first = written(log, file);
    const again = written(log, file);
    expect(again - first).toBe(BYTES_HEADER + 10_000);
    expect(log.end - again).toBe(REPEAT_BYTES);
    expect(log.payload(again)).toEqual(file);
    expect(log.totals.bytes).toBe(20_000);
    const events = bytesIn(log.cursor('start', { payloads: true }).read(SEGMENT));
    expect(events.map(({ length, data, position }) => ({ length, data, position }))).toEqual([
      { length: 10_000, data: file, position: first },
      { length: 10_000, data: file, position: again },
    ]);
  });

  it('is known by itself, not by what it holds', () => {
    const log = newLog();
    written(log, payload(1, 100));
    const other = written(log, payload(1, 100));
    expect(log.end - other).toBe(BYTES_HEADER + 100);
  });

  it('is not taken for stable when it is not said to be', () => {
    const log = newLog();
    const buffer = payload(1, 100);
    written(log, buffer, false);
    buffer.fill(0);
    const again = written(log, buffer, false);
    expect(log.payload(again)).toEqual(new Uint8Array(100));
  });

  it('is written out anew in each segment, so that none needs another', () => {
    const log = newLog();
    const file = payload(1, 20_000);
    while (log.start < 2 * SEGMENT) written(log, file);
    const cursor = log.cursor('start');
    const held: BytesEvent[] = [];
    for (let batch = cursor.read(SEGMENT); batch; batch = cursor.read(SEGMENT)) held.push(...bytesIn(batch));
    expect(held.length).toBeGreaterThan(1000);
    const digest = Buffer.from(file).toString('latin1');
    for (const { position } of held) {
      expect(Buffer.from(log.payload(position) ?? []).toString('latin1') === digest).toBe(true);
    }
  });

  it('keeps positions right for a reader of headers only', () => {
    const log = newLog();
    const file = payload(1, 5_000);
    const positions = [
      written(log, file),
      written(log, file),
      written(log, payload(2, 7)),
      written(log, file),
    ];
    const events = bytesIn(log.cursor('start').read(SEGMENT));
    expect(events.map(({ position }) => position)).toEqual(positions);
    expect(events.map(({ length }) => length)).toEqual([5_000, 5_000, 7, 5_000]);
    expect(events.every(({ data }) => data === undefined)).toBe(true);
  });

  it('has no data for a reader that was not given the first', () => {
    const log = newLog();
    const file = payload(1, 5_000);
    written(log, file);
    const again = written(log, file);
    const [event] = bytesIn(log.cursor(again, { payloads: true }).read(SEGMENT));
    expect(event).toMatchObject({ position: again, length: 5_000, data: undefined });
  });
});

describe('a record that says it repeats what it does not', () => {
  it.each([
    ['itself', 0],
    ['what lies before the bytes', 100_000],
    ['the middle of a record', 20],
    ['another repeat', REPEAT_BYTES],
  ])('%s: has no data', (_, distance) => {
    const log = newLog();
    const file = payload(1, 4);
    for (let i = 0; i < 3; i++) written(log, file);
    const batch = log.cursor('start', { payloads: true }).read(SEGMENT) as Uint8Array;
    const last = batch.length - REPEAT_BYTES;
    new DataView(batch.buffer, batch.byteOffset).setUint32(last + BYTES_HEADER, distance, true);
    const reader = new RecordReader(batch);
    while (reader.next() && reader.from < last);
    expect(reader.from).toBeGreaterThan(ANCHOR_BYTES);
    expect(reader.data).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { decode } from '../../server-core/capture/decode.ts';
import type { BytesEvent, CaptureEvent } from '../../server-core/capture/events.ts';
import { CaptureLog } from '../../server-core/capture/log.ts';
import { payload } from './traffic.ts';

const KIB = 1024;
const SEGMENT = 64 * KIB;

function smallLog(segments: number): CaptureLog {
  let time = 0;
  return new CaptureLog({ now: () => ++time, segmentBytes: SEGMENT, memoryBudgetBytes: segments * SEGMENT });
}

function held(log: CaptureLog): readonly CaptureEvent[] {
  const bytes = log.cursor('start', { payloads: true }).read(log.usedBytes + 64 * KIB);
  const { events, error } = decode(bytes ?? new Uint8Array(0));
  expect(error).toBeUndefined();
  return events;
}

function joined(events: readonly BytesEvent[]): Uint8Array {
  return new Uint8Array(events.flatMap((event) => [...event.data!]));
}

describe('numbers', () => {
  it('counts connections and exchanges from 1 without gaps, and everything it was told', () => {
    const log = smallLog(4);
    expect([log.opened(1, '::1', 1, 2), log.opened(1, '::1', 1, 2)]).toEqual([1, 2]);
    expect([log.begin(1, 0), log.begin(2, 0), log.begin(1, 9)]).toEqual([1, 2, 3]);
    log.bytes(1, 'in', 0, new Uint8Array(10));
    log.bytes(1, 'out', 0, new Uint8Array(5));
    expect(log.totals).toEqual({ records: 7, connections: 2, exchanges: 3, bytes: 15 });
  });

  it('reads the clock once for each record', () => {
    let reads = 0;
    const log = new CaptureLog({ now: () => ++reads, segmentBytes: SEGMENT });
    for (let i = 0; i < 100; i++) log.bytes(1, 'in', 0, new Uint8Array(100));
    expect(reads).toBe(100);
  });

  it('refuses segments that could not hold every record', () => {
    expect(() => new CaptureLog({ now: () => 0, segmentBytes: 1000 })).toThrow(RangeError);
    expect(() => new CaptureLog({ now: () => 0, segmentBytes: Number.NaN })).toThrow(RangeError);
  });
});

describe('payloads', () => {
  it('are copied before the call returns', () => {
    const log = smallLog(4);
    const data = payload(1, 500);
    log.bytes(1, 'in', 0, data);
    data.fill(0);
    expect(log.payload(0)).toEqual(payload(1, 500));
  });

  it('are copies when pulled', () => {
    const log = smallLog(4);
    log.bytes(1, 'in', 0, payload(1, 500));
    log.payload(0)!.fill(0);
    expect(log.payload(0)).toEqual(payload(1, 500));
  });

  it.each([65_300, 65_536, 100_000, 200_000])(
    'of %i bytes, more than a segment holds, come in pieces',
    (length) => {
      const log = smallLog(8);
      log.begin(1, 0);
      log.bytes(7, 'out', 1000, payload(3, length));
      const pieces = held(log).filter((event) => event.kind === 'bytes');
      expect(pieces.length).toBeGreaterThan(length > 65_500 ? 1 : 0);
      expect(joined(pieces)).toEqual(payload(3, length));
      let offset = 1000;
      pieces.forEach((piece, i) => {
        expect(piece).toMatchObject({ conn: 7, direction: 'out', offset });
        expect(piece.continued).toBe(i === 0 ? undefined : true);
        offset += piece.length;
      });
      expect(log.totals.bytes).toBe(length);
    },
  );

  it('that are large fill a segment before they go on in the next', () => {
    const log = new CaptureLog({
      now: () => 0,
      segmentBytes: 1024 * KIB,
      memoryBudgetBytes: 64 * 1024 * KIB,
    });
    for (let i = 0; i < 20; i++) log.bytes(1, 'out', 0, payload(i, 700 * KIB));
    expect(log.usedBytes / log.memoryBytes).toBeGreaterThan(0.9);
    const whole = held(log).filter((event) => event.kind === 'bytes');
    expect(whole.filter((event) => !event.continued)).toHaveLength(20);
  });

  it('up to 64 KiB stay whole, so that a record is what one read was', () => {
    const log = new CaptureLog({ now: () => 0, segmentBytes: 256 * KIB });
    for (let i = 0; i < 50; i++) log.bytes(1, 'in', 0, payload(i, 64 * KIB));
    const pieces = held(log).filter((event) => event.kind === 'bytes');
    expect(pieces.map((piece) => piece.length)).toEqual(Array(50).fill(64 * KIB));
  });

  it('that are empty make a record too', () => {
    const log = smallLog(4);
    log.bytes(1, 'in', 3, new Uint8Array(0));
    expect(held(log)).toMatchObject([{ kind: 'bytes', length: 0, offset: 3 }]);
    expect(log.payload(0)).toEqual(new Uint8Array(0));
  });

  it('that are empty make one also where a segment is all but full', () => {
    for (let spare = 0; spare <= 40; spare++) {
      const log = smallLog(4);
      log.bytes(1, 'in', 0, new Uint8Array(60_000));
      log.bytes(1, 'in', 60_000, new Uint8Array(SEGMENT - 60_000 - 64 - spare));
      log.bytes(1, 'in', SEGMENT - 64 - spare, new Uint8Array(0));
      expect(held(log).at(-1)).toMatchObject({ kind: 'bytes', length: 0, offset: SEGMENT - 64 - spare });
    }
  });

  it('are undefined where there is no such record', () => {
    const log = smallLog(2);
    log.begin(1, 0);
    log.bytes(1, 'in', 0, payload(1, 100));
    expect(log.payload(32)).toBeDefined();
    for (const position of [-1, 0, 1, 31, 33, 164, 1e9, Number.NaN, 32.5]) {
      expect(log.payload(position)).toBeUndefined();
    }
    for (let i = 0; i < 10; i++) log.bytes(1, 'in', 0, payload(i, 40_000));
    expect(log.payload(32)).toBeUndefined();
  });

  it('are undefined where captured bytes only look like a record that goes on behind the last', () => {
    // length 1032, kind 3 (bytes), …, payload length 1000
    const lookalike = new Uint8Array(32);
    lookalike.set([0x08, 0x04, 0, 0, 3]);
    lookalike.set([0xe8, 0x03], 28);
    for (let shown = 5; shown <= 32; shown++) {
      const log = smallLog(2);
      log.bytes(1, 'in', 0, new Uint8Array([...new Uint8Array(10), ...lookalike.subarray(0, shown)]));
      expect(log.payload(32 + 10)).toBeUndefined();
    }
    // And where not even a header has room: the segment is full to its last byte.
    const log = smallLog(2);
    log.bytes(1, 'in', 0, new Uint8Array(1000));
    const last = new Uint8Array(SEGMENT - 1064);
    last.set([32, 0, 0, 0, 3], last.length - 8);
    log.bytes(1, 'in', 0, last);
    expect(log.end).toBe(SEGMENT);
    expect(log.payload(SEGMENT - 8)).toBeUndefined();
  });
});

describe('a cursor with payloads', () => {
  it.each([SEGMENT, 256 * KIB])('takes any record in a read of the size of a segment, %i', (segmentBytes) => {
    const log = new CaptureLog({ now: () => 0, segmentBytes, memoryBudgetBytes: 20 * segmentBytes });
    for (let length = segmentBytes - 100; length < segmentBytes + 10; length++) {
      takesIt(log, length);
      // The very first record has a whole segment to itself.
      takesIt(new CaptureLog({ now: () => 0, segmentBytes }), length);
    }

    function takesIt(log: CaptureLog, length: number): void {
      const cursor = log.cursor('end', { payloads: true });
      log.bytes(1, 'in', 0, new Uint8Array(length));
      const events: CaptureEvent[] = [];
      for (let batch = cursor.read(segmentBytes); batch; batch = cursor.read(segmentBytes)) {
        events.push(...decode(batch).events);
      }
      expect(cursor.pending).toBe(false);
      const pieces = events.filter((event) => event.kind === 'bytes');
      expect(pieces.reduce((sum, piece) => sum + piece.length, 0)).toBe(length);
    }
  });
});

describe('the memory budget', () => {
  it('is kept, by trimming whole segments and saying so in the log', () => {
    const log = smallLog(3);
    for (let i = 0; i < 1000; i++) log.bytes(1, 'in', i, payload(i, 1000));
    expect(log.memoryBytes).toBe(3 * SEGMENT);
    expect(log.start).toBeGreaterThan(0);
    const newest = held(log).findLast((event) => event.kind === 'tombstone' && !event.carried);
    expect(newest).toMatchObject(log.trimmed);
    expect(log.trimmed.bytes + held(log).filter((event) => event.kind === 'bytes').length * 1000).toBe(
      1_000_000,
    );
  });

  it('lowered while running, trims and frees at once', () => {
    const log = smallLog(10);
    for (let i = 0; i < 500; i++) log.bytes(1, 'in', i, payload(i, 1000));
    expect(log.memoryBytes).toBe(8 * SEGMENT);
    log.memoryBudgetBytes = 4 * SEGMENT;
    expect(log.memoryBytes).toBe(4 * SEGMENT);
    expect(log.memoryBudgetBytes).toBe(4 * SEGMENT);
    const events = held(log);
    expect(events[0]).toMatchObject({ kind: 'tombstone', carried: true, ...log.trimmed });
    expect(events.at(-1)).toMatchObject({ kind: 'tombstone', ...log.trimmed });
  });

  it('raised while running, is used', () => {
    const log = smallLog(2);
    for (let i = 0; i < 500; i++) log.bytes(1, 'in', i, payload(i, 1000));
    log.memoryBudgetBytes = 6 * SEGMENT;
    for (let i = 0; i < 500; i++) log.bytes(1, 'in', i, payload(i, 1000));
    expect(log.memoryBytes).toBe(6 * SEGMENT);
  });

  it('below two segments still leaves two', () => {
    const log = smallLog(5);
    for (let i = 0; i < 500; i++) log.bytes(1, 'in', i, payload(i, 1000));
    log.memoryBudgetBytes = 1;
    expect(log.memoryBytes).toBe(2 * SEGMENT);
    for (let i = 0; i < 500; i++) log.bytes(1, 'in', i, payload(i, 1000));
    expect(log.memoryBytes).toBe(2 * SEGMENT);
  });

  it('lowered and raised again with a full last segment keeps what it says', () => {
    const log = smallLog(6);
    for (let round = 0; round < 40; round++) {
      // Leaves less room than a tombstone takes.
      while (log.end % SEGMENT === 0 || log.usedBytes < 5 * SEGMENT)
        log.bytes(1, 'in', 0, payload(round, 1500));
      log.memoryBudgetBytes = (2 + (round % 4)) * SEGMENT;
      expect(held(log).findLast((event) => event.kind === 'tombstone')).toMatchObject(log.trimmed);
      log.memoryBudgetBytes = 6 * SEGMENT;
    }
  });

  it('recycles buffers without letting old bytes through', () => {
    const log = smallLog(2);
    for (let i = 0; i < 300; i++) log.bytes(1, 'in', 0, new Uint8Array(1500).fill(0xaa));
    const recycled = log.end;
    // What is written now lies in buffers full of the old; none of it may show, read or pulled.
    for (let i = 0; i < 40; i++) log.bytes(1, 'in', 0, new Uint8Array(1500 + i).fill(0xbb));
    const cursor = log.cursor(recycled, { payloads: true });
    const batch = cursor.read(SEGMENT * 4)!;
    expect(batch).not.toContain(0xaa);
    expect(decode(batch).events.filter((event) => event.kind === 'bytes')).toHaveLength(40);
    for (let position = log.end - 3000; position < log.end + 3000; position++) {
      expect(log.payload(position) ?? new Uint8Array(0)).not.toContain(0xaa);
    }
  });
});

describe('the append signal', () => {
  it('comes once, after the record is whole, until it is armed again', () => {
    const log = smallLog(4);
    const seen: number[] = [];
    const signal = log.onAppend(() => {
      const { events, error } = decode(log.cursor('start').read(SEGMENT)!);
      expect(error).toBeUndefined();
      seen.push(events.length);
    });
    log.begin(1, 0);
    expect(seen).toEqual([]);
    signal.arm();
    log.request(1, 1, 0, 9, 'GET', '/', 'HTTP/1.1');
    log.begin(1, 0);
    expect(seen).toEqual([2]);
    signal.arm();
    signal.arm();
    log.bytes(1, 'in', 0, payload(1, 100_000));
    expect(seen).toEqual([2, 5]);
    signal.arm();
    signal.close();
    log.begin(1, 0);
    expect(seen).toHaveLength(2);
  });

  it('may be armed again from within, and reaches every listener', () => {
    const log = smallLog(4);
    let first = 0;
    let second = 0;
    const a = log.onAppend(() => {
      first++;
      a.arm();
    });
    const b = log.onAppend(() => second++);
    a.arm();
    b.arm();
    for (let i = 0; i < 3; i++) log.begin(1, i);
    expect([first, second]).toEqual([3, 1]);
  });
});

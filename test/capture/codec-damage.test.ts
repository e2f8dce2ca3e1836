/** What is read where bytes are cut, changed, or no records at all. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordReader } from '../../server-core/capture/codec.ts';
import { decode } from '../../server-core/capture/decode.ts';
import { KIND } from '../../server-core/capture/events.ts';
import { ANCHOR_BYTES, LAYOUT_VERSION, LEAST_BYTES } from '../../server-core/capture/layout.ts';
import { CaptureLog } from '../../server-core/capture/log.ts';
import { serverState, Traffic } from './traffic.ts';

/** A few records of all kinds, elided as a feed gives them. */
function sample(payloads: boolean): Uint8Array {
  const log = new CaptureLog({ now: () => 1, segmentBytes: 65_536 });
  const traffic = new Traffic(log);
  const ops = [
    'server',
    'opened',
    'begin',
    'bytes',
    'request',
    'requestEnd',
    'response',
    'mark',
    'fault',
  ] as const;
  for (const op of [...ops, 'responseEnd', 'metrics', 'usage', 'workerLife', 'closed'] as const) {
    traffic.report({ op, pick: 0, size: 11, text: 'aé' });
  }
  return log.cursor('start', { payloads }).read(65_536)!;
}

describe('bytes that are no records', () => {
  it('ends with an error at a cut anywhere, after the records that are whole', () => {
    for (const bytes of [sample(false), sample(true)]) {
      const whole = decode(bytes).events;
      expect(whole).toHaveLength(14);
      const ends = new Set([0]);
      const reader = new RecordReader(bytes);
      ends.add(ANCHOR_BYTES);
      while (reader.next()) ends.add(reader.to);
      for (let cut = 0; cut < bytes.length; cut++) {
        const { events, error } = decode(bytes.slice(0, cut));
        expect(events).toEqual(whole.slice(0, events.length));
        expect(error === undefined).toBe(ends.has(cut));
      }
    }
  });

  it('never throws nor leaves its bounds, whatever is changed', () => {
    const bytes = sample(true);
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        // Within a larger buffer: what lies around it must not show.
        const room = new Uint8Array(bytes.length + 64).fill(0x7f);
        room.set(bytes, 32);
        const damaged = room.subarray(32, 32 + bytes.length);
        for (const [at, value] of changes) damaged[at] = value;
        const { events, error } = decode(damaged);
        for (const event of events) expect(event.kind).toBeTypeOf('string');
        const reader = new RecordReader(damaged);
        while (reader.next()) expect(reader.to).toBeLessThanOrEqual(damaged.length);
        expect(reader.error).toBe(error);
        expect(reader.next()).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it('never throws on noise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const { events, error } = decode(bytes);
        expect(events.length * 20).toBeLessThanOrEqual(bytes.length);
        if (bytes.length > 0 && bytes.length < 20)
          expect(error).toMatch(/^The record at byte 0 is cut short/);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each(Object.entries(KIND))('ends at a %s record that is too short for its kind', (_name, kind) => {
    for (let length = 20; length < LEAST_BYTES[kind]!; length++) {
      const bytes = new Uint8Array(length);
      bytes.set([length, 0, 0, 0, kind]);
      expect(decode(bytes)).toEqual({
        events: [],
        error: 'The record at byte 0 is too short for its kind',
      });
    }
  });

  it('ends at a request that is shorter than its texts say', () => {
    for (const [method, version] of [
      [3, 3],
      [6, 0],
      [0, 6],
      [65_535, 65_535],
    ] as const) {
      const bytes = new Uint8Array(42 + 5);
      bytes.set([47, 0, 0, 0, KIND.request]);
      new DataView(bytes.buffer).setUint16(6, method, true);
      new DataView(bytes.buffer).setUint16(40, version, true);
      expect(decode(bytes)).toEqual({
        events: [],
        error: 'The record at byte 0 is shorter than its texts',
      });
    }
  });

  it('passes over records of unknown kinds and counts them into positions', () => {
    const unknown = new Uint8Array(25);
    unknown.set([25, 0, 0, 0, 200]);
    const known = sample(true).slice(ANCHOR_BYTES);
    const joined = new Uint8Array([...unknown, ...known]);
    const { events, error } = decode(joined, 1000);
    expect(error).toBeUndefined();
    const reader = new RecordReader(joined, 1000);
    expect(reader.next() && reader.kind).toBe(KIND.server);
    expect(events[0]).toMatchObject({ kind: 'server', position: 1025 });
    expect(events).toHaveLength(14);
  });

  it('refuses a newer layout in words', () => {
    const bytes = sample(true);
    new DataView(bytes.buffer).setUint16(6, LAYOUT_VERSION + 1, true);
    expect(decode(bytes)).toEqual({
      events: [],
      error: 'The record at byte 0 is of a newer version of the format',
    });
  });

  it('has no event for a mark, reason or server state that this version does not know', () => {
    const log = new CaptureLog({ now: () => 1 });
    log.mark(1, 1, 'note', 'n');
    log.closed(1, 'error', 0, 0);
    log.server(serverState(1, 'site', 1));
    log.begin(1, 0);
    const bytes = log.cursor('start').read(65_536)!;
    const reader = new RecordReader(bytes);
    while (reader.next()) {
      if (reader.kind === KIND.server) bytes[reader.from + 24] = 0x5b;
      else if (reader.kind !== KIND.begin) bytes[reader.from + 6] = 250;
    }
    const { events, error } = decode(bytes);
    expect(error).toBeUndefined();
    expect(events.map((event) => event.kind)).toEqual(['begin']);
  });
});

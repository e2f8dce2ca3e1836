import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameParser, type Reader } from '../../../server-core/wire/ws/frames.ts';
import { FRAME_STATES } from '../../../server-core/wire/ws/states.ts';
import { frame } from '../../../server-core/wire/ws/writer.ts';
import { logFrames, poisoned, wire } from './frame-log.ts';

interface Case {
  readonly name: string;
  readonly reader: Reader;
  readonly bytes: Uint8Array;
  /** Leaf spans by kind and length. */
  readonly spans: string;
  readonly frames: string;
  readonly fault?: string;
}

const key = '37 fa 21 3d';
const CASES: readonly Case[] = [
  // RFC 6455 §5.7
  {
    name: 'a text message in one unmasked frame',
    reader: 'client',
    bytes: wire('81 05 "Hello"'),
    spans: 'ws-opcode 1, ws-length 1, ws-payload 5',
    frames: 'fin 1 5 B',
  },
  {
    name: 'a text message in one masked frame',
    reader: 'server',
    bytes: wire(`81 85 ${key} 7f 9f 4d 51 58`),
    spans: 'ws-opcode 1, ws-length 1, ws-masking-key 4, ws-payload 5',
    frames: 'fin 1 5 B masked 37fa213d',
  },
  {
    name: 'a text message in two unmasked frames',
    reader: 'client',
    bytes: wire('01 03 "Hel" 80 02 "lo"'),
    spans: 'ws-opcode 1, ws-length 1, ws-payload 3, ws-opcode 1, ws-length 1, ws-payload 2',
    frames: 'more 1 3 B, fin 0 2 B',
  },
  {
    name: 'an unmasked ping and its masked pong',
    reader: 'client',
    bytes: wire('89 05 "Hello"'),
    spans: 'ws-opcode 1, ws-length 1, ws-payload 5',
    frames: 'fin 9 5 B',
  },
  {
    name: 'the masked pong',
    reader: 'server',
    bytes: wire(`8a 85 ${key} 7f 9f 4d 51 58`),
    spans: 'ws-opcode 1, ws-length 1, ws-masking-key 4, ws-payload 5',
    frames: 'fin 10 5 B masked 37fa213d',
  },
  {
    name: '256 bytes in one unmasked frame',
    reader: 'client',
    bytes: frame(2, new Uint8Array(256)),
    spans: 'ws-opcode 1, ws-length 1, ws-extended-length 2, ws-payload 256',
    frames: 'fin 2 256 B',
  },
  {
    name: '64 KiB in one unmasked frame',
    reader: 'client',
    bytes: frame(2, new Uint8Array(65_536)),
    spans: 'ws-opcode 1, ws-length 1, ws-extended-length 8, ws-payload 65536',
    frames: 'fin 2 65536 B',
  },
  // the ends of each form of the length
  ...[
    [0, ''],
    [1, 'ws-payload 1'],
    [125, 'ws-payload 125'],
    [126, 'ws-extended-length 2, ws-payload 126'],
    [127, 'ws-extended-length 2, ws-payload 127'],
    [65_535, 'ws-extended-length 2, ws-payload 65535'],
  ].map(
    ([length, rest]): Case => ({
      name: `${length} bytes`,
      reader: 'client',
      bytes: frame(2, new Uint8Array(Number(length))),
      spans: ['ws-opcode 1, ws-length 1', rest].filter(Boolean).join(', '),
      frames: `fin 2 ${length} B`,
    }),
  ),
  {
    name: 'an empty masked frame and one behind it',
    reader: 'server',
    bytes: wire(`88 80 ${key} 8a 80 80 00 00 01`),
    spans: 'ws-opcode 1, ws-length 1, ws-masking-key 4, ws-opcode 1, ws-length 1, ws-masking-key 4',
    frames: 'fin 8 0 B masked 37fa213d, fin 10 0 B masked 80000001',
  },
  // faults
  ...['c1', 'a1', '91', 'f1'].map(
    (first): Case => ({
      name: `a reserved bit (${first})`,
      reader: 'client',
      bytes: wire(`${first} 01 "x"`),
      spans: '',
      frames: '',
      fault: 'ws-reserved-bits at 0',
    }),
  ),
  ...['83', '84', '87', '8b', '8f', '03', '0f'].map(
    (first): Case => ({
      name: `a reserved opcode (${first})`,
      reader: 'client',
      bytes: wire(`82 00 ${first} 01 "x"`),
      spans: 'ws-opcode 1, ws-length 1',
      frames: 'fin 2 0 B',
      fault: 'ws-opcode-unknown at 2',
    }),
  ),
  ...['08', '09', '0a'].map(
    (first): Case => ({
      name: `a fragmented control frame (${first})`,
      reader: 'client',
      bytes: wire(`${first} 01 "x"`),
      spans: '',
      frames: '',
      fault: 'ws-control-fragmented at 0',
    }),
  ),
  {
    name: 'a ping of 126 bytes',
    reader: 'server',
    bytes: wire(`89 fe 00 7e ${key}`),
    spans: 'ws-opcode 1',
    frames: '',
    fault: 'ws-control-too-long at 1',
  },
  {
    name: 'an unmasked frame from a client',
    reader: 'server',
    bytes: wire('81 05 "Hello"'),
    spans: 'ws-opcode 1',
    frames: '',
    fault: 'ws-mask-missing at 1',
  },
  {
    name: 'a masked frame from a server',
    reader: 'client',
    bytes: wire(`81 85 ${key} 7f 9f 4d 51 58`),
    spans: 'ws-opcode 1',
    frames: '',
    fault: 'ws-mask-unexpected at 1',
  },
  {
    name: '125 in two bytes',
    reader: 'client',
    bytes: wire('82 7e 00 7d'),
    spans: 'ws-opcode 1, ws-length 1, faulty 1',
    frames: '',
    fault: 'ws-length-not-minimal at 3',
  },
  {
    name: '65 535 in eight bytes',
    reader: 'client',
    bytes: wire('82 7f 00 00 00 00 00 00 ff ff'),
    spans: 'ws-opcode 1, ws-length 1, faulty 7',
    frames: '',
    fault: 'ws-length-not-minimal at 9',
  },
  {
    name: 'the most significant bit of the length',
    reader: 'client',
    bytes: wire('82 7f 80 00 00 00 00 01 00 00'),
    spans: 'ws-opcode 1, ws-length 1',
    frames: '',
    fault: 'ws-length-too-large at 2',
  },
  {
    name: 'a length that offsets cannot follow',
    reader: 'client',
    bytes: wire('82 7f 00 20 00 00 00 00 00 00'),
    spans: 'ws-opcode 1, ws-length 1, faulty 7',
    frames: '',
    fault: 'ws-message-too-big at 9',
  },
];

describe.each(CASES)('$name', ({ reader, bytes, spans, frames, fault }) => {
  const whole = logFrames(reader, [bytes]);

  it('is read whole', () => {
    expect(whole.spans.map(([kind, start, end]) => `${kind} ${end - start}`).join(', ')).toBe(spans);
    expect(whole.frames.map(described).join(', ')).toBe(frames);
    expect(whole.fault && `${whole.fault.code} at ${whole.fault.at}`).toBe(fault);
    expect(whole.consumed).toBe(whole.fault?.at ?? bytes.length);
  });

  it('is read the same one byte at a time', () => {
    expect(logFrames(reader, singly(bytes))).toEqual(whole);
  });

  it('is read the same when cut in two', () => {
    for (const cut of cutsOf(bytes.length)) {
      expect(logFrames(reader, [bytes.subarray(0, cut), bytes.subarray(cut)]), `cut at ${cut}`).toEqual(
        whole,
      );
    }
  });

  it('is read the same within a larger buffer', () => {
    expect(logFrames(reader, [poisoned(bytes)])).toEqual(whole);
  });

  it('has spans that tile what was consumed', () => {
    let at = 0;
    for (const [, start, end] of whole.spans) {
      expect(start).toBe(at);
      expect(end).toBeGreaterThan(start);
      at = end;
    }
    expect(at).toBe(whole.consumed);
  });

  it('needs more when it is truncated, and no fault comes early', () => {
    for (const cut of cutsOf(bytes.length)) {
      const part = logFrames(reader, [bytes.subarray(0, cut)]);
      if (part.fault) {
        expect(part.fault).toEqual(whole.fault);
        expect(cut).toBeGreaterThan(part.fault.at);
      }
      for (const { end } of part.frames) expect(end ?? 0).toBeLessThanOrEqual(cut);
    }
  });

  it('is closed early wherever it is truncated within a frame', () => {
    const ends = new Set([0, ...whole.frames.map(({ end }) => end)]);
    for (const cut of cutsOf(whole.consumed)) {
      const { fault: early } = logFrames(reader, [bytes.subarray(0, cut)], true);
      expect(early, `truncated at ${cut}`).toEqual(
        ends.has(cut) ? undefined : { code: 'ws-closed-early', at: cut },
      );
    }
  });
});

describe('the law of cuts', () => {
  const anyFrame = fc
    .record({
      opcode: fc.constantFrom(0, 1, 2, 8, 9, 10) as fc.Arbitrary<0 | 1 | 2 | 8 | 9 | 10>,
      length: fc.oneof(fc.nat(20), fc.constantFrom(0, 125, 126, 127, 300)),
      maskingKey: fc.nat(),
    })
    .map(({ opcode, length, maskingKey }) => {
      const payload = new Uint8Array(opcode >= 8 ? Math.min(length, 125) : length).fill(length);
      return frame(opcode, payload, { maskingKey });
    });

  it('holds for frames, damaged or not, cut anyhow', () => {
    fc.assert(
      fc.property(
        fc.array(anyFrame, { minLength: 1, maxLength: 5 }),
        fc.option(fc.tuple(fc.nat(), fc.nat(255))),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
        (frames, damage, steps) => {
          const bytes = Uint8Array.from(frames.flatMap((one) => [...one]));
          if (damage) bytes[damage[0] % bytes.length] = damage[1];
          expect(logFrames('server', stepwise(bytes, steps), true)).toEqual(
            logFrames('server', [bytes], true),
          );
        },
      ),
      { seed: 6455, numRuns: 300 },
    );
  });
});

describe('the parser', () => {
  const silent = { span() {}, head() {}, payload() {}, end() {}, fault() {} };

  it('returns at the end of each frame', () => {
    const parser = new FrameParser('client', silent);
    const two = wire('82 01 "a" 82 00');
    expect([parser.push(two), parser.push(two, 3), parser.push(two, 5)]).toEqual([3, 2, 0]);
  });

  it('reads no further than told', () => {
    const parser = new FrameParser('client', silent);
    expect(parser.push(wire('82 03 "abc"'), 0, 4)).toBe(4);
    expect(parser.state).toBe('payload');
    expect(parser.pending()).toEqual({ kind: 'ws-payload', start: 2 });
  });

  it('consumes nothing after a fault', () => {
    const parser = new FrameParser('client', silent);
    expect(parser.push(wire('ff 00'))).toBe(0);
    expect(parser.state).toBe('finished');
    expect(parser.push(wire('82 00'))).toBe(0);
  });

  it('says what it is reading, byte by byte', () => {
    const parser = new FrameParser('server', silent);
    const seen = [...frame(2, new Uint8Array(126), { maskingKey: 1 }).subarray(0, 9)].map((byte) => {
      const { state } = parser;
      parser.push(Uint8Array.of(byte));
      return state;
    });
    expect(seen).toEqual(
      'opcode length extended-length extended-length masking-key masking-key masking-key masking-key payload'.split(
        ' ',
      ),
    );
    expect(seen.map((state) => FRAME_STATES[state].section)).toContain('RFC 6455 §5.3');
  });

  it('counts offsets from where it is told the frames begin', () => {
    const spans: number[] = [];
    const parser = new FrameParser(
      'client',
      { ...silent, span: (_, start) => spans.push(start) },
      { offset: 1000 },
    );
    parser.push(wire('82 01 "a"'));
    expect(spans).toEqual([1000, 1001, 1002]);
  });
});

function described({
  fin,
  opcode,
  length,
  maskingKey,
}: ReturnType<typeof logFrames>['frames'][number]): string {
  const masked = maskingKey === undefined ? '' : ` masked ${maskingKey.toString(16)}`;
  return `${fin ? 'fin' : 'more'} ${opcode} ${length} B${masked}`;
}

function* singly(bytes: Uint8Array): Iterable<Uint8Array> {
  for (let i = 0; i < bytes.length; i++) yield bytes.subarray(i, i + 1);
}

function* stepwise(bytes: Uint8Array, steps: readonly number[]): Iterable<Uint8Array> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const step = steps[i % steps.length]!;
    yield bytes.subarray(at, at + step);
    at += step;
  }
}

/** Every offset; of a large frame those around its parts and its end. */
function cutsOf(length: number): number[] {
  const all = Array.from({ length: length + 1 }, (_, cut) => cut);
  return length <= 400 ? all : all.filter((cut) => cut < 20 || cut > length - 4);
}

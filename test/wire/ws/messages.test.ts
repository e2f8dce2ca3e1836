import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closeCodeFor } from '../../../server-core/wire/ws/close-code.ts';
import type { Reader } from '../../../server-core/wire/ws/frames.ts';
import { MessageReader } from '../../../server-core/wire/ws/messages.ts';
import { OPCODE } from '../../../server-core/wire/ws/opcode.ts';
import { closeFrame, frame } from '../../../server-core/wire/ws/writer.ts';
import { poisoned, wire } from './frame-log.ts';

/** What the reader delivers, one text an event. */
function read(
  chunks: readonly Uint8Array[],
  reader: Reader = 'client',
  maxMessageBytes = 1_000,
  deflate = false,
): string[] {
  const log: string[] = [];
  const messages = new MessageReader(
    reader,
    {
      text: (payload) => log.push(`text ${Buffer.from(payload)}`),
      binary: (payload) => log.push(`binary ${Buffer.from(payload).toString('hex')}`),
      compressed: (opcode, payload) =>
        log.push(`compressed ${opcode} ${Buffer.from(payload).toString('hex')}`),
      ping: (payload) => log.push(`ping ${Buffer.from(payload)}`),
      pong: (payload) => log.push(`pong ${Buffer.from(payload)}`),
      close: (code, reason) => log.push(`close ${code} ${Buffer.from(reason)}`),
      fault: ({ code, at }) => log.push(`fault ${code} at ${at}`),
    },
    { maxMessageBytes, deflate },
  );
  for (const chunk of chunks) {
    let consumed: number;
    for (let at = 0; at < chunk.length; at += consumed) {
      consumed = messages.push(chunk, at);
      if (consumed === 0) break;
    }
  }
  return log;
}

const frames = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));
const text = (payload: string, fin = true) => frame(OPCODE.text, Buffer.from(payload), { fin });
const more = (payload: string, fin = true) => frame(OPCODE.continuation, Buffer.from(payload), { fin });
const binary = (length: number, fin = true) => frame(OPCODE.binary, new Uint8Array(length), { fin });

const CASES: readonly (readonly [name: string, bytes: Uint8Array, events: readonly string[]])[] = [
  // RFC 6455 §5.7
  ['two fragments', wire('01 03 "Hel" 80 02 "lo"'), ['text Hello']],
  ['a ping between fragments', wire('01 03 "Hel" 89 01 "?" 80 02 "lo"'), ['ping ?', 'text Hello']],
  ['a pong that nobody asked for', wire('8a 00'), ['pong ']],
  ['an empty text', text(''), ['text ']],
  ['an empty binary', binary(0), ['binary ']],
  ['fragments that are all empty', frames(text('', false), more('', false), more('')), ['text ']],
  ['many fragments', frames(text('a', false), more('b', false), more('c', false), more('d')), ['text abcd']],
  [
    'one message after the other',
    frames(text('a', false), more('b'), binary(2), text('c')),
    ['text ab', 'binary 0000', 'text c'],
  ],
  ['as many bytes as are allowed', binary(1_000), [`binary ${'00'.repeat(1_000)}`]],
  [
    'a control frame beside a message as long as is allowed',
    frames(binary(1_000, false), frame(9, new Uint8Array(125)), more('')),
    [`ping ${'\0'.repeat(125)}`, `binary ${'00'.repeat(1_000)}`],
  ],

  ['a continuation of nothing', wire('80 01 "x"'), ['fault ws-continuation-unexpected at 0']],
  [
    'a continuation after the last',
    frames(text('a', false), more('b'), more('c')),
    ['text ab', 'fault ws-continuation-unexpected at 6'],
  ],
  ['a text within a text', frames(text('a', false), text('b')), ['fault ws-continuation-missing at 3']],
  ['a binary within a text', frames(text('a', false), binary(1)), ['fault ws-continuation-missing at 3']],
  ['one byte too many', binary(1_001), ['fault ws-message-too-big at 1']],
  [
    'one byte too many in fragments',
    frames(binary(600, false), more('x'.repeat(401))),
    ['fault ws-message-too-big at 605'],
  ],
  [
    'a length that nobody would send',
    wire('82 7f 00 00 7f ff ff ff ff ff'),
    ['fault ws-message-too-big at 1'],
  ],

  ['a character cut by fragments', frames(wire('01 01 ce'), wire('80 01 ba')), ['text κ']],
  ['a character of four bytes in four fragments', wire('01 01 f0 00 01 9f 00 01 98 80 01 80'), ['text 😀']],
  ['a ping within a character', wire('01 01 ce 89 00 80 01 ba'), ['ping ', 'text κ']],
  ['a byte order mark', text('\uFEFFa'), ['text \uFEFFa']],
  ['text that is cut short', wire('81 02 "a" ce'), ['fault ws-text-not-utf8 at 4']],
  ['text that is cut short by the last fragment', wire('01 01 ce 80 00'), ['fault ws-text-not-utf8 at 5']],
  ['a bad byte within a fragment', wire('01 05 ce ba ed a0 80 80 02 "ab"'), ['fault ws-text-not-utf8 at 5']],
  ['a bad byte at the start of a fragment', wire('01 01 ce 80 01 "a"'), ['fault ws-text-not-utf8 at 5']],
  ['a binary may hold anything', wire('82 02 c0 80'), ['binary c080']],

  ['a close with nothing', wire('88 00'), ['close undefined ']],
  ['a close with a code', wire('88 02 03 e8'), ['close 1000 ']],
  ['a close with a reason', closeFrame(1001, Buffer.from('κόσμε')), ['close 1001 κόσμε']],
  [
    'a close with the longest reason',
    closeFrame(3000, Buffer.from('r'.repeat(123))),
    [`close 3000 ${'r'.repeat(123)}`],
  ],
  ['a close within a message', frames(text('a', false), wire('88 00')), ['close undefined ']],
  ['bytes after a close', frames(wire('88 00'), text('late'), wire('ff ff')), ['close undefined ']],
  ['a close of one byte', wire('88 01 03'), ['fault ws-close-length at 2']],
  [
    'a close with a reason that is not UTF-8',
    wire('88 04 03 e8 "a" ff'),
    ['fault ws-close-reason-not-utf8 at 5'],
  ],
  [
    'a close with a reason that is cut short',
    wire('88 03 03 e8 ce'),
    ['fault ws-close-reason-not-utf8 at 5'],
  ],
  ['nothing after a fault', frames(wire('83 00'), text('late')), ['fault ws-opcode-unknown at 0']],
];

describe.each(CASES)('%s', (_, bytes, events) => {
  it('is read whole, bytewise, within a larger buffer and cut anywhere', () => {
    expect(read([bytes])).toEqual(events);
    expect(read([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(events);
    expect(read([poisoned(bytes)])).toEqual(events);
    for (let cut = 1; cut < bytes.length; cut++) {
      expect(read([bytes.subarray(0, cut), bytes.subarray(cut)]), `cut at ${cut}`).toEqual(events);
    }
  });
});

/** With permessage-deflate agreed on. The payload is noise: nothing here inflates. */
const PACKED: readonly (readonly [name: string, bytes: Uint8Array, events: readonly string[]])[] = [
  ['a compressed text, which need not be UTF-8', wire('c1 02 ff fe'), ['compressed 1 fffe']],
  ['a compressed binary', wire('c2 01 00'), ['compressed 2 00']],
  ['fragments of one, put together', wire('41 01 ff 00 00 80 02 c0 80'), ['compressed 1 ffc080']],
  ['a ping between them', wire('42 01 aa 89 01 "p" 80 01 bb'), ['ping p', 'compressed 2 aabb']],
  ['one that is not, behind one that is', wire('c1 01 00 81 01 "a"'), ['compressed 1 00', 'text a']],
  ['a text as it is, which must be UTF-8', wire('81 01 ff'), ['fault ws-text-not-utf8 at 2']],
  ['the mark on a continuation', wire('41 00 c0 00'), ['fault ws-compressed-misplaced at 2']],
  ['the mark on a ping', wire('c9 00'), ['fault ws-compressed-misplaced at 0']],
  ['another reserved bit', wire('e1 00'), ['fault ws-reserved-bits at 0']],
];

describe.each(PACKED)('compressed: %s', (_, bytes, events) => {
  it('is read whole and bytewise', () => {
    expect(read([bytes], 'client', 1_000, true)).toEqual(events);
    expect(
      read(
        [...bytes].map((byte) => Uint8Array.of(byte)),
        'client',
        1_000,
        true,
      ),
    ).toEqual(events);
  });
});

describe('close codes', () => {
  const closeWith = (code: number) => read([frame(OPCODE.close, Uint8Array.of(code >> 8, code & 0xff))]);

  // Autobahn 7.7 and 7.9
  it.each([1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999])(
    '%i may be sent',
    (code) => expect(closeWith(code)).toEqual([`close ${code} `]),
  );
  it.each([0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535])('%i may not', (code) =>
    expect(closeWith(code)).toEqual(['fault ws-close-code-invalid at 2']),
  );

  it.each([
    ['ws-text-not-utf8', 1007],
    ['ws-close-reason-not-utf8', 1007],
    ['ws-message-too-big', 1009],
    ['ws-reserved-bits', 1002],
    ['ws-close-length', 1002],
  ] as const)('after %s it is %i', (fault, code) => {
    expect(closeCodeFor(fault)).toBe(code);
  });
});

describe('messages from a client', () => {
  const anyMessage = fc.record({
    payload: fc.oneof(fc.string({ unit: 'binary' }), fc.uint8Array({ maxLength: 200 })),
    cuts: fc.array(fc.nat(200), { maxLength: 3 }),
    maskingKey: fc.nat(0xffffffff),
  });

  it('come out as they went in, however they were fragmented, masked and cut', () => {
    fc.assert(
      fc.property(
        fc.array(anyMessage, { maxLength: 4 }),
        fc.integer({ min: 1, max: 50 }),
        (messages, step) => {
          const bytes = frames(...messages.flatMap(fragmented));
          const chunks = Array.from({ length: Math.ceil(bytes.length / step) }, (_, i) =>
            bytes.subarray(i * step, (i + 1) * step),
          );
          expect(read(chunks, 'server')).toEqual(
            messages.map(({ payload }) =>
              typeof payload === 'string'
                ? `text ${Buffer.from(payload)}`
                : `binary ${Buffer.from(payload).toString('hex')}`,
            ),
          );
        },
      ),
      { seed: 54, numRuns: 300 },
    );
  });

  function fragmented({
    payload,
    cuts,
    maskingKey,
  }: {
    payload: string | Uint8Array;
    cuts: number[];
    maskingKey: number;
  }) {
    const bytes = Buffer.from(payload as string);
    const ends = [...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
    const first = typeof payload === 'string' ? OPCODE.text : OPCODE.binary;
    return ends.map((end, i) =>
      frame(i === 0 ? first : OPCODE.continuation, bytes.subarray(ends[i - 1] ?? 0, end), {
        fin: i === ends.length - 1,
        maskingKey: (maskingKey + i) >>> 0,
      }),
    );
  }
});

describe('memory', () => {
  it('is not spent on what a frame only announces', () => {
    const before = process.memoryUsage().arrayBuffers;
    const readers = Array.from({ length: 50 }, () => {
      const nothing = () => {};
      const sink = {
        text: nothing,
        binary: nothing,
        compressed: nothing,
        ping: nothing,
        pong: nothing,
        close: nothing,
        fault: nothing,
      };
      const reader = new MessageReader('client', sink, { maxMessageBytes: 16 * 1024 * 1024 });
      reader.push(wire('82 7f 00 00 00 00 01 00 00 00 "abc"'));
      return reader;
    });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1024 * 1024);
    expect(readers.every((reader) => !reader.finished)).toBe(true);
  });
});

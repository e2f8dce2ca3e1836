import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FrameParser, type FrameSink, type Reader } from '../../server-core/wire/ws/frames.ts';
import type { Opcode } from '../../server-core/wire/ws/opcode.ts';
import { frame } from '../../server-core/wire/ws/writer.ts';
import { bytesLike, cuts, damaged, fuzz, piecesOf, slips } from './fuzz.ts';

interface Setting {
  readonly reader: Reader;
  /** permessage-deflate was agreed on. */
  readonly deflate: boolean;
}

interface Log {
  readonly said: unknown[];
  readonly payload: number[];
}

/** Reads the pieces and holds the laws of every stream of frames. */
function read({ reader, deflate }: Setting, stream: Uint8Array, pieces: readonly Uint8Array[]): Log {
  const said: unknown[] = [];
  const payload: number[] = [];
  let spanned = 0;
  let faulted = false;
  const speak = (...words: unknown[]) => {
    assert(!faulted, 'a fault is the last event');
    said.push(...words);
  };
  const sink: FrameSink = {
    span(kind, start, end) {
      assert.equal(start, spanned, 'spans tile the stream');
      assert(end > start, 'no span is empty');
      spanned = end;
      speak(kind, start, end);
    },
    head: (head) => speak('head', head),
    payload(start, end) {
      assert(end > start && !faulted);
      for (let i = start; i < end; i++) payload.push(stream[i]!);
    },
    end(at) {
      assert.equal(at, spanned, 'every byte of a frame has its span');
      speak('end', at);
    },
    fault({ code, at }) {
      assert.equal(at, spanned, 'every byte before a fault has its span');
      speak('fault', code, at);
      faulted = true;
    },
  };
  const parser = new FrameParser(reader, sink, { deflate });
  pushing: for (const piece of pieces) {
    for (let i = 0; i < piece.length; ) {
      const consumed = parser.push(piece, i);
      if (consumed === 0) break pushing;
      i += consumed;
    }
    assert.equal(parser.pending()?.start ?? parser.offset, spanned);
    piece.fill(0xff);
  }
  parser.finish();
  assert.equal(parser.push(Uint8Array.of(0x81)), 0, 'nothing is read behind the end');
  return { said, payload };
}

function cutIndependence(setting: Setting, stream: Uint8Array, shares: readonly number[]): void {
  const whole = read(setting, stream, [stream.slice()]);
  assert.deepEqual(read(setting, stream, piecesOf(stream, shares)), whole);
}

const WORDS = [
  '\xc1\x00',
  '\xc2\x85',
  '\x81\x00',
  '\x81\x85',
  '\x82\x7e\x00\x7e',
  '\x82\xfe',
  '\x82\xff\0\0\0\0',
  '\x88\x02',
  '\x89\x80',
  '\x01',
  '\x00',
  '\0\0\0\0',
];
const setting: fc.Arbitrary<Setting> = fc.record({
  reader: fc.constantFrom<Reader>('server', 'client'),
  deflate: fc.boolean(),
});

fuzz('WebSocket: any bytes', [setting, bytesLike(WORDS, 30), cuts], cutIndependence);

const written = fc.record({
  opcode: fc.constantFrom<Opcode>(0, 1, 2, 8, 9, 10),
  payload: fc.oneof(
    fc.uint8Array({ maxLength: 20 }),
    fc.integer({ min: 120, max: 130 }).map((n) => new Uint8Array(n)),
  ),
  fin: fc.boolean(),
  key: fc.nat(0xffffffff),
});

fuzz(
  'WebSocket: frames with slips',
  [setting, fc.array(written, { maxLength: 4 }), slips(WORDS), cuts],
  (to, frames, damages, shares) => {
    const fit = frames.map(({ opcode, payload, fin, key }) => {
      const control = opcode >= 8;
      const bytes = control ? payload.subarray(0, 125) : payload;
      return { opcode, bytes, fin: fin || control, key };
    });
    const stream = Uint8Array.from(
      Buffer.concat(
        fit.map(({ opcode, bytes, fin, key }) =>
          frame(opcode, bytes, to.reader === 'server' ? { fin, maskingKey: key } : { fin }),
        ),
      ),
    );
    const { said, payload } = read(to, stream, [stream.slice()]);
    assert.equal(said.filter((word) => word === 'end').length, fit.length);
    assert(!said.includes('fault'));
    if (to.reader === 'client') assert.deepEqual(payload, [...Buffer.concat(fit.map(({ bytes }) => bytes))]);
    cutIndependence(to, damaged(stream, damages), shares);
  },
);

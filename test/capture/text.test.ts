import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeUtf8,
  readLatin1,
  readUtf8,
  utf8Length,
  writeLatin1,
  writeUtf8,
} from '../../server-core/capture/text.ts';

const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), utf16());

/** Texts of any UTF-16 code units, lone surrogates included. */
function utf16(): fc.Arbitrary<string> {
  const unit = fc.oneof(fc.nat(0xffff), fc.integer({ min: 0xd7f0, max: 0xe00f }));
  return fc.array(unit).map((units) => String.fromCharCode(...units));
}

describe('UTF-8', () => {
  it('encodes as the platform does, lone surrogates included', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect([...encodeUtf8(text)]).toEqual([...new TextEncoder().encode(text)]);
        expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
      }),
    );
  });

  it('decodes any bytes as the platform does, ill-formed ones included', () => {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    const tricky = fc.array(
      fc.constantFrom(
        0x41,
        0x80,
        0x8f,
        0x90,
        0x9f,
        0xa0,
        0xbf,
        0xc0,
        0xc2,
        0xe0,
        0xe1,
        0xed,
        0xf0,
        0xf4,
        0xf5,
      ),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          tricky.map((bytes) => Uint8Array.from(bytes)),
        ),
        (bytes) => {
          expect(readUtf8(bytes, 0, bytes.length)).toBe(decoder.decode(bytes));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('reads only between its bounds: a sequence cut by the end is replaced', () => {
    const bytes = encodeUtf8('a€b');
    expect(readUtf8(bytes, 0, 3)).toBe('a\ufffd');
    expect(readUtf8(bytes, 1, 4)).toBe('€');
  });

  it('writes in the middle of an array and says where it ended', () => {
    const target = new Uint8Array(8).fill(0x2e);
    expect(writeUtf8(target, 2, 'é😀'.slice(0, 1))).toBe(4);
    expect(readUtf8(target, 0, 8)).toBe('..é....');
  });
});

describe('latin1', () => {
  it('gives back each byte as one char, also in texts longer than one run', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = readLatin1(bytes, 0, bytes.length);
        expect(text).toBe(Buffer.from(bytes).toString('latin1'));
        const back = new Uint8Array(bytes.length);
        writeLatin1(back, 0, text, text.length);
        expect(back).toEqual(bytes);
      }),
    );
    const long = Uint8Array.from({ length: 20_000 }, (_, i) => i & 0xff);
    expect(readLatin1(long, 1, long.length)).toBe(Buffer.from(long.subarray(1)).toString('latin1'));
  });

  it('writes a question mark for what has no byte', () => {
    const target = new Uint8Array(3);
    writeLatin1(target, 0, 'a€ÿ', 3);
    expect([...target]).toEqual([0x61, 0x3f, 0xff]);
  });
});

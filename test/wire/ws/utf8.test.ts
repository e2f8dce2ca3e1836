import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Utf8Validator } from '../../../server-core/wire/ws/utf8.ts';

/** Index of the first bad byte; the length where the end is in the middle of a character. */
function firstBad(hex: string): number | undefined {
  const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex');
  const validator = new Utf8Validator();
  return validator.push(bytes, 0, bytes.length) ?? (validator.complete ? undefined : bytes.length);
}

describe('UTF-8 that is valid', () => {
  it.each([
    ['nothing', ''],
    ['Greek', 'ce ba e1 bd b9 cf 83 ce bc ce b5'],
    ['the first of one byte', '00'],
    ['the first of two bytes', 'c2 80'],
    ['the first of three bytes', 'e0 a0 80'],
    ['the first of four bytes', 'f0 90 80 80'],
    ['the last of one byte', '7f'],
    ['the last of two bytes', 'df bf'],
    ['the last of three bytes', 'ef bf bf'],
    ['the last there is', 'f4 8f bf bf'],
    ['just below the surrogates', 'ed 9f bf'],
    ['just above the surrogates', 'ee 80 80'],
    ['the replacement character', 'ef bf bd'],
    ['noncharacters', 'ef bf be f0 9f bf be'],
    ['a byte order mark', 'ef bb bf 61'],
  ])('%s', (_, hex) => {
    expect(firstBad(hex)).toBeUndefined();
  });
});

describe('UTF-8 that is not', () => {
  it.each([
    ['a continuation byte alone', '80', 0],
    ['the last continuation byte', '61 bf', 1],
    ['two leads', 'c3 c3', 1],
    ['a character broken off by ASCII', 'e2 82 61', 2],
    ['an end within two bytes', 'c3', 1],
    ['an end within three bytes', 'e2 82', 2],
    ['an end within four bytes', 'f0 9f 98', 3],
    ['a slash in two bytes', 'c0 af', 0],
    ['the last overlong of two bytes', 'c1 bf', 0],
    ['a slash in three bytes', 'e0 80 af', 1],
    ['the last overlong of three bytes', 'e0 9f bf', 1],
    ['a slash in four bytes', 'f0 80 80 af', 1],
    ['the last overlong of four bytes', 'f0 8f bf bf', 1],
    ['the first surrogate', 'ed a0 80', 1],
    ['the last surrogate', 'ed bf bf', 1],
    ['a surrogate pair', 'ed a0 80 ed b0 80', 1],
    ['past the last code point', 'f4 90 80 80', 1],
    ['a lead that no code point needs', 'f5 80 80 80', 0],
    ['a sequence of five bytes', 'f8 88 80 80 80', 0],
    ['a sequence of six bytes', 'fc 84 80 80 80 80', 0],
    ['FE', 'fe', 0],
    ['FF', 'ff', 0],
    ['Greek, then a surrogate, then text', 'ce ba ed a0 80 65 64', 3],
  ])('%s', (_, hex, at) => {
    expect(firstBad(hex)).toBe(at);
  });
});

describe('the validator', () => {
  const edges = fc.constantFrom(
    0x00,
    0x7f,
    0x80,
    0x8f,
    0x90,
    0x9f,
    0xa0,
    0xbf,
    0xc1,
    0xc2,
    0xdf,
    0xe0,
    0xed,
    0xef,
    0xf0,
    0xf4,
    0xf5,
  );

  it('agrees with a decoder, wherever the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(edges, { maxLength: 8 }), fc.nat(8), (bytes, cut) => {
        const text = Uint8Array.from(bytes);
        const split = Math.min(cut, text.length);
        const validator = new Utf8Validator();
        const bad = validator.push(text, 0, split) ?? validator.push(text, split, text.length);
        expect(bad === undefined && validator.complete).toBe(decodes(text));
      }),
      { seed: 3629, numRuns: 5_000 },
    );
  });
});

function decodes(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

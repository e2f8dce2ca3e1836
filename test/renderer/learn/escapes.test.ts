import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseEscapes,
  parseHex,
  pastedText,
  writeEscapes,
  writeHex,
} from '../../../renderer/learn/escapes.ts';

const bytesOf = (text: string) => [...parseEscapes(text).bytes];

describe('bytes as text', () => {
  it('any bytes come back as they were, as escapes and as hex', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(parseEscapes(writeEscapes(bytes))).toEqual({ bytes, problem: undefined });
        expect(parseHex(writeHex(bytes))).toEqual({ bytes, problem: undefined });
      }),
    );
  });

  it('any text comes back with its characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const bytes = new TextEncoder().encode(text);
        expect(parseEscapes(writeEscapes(bytes)).bytes).toEqual(bytes);
      }),
    );
  });

  it('line breaks of the text are layout, escapes are bytes', () => {
    expect(bytesOf('A\\r\\n\nB')).toEqual([0x41, 13, 10, 0x42]);
    expect(writeEscapes(Uint8Array.of(0x41, 13, 10, 0x42, 0, 0x5c, 0xff))).toBe('A\\r\\n\nB\\x00\\\\\\xff');
  });

  it('what can be seen is written as itself, what cannot as hex', () => {
    expect(writeEscapes(new TextEncoder().encode('é€😀'))).toBe('é€😀');
    expect(writeEscapes(new TextEncoder().encode('\u200b\u0301'))).toBe('\\xe2\\x80\\x8b\\xcc\\x81');
  });

  it.each(['a\\', '\\x', '\\x4', '\\q', '\n\\xg0'])('%j is refused in one sentence', (text) => {
    expect(parseEscapes(text).problem).toMatch(/^Line \d+: a backslash begins/);
  });

  it('pasted lines get CRLF; pasted escapes stay as they are', () => {
    expect(pastedText('GET / HTTP/1.1\nHost: a\n\n')).toBe('GET / HTTP/1.1\\r\\n\nHost: a\\r\\n\n\\r\\n\n');
    expect(pastedText('C:\\new\nb')).toBe('C:\\\\new\\r\\n\nb');
    expect(pastedText('a\\r\\n\nb')).toBe('a\\r\\n\nb');
    expect(pastedText('a\\b')).toBe('a\\b');
  });
});

describe('hex', () => {
  it.each([
    ['47 45 54', [0x47, 0x45, 0x54]],
    ['474554\n20', [0x47, 0x45, 0x54, 0x20]],
    ['0x0d, 0x0a', [13, 10]],
    ['', []],
  ])('%j', (text, bytes) => expect([...parseHex(text).bytes]).toEqual(bytes));

  it.each(['4', '47 4', 'zz'])('%j is refused', (text) =>
    expect(parseHex(text).problem).toMatch(/not hex digits/),
  );
});

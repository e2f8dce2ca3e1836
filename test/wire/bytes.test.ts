import { describe, expect, it } from 'vitest';
import {
  CLASS,
  DIGIT,
  equals,
  equalsIgnoreCase,
  FIELD_TEXT,
  HEX_VALUE,
  latin1,
  latin1Bytes,
  NOT_HEX,
  OBS_TEXT,
  QDTEXT,
  TARGET,
  TOKEN,
  WS,
} from '../../server-core/wire/bytes.ts';

const all = Array.from({ length: 256 }, (_, byte) => byte);

/** The classes again, as regular expressions over one char: two ways to write one grammar must agree. */
const classes: [name: string, bit: number, chars: RegExp][] = [
  ['token', TOKEN, /[!#$%&'*+\-.^_`|~0-9A-Za-z]/],
  ['field text', FIELD_TEXT, /[\t\x20-\x7e\x80-\xff]/],
  ['target', TARGET, /[!-"$-~]/],
  ['obs-text', OBS_TEXT, /[\x80-\xff]/],
  ['qdtext', QDTEXT, /[\t !#-[\]-~\x80-\xff]/],
  ['digit', DIGIT, /[0-9]/],
  ['whitespace', WS, /[\t ]/],
];

describe('byte classes', () => {
  it.each(classes)('%s has the bytes of its grammar', (_name, bit, chars) => {
    const members = all.filter((byte) => (CLASS[byte]! & bit) !== 0);
    expect(members).toEqual(all.filter((byte) => chars.test(String.fromCharCode(byte))));
  });

  it('knows hexadecimal digits in either case', () => {
    for (const byte of all) {
      const char = String.fromCharCode(byte);
      expect(HEX_VALUE[byte]).toBe(/[\da-fA-F]/.test(char) ? Number.parseInt(char, 16) : NOT_HEX);
    }
  });
});

describe('texts of bytes', () => {
  it('are made and unmade without loss, at any length', () => {
    const bytes = Uint8Array.from(all);
    for (let length = 0; length <= 256; length++) {
      const text = latin1(bytes, 256 - length, 256);
      expect(text).toBe(String.fromCharCode(...bytes.subarray(256 - length)));
      expect(latin1Bytes(text)).toEqual(bytes.slice(256 - length));
    }
  });

  it('are compared without ASCII case, and with no other folding', () => {
    const bytes = latin1Bytes('xxConTent-LENGTHxx');
    expect(equalsIgnoreCase(bytes, 2, 16, 'content-length')).toBe(true);
    expect(equalsIgnoreCase(bytes, 2, 15, 'content-length')).toBe(false);
    expect(equalsIgnoreCase(bytes, 1, 15, 'content-length')).toBe(false);
    // Bit 5 alone does not make a letter: CR is no "-", and "@" no backtick.
    expect(equalsIgnoreCase(Uint8Array.of(0x0d), 0, 1, '-')).toBe(false);
    expect(equalsIgnoreCase(latin1Bytes('@'), 0, 1, '`')).toBe(false);
  });

  it('are compared byte by byte', () => {
    const bytes = latin1Bytes('xGETx');
    expect(equals(bytes, 1, 4, 'GET')).toBe(true);
    expect(equals(bytes, 1, 4, 'get')).toBe(false);
    expect(equals(bytes, 1, 5, 'GET')).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { wireText } from '../../../renderer/explain/wire-text.ts';

describe('text from the wire', () => {
  it.each([
    ['plain text, ü and 日本', 'plain text, ü and 日本'],
    ['two\r\nlines\tand\0', 'two\\r\\nlines\\tand\\0'],
    ['\x1b[31m\x7f\x85', '\\x1b[31m\\x7f\\x85'],
    ['a\u202egnp.exe', 'a\\u202egnp.exe'],
    ['zero\u200bwidth', 'zero\\u200bwidth'],
  ])('%j', (text, shown) => {
    expect(wireText(text)).toBe(shown);
  });
});

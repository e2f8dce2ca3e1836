import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mistakeOf } from '../../../renderer/learn/json-mistake.ts';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('a mistake in JSON', () => {
  it.each([
    ['{"a": x}', 6],
    ['{"a": ', 6],
    ['{"a" 1}', 5],
    ['{"a": 1,}', 8],
    ['[1,]', 3],
    ['[1 2]', 3],
    ['{1: 2}', 1],
    ['[1}', 2],
    ['"a\nb"', 0],
    ['01', 1],
    ['{} {}', 3],
    ['', 0],
  ])('%j goes wrong at %i', (text, at) => expect(mistakeOf(text)).toBe(at));

  it('is there exactly when JSON.parse refuses the text', () => {
    const cut = fc.tuple(
      fc.json(),
      fc.nat(),
      fc.constantFrom('', ',', '}', ']', '"', ':', ' ', '0', 'x', '\\'),
    );
    fc.assert(
      fc.property(cut, ([json, n, sign]) => {
        const at = n % (json.length + 1);
        for (const text of [json, json.slice(0, at), json.slice(0, at) + sign + json.slice(at)]) {
          expect(mistakeOf(text) === undefined, text).toBe(isJson(text));
        }
      }),
      { numRuns: 2000 },
    );
  });
});

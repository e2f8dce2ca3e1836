import { describe, expect, it } from 'vitest';
import { type Ask, checkAsk, jsonOf, lendingMessage, numberOf } from '../../server-core/capture/lending.ts';

describe('what a host may ask of a page that lends a folder', () => {
  it.each<Ask>([
    { ask: 'look', path: [] },
    { ask: 'list', path: ['a', '...', 'é ..x'] },
    { ask: 'read', path: ['a'], start: 0, end: 131_072 },
  ])('is taken: %j', (ask) => {
    const message = lendingMessage(7, ask);
    expect(numberOf(message)).toBe(7);
    expect(checkAsk(jsonOf(message))).toEqual(ask);
  });

  it.each([
    [undefined, 'It asked for nothing'],
    [{ ask: 'look' }, 'A path is a list of names'],
    [{ ask: 'look', path: 'a' }, 'A path is a list of names'],
    [{ ask: 'look', path: ['..'] }, 'A path is a list of names'],
    [{ ask: 'look', path: ['.'] }, 'A path is a list of names'],
    [{ ask: 'look', path: [''] }, 'A path is a list of names'],
    [{ ask: 'look', path: ['a/b'] }, 'A path is a list of names'],
    [{ ask: 'look', path: ['a\\b'] }, 'A path is a list of names'],
    [{ ask: 'look', path: ['a\0'] }, 'A path is a list of names'],
    [{ ask: 'look', path: [7] }, 'A path is a list of names'],
    [{ ask: 'write', path: ['a'] }, 'There is nothing of that kind to ask for'],
    [{ ask: 'read', path: ['a'], start: 2, end: 1 }, 'There is nothing of that kind to ask for'],
    [{ ask: 'read', path: ['a'], start: -1, end: 1 }, 'There is nothing of that kind to ask for'],
  ])('is refused in words: %j', (value, sentence) => {
    expect(checkAsk(value)).toBe(sentence);
  });

  it('is no message when it is cut', () => {
    expect(numberOf(Uint8Array.of(1, 2, 3))).toBeUndefined();
    expect(jsonOf(Uint8Array.of(1, 0, 0, 0, 123))).toBeUndefined();
  });
});

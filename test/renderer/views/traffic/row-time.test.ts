import { describe, expect, it } from 'vitest';
import { rowTimeText } from '../../../../renderer/views/traffic/row-time.ts';

const around = { epochMs: 0, firstTime: 500_000, above: 1_900_000 };
const row = { beginTime: 2_000_000 };
const reference = { exchange: 7, time: 2_500_000 };

describe('the time of a row', () => {
  it.each([
    ['clock', undefined, /^\d\d:\d\d:02\.000$/],
    ['since', undefined, /^1\.500000$/],
    ['since', reference, /^−0\.500000$/],
    ['delta', undefined, /^100 ms$/],
    ['delta', reference, /^100 ms$/],
  ] as const)('as %s, from %j, is %s', (form, from, text) => {
    expect(rowTimeText({ form, reference: from }, row, around)).toMatch(text);
  });

  it('has no delta in the first row', () => {
    const first = { ...around, above: undefined };
    expect(rowTimeText({ form: 'delta', reference: undefined }, row, first)).toBe('—');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ascending } from '../../../renderer/store/ascending.ts';

describe('ascending numbers', () => {
  const step = fc.oneof(
    { weight: 20, arbitrary: fc.nat(1000) },
    { weight: 1, arbitrary: fc.constantFrom(2 ** 31, 2 ** 32, 2 ** 40) },
    { weight: 1, arbitrary: fc.constant('forget' as const) },
  );

  it('are what was pushed, over pages, wide gaps and what was forgotten', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), fc.constantFrom(1, 97), (steps, times) => {
        const kept = new Ascending();
        let plain: number[] = [];
        let latest = 0;
        for (const move of steps) {
          if (move === 'forget') {
            const gone = plain.length >> 1;
            kept.forget(gone);
            plain = plain.slice(gone);
            continue;
          }
          for (let i = 0; i < times; i++) {
            latest += move;
            kept.push(latest);
            plain.push(latest);
          }
        }
        expect(Array.from({ length: kept.count }, (_, index) => kept.at(index))).toEqual(plain);
        const middle = plain[plain.length >> 1] ?? 0;
        expect(kept.from(middle)).toBe(plain.filter((value) => value < middle).length);
        expect(kept.after(middle)).toBe(plain.filter((value) => value <= middle).length);
      }),
      { numRuns: 60 },
    );
  });

  it('count one that falls as the latest', () => {
    const kept = new Ascending();
    for (const value of [5, 3, 9, 4]) kept.push(value);
    expect([0, 1, 2, 3].map((index) => kept.at(index))).toEqual([5, 5, 9, 9]);
  });
});

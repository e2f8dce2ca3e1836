import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortedByKey } from '../../../renderer/store/radix-sort.ts';

/** By comparison: equal keys stay in the order given. */
function reference(ids: readonly number[], keys: readonly number[]): number[] {
  return ids
    .map((id, place) => ({ id, key: keys[place]! }))
    .sort((a, b) => (a.key === b.key ? 0 : a.key < b.key ? -1 : 1))
    .map(({ id }) => id);
}

describe('the radix sort', () => {
  const key = fc.oneof(
    fc.double({ noNaN: true }).map((value) => value + 0),
    fc.integer({ min: -5, max: 5 }).map((value) => value + 0),
    fc.constantFrom(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.MIN_VALUE, 2 ** 53),
  );

  it('orders as a comparison does, and leaves equal keys as they were', () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 300 }), (keys) => {
        const ids = keys.map((_, place) => (place * 7919) % 4099);
        const sorted = sortedByKey(Uint32Array.from(ids), Float64Array.from(keys));
        expect([...sorted]).toEqual(reference(ids, keys));
      }),
    );
  });
});

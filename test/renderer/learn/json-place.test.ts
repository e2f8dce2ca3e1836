import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { offsetOf, placeAt } from '../../../renderer/learn/json-place.ts';

describe('a place in JSON', () => {
  it('is that of the value, whatever stands before it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue(), { minLength: 1 }),
        fc.nat(),
        fc.constantFrom(0, 1, 2),
        (values, n, indent) => {
          const index = n % values.length;
          const text = JSON.stringify({ 'before "it"': values, list: values }, null, indent);
          const value = JSON.stringify(values[index], null, indent);
          const found = text.slice(offsetOf(text, ['list', index]));
          // Where it is written over several lines, those behind the first stand further in.
          expect(found.startsWith(value.split('\n')[0]!)).toBe(true);
        },
      ),
    );
  });

  it('is the last value on the way that is there', () => {
    const text = '{"a": [1, {"b": 2}]}';
    expect(offsetOf(text, ['a', 1, 'c'])).toBe(text.indexOf('{"b"'));
    expect(offsetOf(text, ['a', 5])).toBe(text.indexOf('['));
    expect(offsetOf(text, ['z'])).toBe(0);
  });

  it('counts lines and columns from 1', () => {
    expect(placeAt('ab\ncd', 0)).toEqual({ line: 1, column: 1 });
    expect(placeAt('ab\ncd', 4)).toEqual({ line: 2, column: 2 });
  });
});

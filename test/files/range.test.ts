import { describe, expect, it } from 'vitest';
import { byteRange, ifRangeHolds } from '../../server-core/files/range.ts';

type Expected = 'whole' | 'unsatisfiable' | [start: number, end: number];

function outcome(value: string | undefined, size: number): Expected {
  const range = byteRange(value, size);
  return range.kind === 'part' ? [range.start, range.end] : range.kind;
}

describe('byteRange of 10 bytes', () => {
  it.each<[string | undefined, Expected]>([
    [undefined, 'whole'],
    ['bytes=0-0', [0, 1]],
    ['bytes=0-9', [0, 10]],
    ['bytes=0-', [0, 10]],
    ['bytes=5-', [5, 10]],
    ['bytes=9-', [9, 10]],
    ['bytes=0-20', [0, 10]],
    ['bytes=2-5', [2, 6]],
    ['bytes=-1', [9, 10]],
    ['bytes=-5', [5, 10]],
    ['bytes=-10', [0, 10]],
    ['bytes=-11', [0, 10]],
    ['bytes=00000000000000000000002-5', [2, 6]],
    ['bytes=2-99999999999999999999999999', [2, 10]],
    ['BYTES=2-5', [2, 6]],
    ['bytes= 2-5 ', [2, 6]],
    ['bytes=,2-5,', [2, 6]],

    ['bytes=10-', 'unsatisfiable'],
    ['bytes=10-20', 'unsatisfiable'],
    ['bytes=99999999999999999999999999-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=20-30,40-', 'unsatisfiable'],

    ['', 'whole'],
    ['bytes', 'whole'],
    ['bytes=', 'whole'],
    ['bytes=,', 'whole'],
    ['bytes=-', 'whole'],
    ['bytes=7-3', 'whole'],
    ['bytes=a-b', 'whole'],
    ['bytes=1-b', 'whole'],
    ['bytes=1 - 2', 'whole'],
    ['bytes=1--2', 'whole'],
    ['bytes=+1-2', 'whole'],
    ['bytes=0x1-2', 'whole'],
    ['bytes=1.5-2', 'whole'],
    ['bytes=1e0-2', 'whole'],
    ['bytes = 1-2', 'whole'],
    ['items=0-1', 'whole'],
    ['0-1', 'whole'],
    ['bytes=0-1,7-3', 'whole'],
    ['bytes=0-1,3-4', 'whole'],
    ['bytes=0-1,30-', 'whole'],
  ])('%s', (value, expected) => {
    expect(outcome(value, 10)).toEqual(expected);
  });

  it('answers a thousand overlapping ranges with one whole', () => {
    expect(outcome(`bytes=${'0-9,'.repeat(1000)}0-9`, 10)).toBe('whole');
  });
});

describe('byteRange of an empty file', () => {
  it.each(['bytes=0-', 'bytes=0-0', 'bytes=-5', 'bytes=-0', 'bytes=7-3'])('%s is answered whole', (value) => {
    expect(outcome(value, 0)).toBe('whole');
  });
});

describe('ifRangeHolds', () => {
  const WRITTEN = Date.UTC(1994, 10, 6, 8, 49, 37);
  const STRONG = { etag: '"a"', lastModified: WRITTEN };
  const WEAK = { etag: 'W/"a"', lastModified: WRITTEN };
  const LATER = WRITTEN + 60_000;

  it.each([
    ['absent', undefined, STRONG, LATER, true],
    ['the tag', '"a"', STRONG, LATER, true],
    ['another tag', '"b"', STRONG, LATER, false],
    ['a weak tag for a strong one', 'W/"a"', STRONG, LATER, false],
    ['a weak tag for itself', 'W/"a"', WEAK, LATER, false],
    ['a list of tags, which is not allowed', '"a", "b"', STRONG, LATER, false],
    ['any, which is not allowed', '*', STRONG, LATER, false],
    ['the date', 'Sun, 06 Nov 1994 08:49:37 GMT', STRONG, LATER, true],
    ['a later date', 'Sun, 06 Nov 1994 08:49:38 GMT', STRONG, LATER, false],
    ['an earlier date', 'Sun, 06 Nov 1994 08:49:36 GMT', STRONG, LATER, false],
    ['the date while its second still runs', 'Sun, 06 Nov 1994 08:49:37 GMT', STRONG, WRITTEN + 999, false],
    ['no sense', 'yesterday', STRONG, LATER, false],
  ])('%s', (_, value, file, now, expected) => {
    expect(ifRangeHolds(value, file, now)).toBe(expected);
  });
});

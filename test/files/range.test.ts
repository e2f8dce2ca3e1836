import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseRanges, coalesce, ifRangeHolds, MAX_RANGES } from '../../server-core/files/range.ts';

type Expected = 'whole' | 'unsatisfiable' | [start: number, end: number][];

function outcome(value: string | undefined, size: number): Expected {
  const range = chooseRanges(value, size);
  return range.kind === 'parts' ? range.spans.map(({ start, end }) => [start, end]) : range.kind;
}

describe('Range of 10 bytes', () => {
  it.each<[string | undefined, Expected]>([
    [undefined, 'whole'],
    ['bytes=0-0', [[0, 1]]],
    ['bytes=0-9', [[0, 10]]],
    ['bytes=0-', [[0, 10]]],
    ['bytes=5-', [[5, 10]]],
    ['bytes=9-', [[9, 10]]],
    ['bytes=0-20', [[0, 10]]],
    ['bytes=2-5', [[2, 6]]],
    ['bytes=-1', [[9, 10]]],
    ['bytes=-5', [[5, 10]]],
    ['bytes=-10', [[0, 10]]],
    ['bytes=-11', [[0, 10]]],
    ['bytes=00000000000000000000002-5', [[2, 6]]],
    ['bytes=2-99999999999999999999999999', [[2, 10]]],
    ['BYTES=2-5', [[2, 6]]],
    ['bytes= 2-5 ', [[2, 6]]],
    ['bytes=,2-5,', [[2, 6]]],

    [
      'bytes=0-1,3-4',
      [
        [0, 2],
        [3, 5],
      ],
    ],
    [
      'bytes=0-1 , 3-4',
      [
        [0, 2],
        [3, 5],
      ],
    ],
    [
      'bytes=7-8,0-1',
      [
        [7, 9],
        [0, 2],
      ],
    ],
    [
      'bytes=0-0,-1',
      [
        [0, 1],
        [9, 10],
      ],
    ],
    ['bytes=0-1,30-', [[0, 2]]],
    ['bytes=30-,0-1', [[0, 2]]],
    ['bytes=0-3,2-5', [[0, 6]]],
    ['bytes=0-1,2-3', [[0, 4]]],
    ['bytes=2-3,0-1', [[0, 4]]],
    [
      'bytes=0-0,8-9,1-1',
      [
        [0, 2],
        [8, 10],
      ],
    ],
    ['bytes=0-0,2-2,1-1', [[0, 3]]],
    ['bytes=0-4,5-9', [[0, 10]]],

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
    ['bytes=\xa00-1', 'whole'],
    ['bytes=9007199254740993-9007199254740992', 'whole'],
  ])('%s', (value, expected) => {
    expect(outcome(value, 10)).toEqual(expected);
  });
});

describe('Range that asks for more than the whole', () => {
  it('is ignored, and its twin that asks for all but one byte twice over is not', () => {
    expect(outcome('bytes=0-9,0-0', 10)).toBe('whole');
    expect(outcome('bytes=0-4,0-4', 10)).toEqual([[0, 5]]);
    expect(chooseRanges('bytes=0-9,0-0', 10)).toMatchObject({
      because: 'Range asks for 11 B in all, more than the 10 B there are, so all of it is sent',
    });
  });

  it('is ignored when it overlaps a thousand times', () => {
    expect(outcome(`bytes=${'0-9,'.repeat(1000)}0-9`, 10)).toBe('whole');
  });

  it('is ignored from 201 ranges on, however small, and answered up to 200', () => {
    const ranges = (count: number) =>
      `bytes=${Array.from({ length: count }, (_, i) => `${2 * i}-${2 * i}`).join()}`;
    expect(outcome(ranges(MAX_RANGES), 10_000)).toHaveLength(200);
    expect(outcome(ranges(MAX_RANGES + 1), 10_000)).toBe('whole');
  });
});

describe('the trace of Range', () => {
  it.each([
    ['bytes=0-0', 'Range asks for bytes 0 to 0 of 10, so 206'],
    ['bytes=0-1,5-6', 'Range names 2 ranges; so 206 with 2 parts'],
    [
      'bytes=0-1,1-2',
      'Range names 2 ranges; those that overlap or touch become one; so 206 with bytes 0 to 2 of 10',
    ],
    ['bytes=0-1,5-6,50-', 'Range names 3 ranges; 1 beyond the end is left out; so 206 with 2 parts'],
    ['bytes=50-', 'Range names none of the 10 B there are, so 416'],
    ['bytes=-0', 'Range names none of the 10 B there are, so 416'],
  ])('%s', (value, because) => {
    expect(chooseRanges(value, 10).because).toBe(because);
  });
});

describe('coalesce', () => {
  it('leaves the same bytes, each once, and no two spans that touch', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 20 })), { maxLength: 30 }),
        (pairs) => {
          const spans = pairs.map(([start, length]) => ({ start, end: start + length }));
          const parts = coalesce(spans);
          const bytesOf = (list: typeof parts) =>
            list.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i));
          const bytes = bytesOf(parts);
          expect(new Set(bytes)).toEqual(new Set(bytesOf(spans)));
          expect(new Set(bytes).size).toBe(bytes.length);
          for (const a of parts)
            for (const b of parts) expect(a === b || a.end < b.start || b.end < a.start).toBe(true);
        },
      ),
    );
  });
});

describe('Range of an empty file', () => {
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

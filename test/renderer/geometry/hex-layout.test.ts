import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  columnOfOffset,
  type HexLine,
  hexLine,
  layoutHex,
  lineOfOffset,
  offsetAt,
} from '../../../renderer/geometry/hex-layout.ts';

function lines(length: number, cuts: readonly number[]): HexLine[] {
  const layout = layoutHex(length, cuts);
  return Array.from({ length: layout.lineCount }, (_, line) => hexLine(layout, line));
}
const shape = (line: HexLine) => [line.base, line.start, line.end, line.cut];

describe('lines', () => {
  it.each([
    ['nothing', 0, [0], []],
    [
      'one read',
      20,
      [0],
      [
        [0, 0, 16, 0],
        [16, 16, 20, undefined],
      ],
    ],
    [
      'a cut inside a line: the bytes go on at their own column',
      40,
      [0, 21],
      [
        [0, 0, 16, 0],
        [16, 16, 21, undefined],
        [16, 21, 32, 1],
        [32, 32, 40, undefined],
      ],
    ],
    [
      'a cut at a line start breaks nothing',
      32,
      [0, 16],
      [
        [0, 0, 16, 0],
        [16, 16, 32, 1],
      ],
    ],
    [
      'two cuts in one line',
      16,
      [0, 3, 9],
      [
        [0, 0, 3, 0],
        [0, 3, 9, 1],
        [0, 9, 16, 2],
      ],
    ],
    [
      'every byte its own read',
      3,
      [0, 1, 2],
      [
        [0, 0, 1, 0],
        [0, 1, 2, 1],
        [0, 2, 3, 2],
      ],
    ],
    ['cuts past the end are ignored', 8, [0, 8, 99], [[0, 0, 8, 0]]],
  ])('%s', (_name, length, cuts, expected) => {
    expect(lines(length, cuts).map(shape)).toEqual(expected);
  });

  it('show every byte exactly once, in order, at its own column', () => {
    fc.assert(
      fc.property(
        fc.nat(300),
        fc.uniqueArray(fc.nat(320), { maxLength: 40 }).map((cuts) => cuts.toSorted((a, b) => a - b)),
        (length, cuts) => {
          const layout = layoutHex(length, cuts);
          let next = 0;
          for (const [number, line] of lines(length, cuts).entries()) {
            expect(line.start).toBe(next);
            expect(line.end).toBeGreaterThan(line.start);
            expect(line.end - line.base).toBeLessThanOrEqual(16);
            for (let offset = line.start; offset < line.end; offset++) {
              expect(lineOfOffset(layout, offset)).toBe(number);
              expect(offsetAt(layout, number, columnOfOffset(offset))).toBe(offset);
            }
            next = line.end;
          }
          expect(next).toBe(length);
        },
      ),
    );
  });

  it('has no byte where the other part of a broken line stands', () => {
    const layout = layoutHex(32, [0, 5]);
    expect(offsetAt(layout, 0, 6)).toBeUndefined();
    expect(offsetAt(layout, 1, 4)).toBeUndefined();
    expect(offsetAt(layout, 1, 5)).toBe(5);
    expect(offsetAt(layout, 99, 0)).toBeUndefined();
  });
});

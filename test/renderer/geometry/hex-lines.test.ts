import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  breakOnLine,
  breaksOf,
  hexLine,
  lineCount,
  lineOfByte,
  nameOnLine,
} from '../../../renderer/geometry/hex-lines.ts';

const cutsAt = (...offsets: number[]) => offsets.map((offset) => ({ offset }));

describe('breaks', () => {
  it('leaves out the first cut, repeats and what lies past the end', () => {
    expect(breaksOf(cutsAt(0, 5, 5, 40, 41), 41)).toEqual([5, 40]);
  });
});

describe('lines', () => {
  it('holds 16 bytes a line without breaks', () => {
    expect(lineCount(33, [])).toBe(3);
    expect(hexLine(2, 33, [])).toEqual({ base: 32, from: 32, to: 33 });
  });

  it('goes on at its own column after a break', () => {
    const breaks = [21];
    expect(lineCount(40, breaks)).toBe(4);
    expect(hexLine(1, 40, breaks)).toEqual({ base: 16, from: 16, to: 21 });
    expect(hexLine(2, 40, breaks)).toEqual({ base: 16, from: 21, to: 32 });
    expect(lineOfByte(20, breaks)).toBe(1);
    expect(lineOfByte(21, breaks)).toBe(2);
  });

  it('puts a blank line before a break that falls between two lines', () => {
    const breaks = [16];
    expect(hexLine(1, 32, breaks)).toEqual({ base: 16, from: 16, to: 16 });
    expect(hexLine(2, 32, breaks)).toEqual({ base: 16, from: 16, to: 32 });
    expect(nameOnLine(1, breaks)).toEqual({ k: 0, from: 0, to: 16 });
  });

  const messages = fc
    .tuple(fc.integer({ min: 1, max: 400 }), fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 60 }))
    .map(([length, offsets]) => ({
      length,
      breaks: breaksOf(
        offsets.sort((a, b) => a - b).map((offset) => ({ offset })),
        length,
      ),
    }));

  it('shows every byte once, in order, on the line that lineOfByte names', () => {
    fc.assert(
      fc.property(messages, ({ length, breaks }) => {
        let next = 0;
        for (let n = 0; n < lineCount(length, breaks); n++) {
          const { base, from, to } = hexLine(n, length, breaks);
          expect(to - base).toBeLessThanOrEqual(16);
          if (from < to) expect(from).toBe(next);
          for (let offset = from; offset < to; offset++) expect(lineOfByte(offset, breaks)).toBe(n);
          next = Math.max(next, to);
        }
        expect(next).toBe(length);
      }),
    );
  });

  it('names every break once, in columns that hold no byte', () => {
    fc.assert(
      fc.property(messages, ({ length, breaks }) => {
        const named: number[] = [];
        for (let n = 0; n < lineCount(length, breaks); n++) {
          const begins = breakOnLine(n, breaks);
          if (begins !== undefined) expect(hexLine(n, length, breaks).from).toBe(breaks[begins]);
          const name = nameOnLine(n, breaks);
          if (!name) continue;
          named.push(name.k);
          const { base, from, to } = hexLine(n, length, breaks);
          const isFree = base + name.to <= from || base + name.from >= to;
          expect(isFree).toBe(true);
          expect(name.to - name.from).toBeGreaterThanOrEqual(8);
        }
        expect(named).toEqual(breaks.map((_, k) => k));
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AT_TOP,
  laidOut,
  MOST_PX,
  positionAt,
  scrolledTo,
  type TallPosition,
} from '../../../renderer/geometry/tall-scroll.ts';

const TALL = { content: 40_000_000, view: 800 };
const LOW = { content: 100_000, view: 800 };
const LAST = TALL.content - TALL.view;
const topOf = ({ scrollTop, shift }: TallPosition) => scrollTop + shift;

describe('scrolling over tall content', () => {
  it('is plain scrolling as long as a browser can lay the content out', () => {
    expect(laidOut(LOW)).toBe(LOW.content);
    expect(positionAt(5000, LOW)).toEqual({ scrollTop: 5000, shift: 0 });
    expect(scrolledTo(70_000, AT_TOP, LOW)).toEqual({ scrollTop: 70_000, shift: 0 });
    expect(laidOut({ content: 10, view: 800 })).toBe(800);
  });

  it('reaches the first and the last pixel, from keys and from the thumb', () => {
    expect(positionAt(LAST, TALL)).toEqual({ scrollTop: MOST_PX - 800, shift: LAST - (MOST_PX - 800) });
    expect(topOf(positionAt(1e12, TALL))).toBe(LAST);
    expect(topOf(scrolledTo(MOST_PX - 800, AT_TOP, TALL))).toBe(LAST);
    expect(topOf(scrolledTo(0, positionAt(LAST, TALL), TALL))).toBe(0);
  });

  it('shows exactly what is asked for, wherever it lies', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: LAST }), (top) => {
        const position = positionAt(top, TALL);
        expect(topOf(position)).toBe(top);
        expect(position.scrollTop).toBeGreaterThanOrEqual(0);
        expect(position.scrollTop).toBeLessThanOrEqual(MOST_PX - TALL.view);
      }),
    );
  });

  it('goes by pixels when it is moved a little, and never comes to an end early', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: LAST }),
        fc.array(fc.integer({ min: -900, max: 900 }), { maxLength: 60 }),
        (from, moves) => {
          let position = positionAt(from, TALL);
          let top = from;
          for (const by of moves) {
            // What the element would do: it stops at its own ends.
            const scrollTop = Math.max(0, Math.min(MOST_PX - TALL.view, position.scrollTop + by));
            const moved = scrollTop - position.scrollTop;
            position = scrolledTo(scrollTop, position, TALL);
            top = Math.max(0, Math.min(LAST, top + moved));
            expect(topOf(position)).toBe(top);
          }
        },
      ),
    );
  });

  it('is wheeled to both ends', () => {
    for (const [from, by, end] of [
      [3_000, -100, 0],
      [LAST - 3_000, 100, LAST],
    ] as const) {
      let position = positionAt(from, TALL);
      for (let turn = 0; turn < 100; turn++) {
        position = scrolledTo(
          Math.max(0, Math.min(MOST_PX - TALL.view, position.scrollTop + by)),
          position,
          TALL,
        );
      }
      expect(topOf(position)).toBe(end);
    }
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clampTo,
  endAt,
  fitTo,
  MAX_SPAN_MICROS,
  MIN_SPAN_MICROS,
  microsPerPx,
  panBy,
  pxToTime,
  resize,
  stretchTo,
  timeToPx,
  zoomAt,
} from '../../../renderer/geometry/time-scale.ts';

const scale = { from: 1000, to: 3000, width: 400 };

describe('time and pixels', () => {
  it.each([
    [1000, 0],
    [2000, 200],
    [3000, 400],
    [500, -100],
  ])('time %d is at %d px, and back', (time, px) => {
    expect(timeToPx(scale, time)).toBe(px);
    expect(pxToTime(scale, px)).toBe(time);
  });

  it('knows what a pixel is worth', () => expect(microsPerPx(scale)).toBe(5));

  it('keeps two moments under two fingers', () => {
    const pinched = stretchTo(scale, [1500, 2500], [50, 350]);
    expect(timeToPx(pinched, 1500)).toBeCloseTo(50);
    expect(timeToPx(pinched, 2500)).toBeCloseTo(350);
    expect(pinched.width).toBe(400);
  });

  it('stops at the closest and widest zoom under two fingers too', () => {
    for (const px of [
      [0, 1e12],
      [10, 10.000_000_001],
    ] as const) {
      const { from, to } = stretchTo(scale, [1500, 2500], px);
      expect([MIN_SPAN_MICROS, MAX_SPAN_MICROS]).toContainEqual(expect.closeTo(to - from, 0));
    }
  });

  it('keeps the time under the pointer where it is, however it zooms', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 400, noNaN: true }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (px, factor) => {
          const zoomed = zoomAt(scale, px, factor);
          expect(timeToPx(zoomed, pxToTime(scale, px))).toBeCloseTo(px, 6);
        },
      ),
    );
  });

  it('halves the span for a factor of two', () => {
    expect(zoomAt(scale, 100, 2)).toEqual({ from: 1250, to: 2250, width: 400 });
  });

  it('stops at the closest and the widest zoom', () => {
    const close = zoomAt(scale, 200, 1e9);
    const wide = zoomAt(scale, 200, 1e-12);
    expect(close.to - close.from).toBeCloseTo(MIN_SPAN_MICROS, 6);
    expect(wide.to - wide.from).toBeCloseTo(MAX_SPAN_MICROS, 0);
  });

  it('pans with the hand', () => expect(panBy(scale, 40)).toEqual({ from: 800, to: 2800, width: 400 }));

  it.each([
    ['before the start', { from: -500, to: 1500 }, { from: 0, to: 2000 }],
    ['past the end', { from: 9000, to: 11_000 }, { from: 8000, to: 10_000 }],
    ['inside', { from: 100, to: 200 }, { from: 100, to: 200 }],
    ['wider than the bounds: centred', { from: 7000, to: 27_000 }, { from: -5000, to: 15_000 }],
  ])('clamps %s', (_name, window, expected) => {
    expect(clampTo({ ...window, width: 400 }, { from: 0, to: 10_000 })).toEqual({ ...expected, width: 400 });
  });

  it('fits bounds with a margin on either side', () => {
    expect(fitTo({ from: 1000, to: 2000 }, 300, 0.1)).toEqual({ from: 900, to: 2100, width: 300 });
    const moment = fitTo({ from: 500, to: 500 }, 300);
    expect(moment).toEqual({ from: 495, to: 505, width: 300 });
  });

  it('follows the end at the same zoom, and takes another width', () => {
    expect(endAt(scale, 9000)).toEqual({ from: 7000, to: 9000, width: 400 });
    expect(resize(scale, 100)).toEqual({ from: 1000, to: 3000, width: 100 });
  });
});

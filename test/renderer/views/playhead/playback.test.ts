import { describe, expect, it } from 'vitest';
import { advance, overQuiet, placed } from '../../../../renderer/views/playhead/playback.ts';

const recorded = { from: 1000, to: 5_000_000 };

describe('a replay', () => {
  it.each([
    ['as fast as it was', 16, '1', 2_016_000],
    ['a hundred times slower', 16, '0.01', 2_000_160],
    ['ten times faster', 16, '10', 2_160_000],
    ['without what a sleeping tab missed', 60_000, '1', 2_100_000],
    ['never before what is held', 16, '1', 2_016_000],
  ] as const)('goes on %s', (_name, elapsed, speed, time) => {
    expect(advance(2_000_000, elapsed, speed, recorded)).toBe(time);
  });

  it('ends where the recording does', () => {
    expect(advance(4_999_000, 16, '1', recorded)).toBeUndefined();
  });

  it('begins with what is held, when older was trimmed meanwhile', () => {
    expect(advance(0, 16, '0.01', recorded)).toBe(1000);
  });
});

describe('quiet', () => {
  it.each([
    ['a second and more is passed over, but for its end', 5_000_000, '1', 4_750_000],
    ['less is not', 900_000, '1', 0],
    ['is as long as who watches has to wait: slower', 20_000, '0.01', 17_500],
    ['and faster', 5_000_000, '10', 0],
    ['that has no end leads to the end', Number.POSITIVE_INFINITY, '1', Number.POSITIVE_INFINITY],
  ] as const)('%s', (_name, next, speed, time) => {
    expect(overQuiet(0, next, speed)).toBe(time);
  });
});

describe('the playhead', () => {
  it('is put within what is recorded; at its end all is shown', () => {
    expect([placed(-5, recorded), placed(3000, recorded), placed(5_000_000, recorded)]).toEqual([
      1000,
      3000,
      undefined,
    ]);
  });
});

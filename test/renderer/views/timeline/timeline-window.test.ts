import { describe, expect, it } from 'vitest';
import { endWord, LANE_ENDS } from '../../../../renderer/views/timeline/lane-ends.ts';
import {
  FIRST_WINDOW,
  fitAll,
  heldWithin,
  scaleOf,
  standAt,
} from '../../../../renderer/views/timeline/timeline-window.ts';
import { CLOSE_REASONS } from '../../../../server-core/capture/events.ts';

const bounds = { from: 0, to: 4_000_000 };

describe('the window of the timeline', () => {
  it('first shows everything with some room, up to ten seconds', () => {
    const scale = scaleOf(FIRST_WINDOW, bounds, 800);
    expect(scale.from).toBeLessThan(0);
    expect(scale.to).toBeGreaterThan(4_000_000);
    const long = scaleOf(FIRST_WINDOW, { from: 0, to: 60e6 }, 800);
    expect(long.to - long.from).toBe(10e6);
  });

  it('begins anew where it shows nothing of what there is', () => {
    const window = { follow: false, from: 1_000_000, span: 500_000 };
    expect(heldWithin(window, bounds)).toBe(window);
    expect(heldWithin(window, { from: 9_000_000, to: 10_000_000 })).toBe(FIRST_WINDOW);
    expect(heldWithin(window, { from: 0, to: 900_000 })).toBe(FIRST_WINDOW);
  });

  it('keeps its zoom while it follows', () => {
    const window = { follow: true, from: 0, span: 1_000_000 };
    const before = scaleOf(window, bounds, 800);
    const after = scaleOf(window, { from: 0, to: 5_000_000 }, 800);
    expect(after.to - before.to).toBe(1_000_000);
    expect(after.to - after.from).toBe(1_000_000);
  });

  it('follows the moment of the past that is shown', () => {
    const window = { follow: true, from: 0, span: 1_000_000 };
    const then = scaleOf(window, bounds, 800, 2_000_000);
    expect([then.from < 2_000_000, then.to - 2_000_000]).toEqual([
      true,
      scaleOf(window, bounds, 800).to - 4_000_000,
    ]);
  });

  it('does not drift away from the data', () => {
    const window = standAt({ from: 90e6, to: 91e6, width: 800 }, bounds);
    expect(window.follow).toBe(false);
    expect(window.span).toBe(1e6);
    expect(window.from).toBeLessThan(bounds.to);
  });

  it('fits everything', () => {
    const scale = scaleOf(fitAll(bounds, 800), bounds, 800);
    expect(scale.from).toBeLessThanOrEqual(bounds.from);
    expect(scale.to).toBeGreaterThanOrEqual(bounds.to);
  });
});

describe('the end of a lane', () => {
  it.each(CLOSE_REASONS)('%s has a word and a shape', (reason) => {
    expect(LANE_ENDS[reason].word).not.toBe('');
    expect(endWord(reason)).not.toBe('open');
  });

  it('is open until it ended', () => {
    expect(endWord(undefined)).toBe('open');
  });
});

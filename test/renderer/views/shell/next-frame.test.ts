import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextFrame } from '../../../../renderer/views/shell/next-frame.ts';

/** Those that are asked for, until the test draws them; a hidden page draws none. */
let frames: Map<number, () => void>;

beforeEach(() => {
  vi.useFakeTimers();
  frames = new Map();
  let last = 0;
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => frames.set(++last, run) && last);
  vi.stubGlobal('cancelAnimationFrame', (id: number) => frames.delete(id));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('next frame', () => {
  it('runs in the frame, and no second time', () => {
    const run = vi.fn();
    nextFrame(run);
    expect(run).not.toHaveBeenCalled();
    for (const draw of [...frames.values()]) draw();
    vi.runAllTimers();
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('runs without a frame where none is drawn, and not again in the first one after that', () => {
    const run = vi.fn();
    nextFrame(run);
    vi.runAllTimers();
    expect(run).toHaveBeenCalledTimes(1);
    expect(frames.size).toBe(0);
  });
});

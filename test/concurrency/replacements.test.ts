import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Replacements } from '../../server-core/concurrency/replacements.ts';
import { WORKER_LIMITS } from '../../server-core/concurrency/worker-limits.ts';

const { firstPauseMs, longestPauseMs, youngMs } = WORKER_LIMITS;
let started: number[];
let problems: (string | undefined)[];
let replacements: Replacements;

beforeEach(() => {
  vi.useFakeTimers();
  started = [];
  problems = [];
  replacements = new Replacements(
    () => started.push(Date.now()),
    (problem) => problems.push(problem),
  );
});
afterEach(() => vi.useRealTimers());

describe('replacements', () => {
  it('come at once for one that has worked for a while', () => {
    replacements.down(youngMs, 'It ended');
    expect(started).toHaveLength(1);
    expect(problems).toEqual([]);
  });

  it('come after pauses that double up to a bound, where each ends at once', () => {
    const pauses = Array.from({ length: 8 }, () => {
      const before = Date.now();
      replacements.down(0, 'It ended');
      vi.runAllTimers();
      return started.at(-1)! - before;
    });
    const doubled = pauses.map((_, i) => Math.min(longestPauseMs, firstPauseMs * 2 ** i));
    expect(pauses).toEqual(doubled);
    expect(new Set(problems)).toEqual(new Set(['It ended']));
  });

  it('say when all is well again, and begin with the first pause', () => {
    replacements.down(0, 'It ended');
    replacements.down(0, 'It ended');
    replacements.up();
    replacements.up();
    expect(problems).toEqual(['It ended', undefined]);
    vi.runAllTimers();
    const before = Date.now();
    replacements.down(0, 'It ended');
    vi.runAllTimers();
    expect(started.at(-1)! - before).toBe(firstPauseMs);
  });

  it('do not come any more once they are stopped', () => {
    replacements.down(0, 'It ended');
    replacements.stop();
    vi.runAllTimers();
    expect(started).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { countTests } from '../../build/test-counts.ts';

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((each) => ({ status: each })),
});

describe('the count of tests', () => {
  it.each([
    ['nothing', [], { passed: 0, failed: 0, skipped: 0 }],
    [
      'every outcome',
      [file('failed', 'passed', 'failed'), file('passed', 'passed', 'skipped', 'pending', 'todo')],
      { passed: 2, failed: 1, skipped: 3 },
    ],
    ['a file that could not be loaded', [file('failed')], { passed: 0, failed: 1, skipped: 0 }],
    ['a file that failed after its tests', [file('failed', 'passed')], { passed: 1, failed: 1, skipped: 0 }],
  ])('of %s', (_what, testResults, counts) => {
    expect(countTests({ testResults })).toEqual(counts);
  });
});

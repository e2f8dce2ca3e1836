import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CASES, type Law } from './fuzz.ts';

const tests = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.fuzz.test.ts'))
  .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'))
  .join('\n');

describe('what is fuzzed', () => {
  it('comes to a hundred thousand cases and more', () => {
    expect(Object.values(CASES).reduce((sum, cases) => sum + cases, 0)).toBeGreaterThanOrEqual(100_000);
  });

  it.each(Object.keys(CASES) as Law[])('%s: in one place', (law) => {
    expect(tests.split(`fuzz(\n  '${law}',`).length + tests.split(`fuzz('${law}',`).length - 2).toBe(1);
  });
});

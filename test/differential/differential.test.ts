/**
 * Our parser beside llhttp, over the same bytes: fixtures, classes of requests, and mutations of both. Where the
 * two part, the table of differences must say so and why; what it says must still happen.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { corpusRequests, HAS_CORPUS } from '../support/corpus.ts';
import { escapeRuns } from '../wire/escapes.ts';
import { DIFFERENCES, differenceRow } from './differences.ts';
import { classRequests, fixtureRequests } from './fixtures.ts';
import { Llhttp } from './llhttp.ts';
import { mutations } from './mutations.ts';
import { readByUs } from './ours.ts';
import { parting, type Reading } from './reading.ts';

const SEED = 9112;
const MUTATIONS = 6000;
/** Longer ones are about limits, and their mutations about nothing else. */
const MUTATED_BYTES = 2000;
const AT_ONCE = 32;

const fixtures = fixtureRequests();
const classes = classRequests();
const mutated = mutations(
  [...fixtures, ...classes].filter(({ length }) => length < MUTATED_BYTES),
  MUTATIONS,
  SEED,
);

let llhttp: Llhttp;
beforeAll(async () => {
  llhttp = await Llhttp.start();
});
afterAll(() => llhttp.stop());

interface Comparison {
  readonly bytes: Uint8Array;
  readonly ours: Reading;
  readonly theirs: Reading;
  readonly parting: string | undefined;
}

async function compare(bytes: Uint8Array): Promise<Comparison> {
  const ours = readByUs(bytes);
  const theirs = await llhttp.read(bytes);
  return { bytes, ours, theirs, parting: parting(ours, theirs) };
}

async function compareAll(requests: readonly Uint8Array[]): Promise<Comparison[]> {
  const all: Comparison[] = [];
  for (let i = 0; i < requests.length; i += AT_ONCE) {
    all.push(...(await Promise.all(requests.slice(i, i + AT_ONCE).map(compare))));
  }
  return all;
}

const listed = new Set(DIFFERENCES.map((difference) => difference.parting));

/** The shortest bytes of each class of difference that the table does not have. */
function unlisted(comparisons: readonly Comparison[]): Record<string, string> {
  const found: Record<string, string> = {};
  const byLength = comparisons.toSorted((a, b) => b.bytes.length - a.bytes.length);
  for (const { parting: key, bytes } of byLength) {
    if (key !== undefined && !listed.has(key)) found[key] = escapeRuns(bytes);
  }
  return found;
}

describe('beside llhttp', () => {
  it.each([
    ['our fixtures', fixtures, 190],
    ['classes of requests', classes, 580],
    ['mutations of both', mutated, MUTATIONS],
  ])('%s are read alike, but for the differences listed', async (_name, requests, least) => {
    expect(requests.length).toBeGreaterThanOrEqual(least);
    const comparisons = await compareAll(requests);
    expect(unlisted(comparisons)).toEqual({});
    // Were all refused, or all taken, there would be nothing to compare.
    const taken = comparisons.filter(({ ours }) => ours.messages.length > 0).length;
    expect(taken).toBeGreaterThan(requests.length / 8);
    expect(taken).toBeLessThan(requests.length * (7 / 8));
  });

  it.skipIf(!HAS_CORPUS)(
    'requests of public suites are too (WIRESCOPE_CORPUS names their folder)',
    async () => {
      const requests = corpusRequests().map(({ bytes }) => bytes);
      expect(requests.length).toBeGreaterThan(0);
      expect(unlisted(await compareAll(requests))).toEqual({});
    },
  );
});

describe('the table of differences', () => {
  it('has each class once', () => {
    expect(listed.size).toBe(DIFFERENCES.length);
  });

  it.each(DIFFERENCES.map((row) => [row.parting, row] as const))(
    '%s still happens',
    async (expected, row) => {
      const { parting: found, ours, theirs } = await compare(Buffer.from(row.example, 'latin1'));
      expect(found, `${ours.ending}, and llhttp ${theirs.ending}`).toBe(expected);
      expect(row.section).toMatch(/^RFC \d{4} §\d+(\.\d+)*$/);
    },
  );

  it('is the one that is documented, row by row and in the same order', () => {
    const page = readFileSync(join(import.meta.dirname, '../../server-core/notes/differential.md'), 'utf8');
    const rows = page.split('\n').filter((line) => line.startsWith('| ') && line.includes('RFC '));
    expect(rows).toEqual(DIFFERENCES.map(differenceRow));
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCall } from '../../server-core/capture/calls.ts';
import { among, runsOf } from '../../server-core/capture/runs.ts';

describe('runs', () => {
  it('are lengths, in turn passed over and taken', () => {
    expect(runsOf([])).toEqual([]);
    expect(runsOf([1, 2, 3])).toEqual([0, 3]);
    expect(runsOf([3, 4, 9])).toEqual([2, 2, 4, 1]);
    // Numbers of an earlier process are not there any more.
    expect(runsOf([-5, 0, 1])).toEqual([0, 1]);
  });

  it('say of every number whether it is among them', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 60 })), (numbers) => {
        const sorted = [...numbers].sort((a, b) => a - b);
        const has = among(runsOf(sorted));
        const found = Array.from({ length: 70 }, (_, i) => i).filter(has);
        expect(found).toEqual(sorted);
      }),
    );
  });
});

describe('a call to export', () => {
  const call = { op: 'export', as: 'har', redact: true };

  it('is checked', () => {
    expect(checkCall(call)).toEqual(call);
    const full = { ...call, path: '/x.har', capture: 3, only: [0, 2, 5, 1], redact: false };
    expect(checkCall(full)).toEqual(full);
  });

  it.each([
    [{ ...call, as: 'pdf' }, 'An `export` call needs one of har, pcapng, html, ndjson, combined, bodies'],
    [{ ...call, path: '' }, 'An `export` call needs a path, or none'],
    [{ ...call, capture: 'x' }, "An `export` call takes a capture's number, or none"],
    [{ ...call, only: [1, -1] }, 'A choice of exchanges is a list of lengths'],
    [{ ...call, only: 5 }, 'A choice of exchanges is a list of lengths'],
  ])('refuses %j', (given, sentence) => {
    expect(checkCall(given)).toBe(sentence);
  });
});

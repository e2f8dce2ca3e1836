/**
 * Laws over random input, so and so many cases each. A failure says its seed and path; FUZZ_SEED=n runs that seed.
 * FUZZ_RUNS=20 runs twenty times as many cases, and from another seed each time.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';

/** Cases of each law. The sum is held by fuzz.test.ts, and that each law is run in one place. */
export const CASES = {
  'HTTP/1: any bytes': 14_000,
  'HTTP/1: messages with slips': 14_000,
  'HTTP/1: limits bound what is kept': 6_000,
  'HTTP/1: chunked content comes back': 6_000,
  'WebSocket: any bytes': 8_000,
  'WebSocket: frames with slips': 8_000,
  'Range against a model': 14_000,
  'paths stay below the root': 8_000,
  'paths mean what URLs mean': 8_000,
  'IPv6 hosts are those of URLs': 6_000,
  'Accept-Encoding against a model': 8_000,
  'conditions against a model': 8_000,
  'dates come back in each form': 6_000,
  'multipart content comes back': 4_000,
} as const;

export type Law = keyof typeof CASES;

const times = Number(process.env.FUZZ_RUNS ?? 1);
/** The same cases each time, so that a test that passed does not fail without a change; new ones when asked for more. */
const seed = process.env.FUZZ_SEED ?? (times === 1 ? '9112' : undefined);

export function fuzz<Values extends [unknown, ...unknown[]]>(
  law: Law,
  arbitraries: { readonly [I in keyof Values]: fc.Arbitrary<Values[I]> },
  holds: (...values: Values) => void,
): void {
  const numRuns = Math.round(CASES[law] * times);
  it(
    law,
    () => {
      let ran = 0;
      const property = fc.property(fc.tuple<Values>(...arbitraries), (values) => {
        ran++;
        holds(...values);
      });
      fc.assert(property, { numRuns, ...(seed === undefined ? {} : { seed: Number(seed) }) });
      expect(ran).toBe(numRuns);
    },
    60_000 * Math.max(1, times),
  );
}

/** Ascending offsets at which to cut a stream, as shares of its length. */
export const cuts = fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { maxLength: 5 });

/** The stream in pieces of their own, cut at these shares. */
export function piecesOf(bytes: Uint8Array, shares: readonly number[]): Uint8Array[] {
  const at = [
    0,
    ...shares.map((share) => Math.floor(share * bytes.length)).sort((a, b) => a - b),
    bytes.length,
  ];
  return at.slice(1).map((end, i) => bytes.slice(at[i]!, end));
}

/** Random bytes with a liking for those that mean something: `words` are latin1. */
export function bytesLike(words: readonly string[], maxLength: number): fc.Arbitrary<Uint8Array> {
  const word = fc.constantFrom(...words).map((text) => Buffer.from(text, 'latin1'));
  const piece = fc.oneof({ weight: 4, arbitrary: word }, fc.uint8Array({ minLength: 1, maxLength: 4 }));
  return fc.array(piece, { maxLength }).map((list) => Uint8Array.from(Buffer.concat(list)));
}

export interface Slip {
  readonly at: number;
  readonly remove: number;
  readonly insert: Uint8Array;
}

/** Small damages: some bytes out, others in. */
export function slips(words: readonly string[]): fc.Arbitrary<Slip[]> {
  const slip = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.nat(3),
    insert: bytesLike(words, 2),
  });
  return fc.array(slip, { maxLength: 3 });
}

export function damaged(bytes: Uint8Array, damages: readonly Slip[]): Uint8Array {
  return damages.reduce((whole: Uint8Array, { at, remove, insert }) => {
    const start = Math.floor(at * whole.length);
    return Uint8Array.from(Buffer.concat([whole.subarray(0, start), insert, whole.subarray(start + remove)]));
  }, bytes);
}

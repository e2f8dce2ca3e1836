/** Graphs against a reference that walks over everything for each bin. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binEdge, graphResult } from '../../../renderer/store/graphs.ts';
import { Metrics } from '../../../renderer/store/metrics.ts';
import type { GraphParams } from '../../../renderer/store/queries/graphs.ts';

interface Facts {
  /** [from, to) of each connection. */
  readonly connections: readonly (readonly [number, number])[];
  readonly exchanges: readonly (readonly [number, number])[];
  readonly reads: readonly (readonly [number, number])[];
}

function record({ connections, exchanges, reads }: Facts): Metrics {
  const metrics = new Metrics();
  for (const [time, by] of changes(connections)) metrics.open.change(time, by);
  for (const [time, by] of changes(exchanges)) metrics.inFlight.change(time, by);
  for (const [from] of byTime(exchanges)) metrics.requests.push(from);
  for (const [time, bytes] of byTime(reads)) {
    metrics.bytesIn.add(time, bytes);
    metrics.bytesOut.add(time, bytes * 2);
  }
  return metrics;
}

function byTime(pairs: readonly (readonly [number, number])[]) {
  return pairs.toSorted((a, b) => a[0] - b[0]);
}
/** Openings before closings at one moment, as a log has them for what lasts no time at all. */
function changes(spans: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  return spans
    .flatMap(([from, to]) => [[from, 1] as const, [to, -1] as const])
    .toSorted((a, b) => a[0] - b[0] || b[1] - a[1]);
}

function reference(facts: Facts, params: GraphParams) {
  const bins = Array.from({ length: params.bins }, (_, bin) => {
    const from = binEdge(params, params.bins, bin);
    const isLast = bin === params.bins - 1;
    const to = binEdge(params, params.bins, bin + 1);
    return { from, within: (time: number) => time >= from && (isLast ? time <= to : time < to) };
  });
  const level = (spans: readonly (readonly [number, number])[]) =>
    bins.map(({ from, within }) => {
      const moments = [from, ...spans.flat().filter(within)];
      const sequence = changes(spans);
      const after = moments.flatMap((moment) => {
        const upTo = sequence.filter(([time]) => time <= moment);
        const settled = upTo.reduce((sum, [, by]) => sum + by, 0);
        // Within one moment the level passes through every value on its way.
        const passing = sequence
          .map((_, i) => sequence.slice(0, i + 1))
          .filter((part) => part.at(-1)![0] === moment)
          .map((part) => part.reduce((sum, [, by]) => sum + by, 0));
        return [settled, ...passing];
      });
      return Math.max(...after);
    });
  const sum = (pairs: readonly (readonly [number, number])[], factor = 1) =>
    bins.map(({ within }) =>
      pairs.filter(([time]) => within(time)).reduce((total, [, amount]) => total + amount * factor, 0),
    );
  return {
    open: level(facts.connections),
    inFlight: level(facts.exchanges),
    requests: bins.map(({ within }) => facts.exchanges.filter(([from]) => within(from)).length),
    bytesIn: sum(facts.reads),
    bytesOut: sum(facts.reads, 2),
  };
}

const span = fc.tuple(fc.nat(100), fc.nat(30)).map(([from, length]) => [from, from + length] as const);
const amount = fc.tuple(fc.nat(120), fc.nat(1000));
const facts: fc.Arbitrary<Facts> = fc.record({
  connections: fc.array(span, { maxLength: 12 }),
  exchanges: fc.array(span, { maxLength: 30 }),
  reads: fc.array(amount, { maxLength: 30 }),
});
const params: fc.Arbitrary<GraphParams> = fc
  .tuple(
    fc.integer({ min: -20, max: 120 }),
    fc.integer({ min: 1, max: 120 }),
    fc.integer({ min: 1, max: 40 }),
  )
  .map(([from, length, bins]) => ({ from, to: from + length, bins }));

const figures = ['open', 'inFlight', 'requests', 'bytesIn', 'bytesOut'] as const;

describe('graphs', () => {
  it('are what a walk over everything gives', () => {
    fc.assert(
      fc.property(facts, params, (seen, window) => {
        const result = graphResult(record(seen), window);
        const expected = reference(seen, window);
        for (const figure of figures) expect([...result[figure]], figure).toEqual(expected[figure]);
      }),
      { numRuns: 300 },
    );
  });

  it('stay the same after the past before them was forgotten', () => {
    fc.assert(
      fc.property(facts, params, (seen, window) => {
        const metrics = record(seen);
        const before = graphResult(metrics, window);
        metrics.forgetBefore(window.from);
        expect(graphResult(metrics, window)).toEqual(before);
      }),
      { numRuns: 300 },
    );
  });

  it('hold over the long runs that maxima are kept for', () => {
    const metrics = new Metrics();
    const values = Array.from({ length: 20_000 }, (_, i) => (i * 7919) % 10_007);
    for (const [time, value] of values.entries()) metrics.answers.add(time, value);
    for (const [from, to] of [
      [0, 20_000],
      [63, 64],
      [1, 8193],
      [4096, 8192],
      [4095, 12_289],
      [19_999, 20_000],
    ] as const) {
      expect(metrics.answers.highest(from, to)).toBe(Math.max(...values.slice(from, to)));
    }
    metrics.forgetBefore(15_000);
    expect(metrics.answers.count).toBe(5001);
    expect(metrics.answers.highest(0, metrics.answers.count)).toBe(Math.max(...values.slice(14_999)));
  });
});

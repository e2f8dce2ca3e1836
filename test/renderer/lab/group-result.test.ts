import { describe, expect, it } from 'vitest';
import { groupResult, modelResults } from '../../../renderer/lab/group-result.ts';
import { EMPTY_LAB_LOG, seenOf, withReport } from '../../../renderer/lab/lab-log.ts';
import { record, report } from './records.ts';

describe('what is heard of a run', () => {
  it('adds up, report after report', () => {
    const first = withReport(EMPTY_LAB_LOG, report({ records: [record(0, 1)] }));
    const second = withReport(first, report({ revision: 2, records: [record(1, 2), record(2, 3)] }));
    expect(second.records.length).toBe(3);
    expect(seenOf(second)).toEqual({ run: 1, revision: 2, records: 3 });
    expect(withReport(second, report({ revision: 3 })).records).toBe(second.records);
  });

  it('begins anew with another run', () => {
    const old = withReport(EMPTY_LAB_LOG, report({ records: [record(0, 1)] }));
    const next = withReport(old, report({ run: 2, records: [record(5, 6)] }));
    expect(next.records).toEqual([record(5, 6)]);
    expect(seenOf(EMPTY_LAB_LOG)).toEqual({ run: 0, revision: 0, records: 0 });
  });
});

describe('the result of a group', () => {
  it('counts from the first begin to the last end, in whichever order they came', () => {
    const result = groupResult('x', 3, [record(30, 40), record(10, 55), record(20, 25)]);
    expect([result.began, result.wallMicros]).toEqual([10_000, 45_000]);
    expect(result.records.map(({ start }) => start)).toEqual([10_000, 20_000, 30_000]);
    expect(result.answered).toBe(3);
  });

  it('has percentiles of what was answered, and of that alone', () => {
    const answered = Array.from({ length: 100 }, (_, n) => record(0, n + 1));
    const others = [record(0, 5000, { failure: 'reset', status: 0 }), record(0, 9000, { status: 503 })];
    const { latency, others: ends, answered: count } = groupResult('x', 102, [...answered, ...others]);
    expect(count).toBe(100);
    expect([...ends]).toEqual([
      ['reset', 1],
      ['503', 1],
    ]);
    // To three digits, as an HDR histogram has them.
    const digits = [latency!.p50, latency!.p95, latency!.p99].map((micros) => Math.round(micros / 100) / 10);
    expect(digits).toEqual([50, 95, 99]);
    expect(latency!.slowest).toBe(100_000);
  });

  it('has no percentile above the slowest, however the histogram rounds', () => {
    const { latency } = groupResult('x', 1, [record(0, 96.833)]);
    expect(latency).toEqual({ p50: 96_833, p95: 96_833, p99: 96_833, slowest: 96_833 });
  });

  it('has none where nothing was answered', () => {
    const { latency, answered } = groupResult('x', 1, [record(0, 2000, { status: 408 })]);
    expect([latency, answered]).toEqual([undefined, 0]);
    expect(groupResult('x', 1, [])).toMatchObject({ wallMicros: 0, latency: undefined });
  });

  it('belongs to its model and its group', () => {
    const records = [record(0, 1), record(0, 2, { model: 1 }), record(0, 3, { model: 1, group: 1 })];
    const results = modelResults(withReport(EMPTY_LAB_LOG, report({ records })));
    expect(
      results.map(({ run, groups }) => [run.model, groups.map((group) => group.records.length)]),
    ).toEqual([
      ['event-loop', [1, 0]],
      ['iterative', [1, 1]],
    ]);
  });
});

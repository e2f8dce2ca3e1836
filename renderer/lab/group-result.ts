/** What one group of requests came to under one model. */
import { constructorFromBucketSize } from 'hdr-histogram-js/dist/JsHistogramFactory.js';
import type { LabModelRun, LabRecord } from '../../server-core/capture/lab-call.ts';
import type { LabLog } from './lab-log.ts';

export interface GroupResult {
  readonly name: string;
  /** How many requests it will be; undefined where it goes on as long as another group. */
  readonly planned: number | undefined;
  /** Room for so many lanes: a picture that fills up does not jump. */
  readonly lanes: number;
  /** In the order in which they began. */
  readonly records: readonly LabRecord[];
  /** When the first began, microseconds since the run began. */
  readonly began: number;
  /** From there to the end of the last, in microseconds. */
  readonly wallMicros: number;
  /** Those that were answered with what was asked for. */
  readonly answered: number;
  /** All other ends and how often: `503`, `reset`. */
  readonly others: ReadonlyMap<string, number>;
  /** Of those that were answered; undefined where none was. */
  readonly latency: Latency | undefined;
}

/** Microseconds from asking, the connection included, to the last byte of the answer. */
export interface Latency {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly slowest: number;
}

export interface ModelResult {
  readonly run: LabModelRun;
  readonly groups: readonly GroupResult[];
}

/** A few lanes stay lanes, and do not fill the picture. */
const LEAST_LANES = 8;

export function modelResults({ report, records }: LabLog): readonly ModelResult[] {
  return (report?.models ?? []).map((run, model) => {
    const own = records.filter((record) => record.model === model);
    const groups = run.groups.map(({ name, requests }, group) =>
      groupResult(
        name,
        requests,
        own.filter((record) => record.group === group),
      ),
    );
    return { run, groups };
  });
}

export function groupResult(
  name: string,
  planned: number | undefined,
  of: readonly LabRecord[],
): GroupResult {
  const records = of.toSorted((a, b) => a.start - b.start || a.end - b.end);
  const began = records[0]?.start ?? 0;
  const ended = records.reduce((last, { end }) => Math.max(last, end), began);
  const others = new Map<string, number>();
  for (const record of records) {
    if (isAnswered(record)) continue;
    const outcome = outcomeOf(record);
    others.set(outcome, (others.get(outcome) ?? 0) + 1);
  }
  const answered = records.filter(isAnswered);
  return {
    ...{ name, planned, records, began, others },
    lanes: Math.max(LEAST_LANES, planned ?? 0, records.length),
    wallMicros: ended - began,
    answered: answered.length,
    latency: latencyOf(answered.map(durationOf)),
  };
}

export function isAnswered({ status, failure }: LabRecord): boolean {
  return failure === undefined && status >= 200 && status < 300;
}

/** `200`, or how it failed. */
export function outcomeOf({ status, failure }: LabRecord): string {
  return failure ?? String(status);
}

export function durationOf({ start, end }: LabRecord): number {
  return end - start;
}

const Histogram = constructorFromBucketSize(32);
const HOUR_MICROS = 3600e6;
const DIGITS = 3;

function latencyOf(durations: readonly number[]): Latency | undefined {
  if (durations.length === 0) return undefined;
  const histogram = new Histogram(1, HOUR_MICROS, DIGITS);
  for (const micros of durations) {
    histogram.recordValue(Math.min(HOUR_MICROS, Math.max(1, Math.round(micros))));
  }
  const slowest = Math.max(...durations);
  // It rounds up in its last digit.
  const at = (percent: number) => Math.min(slowest, histogram.getValueAtPercentile(percent));
  return { p50: at(50), p95: at(95), p99: at(99), slowest };
}

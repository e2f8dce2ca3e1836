/**
 * How long answers took, as percentiles of an HDR histogram: exact to three digits at any scale, however many there
 * are. Values are recorded into it where a graph asks, from the times of all answers, so that every producer counts,
 * any window can be asked for, and nothing is done while nobody looks.
 */
import { constructorFromBucketSize } from 'hdr-histogram-js/dist/JsHistogramFactory.js';
import { DurationCounts } from './duration-counts.ts';
import type { Latency } from './queries/graphs.ts';
import type { Peaks } from './series.ts';

const Histogram32 = constructorFromBucketSize(32);
const DAY_MICROS = 86_400e6;
const DIGITS = 3;

const newHistogram = () => new Histogram32(1, DAY_MICROS, DIGITS);
type Histogram = ReturnType<typeof newHistogram>;

const NONE: Latency = { count: 0, p50: Number.NaN, p95: Number.NaN, p99: Number.NaN };
/** Answers of so many bins are kept: those of a moving window are the same as before except at its end. */
const MOST_BINS = 8192;

/** What was recorded: entries by their number since the first of all. */
interface Range {
  readonly start: number;
  readonly end: number;
}

export class Percentiles {
  readonly #answers: Peaks;
  readonly #bins = new Map<string, Latency>();
  readonly #counts = new DurationCounts();
  readonly #count = this.#counts.add.bind(this.#counts);
  /** For one bin at a time, or for what went from the window. A tenth of a megabyte each: made when first asked. */
  #part: Histogram | undefined;
  /** Of the window that was asked for last, so that a window that moves on records only what came and what went. */
  #window: Histogram | undefined;
  #held: Range = { start: 0, end: 0 };

  constructor(answers: Peaks) {
    this.#answers = answers;
  }

  /** Of the answers with index in [start, end), where they are some of many such ranges. */
  ofBin(start: number, end: number): Latency {
    if (end <= start) return NONE;
    const range = this.#rangeOf(start, end);
    const key = `${range.start} ${range.end}`;
    const known = this.#bins.get(key);
    if (known) return known;
    const latency = latencyOf(this.#recorded(range));
    if (this.#bins.size >= MOST_BINS) this.#bins.clear();
    this.#bins.set(key, latency);
    return latency;
  }

  /** Of the answers with index in [start, end), where the next call asks for about the same. */
  ofWindow(start: number, end: number): Latency {
    const wanted = this.#rangeOf(start, Math.max(start, end));
    const { start: from, end: to } = this.#held;
    const kept = Math.min(to, wanted.end) - Math.max(from, wanted.start);
    this.#window ??= newHistogram();
    const isMoved = kept > 0 && wanted.start >= from && wanted.end >= to && this.#holds(from);
    if (isMoved) {
      this.#window.subtract(this.#recorded({ start: from, end: wanted.start }));
      this.#record(this.#window, { start: to, end: wanted.end });
    } else {
      this.#window.reset();
      this.#record(this.#window, wanted);
    }
    this.#held = wanted;
    return latencyOf(this.#window);
  }

  #rangeOf(start: number, end: number): Range {
    const { forgotten } = this.#answers;
    return { start: forgotten + start, end: forgotten + end };
  }

  #holds(entry: number): boolean {
    return entry >= this.#answers.forgotten;
  }

  /** Holds until the next call. */
  #recorded(range: Range): Histogram {
    this.#part ??= newHistogram();
    this.#part.reset();
    this.#record(this.#part, range);
    return this.#part;
  }

  #record(histogram: Histogram, { start, end }: Range): void {
    const { forgotten } = this.#answers;
    this.#answers.eachRun(start - forgotten, end - forgotten, this.#count);
    this.#counts.take((micros, count) => histogram.recordValueWithCount(Math.min(DAY_MICROS, micros), count));
  }
}

function latencyOf(histogram: Histogram): Latency {
  const count = histogram.totalCount;
  if (count === 0) return NONE;
  const at = (percent: number) => histogram.getValueAtPercentile(percent);
  return { count, p50: at(50), p95: at(95), p99: at(99) };
}

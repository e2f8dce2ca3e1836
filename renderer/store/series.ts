/**
 * Facts in the order of time, kept so that a graph of a thousand bins costs a thousand binary searches and not a
 * walk over all traffic: sums by running totals, highest values by maxima over runs of 64 and of 4096 entries.
 */
import { grown } from './grown.ts';

/** Moments in ascending order. */
export class Moments {
  count = 0;
  protected time = new Float64Array(256);

  /** Adds a moment. One that lies before the latest (a snapshot tells of the past) counts as the latest. */
  push(time: number): void {
    this.time = grown(this.time, this.count + 1);
    const latest = this.count > 0 ? this.time[this.count - 1]! : time;
    this.time[this.count++] = Math.max(time, latest);
  }

  /** The first index whose time is at or after `time`. */
  from(time: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.time[middle]! < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The first index whose time is after `time`. */
  after(time: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.time[middle]! <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  timeAt(index: number): number {
    return this.time[index]!;
  }

  /**
   * May forget what lies before `time`, except the one entry before it, which says where a level stood. Works
   * only once half of the entries can go, so that the cost of moving the rest is shared by all that went.
   */
  forgetBefore(time: number): void {
    const gone = this.from(time) - 1;
    if (gone > 1024 && gone * 2 > this.count) this.shift(gone);
  }

  /** Forgets it now. */
  cutBefore(time: number): void {
    const gone = this.from(time) - 1;
    if (gone > 0) this.shift(gone);
  }

  protected shift(gone: number): void {
    this.time.copyWithin(0, gone, this.count);
    this.count -= gone;
  }
}

/** Amounts; answers how much there was between two moments. */
export class Sums extends Moments {
  #total = new Float64Array(256);

  add(time: number, amount: number): void {
    const before = this.count > 0 ? this.#total[this.count - 1]! : 0;
    this.push(time);
    this.#total = grown(this.#total, this.count);
    this.#total[this.count - 1] = before + amount;
  }

  /** The sum of the entries with index in [start, end). */
  sum(start: number, end: number): number {
    if (end <= start) return 0;
    return this.#total[end - 1]! - (start > 0 ? this.#total[start - 1]! : 0);
  }

  protected override shift(gone: number): void {
    this.#total.copyWithin(0, gone, this.count);
    super.shift(gone);
  }
}

const RUN_BITS = 6;
const RUN = 1 << RUN_BITS;

/** Values; answers which was the highest between two moments. */
export class Peaks extends Moments {
  protected value = new Float64Array(256);
  #runs = new Float64Array(4);
  #longRuns = new Float64Array(4);

  add(time: number, value: number): void {
    this.push(time);
    this.value = grown(this.value, this.count);
    this.value[this.count - 1] = value;
    this.#raise(this.count - 1);
  }

  valueAt(index: number): number {
    return this.value[index]!;
  }

  /** The highest value with index in [start, end); -Infinity when there is none. */
  highest(start: number, end: number): number {
    let best = Number.NEGATIVE_INFINITY;
    let index = start;
    while (index < end) {
      const left = end - index;
      if ((index & (RUN * RUN - 1)) === 0 && left >= RUN * RUN) {
        best = Math.max(best, this.#longRuns[index >>> (2 * RUN_BITS)]!);
        index += RUN * RUN;
      } else if ((index & (RUN - 1)) === 0 && left >= RUN) {
        best = Math.max(best, this.#runs[index >>> RUN_BITS]!);
        index += RUN;
      } else {
        best = Math.max(best, this.value[index]!);
        index++;
      }
    }
    return best;
  }

  protected override shift(gone: number): void {
    this.value.copyWithin(0, gone, this.count);
    super.shift(gone);
    for (let index = 0; index < this.count; index++) this.#raise(index);
  }

  #raise(index: number): void {
    const value = this.value[index]!;
    const run = index >>> RUN_BITS;
    const longRun = index >>> (2 * RUN_BITS);
    this.#runs = grown(this.#runs, run + 1);
    this.#longRuns = grown(this.#longRuns, longRun + 1);
    this.#runs[run] = (index & (RUN - 1)) === 0 ? value : Math.max(value, this.#runs[run]!);
    this.#longRuns[longRun] =
      (index & (RUN * RUN - 1)) === 0 ? value : Math.max(value, this.#longRuns[longRun]!);
  }
}

/** A level that holds until it changes: how many were open. */
export class Level extends Peaks {
  /** The level now. */
  current = 0;

  change(time: number, by: number): void {
    this.current += by;
    this.add(time, this.current);
  }

  /** Brings the level to a value, where what changed it was missed. */
  reset(time: number, value: number): void {
    if (value !== this.current) this.change(time, value - this.current);
  }

  /** The highest level over the entries with index in [start, end), and what held since `from` before them. */
  highestOf(start: number, end: number, from: number): number {
    const best = this.highest(start, end);
    const setAtStart = start < end && this.timeAt(start) === from;
    // The level from before still holds at the start, unless it changed at that very moment.
    return setAtStart ? best : Math.max(best, start > 0 ? this.valueAt(start - 1) : 0);
  }
}

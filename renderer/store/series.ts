/**
 * Facts in the order of time, kept so that a graph of a thousand bins costs a thousand binary searches and not a
 * walk over all traffic: sums by running totals, highest values by maxima over runs of 64 and of 4096 entries.
 */
import { Ascending } from './ascending.ts';

/** Moments in ascending order, to the microsecond. */
export class Moments {
  /** Entries that were forgotten: the index of an entry and this make a number that stays. */
  forgotten = 0;
  readonly #times = new Ascending();

  get count(): number {
    return this.#times.count;
  }

  /** Adds a moment. One that lies before the latest (a snapshot tells of the past) counts as the latest. */
  push(time: number): void {
    this.#times.push(time);
  }

  /** The first index whose time is at or after `time`. */
  from(time: number): number {
    return this.#times.from(time);
  }

  /** The first index whose time is after `time`. */
  after(time: number): number {
    return this.#times.after(time);
  }

  timeAt(index: number): number {
    return this.#times.at(index);
  }

  /** Forgets what lies before `time`, except the one entry before it, which says where a level stood. */
  forgetBefore(time: number): void {
    const gone = this.from(time) - 1;
    if (gone > 0) this.forget(gone);
  }

  protected forget(entries: number): void {
    this.#times.forget(entries);
    this.forgotten += entries;
  }
}

/** Amounts; answers how much there was between two moments. */
export class Sums extends Moments {
  readonly #totals = new Ascending();
  /** The total up to the first entry held. */
  #before = 0;

  add(time: number, amount: number): void {
    const before = this.count > 0 ? this.#totals.at(this.count - 1) : this.#before;
    this.push(time);
    this.#totals.push(before + amount);
  }

  /** The sum of the entries with index in [start, end). */
  sum(start: number, end: number): number {
    if (end <= start) return 0;
    return this.#totals.at(end - 1) - (start > 0 ? this.#totals.at(start - 1) : this.#before);
  }

  protected override forget(entries: number): void {
    this.#before = this.#totals.at(entries - 1);
    this.#totals.forget(entries);
    super.forget(entries);
  }
}

const RUN_BITS = 6;
const RUN = 1 << RUN_BITS;
const PAGE = RUN * RUN;

/** Three levels of maxima: the values, the highest of each 64, the highest of all. */
class PeakPage {
  readonly values = new Float32Array(PAGE);
  readonly bits = new Uint32Array(this.values.buffer);
  readonly runs = new Float32Array(RUN);
  highest = Number.NEGATIVE_INFINITY;
}

/** Values; answers which was the highest between two moments. Kept to seven digits. */
export class Peaks extends Moments {
  readonly #pages: PeakPage[] = [];
  /** Entries of the first page that were forgotten. */
  #offset = 0;

  add(time: number, value: number): void {
    const at = this.#offset + this.count;
    this.push(time);
    const row = at & (PAGE - 1);
    if (row === 0) this.#pages.push(new PeakPage());
    const page = this.#pages[Math.floor(at / PAGE)]!;
    const run = row >>> RUN_BITS;
    page.values[row] = value;
    page.runs[run] = (row & (RUN - 1)) === 0 ? value : Math.max(value, page.runs[run]!);
    page.highest = Math.max(value, page.highest);
  }

  valueAt(index: number): number {
    const at = this.#offset + index;
    return this.#pages[Math.floor(at / PAGE)]!.values[at & (PAGE - 1)]!;
  }

  /** Calls back with the values of [start, end) in their order, run by run, as the bits of 32-bit floats. */
  eachRun(start: number, end: number, visit: (bits: Uint32Array, from: number, to: number) => void): void {
    const until = this.#offset + end;
    for (let at = this.#offset + start; at < until; ) {
      const row = at & (PAGE - 1);
      const length = Math.min(PAGE - row, until - at);
      visit(this.#pages[Math.floor(at / PAGE)]!.bits, row, row + length);
      at += length;
    }
  }

  /** The highest value with index in [start, end); -Infinity when there is none. */
  highest(start: number, end: number): number {
    let best = Number.NEGATIVE_INFINITY;
    let at = this.#offset + start;
    const until = this.#offset + end;
    while (at < until) {
      const page = this.#pages[Math.floor(at / PAGE)]!;
      const row = at & (PAGE - 1);
      const left = until - at;
      if (row === 0 && left >= PAGE) {
        best = Math.max(best, page.highest);
        at += PAGE;
      } else if ((row & (RUN - 1)) === 0 && left >= RUN) {
        best = Math.max(best, page.runs[row >>> RUN_BITS]!);
        at += RUN;
      } else {
        best = Math.max(best, page.values[row]!);
        at++;
      }
    }
    return best;
  }

  protected override forget(entries: number): void {
    super.forget(entries);
    this.#offset += entries;
    // The page that is being filled stays.
    const gone = Math.min(Math.floor(this.#offset / PAGE), this.#pages.length - 1);
    if (gone <= 0) return;
    this.#pages.splice(0, gone);
    this.#offset -= gone * PAGE;
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

  levelAt(time: number): number {
    const index = this.after(time) - 1;
    return index < 0 ? 0 : this.valueAt(index);
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

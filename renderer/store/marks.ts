/**
 * What the server noted while it answered, as linked lists by exchange, the latest first. An entry is what was noted
 * in one go. It repeats from request to request (the same file, the same decision), so what it says is shared.
 */
import type { MarkName } from '../../server-core/capture/events.ts';
import type { Trace, TraceMark } from '../../server-core/capture/traces.ts';
import type { ExchangePage } from './exchanges.ts';
import { NumberPages } from './number-pages.ts';
import { TraceTable } from './trace-table.ts';

export interface Mark {
  readonly time: number;
  readonly mark: MarkName;
  readonly detail: string;
}

export class Marks {
  readonly #traces = new TraceTable();
  /** Microseconds after the exchange began. */
  readonly #after = new NumberPages(Float32Array);
  /** Number in the table of traces. */
  readonly #said = new NumberPages(Uint32Array);
  readonly #before = new NumberPages(Uint32Array);
  /** Entry 0 is "none". */
  #count = 1;
  #free = 0;

  append(page: ExchangePage, row: number, time: number, said: Trace | TraceMark): void {
    const trace = 'mark' in said ? this.#traces.single(said) : said;
    const entry = this.#take();
    this.#after.set(entry, time - page.begin[row]!);
    this.#said.set(entry, this.#traces.retain(trace));
    this.#before.set(entry, page.lastMark[row]!);
    page.lastMark[row] = entry;
    if (trace.some(({ mark }) => mark === 'drain-wait')) page.waited[row] = 1;
  }

  /** The marks of an exchange in the order in which they were made. */
  list(page: ExchangePage, row: number): Mark[] {
    const entries: number[] = [];
    for (let entry = page.lastMark[row]!; entry !== 0; entry = this.#before.get(entry)) entries.push(entry);
    return entries.reverse().flatMap((entry) => {
      const time = page.begin[row]! + this.#after.get(entry);
      return this.#traceAt(entry).map((said) => ({ time, ...said }));
    });
  }

  /** The entry of the latest mark made no later than `time`, 0 for none: what `lastMark` was then. */
  latestUntil(page: ExchangePage, row: number, time: number): number {
    let entry = page.lastMark[row]!;
    while (entry !== 0 && page.begin[row]! + this.#after.get(entry) > time) entry = this.#before.get(entry);
    return entry;
  }

  has(page: ExchangePage, row: number, mark: MarkName): boolean {
    for (let entry = page.lastMark[row]!; entry !== 0; entry = this.#before.get(entry)) {
      if (this.#traceAt(entry).some((said) => said.mark === mark)) return true;
    }
    return false;
  }

  /**
   * Calls back for each stretch in which the server waited for the socket to drain. A wait that has not ended
   * ends at `until`.
   */
  eachWait(page: ExchangePage, row: number, until: number, visit: (from: number, to: number) => void): void {
    let began: number | undefined;
    for (const { mark, time } of this.list(page, row)) {
      if (mark === 'drain-wait') began ??= time;
      if (mark === 'drained' && began !== undefined) {
        visit(began, time);
        began = undefined;
      }
    }
    if (began !== undefined) visit(began, until);
  }

  drop(page: ExchangePage, row: number): void {
    for (let entry = page.lastMark[row]!; entry !== 0; ) {
      const before = this.#before.get(entry);
      this.#traces.release(this.#said.get(entry));
      this.#before.set(entry, this.#free);
      this.#free = entry;
      entry = before;
    }
    page.lastMark[row] = 0;
  }

  #traceAt(entry: number): Trace {
    return this.#traces.at(this.#said.get(entry));
  }

  #take(): number {
    if (this.#free !== 0) {
      const entry = this.#free;
      this.#free = this.#before.get(entry);
      return entry;
    }
    const entry = this.#count++;
    this.#after.reserve(this.#count);
    this.#said.reserve(this.#count);
    this.#before.reserve(this.#count);
    return entry;
  }
}

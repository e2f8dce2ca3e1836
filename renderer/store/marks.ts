/**
 * What the server noted while it answered, as linked lists by exchange, the latest first. Details repeat from
 * request to request (the same file, the same decision), so their texts are shared.
 */
import { MARKS, type MarkName } from '../../server-core/capture/events.ts';
import type { ExchangePage } from './exchanges.ts';
import { NumberPages } from './number-pages.ts';
import type { StringTable } from './string-table.ts';

export interface Mark {
  readonly time: number;
  readonly mark: MarkName;
  readonly detail: string;
}

/** A name's number lies below its detail's in one word. */
const NAME_BITS = 4;
const NAME_MASK = (1 << NAME_BITS) - 1;
const NUMBER_OF = new Map<string, number>(MARKS.map((name, number) => [name, number]));

export class Marks {
  /** Microseconds after the exchange began. */
  readonly #after = new NumberPages(Float32Array);
  /** Number of the detail in the string table, then of the name. */
  readonly #said = new NumberPages(Uint32Array);
  readonly #before = new NumberPages(Uint32Array);
  /** Entry 0 is "none". */
  #count = 1;
  #free = 0;

  readonly #strings: StringTable;

  constructor(strings: StringTable) {
    this.#strings = strings;
  }

  append(page: ExchangePage, row: number, time: number, mark: MarkName, detail: string): void {
    const entry = this.#take();
    this.#after.set(entry, time - page.begin[row]!);
    this.#said.set(entry, (this.#strings.intern(detail) << NAME_BITS) | (NUMBER_OF.get(mark) ?? 0));
    this.#before.set(entry, page.lastMark[row]!);
    page.lastMark[row] = entry;
    if (mark === 'drain-wait') page.waited[row] = 1;
  }

  /** The marks of an exchange in the order in which they were made. */
  list(page: ExchangePage, row: number): Mark[] {
    const marks: Mark[] = [];
    for (let entry = page.lastMark[row]!; entry !== 0; entry = this.#before.get(entry)) {
      marks.push({
        time: page.begin[row]! + this.#after.get(entry),
        mark: MARKS[this.#said.get(entry) & NAME_MASK]!,
        detail: this.#strings.text(this.#said.get(entry) >>> NAME_BITS),
      });
    }
    return marks.reverse();
  }

  /** The entry of the latest mark made no later than `time`, 0 for none: what `lastMark` was then. */
  latestUntil(page: ExchangePage, row: number, time: number): number {
    let entry = page.lastMark[row]!;
    while (entry !== 0 && page.begin[row]! + this.#after.get(entry) > time) entry = this.#before.get(entry);
    return entry;
  }

  has(page: ExchangePage, row: number, mark: MarkName): boolean {
    const number = NUMBER_OF.get(mark);
    for (let entry = page.lastMark[row]!; entry !== 0; entry = this.#before.get(entry)) {
      if ((this.#said.get(entry) & NAME_MASK) === number) return true;
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
      this.#strings.release(this.#said.get(entry) >>> NAME_BITS);
      this.#before.set(entry, this.#free);
      this.#free = entry;
      entry = before;
    }
    page.lastMark[row] = 0;
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

/**
 * What the server noted while it answered, as linked lists by exchange. Details repeat from request to request
 * (the same file, the same decision), so their texts are shared.
 */
import { MARKS, type MarkName } from '../../server-core/capture/events.ts';
import type { ExchangePage } from './exchanges.ts';
import { grown } from './grown.ts';
import type { StringTable } from './string-table.ts';

export interface Mark {
  readonly time: number;
  readonly mark: MarkName;
  readonly detail: string;
}

const NUMBER_OF = new Map<string, number>(MARKS.map((name, number) => [name, number]));

export class Marks {
  #time = new Float64Array(64);
  #name = new Uint8Array(64);
  #detail = new Uint32Array(64);
  #next = new Uint32Array(64);
  /** Entry 0 is "none". */
  #count = 1;
  #free = 0;

  readonly #strings: StringTable;

  constructor(strings: StringTable) {
    this.#strings = strings;
  }

  append(page: ExchangePage, row: number, time: number, mark: MarkName, detail: string): void {
    const entry = this.#take();
    this.#time[entry] = time;
    this.#name[entry] = NUMBER_OF.get(mark) ?? 0;
    this.#detail[entry] = this.#strings.intern(detail);
    this.#next[entry] = 0;
    if (page.firstMark[row] === 0) page.firstMark[row] = entry;
    else this.#next[page.lastMark[row]!] = entry;
    page.lastMark[row] = entry;
    if (mark === 'drain-wait') page.waited[row] = 1;
  }

  /** The marks of an exchange in the order in which they were made. */
  list(page: ExchangePage, row: number): Mark[] {
    const marks: Mark[] = [];
    for (let entry = page.firstMark[row]!; entry !== 0; entry = this.#next[entry]!) {
      marks.push({
        time: this.#time[entry]!,
        mark: MARKS[this.#name[entry]!]!,
        detail: this.#strings.text(this.#detail[entry]!),
      });
    }
    return marks;
  }

  /**
   * Calls back for each stretch in which the server waited for the socket to drain. A wait that has not ended
   * ends at `until`.
   */
  eachWait(page: ExchangePage, row: number, until: number, visit: (from: number, to: number) => void): void {
    let began: number | undefined;
    for (let entry = page.firstMark[row]!; entry !== 0; entry = this.#next[entry]!) {
      const mark = MARKS[this.#name[entry]!];
      if (mark === 'drain-wait') began ??= this.#time[entry]!;
      if (mark === 'drained' && began !== undefined) {
        visit(began, this.#time[entry]!);
        began = undefined;
      }
    }
    if (began !== undefined) visit(began, until);
  }

  drop(page: ExchangePage, row: number): void {
    for (let entry = page.firstMark[row]!; entry !== 0; ) {
      const after = this.#next[entry]!;
      this.#strings.release(this.#detail[entry]!);
      this.#next[entry] = this.#free;
      this.#free = entry;
      entry = after;
    }
    page.firstMark[row] = 0;
    page.lastMark[row] = 0;
  }

  #take(): number {
    if (this.#free !== 0) {
      const entry = this.#free;
      this.#free = this.#next[entry]!;
      return entry;
    }
    const entry = this.#count++;
    this.#time = grown(this.#time, this.#count);
    this.#name = grown(this.#name, this.#count);
    this.#detail = grown(this.#detail, this.#count);
    this.#next = grown(this.#next, this.#count);
    return entry;
  }
}

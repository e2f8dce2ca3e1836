/**
 * The numbers of the rows that pass the filter, in order. After each batch only rows that were added or changed
 * are looked at; a new filter looks at all.
 */
import type { Columns } from './columns.ts';
import { compileFilter, type RowTest } from './filter.ts';
import { grown } from './grown.ts';
import { PAGE_MASK } from './paged-rows.ts';
import { type Filter, NO_FILTER } from './queries.ts';

export class FilteredIndex {
  filter: Filter = NO_FILTER;
  /** Raised when rows enter or leave. */
  version = 0;
  /** The index is ids[start, end). */
  #ids = new Uint32Array(1024);
  #start = 0;
  #end = 0;
  #test: RowTest | undefined;

  readonly #columns: Columns;

  constructor(columns: Columns) {
    this.#columns = columns;
  }

  get count(): number {
    return this.#end - this.#start;
  }

  /** The exchange at a place of the filtered list, which must be in it. */
  at(index: number): number {
    return this.#ids[this.#start + index]!;
  }

  /** The place of an exchange; undefined when the filter hides it. */
  indexOf(exchange: number): number | undefined {
    const place = this.#place(exchange);
    return place < this.#end && this.#ids[place] === exchange ? place - this.#start : undefined;
  }

  set(filter: Filter): void {
    this.filter = filter;
    this.#test = compileFilter(this.#columns, filter);
    this.#columns.takeChanged();
    this.#columns.takeDropped();
    this.#start = 0;
    this.#end = 0;
    const test = this.#test;
    this.#columns.exchanges.eachFrom(1, (page, row, id) => {
      if (test === undefined || test(page, row)) this.#push(id);
      return true;
    });
    this.version++;
  }

  /** Takes in what changed in the columns since the last call. */
  absorb(): void {
    const { exchanges } = this.#columns;
    const droppedBelow = this.#columns.takeDropped();
    if (droppedBelow > 0) this.#compact(droppedBelow);
    for (const id of this.#columns.takeChanged()) {
      const page = exchanges.page(id);
      if (page === undefined) continue;
      const passes = this.#test === undefined || this.#test(page, id & PAGE_MASK);
      this.#put(id, passes);
    }
  }

  #put(id: number, passes: boolean): void {
    if (passes && (this.#end === this.#start || this.#ids[this.#end - 1]! < id)) {
      this.#push(id);
      this.version++;
      return;
    }
    const place = this.#place(id);
    const isIn = place < this.#end && this.#ids[place] === id;
    if (passes === isIn) return;
    this.version++;
    if (isIn) {
      this.#ids.copyWithin(place, place + 1, this.#end);
      this.#end--;
    } else {
      this.#push(id);
      this.#ids.copyWithin(place + 1, place, this.#end - 1);
      this.#ids[place] = id;
    }
  }

  #push(id: number): void {
    if (this.#end === this.#ids.length) {
      if (this.#start > this.#end / 2) {
        this.#ids.copyWithin(0, this.#start, this.#end);
        this.#end -= this.#start;
        this.#start = 0;
      } else {
        this.#ids = grown(this.#ids, this.#end + 1);
      }
    }
    this.#ids[this.#end++] = id;
  }

  /** Takes out rows below a number that are held no more: those that stay move up against it. */
  #compact(below: number): void {
    const border = this.#place(below);
    let to = border;
    for (let from = border - 1; from >= this.#start; from--) {
      const id = this.#ids[from]!;
      if (this.#columns.exchanges.page(id) !== undefined) this.#ids[--to] = id;
    }
    this.#start = to;
    this.version++;
  }

  /** Where an exchange is or would be in `ids`. */
  #place(id: number): number {
    let low = this.#start;
    let high = this.#end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#ids[middle]! < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

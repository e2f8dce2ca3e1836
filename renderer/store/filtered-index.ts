/**
 * The numbers of the rows that pass the filter, in order. After each batch only rows that were added or changed
 * are looked at; a new filter looks at all, or at those that passed before when it only asks for more. Of the past
 * it holds the rows that had begun by then, tested as they stood; a step forward looks only at those that it concerns.
 */
import type { Columns } from './columns.ts';
import type { ExchangePage } from './exchanges.ts';
import { compileFilter, isNarrower, type RowTest } from './filter.ts';
import { grown } from './grown.ts';
import { PAGE_MASK } from './paged-rows.ts';
import { type Filter, NO_FILTER } from './queries/filter.ts';

/** What happened to the rows since it was last asked. */
export interface Touched {
  /** Rows that were added or changed, whether they pass or not; undefined when it may be any. */
  readonly changed: ReadonlySet<number> | undefined;
  /** All rows that were dropped lie below this. */
  readonly droppedBelow: number;
}

/** More changed rows than this share of all are as good as any. */
const MOST_TOUCHED = 1 / 8;
/** Rows of other processes stand a few milliseconds out of the order of time: how far on to look for them. */
const AHEAD_MICROS = 100_000;

export class FilteredIndex {
  filter: Filter = NO_FILTER;
  /** Raised when rows enter or leave. */
  version = 0;
  /** The index is ids[start, end). */
  #ids = new Uint32Array(1024);
  #start = 0;
  #end = 0;
  #test: RowTest | undefined;
  /** Kept for a list in another order; undefined when nobody asks, or any row may have changed. */
  #touched: Set<number> | undefined;
  #tracks = false;
  #droppedBelow = 0;
  /** Of the past: rows that will still differ at a later moment, and the first number not looked at yet. */
  readonly #unsettled = new Set<number>();
  #next = 0;

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
    this.absorb();
    const narrows = isNarrower(filter, this.filter);
    this.filter = filter;
    this.#test = compileFilter(this.#columns, filter);
    if (narrows) this.#keepPassing();
    else this.#fill();
    this.#touched = undefined;
    this.version++;
  }

  /** Shows what was known at a moment; Infinity shows all. */
  setTime(time: number): void {
    this.absorb();
    const { past } = this.#columns;
    const before = past.time;
    if (time === before) return;
    past.time = time;
    if (before < time && past.isOn) return this.#goForward();
    this.#fill();
    this.#touched = undefined;
    this.version++;
  }

  /** Rows held that had not begun at the moment shown. */
  get later(): number {
    const { past, exchanges } = this.#columns;
    if (!past.isOn) return 0;
    let later = exchanges.heldFrom(this.#next);
    for (const id of this.#unsettled) {
      const page = exchanges.page(id);
      if (page !== undefined && !past.hasBegun(page, id & PAGE_MASK)) later++;
    }
    return later;
  }

  /** All of them, in order; the array is the index's and holds until the next change. */
  ids(): Uint32Array {
    return this.#ids.subarray(this.#start, this.#end);
  }

  /** Whether to note which rows change, for `takeTouched`. Any may have when it begins. */
  track(tracks: boolean): void {
    this.#tracks = tracks;
    this.#touched = undefined;
  }

  takeTouched(): Touched {
    const taken = { changed: this.#touched, droppedBelow: this.#droppedBelow };
    if (this.#touched === undefined || this.#touched.size > 0) this.#touched = new Set();
    this.#droppedBelow = 0;
    return taken;
  }

  /** Takes in what changed in the columns since the last call. */
  absorb(): void {
    const { exchanges, past } = this.#columns;
    const droppedBelow = this.#columns.takeDropped();
    if (droppedBelow > 0) this.#compact(droppedBelow);
    for (const id of this.#columns.takeChanged()) {
      if (past.isOn && id >= this.#next) continue;
      this.#touched?.add(id);
      const page = exchanges.page(id);
      if (page !== undefined) this.#put(id, this.#passes(page, id & PAGE_MASK, id));
    }
    if (!this.#tracks || (this.#touched?.size ?? 0) > 1024 + this.count * MOST_TOUCHED)
      this.#touched = undefined;
  }

  #fill(): void {
    this.#start = 0;
    this.#end = 0;
    this.#unsettled.clear();
    this.#next = 1;
    this.#sweep((page, row, id) => {
      if (this.#passes(page, row, id)) this.#push(id);
    });
  }

  #goForward(): void {
    const { exchanges } = this.#columns;
    const look = (page: ExchangePage, row: number, id: number) => {
      this.#touched?.add(id);
      this.#put(id, this.#passes(page, row, id));
    };
    for (const id of this.#unsettled) {
      const page = exchanges.page(id);
      if (page !== undefined) look(page, id & PAGE_MASK, id);
      if (page === undefined || this.#columns.past.isSettled(page, id & PAGE_MASK))
        this.#unsettled.delete(id);
    }
    this.#sweep(look);
  }

  /** Calls back with each row from `#next` on, as far as any can have begun. */
  #sweep(visit: (page: ExchangePage, row: number, id: number) => void): void {
    const { exchanges, past } = this.#columns;
    const until = past.time + AHEAD_MICROS;
    exchanges.eachFrom(this.#next, (page, row, id) => {
      if (page.begin[row]! > until) return false;
      this.#next = id + 1;
      if (past.isOn && !past.isSettled(page, row)) this.#unsettled.add(id);
      visit(page, row, id);
      return true;
    });
  }

  #passes(page: ExchangePage, row: number, id: number): boolean {
    const { past } = this.#columns;
    if (past.isOn && !past.hasBegun(page, row)) return false;
    return this.#test === undefined || this.#test(past.page(page, row), row, id);
  }

  #keepPassing(): void {
    if (this.#test === undefined) return;
    const { exchanges } = this.#columns;
    let kept = this.#start;
    for (let place = this.#start; place < this.#end; place++) {
      const id = this.#ids[place]!;
      if (this.#passes(exchanges.page(id)!, id & PAGE_MASK, id)) this.#ids[kept++] = id;
    }
    this.#end = kept;
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
    this.#droppedBelow = Math.max(this.#droppedBelow, below);
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

/**
 * The filtered rows in the order of a column. Rows without a value stand last either way, rows of equal value in the
 * order of time. A new order sorts all rows; after that those that were added or changed are merged in.
 */
import type { Columns } from './columns.ts';
import type { FilteredIndex } from './filtered-index.ts';
import { grown } from './grown.ts';
import { PAGE_MASK } from './paged-rows.ts';
import { BY_TIME, type SortOrder } from './queries/list.ts';
import { sortedByKey } from './radix-sort.ts';
import { type SortKey, sortKey } from './sort-keys.ts';

/** Of so many bits, one for each number that changed: most rows are told apart without asking the set. */
const SIEVE = 1 << 16;

export class ListOrder {
  sort: SortOrder = BY_TIME;
  #version = 0;
  #key: SortKey | undefined;
  #ids: Uint32Array = new Uint32Array(0);
  #count = 0;

  readonly #columns: Columns;
  readonly #index: FilteredIndex;

  constructor(columns: Columns, index: FilteredIndex) {
    this.#columns = columns;
    this.#index = index;
  }

  get count(): number {
    return this.#index.count;
  }

  /** Raised when the list differs from what it was. */
  get version(): number {
    return this.#version + this.#index.version;
  }

  set(sort: SortOrder): void {
    this.sort = sort;
    this.#key = sortKey(this.#columns, sort.column);
    this.#index.track(this.#key !== undefined);
    this.#ids = new Uint32Array(0);
    this.#count = 0;
    this.#version++;
  }

  /** The exchange at a place of the list, which must be in it. Call `refresh` first, here and below. */
  at(place: number): number {
    if (this.#key !== undefined) return this.#ids[place]!;
    return this.#index.at(this.sort.descending ? this.count - 1 - place : place);
  }

  /** The place of an exchange; undefined when the filter hides it. */
  indexOf(exchange: number): number | undefined {
    const place = this.#index.indexOf(exchange);
    if (place === undefined) return undefined;
    if (this.#key !== undefined) return this.#ids.subarray(0, this.#count).indexOf(exchange);
    return this.sort.descending ? this.count - 1 - place : place;
  }

  /** Takes in what changed in the index since the last call. */
  refresh(): void {
    const key = this.#key;
    if (key === undefined) return;
    const { changed, droppedBelow } = this.#index.takeTouched();
    if (changed === undefined) this.#sortAll(key);
    else if (changed.size > 0 || droppedBelow > 0) this.#merge(key, changed, droppedBelow);
    else return;
    this.#version++;
  }

  #sortAll(key: SortKey): void {
    const columns = this.#columns;
    const ids = this.#index.ids();
    const keys = new Float64Array(ids.length);
    const rank = key.of === 'text' ? this.#ranks(key, ids) : undefined;
    for (let place = 0; place < ids.length; place++) {
      const id = ids[place]!;
      const value = key.get(columns.past.shown(id)!, id & PAGE_MASK);
      keys[place] = rank === undefined ? this.#directed(value) : this.#directed(rank[value]!);
    }
    this.#ids = sortedByKey(ids, keys);
    this.#count = ids.length;
  }

  /** The place of each text in the order of all, by its number; NaN for the empty one. */
  #ranks(key: SortKey, ids: Uint32Array): Float64Array {
    const columns = this.#columns;
    const { strings } = columns;
    const ranks = new Float64Array(strings.capacity);
    const used: number[] = [];
    for (const id of ids) {
      const text = key.get(columns.past.shown(id)!, id & PAGE_MASK);
      if (ranks[text] === 0 && text !== 0) used.push(text);
      ranks[text] = 1;
    }
    const texts = used.map((text) => strings.text(text));
    const order = Array.from(texts.keys()).sort((a, b) => (texts[a]! < texts[b]! ? -1 : 1));
    for (const [rank, place] of order.entries()) ranks[used[place]!] = rank;
    ranks[0] = Number.NaN;
    return ranks;
  }

  #directed(value: number): number {
    if (Number.isNaN(value)) return Number.POSITIVE_INFINITY;
    return this.sort.descending ? -value : value;
  }

  #merge(key: SortKey, changed: ReadonlySet<number>, droppedBelow: number): void {
    this.#takeOut(changed, droppedBelow);
    const compare = this.#comparison(key);
    const coming = [...changed].filter((id) => this.#index.indexOf(id) !== undefined).sort(compare);
    this.#ids = grown(this.#ids, this.#count + coming.length);
    const ids = this.#ids;
    let end = this.#count;
    for (let left = coming.length; left > 0; left--) {
      const id = coming[left - 1]!;
      let low = 0;
      let high = end;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (compare(ids[middle]!, id) < 0) low = middle + 1;
        else high = middle;
      }
      ids.copyWithin(low + left, low, end);
      ids[low + left - 1] = id;
      end = low;
    }
    this.#count += coming.length;
  }

  #takeOut(changed: ReadonlySet<number>, droppedBelow: number): void {
    const { exchanges } = this.#columns;
    const sieve = new Uint8Array(SIEVE);
    for (const id of changed) sieve[id % SIEVE] = 1;
    const ids = this.#ids;
    let kept = 0;
    for (let place = 0; place < this.#count; place++) {
      const id = ids[place]!;
      if (sieve[id % SIEVE] === 1 && changed.has(id)) continue;
      if (id < droppedBelow && exchanges.page(id) === undefined) continue;
      ids[kept++] = id;
    }
    this.#count = kept;
  }

  #comparison(key: SortKey): (a: number, b: number) => number {
    const columns = this.#columns;
    const { strings } = columns;
    const value = (id: number) => key.get(columns.past.shown(id)!, id & PAGE_MASK);
    if (key.of === 'number') {
      return (a, b) => {
        const [left, right] = [this.#directed(value(a)), this.#directed(value(b))];
        return left === right ? a - b : left < right ? -1 : 1;
      };
    }
    const sign = this.sort.descending ? -1 : 1;
    return (a, b) => {
      const [left, right] = [strings.text(value(a)), strings.text(value(b))];
      if (left === right) return a - b;
      if (left === '' || right === '') return left === '' ? 1 : -1;
      return left < right ? -sign : sign;
    };
  }
}

/**
 * Numbers that never fall (times, running totals), in four bytes each: a page keeps its first number, and of the
 * others how far they lie above it, in whole units. A page whose numbers lie further apart than 32 bits can say is
 * widened to eight bytes.
 */
const BITS = 12;
const LENGTH = 1 << BITS;
const MASK = LENGTH - 1;
const MOST_ABOVE = 2 ** 32 - 1;

interface Page {
  readonly base: number;
  above: Uint32Array | Float64Array;
}

export class Ascending {
  /** How many there are. */
  count = 0;
  readonly #pages: Page[] = [];
  /** Entries of the first page that were forgotten. */
  #offset = 0;

  /** Adds a number; one below the latest counts as the latest. */
  push(value: number): void {
    const at = this.#offset + this.count++;
    const row = at & MASK;
    if (row === 0) {
      const base = at === 0 ? value : Math.max(value, this.at(this.count - 2));
      this.#pages.push({ base, above: new Uint32Array(LENGTH) });
      return;
    }
    const page = this.#pages[at >>> BITS]!;
    const above = Math.max(value - page.base, page.above[row - 1]!);
    if (above > MOST_ABOVE && page.above instanceof Uint32Array) page.above = Float64Array.from(page.above);
    page.above[row] = above;
  }

  at(index: number): number {
    const at = this.#offset + index;
    const page = this.#pages[at >>> BITS]!;
    return page.base + page.above[at & MASK]!;
  }

  /** The first index whose number is at or above `value`. */
  from(value: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at(middle) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The first index whose number is above `value`. */
  after(value: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at(middle) <= value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Forgets the first entries; those that stay are counted from 0 again. */
  forget(entries: number): void {
    this.#offset += entries;
    this.count -= entries;
    // The page that is being filled stays.
    const gone = Math.min(this.#offset >>> BITS, this.#pages.length - 1);
    if (gone <= 0) return;
    this.#pages.splice(0, gone);
    this.#offset -= gone << BITS;
  }
}

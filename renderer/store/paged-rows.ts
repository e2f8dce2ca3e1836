/**
 * Rows addressed by a number without gaps, in pages of 4096. A page is dropped when its last row is, so one row
 * that lives for hours keeps one page alive and not everything that came after it.
 */
const PAGE_BITS = 12;
export const PAGE_ROWS = 1 << PAGE_BITS;
export const PAGE_MASK = PAGE_ROWS - 1;

/** The lowest bit of `flags`: the row is held. The page's owner gives meaning to the others. */
export const HELD = 1;

export interface Page {
  /** How many of its rows are held. */
  held: number;
  readonly flags: Uint8Array;
}

export class PagedRows<P extends Page> {
  /** The highest number seen. */
  last = 0;
  /** Rows held now. */
  held = 0;
  readonly #pages: (P | undefined)[] = [];

  readonly #newPage: () => P;
  readonly #blank: (page: P, row: number) => void;

  constructor(
    newPage: () => P,
    /** Sets a row's columns to "nothing known yet"; pages are used again by later rows only through this. */
    blank: (page: P, row: number) => void,
  ) {
    this.#newPage = newPage;
    this.#blank = blank;
  }

  /** The page of a row that is held; undefined when the row was dropped or never was. Index it by `id & PAGE_MASK`. */
  page(id: number): P | undefined {
    const page = this.#pages[id >>> PAGE_BITS];
    return page !== undefined && (page.flags[id & PAGE_MASK]! & HELD) !== 0 ? page : undefined;
  }

  /** Starts to hold a row that is not held. */
  add(id: number): P {
    const index = id >>> PAGE_BITS;
    let page = this.#pages[index];
    if (page === undefined) {
      page = this.#newPage();
      // Holes in an array make every access slow; numbers that were never seen get an explicit nothing.
      while (this.#pages.length < index) this.#pages.push(undefined);
      this.#pages[index] = page;
    }
    this.#blank(page, id & PAGE_MASK);
    page.flags[id & PAGE_MASK] = HELD;
    page.held++;
    this.held++;
    if (id > this.last) this.last = id;
    return page;
  }

  drop(id: number): void {
    const index = id >>> PAGE_BITS;
    const page = this.#pages[index];
    if (page === undefined || (page.flags[id & PAGE_MASK]! & HELD) === 0) return;
    page.flags[id & PAGE_MASK] = 0;
    page.held--;
    this.held--;
    // The page that is being filled stays: its next row comes soon.
    if (page.held === 0 && index < this.last >>> PAGE_BITS) this.#pages[index] = undefined;
  }

  /** Rows held with a number of at least `from`. */
  heldFrom(from: number): number {
    const first = this.#pages[from >>> PAGE_BITS];
    let held = 0;
    for (let row = from & PAGE_MASK; first !== undefined && row < PAGE_ROWS; row++) {
      if ((first.flags[row]! & HELD) !== 0) held++;
    }
    for (let index = (from >>> PAGE_BITS) + 1; index < this.#pages.length; index++) {
      held += this.#pages[index]?.held ?? 0;
    }
    return held;
  }

  /** Calls back for each page that holds a row, in order, with the number of its first row. */
  eachPage(visit: (page: P, start: number) => void): void {
    for (let index = 0; index < this.#pages.length; index++) {
      const page = this.#pages[index];
      if (page !== undefined && page.held > 0) visit(page, index << PAGE_BITS);
    }
  }

  /** Calls back for each row held with a number of at least `from`, in order, until it returns false. */
  eachFrom(from: number, visit: (page: P, row: number, id: number) => boolean): void {
    for (let index = from >>> PAGE_BITS; index < this.#pages.length; index++) {
      const page = this.#pages[index];
      if (page === undefined || page.held === 0) continue;
      const start = index << PAGE_BITS;
      for (let row = Math.max(0, from - start); row < PAGE_ROWS; row++) {
        if ((page.flags[row]! & HELD) !== 0 && !visit(page, row, start + row)) return;
      }
    }
  }
}

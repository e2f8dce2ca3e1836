/**
 * A column of numbers that grows by pages. Doubling one array instead would leave up to half of it empty, and copy
 * tens of megabytes at once in the middle of a frame.
 */
export type NumberColumn = Float64Array | Float32Array | Uint32Array | Uint16Array | Uint8Array;

const BITS = 14;
const LENGTH = 1 << BITS;
const MASK = LENGTH - 1;

export class NumberPages<T extends NumberColumn> {
  readonly #pages: T[] = [];
  readonly #Page: new (
    length: number,
  ) => T;

  constructor(Page: new (length: number) => T) {
    this.#Page = Page;
  }

  /** Makes room for the entries below `length`; new ones are 0. */
  reserve(length: number): void {
    while (this.#pages.length << BITS < length) this.#pages.push(new this.#Page(LENGTH));
  }

  /** The index must be reserved. */
  get(index: number): number {
    return this.#pages[index >>> BITS]![index & MASK]!;
  }

  /** The index must be reserved. */
  set(index: number, value: number): void {
    this.#pages[index >>> BITS]![index & MASK] = value;
  }
}

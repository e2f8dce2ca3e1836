/** Names and values of a form, in the order in which they were sent; names may repeat. */
export class FormFields {
  readonly #entries: readonly (readonly [name: string, value: string])[];

  constructor(entries: readonly (readonly [name: string, value: string])[]) {
    this.#entries = entries;
  }

  get count(): number {
    return this.#entries.length;
  }

  /** The first value of a name; undefined when there is none. */
  get(name: string): string | undefined {
    return this.#entries.find(([known]) => known === name)?.[1];
  }

  all(name: string): string[] {
    return this.#entries.filter(([known]) => known === name).map(([, value]) => value);
  }

  has(name: string): boolean {
    return this.#entries.some(([known]) => known === name);
  }

  [Symbol.iterator](): Iterator<readonly [name: string, value: string]> {
    return this.#entries[Symbol.iterator]();
  }
}

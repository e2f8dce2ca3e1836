/**
 * Texts that repeat, each kept once and named by a small number. Every holder retains its text by `intern` and
 * gives it back by `release`, so that a day of traffic with a new query string each second does not pile up.
 */
export class StringTable {
  readonly #ids = new Map<string, number>();
  readonly #texts: string[] = [''];
  readonly #lowers: (string | undefined)[] = [''];
  readonly #holders: number[] = [1];
  readonly #free: number[] = [];

  constructor() {
    this.#ids.set('', 0);
  }

  /** The number of a text, which it keeps until as many `release` calls as `intern` calls were made. 0 is ''. */
  intern(text: string): number {
    const known = this.#ids.get(text);
    if (known !== undefined) {
      this.#holders[known]!++;
      return known;
    }
    const id = this.#free.pop() ?? this.#texts.length;
    this.#ids.set(text, id);
    this.#texts[id] = text;
    this.#lowers[id] = undefined;
    this.#holders[id] = 1;
    return id;
  }

  release(id: number): void {
    if (id === 0 || --this.#holders[id]! > 0) return;
    this.#ids.delete(this.#texts[id]!);
    this.#texts[id] = '';
    this.#lowers[id] = '';
    this.#free.push(id);
  }

  text(id: number): string {
    return this.#texts[id] ?? '';
  }

  /** The text in lower case, made when it is first asked for. */
  lower(id: number): string {
    const made = this.#lowers[id];
    if (made !== undefined) return made;
    const lower = this.text(id).toLowerCase();
    this.#lowers[id] = lower;
    return lower;
  }

  /** Texts held now, the empty one included. */
  get size(): number {
    return this.#ids.size;
  }

  /** One past the highest number in use: the length that a per-text memo needs. */
  get capacity(): number {
    return this.#texts.length;
  }
}

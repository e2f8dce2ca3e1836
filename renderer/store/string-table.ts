import { grown } from './grown.ts';

/** A verdict about a text by its number. */
export type TextTest = (id: number) => boolean;

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
  /** Which text of all that were ever held a number names now: how a memo knows that it was given anew. */
  readonly #births: number[] = [0];
  #born = 0;

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
    this.#births[id] = ++this.#born;
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

  /** A test of texts that looks at each distinct text once, however many rows hold it. */
  memo(test: (text: string) => boolean): TextTest {
    // By number: the text's birth, doubled, and whether it passed.
    let seen = new Float64Array(this.capacity);
    return (id) => {
      if (id >= seen.length) seen = grown(seen, this.capacity);
      const birth = (this.#births[id]! + 1) * 2;
      const known = seen[id]!;
      if (known >= birth && known < birth + 2) return known > birth;
      const passes = test(this.text(id));
      seen[id] = birth + (passes ? 1 : 0);
      return passes;
    };
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

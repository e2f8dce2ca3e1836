import { equalsIgnoreCase, latin1 } from '../bytes.ts';

/**
 * Field lines in wire order, with case and duplicates as received. Holds one copy of the head's bytes and the
 * offsets of each name and value, and decodes a text only when it is asked for.
 */
export interface Fields {
  readonly count: number;
  /** The i-th name as received. */
  name(i: number): string;
  /** The i-th value without surrounding whitespace, one char per byte (latin1). */
  value(i: number): string;
  /** Stream offsets of the i-th line's parts; `lineEnd` is after its CRLF. */
  position(i: number): FieldPosition;
  /** The first value of a field, by case-insensitive name given in lower case; undefined when absent. */
  get(name: string): string | undefined;
  /** All values of a field joined with ", " (RFC 9110 §5.3); undefined when absent. */
  all(name: string): string | undefined;
  has(name: string): boolean;
}

export interface FieldPosition {
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly lineEnd: number;
}

/** How many numbers a line takes in the array of marks: name start and end, value start and end, line end. */
export const MARKS_PER_LINE = 5;

/** The field lines of one header or trailer section. */
export class FieldSection implements Fields {
  readonly count: number;
  readonly #bytes: Uint8Array;
  readonly #at: number;
  readonly #start: number;
  readonly #marks: readonly number[];

  /**
   * `bytes` from index `at` hold the section whose first byte has stream offset `start`; they must not change
   * any more. `marks` are offsets from that byte, `MARKS_PER_LINE` for each line.
   */
  constructor(bytes: Uint8Array, at: number, start: number, marks: readonly number[]) {
    this.count = marks.length / MARKS_PER_LINE;
    this.#bytes = bytes;
    this.#at = at;
    this.#start = start;
    this.#marks = marks;
  }

  name(i: number): string {
    return this.#text(i, 0);
  }

  value(i: number): string {
    return this.#text(i, 2);
  }

  position(i: number): FieldPosition {
    const start = this.#start;
    return {
      nameStart: start + this.#mark(i, 0),
      nameEnd: start + this.#mark(i, 1),
      valueStart: start + this.#mark(i, 2),
      valueEnd: start + this.#mark(i, 3),
      lineEnd: start + this.#mark(i, 4),
    };
  }

  get(name: string): string | undefined {
    const i = this.#find(name, 0);
    return i < this.count ? this.#text(i, 2) : undefined;
  }

  all(name: string): string | undefined {
    let joined = this.get(name);
    if (joined === undefined) return undefined;
    const first = this.#find(name, 0);
    for (let i = this.#find(name, first + 1); i < this.count; i = this.#find(name, i + 1)) {
      joined += `, ${this.#text(i, 2)}`;
    }
    return joined;
  }

  has(name: string): boolean {
    return this.#find(name, 0) < this.count;
  }

  /** The first line from `i` on with this name; `count` when there is none. */
  #find(name: string, i: number): number {
    const marks = this.#marks;
    for (let m = i * MARKS_PER_LINE; m < marks.length; m += MARKS_PER_LINE) {
      const from = marks[m]!;
      const to = marks[m + 1]!;
      if (to - from === name.length && equalsIgnoreCase(this.#bytes, this.#at + from, this.#at + to, name)) {
        return m / MARKS_PER_LINE;
      }
    }
    return this.count;
  }

  #mark(i: number, part: number): number {
    const mark = this.#marks[i * MARKS_PER_LINE + part];
    if (mark === undefined) throw new RangeError(`There is no field line ${i} of ${this.count}`);
    return mark;
  }

  #text(i: number, part: number): string {
    return latin1(this.#bytes, this.#at + this.#mark(i, part), this.#at + this.#mark(i, part + 1));
  }
}

/**
 * How often each duration occurs, told apart by the leading bits of its 32-bit float: exponent and ten bits more, as
 * finely as an HDR histogram of three digits does it. A million are counted in milliseconds, so that a histogram is
 * given a few hundred values with their counts instead of each by itself.
 */
const EXPONENT_BIAS = 127;
const FRACTION_BITS = 10;
const SHIFT = 23 - FRACTION_BITS;
const OCTAVE = 1 << FRACTION_BITS;
/** Of 1. What is less counts as 1. */
const FIRST = EXPONENT_BIAS << FRACTION_BITS;
/** Of two to the 37th, in microseconds more than a day. */
const LAST = FIRST + 37 * OCTAVE;
/** Of bits above these the sign is set, or they are no number. */
const INFINITE = 0x7f80_0000;

export class DurationCounts {
  readonly #counts = new Uint32Array(LAST - FIRST + 1);
  #lowest = LAST;
  #highest = FIRST;

  /** @param bits of floats; negative ones are no durations */
  add(bits: Uint32Array, start: number, end: number): void {
    const counts = this.#counts;
    let lowest = this.#lowest;
    let highest = this.#highest;
    for (let i = start; i < end; i++) {
      const each = bits[i]!;
      if (each > INFINITE) continue;
      const slot = Math.min(LAST, Math.max(FIRST, each >>> SHIFT));
      counts[slot - FIRST]!++;
      if (slot < lowest) lowest = slot;
      if (slot > highest) highest = slot;
    }
    this.#lowest = lowest;
    this.#highest = highest;
  }

  /** Gives each duration that occurred, in whole units, with how often, and forgets it. */
  take(visit: (duration: number, count: number) => void): void {
    const counts = this.#counts;
    for (let at = this.#lowest - FIRST; at <= this.#highest - FIRST; at++) {
      const count = counts[at]!;
      if (count === 0) continue;
      counts[at] = 0;
      visit(Math.round(2 ** (at >>> FRACTION_BITS) * (1 + (at & (OCTAVE - 1)) / OCTAVE)), count);
    }
    this.#lowest = LAST;
    this.#highest = FIRST;
  }
}

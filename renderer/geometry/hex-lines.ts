/**
 * Lines of a hex view without a list of them: line n is computed. A line holds up to 16 bytes of one read or write;
 * where a new one begins the line breaks, and the bytes go on in the next line at their own column. Each break adds
 * exactly one line (a blank one where the break falls between two lines), so a break always has room for its name.
 */
export const PER_LINE = 16;

export interface HexLine {
  /** Offset of column 0. */
  readonly base: number;
  /** The bytes on this line: `from` included, `to` not. Equal on a line that only carries a name. */
  readonly from: number;
  readonly to: number;
}

/** Offsets at which a read or write begins, without the first: ascending, each once, inside the message. */
export function breaksOf(cuts: readonly { readonly offset: number }[], length: number): number[] {
  const breaks: number[] = [];
  for (const { offset } of cuts) {
    if (offset > (breaks.at(-1) ?? 0) && offset < length) breaks.push(offset);
  }
  return breaks;
}

export function lineCount(length: number, breaks: readonly number[]): number {
  return Math.ceil(length / PER_LINE) + breaks.length;
}

/** The line on which the k-th break's bytes begin. */
export function lineOfBreak(breaks: readonly number[], k: number): number {
  return Math.floor(breaks[k]! / PER_LINE) + k + 1;
}

export function hexLine(n: number, length: number, breaks: readonly number[]): HexLine {
  const before = firstWhere(breaks.length, (k) => lineOfBreak(breaks, k) > n);
  const base = (n - before) * PER_LINE;
  const from = Math.max(base, before > 0 ? breaks[before - 1]! : 0);
  const to = Math.max(from, Math.min(base + PER_LINE, length, breaks[before] ?? length));
  return { base, from, to };
}

/** The line that holds a byte. */
export function lineOfByte(offset: number, breaks: readonly number[]): number {
  return Math.floor(offset / PER_LINE) + firstWhere(breaks.length, (k) => breaks[k]! > offset);
}

/** Index of the break whose name stands on line n, and in which columns it has room. */
export function nameOnLine(
  n: number,
  breaks: readonly number[],
): { k: number; from: number; to: number } | undefined {
  // A break late in its line leaves room before it; an early one leaves room behind the line above.
  const k = firstWhere(breaks.length, (i) => lineOfBreak(breaks, i) >= n);
  const here = k < breaks.length && lineOfBreak(breaks, k) === n ? k : undefined;
  if (here !== undefined && column(breaks, here) >= PER_LINE / 2)
    return { k: here, from: 0, to: column(breaks, here) };
  const next = here === undefined ? k : here + 1;
  if (next < breaks.length && lineOfBreak(breaks, next) === n + 1 && column(breaks, next) < PER_LINE / 2) {
    return { k: next, from: column(breaks, next), to: PER_LINE };
  }
  return undefined;
}

/** Index of the break that begins on line n; undefined when none does. */
export function breakOnLine(n: number, breaks: readonly number[]): number | undefined {
  const k = firstWhere(breaks.length, (i) => lineOfBreak(breaks, i) >= n);
  return k < breaks.length && lineOfBreak(breaks, k) === n ? k : undefined;
}

export function column(breaks: readonly number[], k: number): number {
  return breaks[k]! % PER_LINE;
}

/** The first i in [0, count) for which `holds` (false up to some point, true from there); `count` when none. */
function firstWhere(count: number, holds: (i: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

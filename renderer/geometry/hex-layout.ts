/**
 * Lines of a hex view, 16 bytes each. A new read or write breaks the line: its bytes go on in the next line at
 * their own column, so that a column always means the same last digit of the offset.
 *
 *     00d0  20 67 7a 69 70                       bytes d0…d4, then a cut at d5
 *     00d0                 2c 20 64 65 …         bytes d5…df, at their own columns
 *
 * Any line is found by arithmetic and one binary search, so a message of a megabyte costs no more than a screen.
 */
export const LINE_BYTES = 16;

export interface HexLine {
  /** Offset of column 0: a multiple of 16. */
  readonly base: number;
  /** Its bytes are [start, end). */
  readonly start: number;
  readonly end: number;
  /** The cut that begins at `start`, by index into the layout's cuts. */
  readonly cut: number | undefined;
}

export interface HexLayout {
  /** Bytes laid out. */
  readonly length: number;
  readonly lineCount: number;
  readonly cuts: readonly number[];
  /** Cuts inside a 16-byte group, ascending: each adds a line. */
  readonly breaks: readonly number[];
}

/**
 * @param length bytes of the message
 * @param cuts offsets at which a read or write began, ascending; those outside (0, length) break nothing
 */
export function layoutHex(length: number, cuts: readonly number[]): HexLayout {
  const breaks: number[] = [];
  for (const cut of cuts) {
    const breaksLine = cut > 0 && cut < length && cut % LINE_BYTES !== 0;
    if (breaksLine && cut !== breaks.at(-1)) breaks.push(cut);
  }
  return { length, lineCount: Math.ceil(length / LINE_BYTES) + breaks.length, cuts, breaks };
}

/** The line with a number in [0, lineCount). */
export function hexLine(layout: HexLayout, line: number): HexLine {
  const { length, breaks } = layout;
  // Each break adds one line, so the line of break j is its group plus the j + 1 breaks up to it.
  const before = countWhere(breaks.length, (j) => Math.floor(breaks[j]! / LINE_BYTES) + j + 1 <= line);
  const base = (line - before) * LINE_BYTES;
  const start = Math.max(base, before > 0 ? breaks[before - 1]! : 0);
  const end = Math.min(base + LINE_BYTES, length, breaks[before] ?? length);
  return { base, start, end, cut: cutAt(layout, start) };
}

/** The number of the line that shows an offset in [0, length). */
export function lineOfOffset({ breaks }: HexLayout, offset: number): number {
  return Math.floor(offset / LINE_BYTES) + countWhere(breaks.length, (j) => breaks[j]! <= offset);
}

/** The column of an offset, 0 to 15. */
export function columnOfOffset(offset: number): number {
  return offset % LINE_BYTES;
}

/** The offset at a line and column; undefined where the line has no byte. */
export function offsetAt(layout: HexLayout, line: number, column: number): number | undefined {
  if (line < 0 || line >= layout.lineCount || column < 0 || column >= LINE_BYTES) return undefined;
  const { base, start, end } = hexLine(layout, line);
  const offset = base + column;
  return offset >= start && offset < end ? offset : undefined;
}

function cutAt({ cuts }: HexLayout, offset: number): number | undefined {
  const index = countWhere(cuts.length, (j) => cuts[j]! < offset);
  return cuts[index] === offset ? index : undefined;
}

/** How many of the first indices hold; `holds` must be true up to some index and false from there on. */
function countWhere(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * A text as lines that can be shown: it is cut at line ends, and within a line that is too long for a browser to
 * lay out at once, as those of minified scripts are.
 */
export const LONGEST_LINE = 500;

export interface TextLines {
  readonly count: number;
  /** Offset of the first character of a line. */
  from(line: number): number;
  /** Past its last character, the line end not included. */
  to(line: number): number;
  /** Number of the line as a person counts, from 1; undefined where it goes on with the line before. */
  number(line: number): number | undefined;
  /** The line that holds a character. */
  at(offset: number): number;
}

export function textLines(text: string): TextLines {
  const starts: number[] = [];
  const numbers: number[] = [];
  let number = 0;
  for (let from = 0; from <= text.length; ) {
    const newline = text.indexOf('\n', from);
    const end = newline < 0 ? text.length : newline;
    number++;
    starts.push(from);
    numbers.push(number);
    for (let cut = from + LONGEST_LINE; cut < end; cut += LONGEST_LINE) {
      starts.push(cut);
      numbers.push(0);
    }
    from = end + 1;
  }
  // A text that ends in a line end has no further line.
  if (text.endsWith('\n')) {
    starts.pop();
    numbers.pop();
  }
  const from = (line: number) => starts[line] ?? text.length;
  return {
    count: starts.length,
    from,
    to: (line) => {
      const next = line + 1 < starts.length ? starts[line + 1]! : text.length;
      let end = next;
      if (end > from(line) && text[end - 1] === '\n') end--;
      if (end > from(line) && text[end - 1] === '\r') end--;
      return end;
    },
    number: (line) => numbers[line] || undefined,
    at: (offset) => {
      let low = 0;
      let high = starts.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (starts[middle]! <= offset) low = middle + 1;
        else high = middle;
      }
      return Math.max(0, low - 1);
    },
  };
}

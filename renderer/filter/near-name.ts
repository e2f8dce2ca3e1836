/** The name nearest to a mistyped one; undefined when none is near enough to have been meant. */
export function nearName(typed: string, names: readonly string[]): string | undefined {
  const word = typed.toLowerCase();
  // One slip in a short word, two in a longer one: more would join words that only look alike.
  const most = word.length <= 4 ? 1 : 2;
  let best: string | undefined;
  let least = most + 1;
  for (const name of names) {
    if (Math.abs(name.length - word.length) > most || word.length < 3) continue;
    const slips = distance(word, name);
    if (slips < least) {
      best = name;
      least = slips;
    }
  }
  return best;
}

/** Insertions, deletions, changes and swaps of neighbours that turn one word into the other. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const line = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(above[j]! + 1, line[j - 1]! + 1, change);
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, before[j - 2]! + 1);
      line.push(least);
    }
    before = above;
    above = line;
  }
  return above[b.length]!;
}

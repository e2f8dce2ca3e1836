export interface TextHit {
  readonly from: number;
  readonly to: number;
}

/** As many places as are listed. */
const MOST = 10_000;

/** Every place of some words, without regard to case where that does not change lengths. */
export function findAll(text: string, words: string): TextHit[] {
  if (words === '') return [];
  const lower = text.toLowerCase();
  const [where, what] = lower.length === text.length ? [lower, words.toLowerCase()] : [text, words];
  const hits: TextHit[] = [];
  for (
    let at = where.indexOf(what);
    at >= 0 && hits.length < MOST;
    at = where.indexOf(what, at + what.length)
  ) {
    hits.push({ from: at, to: at + what.length });
  }
  return hits;
}

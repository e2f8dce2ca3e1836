/** Which of some titles a person means by a few letters of them. */
import uFuzzy from '@leeoniya/ufuzzy';

export interface Found {
  /** Place among the titles. */
  readonly index: number;
  /** What of the title was meant: pairs of start and end. */
  readonly ranges: readonly number[];
}

/** Letters of a word in order, whatever stands between them; of any script. */
const FUZZY = new uFuzzy({
  unicode: true,
  interSplit: "[^\\p{L}\\d']+",
  intraSplit: '\\p{Ll}\\p{Lu}',
  intraBound: '\\p{L}\\d|\\d\\p{L}|\\p{Ll}\\p{Lu}',
  intraContr: "'\\p{L}{1,2}\\b",
  intraChars: '.',
  intraIns: Number.POSITIVE_INFINITY,
});
/** Words in any order, as long as they are few: each more multiplies the work. */
const MOST_PERMUTED = 3;
/** More letters than any title that could be meant. */
const LONGEST = 80;

/** All of them for an empty text; else those that it fits, the best first, and `isLater` after what fits as well. */
export function fuzzyFind(
  titles: readonly string[],
  text: string,
  isLater: (index: number) => boolean = () => false,
): readonly Found[] {
  const wanted = text.trim().slice(0, LONGEST);
  if (wanted === '') return titles.map((_, index) => ({ index, ranges: [] }));
  const [fits, info, order] = FUZZY.search([...titles], wanted, MOST_PERMUTED);
  if (fits === null) return [];
  if (info === null || order === null) return fits.map((index) => ({ index, ranges: [] }));
  const found = order.map((at) => ({ index: info.idx[at]!, ranges: info.ranges[at] ?? [] }));
  const share = new Map(found.map((each) => [each, initials(titles[each.index]!, each.ranges)]));
  return found.sort(
    (a, b) => share.get(b)! - share.get(a)! || Number(isLater(a.index)) - Number(isLater(b.index)),
  );
}

/** How much of what was meant begins a word: `gc` is rather "Group by connection" than "Go back". */
function initials(title: string, ranges: readonly number[]): number {
  const starts = ranges.filter((_, i) => i % 2 === 0);
  const begins = starts.filter((at) => at === 0 || !/[\p{L}\d]/u.test(title[at - 1]!));
  return begins.length / starts.length;
}

/** Finds explanations by words: those whose name has them come before those that only speak of them. */
import { type Explanation, GLOSSARY, type Kind } from './glossary.ts';

/** Where a word was found, the best first. */
const PLACES: readonly ((entry: Explanation) => string)[] = [
  ({ name, key }) => `${name} ${key}`,
  ({ section }) => section,
  ({ line }) => line,
  ({ paragraph, clause }) => `${paragraph} ${clause}`,
];
const NOWHERE = 100;

/** Every word must be found; without words all of a kind, or all, in their order. */
export function searchGlossary(text: string, kind?: Kind): readonly Explanation[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const ranked = GLOSSARY.filter((entry) => kind === undefined || entry.kind === kind).map((entry) => ({
    entry,
    rank: rankOf(entry, words),
  }));
  return ranked
    .filter(({ rank }) => rank < NOWHERE)
    .sort((a, b) => a.rank - b.rank)
    .map(({ entry }) => entry);
}

function rankOf(entry: Explanation, words: readonly string[]): number {
  const ranks = words.map((word) => rankOfWord(entry, word));
  const exact =
    words.length > 0 && [entry.key, entry.name].some((name) => name.toLowerCase() === words.join(' '));
  return exact ? -1 : Math.max(0, ...ranks);
}

function rankOfWord(entry: Explanation, word: string): number {
  const place = PLACES.findIndex((textOf) => textOf(entry).toLowerCase().includes(word));
  if (place < 0) return NOWHERE;
  // A name that begins so is more likely meant than one that has it within.
  return place === 0 && entry.name.toLowerCase().startsWith(word) ? 0 : place + 1;
}

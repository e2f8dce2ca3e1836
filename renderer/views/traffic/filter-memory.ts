/** Filters that were used and those that were given a name, kept by this window over a reload. */
import { useState } from 'react';
import { parseFilter } from '../../filter/parser.ts';

export interface SavedFilter {
  readonly name: string;
  readonly text: string;
}

export interface FilterMemory {
  /** The latest first. */
  readonly recent: readonly string[];
  readonly saved: readonly SavedFilter[];
  /** Does nothing with a text that makes no sense. */
  remember(text: string): void;
  /** A text has one name at most; a later one takes its place. */
  save(filter: SavedFilter): void;
  forget(text: string): void;
}

export const MOST_RECENT = 30;
const RECENT = 'wirescope.filter-recent';
const SAVED = 'wirescope.filter-saved';

export function useFilterMemory(): FilterMemory {
  const [recent, setRecent] = useState(() => stored(RECENT, isText));
  const [saved, setSaved] = useState(() => stored(SAVED, isSaved));
  const keepSaved = (next: readonly SavedFilter[]) => {
    localStorage.setItem(SAVED, JSON.stringify(next));
    setSaved(next);
  };
  return {
    recent,
    saved,
    remember: (text) => {
      const used = text.trim();
      if (used === '' || used === recent[0] || parseFilter(used).error !== undefined) return;
      const next = [used, ...recent.filter((each) => each !== used)].slice(0, MOST_RECENT);
      localStorage.setItem(RECENT, JSON.stringify(next));
      setRecent(next);
    },
    save: (filter) => keepSaved([...saved.filter(({ text }) => text !== filter.text), filter]),
    forget: (text) => keepSaved(saved.filter((each) => each.text !== text)),
  };
}

/** What was stored may be of another version, or of another hand: what is not understood is left out. */
function stored<T>(key: string, is: (value: unknown) => value is T): readonly T[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(value) ? value.filter(is) : [];
  } catch {
    return [];
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isSaved(value: unknown): value is SavedFilter {
  if (typeof value !== 'object' || value === null) return false;
  return 'name' in value && isText(value.name) && 'text' in value && isText(value.text);
}

/** What was sent before, the latest first. Kept in this browser, bounded in number and in size. */
import { useState } from 'react';
import type { Draft } from './byte-editor.tsx';
import { readSettings, type SendSettings } from './composing.ts';

export interface Sent {
  readonly draft: Draft;
  readonly settings: SendSettings;
  /** Wall-clock milliseconds. */
  readonly at: number;
  /** The first line of the answer; '' when none came. */
  readonly answer: string;
}

const KEY = 'wirescope.sent';
const MOST = 40;
/** localStorage holds some 5 million characters for all of the page. */
const MOST_CHARS = 200_000;

export function useHistory() {
  const [history, setHistory] = useState(readHistory);
  const keep = (sent: Sent) => {
    const next = bounded([sent, ...history.filter(({ draft }) => draft.text !== sent.draft.text)]);
    localStorage.setItem(KEY, JSON.stringify(next));
    setHistory(next);
  };
  const forget = () => {
    localStorage.removeItem(KEY);
    setHistory([]);
  };
  return { history, keep, forget };
}

export function bounded(history: readonly Sent[]): Sent[] {
  const kept: Sent[] = [];
  let chars = 0;
  for (const sent of history.slice(0, MOST)) {
    chars += sent.draft.text.length;
    if (chars > MOST_CHARS) break;
    kept.push(sent);
  }
  return kept;
}

/** Entries that are not what this version writes are left out. */
export function parseHistory(text: string | null): Sent[] {
  let values: unknown;
  try {
    values = JSON.parse(text ?? '[]');
  } catch {
    return [];
  }
  return Array.isArray(values) ? values.flatMap((value) => readSent(value) ?? []) : [];
}

function readHistory(): Sent[] {
  return bounded(parseHistory(localStorage.getItem(KEY)));
}

function readSent(value: unknown): Sent | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { draft, settings, at, answer } = value as Record<string, unknown>;
  const checked = readSettings(settings);
  if (typeof draft !== 'object' || draft === null || !checked) return undefined;
  const { mode, text } = draft as Record<string, unknown>;
  if ((mode !== 'text' && mode !== 'hex') || typeof text !== 'string') return undefined;
  if (typeof at !== 'number' || typeof answer !== 'string') return undefined;
  return { draft: { mode, text }, settings: checked, at, answer };
}

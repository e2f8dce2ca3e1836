/** The slides of the log that is shown, kept by this window over a reload; the latest logs only. */
import { useMemo, useState } from 'react';
import { readSlides, type Slide, writeSlides } from '../../learn/slides.ts';
import { useStoreValue } from '../shell/store-context.tsx';

const KEY = 'wirescope.slides';
const MOST_LOGS = 8;

export function useKeptSlides(): readonly [
  slides: readonly Slide[],
  keep: (slides: readonly Slide[]) => void,
] {
  const epochMs = useStoreValue(({ hello }) => hello?.epochMs ?? 0);
  const stored = useMemo(() => slidesOf(epochMs), [epochMs]);
  const [held, setHeld] = useState<{ readonly epochMs: number; readonly slides: readonly Slide[] }>();
  const slides = held?.epochMs === epochMs ? held.slides : stored;
  const keep = (next: readonly Slide[]) => {
    const others = logs().filter(([log]) => log !== epochMs);
    const all = [[epochMs, writeSlides(next)] as const, ...others].slice(0, MOST_LOGS);
    localStorage.setItem(KEY, JSON.stringify(all));
    setHeld({ epochMs, slides: next });
  };
  return [slides, keep];
}

function slidesOf(epochMs: number): readonly Slide[] {
  const text = logs().find(([log]) => log === epochMs)?.[1];
  const slides = text === undefined ? [] : readSlides(text);
  return typeof slides === 'string' ? [] : slides;
}

/** What was stored may be of another version, or of another hand: what is not understood is left out. */
function logs(): readonly (readonly [epochMs: number, text: string])[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    if (!Array.isArray(stored)) return [];
    return stored.filter(
      (log) => Array.isArray(log) && typeof log[0] === 'number' && typeof log[1] === 'string',
    );
  } catch {
    return [];
  }
}

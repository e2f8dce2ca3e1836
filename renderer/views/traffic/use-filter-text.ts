import { useMemo, useState } from 'react';
import type { FilterError } from '../../filter/ast.ts';
import { parseFilter } from '../../filter/parser.ts';
import { useStore, useStoreState } from '../shell/store-context.tsx';

export interface FilterText {
  /** What stands in the box. */
  readonly text: string;
  /** What filters now: the last text that made sense. */
  readonly inForce: string;
  readonly error: FilterError | undefined;
  set(text: string): void;
}

/**
 * The text of the filter box. One that makes no sense stays in the box and out of the store. One that is only not
 * finished filters by what stands before its last piece: on the way to `path:/api` nothing asks for a word `path`.
 */
export function useFilterText(): FilterText {
  const store = useStore();
  const { filter } = useStoreState('filter');
  const [draft, setDraft] = useState<{ readonly text: string; readonly over: string }>();
  // A filter that is set from elsewhere takes the place of what was typed.
  const text = draft?.over === filter.text ? draft.text : filter.text;
  const error = useMemo(() => parseFilter(text).error, [text]);
  const set = (next: string) => {
    const now = store.state().filter;
    const good = goodPart(next) ?? now.text;
    setDraft(good === next ? undefined : { text: next, over: good });
    if (good !== now.text) store.setFilter({ ...now, text: good });
  };
  return { text, inForce: filter.text, error, set };
}

/** The text, or what of it is finished; undefined when it is wrong. */
function goodPart(text: string): string | undefined {
  let good = text;
  for (;;) {
    const { error } = parseFilter(good);
    if (error === undefined) return good;
    if (!error.incomplete) return undefined;
    good = good.slice(0, Math.min(error.start, good.length - 1)).trimEnd();
  }
}

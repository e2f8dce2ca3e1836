/** Which rows are chosen: one as a rule, more with Shift and Ctrl. The one in the detail is among them. */
import { useRef, useState } from 'react';
import type { Store } from '../../store/queries/store.ts';

/** As many rows as one takes at once: beyond it, a filter or the capture itself is the right tool. */
export const MOST_SELECTED = 100_000;

const NONE: ReadonlySet<number> = new Set();

export interface RowSelection {
  readonly ids: ReadonlySet<number>;
  /** This one and no other. */
  one(id: number): void;
  /** Adds a row, or takes it out. */
  toggle(id: number): void;
  /** From the row that was chosen last without Shift up to this one, as the list stands. */
  extendTo(id: number): Promise<void>;
  all(total: number): Promise<void>;
  clear(): void;
}

/** @param current the exchange in the detail */
export function useRowSelection(store: Store, current: number | undefined): RowSelection {
  const [marked, setMarked] = useState(NONE);
  const anchor = useRef<number>(undefined);
  // A row that was chosen elsewhere, in the timeline or by Escape, ends a choice of many.
  const holds = marked.size > 1 || (current !== undefined && marked.has(current));
  const ids = holds ? marked : current === undefined ? NONE : new Set([current]);
  return {
    ids,
    one: (id) => {
      anchor.current = id;
      setMarked(new Set([id]));
    },
    toggle: (id) => {
      const next = new Set(ids);
      if (!next.delete(id)) next.add(id);
      anchor.current = id;
      setMarked(next);
    },
    extendTo: async (id) => {
      const from = await store.indexOf(anchor.current ?? current ?? id);
      const to = await store.indexOf(id);
      if (from === undefined || to === undefined) {
        anchor.current = id;
        setMarked(new Set([id]));
        return;
      }
      const first = Math.max(Math.min(from, to), to - MOST_SELECTED);
      const end = Math.min(Math.max(from, to) + 1, first + MOST_SELECTED);
      setMarked(new Set(await store.idsOf(first, end)));
    },
    all: async (total) => setMarked(new Set(await store.idsOf(Math.max(0, total - MOST_SELECTED), total))),
    clear: () => setMarked(NONE),
  };
}

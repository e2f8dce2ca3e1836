/** What can be done with rows, whichever way it is asked for: by key, in a menu, in the palette. */
import { useState } from 'react';
import type { Annotation, MarkShape } from '../../store/queries/annotation.ts';
import { holdToCompare } from '../detail/compare-hold.ts';
import { useSetting } from '../shell/setting.ts';
import { useStore } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';
import { markNamed, useAnnotations } from './annotations.ts';
import { forgetRows } from './forget-rows.ts';
import { openDetailTab } from './open-detail-tab.ts';
import { sendAllAgain } from './send-again.ts';
import type { RowSelection } from './use-row-selection.ts';

export interface RowActs {
  of(exchange: number): Annotation | undefined;
  /** Pins them; where all are pinned, lets them go. */
  pin(exchanges: readonly number[]): void;
  /** Gives them a mark, or takes the one that all have; without a shape, the one that was given last. */
  mark(exchanges: readonly number[], shape?: MarkShape): void;
  unmark(exchanges: readonly number[]): void;
  /** Asks for a note on them. */
  note(exchanges: readonly number[]): void;
  /** Holds the first and shows the second beside it. */
  compare(first: number, second: number): void;
  /** Sends them again as they were, and chooses the last of the new ones. */
  again(exchanges: readonly number[]): void;
  /** Takes them out of the list, and goes on to the row behind the first. */
  forget(exchanges: readonly number[]): void;
}

/** @returns the acts, and what a note is being written on */
export function useRowActs(
  selected: number | undefined,
  selection: RowSelection,
  onSelect: (exchange: number | undefined) => void,
) {
  const annotations = useAnnotations();
  const store = useStore();
  const toast = useToast();
  const [lastMark, setLastMark] = useSetting<MarkShape>('last-mark', 'star', markNamed);
  const [noting, setNoting] = useState<readonly number[]>();
  const acts: RowActs = {
    of: (exchange) => annotations.all().get(exchange),
    pin: (exchanges) => {
      const notes = annotations.all();
      annotations.change(exchanges, { pinned: !exchanges.every((id) => notes.get(id)?.pinned) });
    },
    mark: (exchanges, shape = lastMark) => {
      const notes = annotations.all();
      const isGiven = exchanges.every((id) => notes.get(id)?.mark === shape);
      annotations.change(exchanges, { mark: isGiven ? undefined : shape });
      setLastMark(shape);
    },
    unmark: (exchanges) => annotations.change(exchanges, { mark: undefined }),
    note: setNoting,
    compare: (first, second) =>
      openDetailTab('Compare', () => {
        holdToCompare(first);
        onSelect(second);
      }),
    again: (exchanges) =>
      void sendAllAgain(store, exchanges).then(({ sentence, exchange }) => {
        toast({ text: sentence });
        if (exchange !== undefined) onSelect(exchange);
      }),
    forget: (exchanges) =>
      void forgetRows(store, exchanges, selected).then(({ sentence, next }) => {
        toast({ text: sentence });
        selection.clear();
        if (next !== selected) onSelect(next);
      }),
  };
  const note = noting && {
    exchanges: noting,
    note: annotations.all().get(noting[0] ?? 0)?.note ?? '',
    onSave: (text: string) => annotations.change(noting, { note: text }),
    onClose: () => setNoting(undefined),
  };
  return { acts, note };
}

/** Texts of columns that no row holds, read for the rows on screen and kept while they may come back. */
import { useEffect, useRef, useState } from 'react';
import type { Row } from '../../store/queries/list.ts';
import { useStore } from '../shell/store-context.tsx';
import { type ColumnId, columnKind } from './column-kinds.ts';

/** Some dozen screens of rows. */
const MOST_KEPT = 2000;

/** @returns the texts of a row in the order of the columns; undefined while they are on their way */
export function useCellTexts(
  rows: readonly Row[],
  columns: readonly ColumnId[],
): (row: Row) => readonly string[] | undefined {
  const store = useStore();
  const kept = useRef(new Map<string, readonly string[]>());
  const [turn, setTurn] = useState(0);
  const isAsking = useRef(false);
  const of = columns.join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: after an answer it looks again for what came meanwhile.
  useEffect(() => {
    // One question at a time: who scrolls past rows does not wait for them.
    if (of === '' || isAsking.current) return;
    const missing = rows.filter((row) => !kept.current.has(keyOf(row, of)));
    if (missing.length === 0) return;
    isAsking.current = true;
    const sources = columns.flatMap((id) => columnKind(id).source ?? []);
    store
      .cellTexts(
        missing.map(({ id }) => id),
        sources,
      )
      .then(
        (texts) => {
          if (kept.current.size > MOST_KEPT) kept.current.clear();
          for (const row of missing) kept.current.set(keyOf(row, of), texts.get(row.id) ?? []);
        },
        // The link was lost: cells stay empty, and are asked for again when something moves.
        () => undefined,
      )
      .finally(() => {
        isAsking.current = false;
        setTurn((before) => before + 1);
      });
  }, [store, rows, columns, of, turn]);
  return (row) => kept.current.get(keyOf(row, of));
}

/** Anew when its request, its response or its end has come. */
function keyOf({ id, headTime, responseTime, endTime }: Row, of: string): string {
  return `${id} ${headTime ?? ''} ${responseTime ?? ''} ${endTime ?? ''} ${of}`;
}

import { type PointerEvent, type RefObject, useRef, useState } from 'react';
import type { ColumnId } from './column-kinds.ts';
import type { PlacedColumn } from './columns.ts';

/** Least travel, CSS pixels, that tells a drag from a click. */
const SLOP = 5;

interface Mark {
  readonly id: ColumnId;
  readonly side: 'before' | 'after';
}

/** Dragging a column by its name to another place. `onMove` gets by how many places it went. */
export function useColumnDrag(
  head: RefObject<HTMLElement | null>,
  placed: readonly PlacedColumn[],
  onMove: (id: ColumnId, by: number) => void,
) {
  const [mark, setMark] = useState<Mark>();
  const held = useRef<Mark>(undefined);
  const begin = (down: PointerEvent, id: ColumnId) => {
    if (down.button !== 0 || id === 'waterfall') return;
    const cells = [...(head.current?.querySelectorAll<HTMLElement>('[data-column]') ?? [])];
    const from = placed.findIndex((column) => column.id === id);
    let moved = false;
    const stop = new AbortController();
    const { signal } = stop;
    const end = () => {
      stop.abort();
      held.current = undefined;
      setMark(undefined);
    };
    window.addEventListener(
      'pointermove',
      (event) => {
        moved ||= Math.abs(event.clientX - down.clientX) >= SLOP;
        if (!moved) return;
        const at = cells.findLastIndex((cell) => cell.getBoundingClientRect().left <= event.clientX);
        // The waterfall is last; what is dropped on it stands before it.
        const to = Math.min(placed.length - 2, Math.max(0, at));
        const column = placed[to];
        held.current =
          column && to !== from ? { id: column.id, side: to < from ? 'before' : 'after' } : undefined;
        setMark(held.current);
      },
      { signal },
    );
    window.addEventListener(
      'pointerup',
      () => {
        const to = placed.findIndex((column) => column.id === held.current?.id);
        if (to >= 0) onMove(id, to - from);
        // The click that ends a drag does not sort.
        if (moved)
          window.addEventListener('click', (event) => event.stopPropagation(), { capture: true, once: true });
        end();
      },
      { signal },
    );
    window.addEventListener('pointercancel', end, { signal });
    window.addEventListener('keydown', (event) => event.key === 'Escape' && end(), { signal, capture: true });
  };
  return { mark, begin };
}

import { zoomOf } from '../shell/zoom.ts';
import { type ColumnId, columnKind } from './column-kinds.ts';

/** Air at the sides of what is fitted, CSS pixels. */
const AIR = 4;

/** The width at which a column's name and all of its cells on screen are read whole. */
export function fittedColumn(
  head: HTMLElement | null,
  id: ColumnId | undefined,
): { readonly id: ColumnId; readonly width: number } | undefined {
  const list = head?.parentElement;
  if (!list || id === undefined || columnKind(id).width === 0 || id === 'waterfall') return undefined;
  let width: number = columnKind(id).least;
  const range = document.createRange();
  const zoom = zoomOf(list);
  for (const cell of list.querySelectorAll(`[data-column="${id}"]`)) {
    const clipped = cell.querySelector('.clip');
    range.selectNodeContents(clipped ?? cell);
    width = Math.max(
      width,
      Math.ceil(range.getBoundingClientRect().width / zoom + (clipped ? AIR : 0)) + AIR,
    );
  }
  return { id, width };
}

import type { KeyboardEvent } from 'react';
import type { Row, Store } from '../../store/queries.ts';
import { type ListMove, listMove } from './list-keys.ts';
import { type Found, nextOnConnection, rowAt } from './list-lookup.ts';
import { ROW_PX } from './list-window.ts';

export interface ListPlace {
  readonly store: Store;
  /** Rows at hand, the first of them at `start`; `total` are in the list. */
  readonly rows: readonly Row[];
  readonly start: number;
  readonly total: number;
  /** The first row that is seen, and the height of the view. */
  readonly firstSeen: number;
  readonly height: number;
  readonly current: number | undefined;
}
interface Acts {
  /** Makes a row the current one and brings it into sight; `extend` chooses all rows from the anchor to it. */
  go(found: Found, extend: boolean): void;
  /** Who moves among the rows does not want them to run away; End takes up following again. */
  follow(follow: boolean): void;
  all(): void;
  copy(): void;
}

/** The keys of the list. */
export function useListMoves(place: ListPlace, acts: Acts): (event: KeyboardEvent) => void {
  const { store, rows, start, total, firstSeen, height, current } = place;
  const moveTo = async (index: number, extend: boolean) => {
    const at = Math.max(0, Math.min(total - 1, index));
    const held = rows[at - start];
    const found = held ? { index: at, row: held } : await rowAt(store, at);
    if (found) acts.go(found, extend);
  };
  const act = async (move: ListMove, extend: boolean) => {
    switch (move.kind) {
      case 'detail':
        document.querySelector<HTMLElement>('[data-detail-tabs] [aria-selected="true"]')?.focus();
        return;
      case 'all':
        return acts.all();
      case 'copy':
        return acts.copy();
      case 'last':
        await moveTo(total - 1, extend);
        return acts.follow(!extend);
      default:
        acts.follow(false);
    }
    if (move.kind === 'first') return moveTo(0, extend);
    const held = rows.findIndex((row) => row.id === current);
    const at = held >= 0 ? start + held : current === undefined ? undefined : await store.indexOf(current);
    // Nothing chosen yet, or filtered away: begin where the person looks.
    if (at === undefined) return moveTo(firstSeen, extend);
    if (move.kind === 'by') return moveTo(at + move.rows, extend);
    if (move.kind === 'page') {
      return moveTo(at + move.pages * Math.max(1, Math.floor(height / ROW_PX) - 1), extend);
    }
    if (move.kind !== 'connection') return;
    const conn = rows[held]?.conn ?? (await rowAt(store, at))?.row.conn;
    const found = conn === undefined ? undefined : await nextOnConnection(store, conn, at, move.step);
    if (found) acts.go(found, false);
  };
  return (event) => {
    const move = listMove(event);
    if (!move || total === 0) return;
    // A text that was marked with the mouse is what Ctrl C is for, wherever the focus is.
    if (move.kind === 'copy' && !(getSelection()?.isCollapsed ?? true)) return;
    event.preventDefault();
    event.stopPropagation();
    void act(move, event.shiftKey);
  };
}

import type { KeyboardEvent } from 'react';
import type { Store } from '../../store/queries/store.ts';
import { type ListMove, listMove } from './list-keys.ts';
import { type Cursor, isAt, isHead, type Line } from './list-line.ts';
import { lineAt, nextOnConnection, rowAt } from './list-lookup.ts';
import { ROW_PX } from './list-window.ts';

export interface ListPlace {
  readonly store: Store;
  /** Lines at hand, the first of them at `start`; `total` are in the list. */
  readonly lines: readonly Line[];
  readonly start: number;
  readonly total: number;
  /** The first line that is seen, and the height of the view. */
  readonly firstSeen: number;
  readonly height: number;
  readonly cursor: Cursor | undefined;
}
interface Acts {
  /** Goes to a line and brings it into sight; `extend` chooses all rows from the anchor to it. */
  go(index: number, line: Line, extend: boolean): void;
  /** Who moves among the rows does not want them to run away; End takes up following again. */
  follow(follow: boolean): void;
  all(): void;
  copy(): void;
  /** Something to be noted on what is chosen. */
  annotate(how: 'pin' | 'mark' | 'note'): void;
  act(how: 'again' | 'forget' | 'reference' | 'commands'): void;
}

/** The keys of the list. */
export function useListMoves(place: ListPlace, acts: Acts): (event: KeyboardEvent) => void {
  const { store, lines, start, total, firstSeen, height, cursor } = place;
  const moveTo = async (index: number, extend: boolean) => {
    const at = Math.max(0, Math.min(total - 1, index));
    const line = lines[at - start] ?? (await lineAt(store, at));
    if (line) acts.go(at, line, extend);
  };
  /** Where the cursor is, also out of sight; undefined when what it was on is filtered or folded away. */
  const find = async () => {
    const held = lines.findIndex((line) => isAt(line, cursor));
    if (held >= 0) return start + held;
    if (cursor === undefined) return undefined;
    return 'group' in cursor
      ? ((await store.headOf(cursor.group)) ?? cursor.place)
      : store.indexOf(cursor.exchange);
  };
  /** Folds the group under the cursor, or goes from a row to the head above it. */
  const toGroup = async (at: number) => {
    const line = lines[at - start];
    if (line && isHead(line) && !line.folded) return store.fold(line.key, true);
    const above = await store.headAbove(at);
    if (above !== undefined) await moveTo(above, false);
  };
  const act = async (move: ListMove, extend: boolean) => {
    const line = lines.find((each) => isAt(each, cursor));
    if (move.kind === 'detail' && line && isHead(line)) return store.fold(line.key, !line.folded);
    switch (move.kind) {
      case 'detail':
        document.querySelector<HTMLElement>('[data-detail-tabs] [aria-selected="true"]')?.focus();
        return;
      case 'all':
        return acts.all();
      case 'copy':
        return acts.copy();
      case 'pin':
      case 'mark':
      case 'note':
        return acts.annotate(move.kind);
      case 'again':
      case 'forget':
      case 'reference':
      case 'commands':
        return acts.act(move.kind);
      case 'last':
        await moveTo(total - 1, extend);
        return acts.follow(!extend);
      default:
        acts.follow(false);
    }
    if (move.kind === 'first') return moveTo(0, extend);
    const at = await find();
    // Nothing chosen yet, or filtered away: begin where the person looks.
    if (at === undefined) return moveTo(firstSeen, extend);
    if (move.kind === 'group') return toGroup(at);
    if (move.kind === 'by') return moveTo(at + move.rows, extend);
    if (move.kind === 'page') {
      return moveTo(at + move.pages * Math.max(1, Math.floor(height / ROW_PX) - 1), extend);
    }
    if (move.kind !== 'connection') return;
    const row = line ?? (await rowAt(store, at))?.row;
    if (row === undefined || isHead(row)) return;
    const found = await nextOnConnection(store, row.conn, at, move.step);
    if (found) acts.go(found.index, found.row, false);
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

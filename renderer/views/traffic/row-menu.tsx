/** What can be done with a cell of the list: right click, Shift F10 or the menu key. */
import { type MouseEvent, type ReactNode, useState } from 'react';
import { formatCount } from '../../geometry/quantities.ts';
import type { Row } from '../../store/queries/list.ts';
import type { Store } from '../../store/queries/store.ts';
import { useAllActions } from '../actions/action-context.tsx';
import { askFor } from '../export/chosen-rows.ts';
import { Menu, MenuItem } from '../shell/menu.tsx';
import { useStore, useStoreState } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';
import { useGuest } from '../shell/use-guest.ts';
import { cellTerm } from './cell-terms.ts';
import { type ColumnId, columnKind } from './column-kinds.ts';
import { CopyMenu } from './copy-menu.tsx';
import { copyText } from './copy-rows.ts';
import { rowAt } from './list-lookup.ts';
import { narrowBy } from './narrow.ts';
import { NoteItems } from './note-items.tsx';
import { openDetailTab } from './open-detail-tab.ts';
import { printable } from './path-text.ts';
import type { RowActs } from './use-row-acts.ts';

interface Props {
  /** The exchange in the detail: where the menu key opens the menu. */
  readonly selected: number | undefined;
  /** What is chosen: an act on a row among them is on all of them. */
  readonly chosen: ReadonlySet<number>;
  readonly acts: RowActs;
  onSelect(exchange: number): void;
  readonly children: ReactNode;
}

interface Opened {
  readonly row: Row;
  /** What was read for the cell, where that is no part of the row. */
  readonly text: string;
  readonly column: ColumnId;
  readonly at: { readonly x: number; readonly y: number };
}

/** Gives the list within it a menu for each of its cells. */
export function RowMenu({ selected, chosen, acts, onSelect, children }: Props) {
  const store = useStore();
  const { servers, hello } = useStoreState('servers', 'hello');
  const toast = useToast();
  const actions = useAllActions();
  const isGuest = useGuest();
  const [opened, setOpened] = useState<Opened>();
  const [copying, setCopying] = useState<Opened>();
  const onContextMenu = (event: MouseEvent) => {
    const place = placeOf(event, selected);
    if (!place) return;
    event.preventDefault();
    const { source } = columnKind(place.column);
    const { exchange } = place;
    const text = source ? store.cellTexts([exchange], [source]) : undefined;
    void Promise.all([rowOf(store, exchange), text]).then(([row, texts]) =>
      setOpened(row && { row, text: texts?.get(exchange)?.[0] ?? '', ...place }),
    );
  };
  const filterBy = (term: string) => narrowBy(store, term);
  const showConnection = (row: Row) => openDetailTab('Connection', () => onSelect(row.id));
  const row = opened?.row;
  const noted = row && chosen.has(row.id) ? [...chosen] : row ? [row.id] : [];
  const server = servers.find(({ id }) => id === row?.server);
  const cell =
    opened &&
    cellTerm(opened.row, opened.column, {
      server: server?.name ?? '',
      text: opened.text,
      epochMs: hello?.epochMs ?? 0,
    });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the event comes from the grid within
    <div className="row-menu-area" onContextMenu={onContextMenu}>
      {children}
      {opened && row && (
        <Menu label={`Request ${row.id}`} at={opened.at} onClose={() => setOpened(undefined)}>
          {cell && (
            <>
              <MenuItem about={printable(cell.term)} onPick={() => filterBy(cell.term)}>
                Filter for this
              </MenuItem>
              <MenuItem about={printable(`-${cell.term}`)} onPick={() => filterBy(`-${cell.term}`)}>
                Filter out
              </MenuItem>
              <MenuItem
                about={printable(cell.value)}
                onPick={() => void copyText(cell.value).then((text) => toast({ text }))}
              >
                Copy value
              </MenuItem>
              <hr />
            </>
          )}
          <MenuItem about="cURL, fetch, bytes" onPick={() => setCopying(opened)}>
            Copy or save
          </MenuItem>
          {!isGuest && (
            <MenuItem
              about="HAR, pcapng, report"
              onPick={() => {
                askFor(noted);
                actions.run('export');
              }}
            >
              Export
            </MenuItem>
          )}
          <MenuItem about="R" onPick={() => acts.again(noted)}>
            Send again
          </MenuItem>
          <MenuItem about="D" onPick={() => acts.forget(noted)}>
            Delete from the list
          </MenuItem>
          <hr />
          <NoteItems row={row} exchanges={noted} acts={acts} />
          {selected !== undefined && selected !== row.id && (
            <MenuItem about={`#${formatCount(selected)}`} onPick={() => acts.compare(selected, row.id)}>
              Compare with
            </MenuItem>
          )}
          <hr />
          <MenuItem about={`conn:${row.conn}`} onPick={() => filterBy(`conn:${row.conn}`)}>
            Only this connection
          </MenuItem>
          <MenuItem about={`c${row.conn}`} onPick={() => showConnection(row)}>
            Show connection
          </MenuItem>
        </Menu>
      )}
      {copying && (
        <CopyMenu
          row={copying.row}
          exchanges={new Set(chosen.has(copying.row.id) ? chosen : [copying.row.id])}
          at={copying.at}
          onClose={() => setCopying(undefined)}
        />
      )}
    </div>
  );
}

interface Place {
  readonly exchange: number;
  readonly column: ColumnId;
  readonly at: Opened['at'];
}

/** The cell under the pointer; from the keyboard, the path of the chosen row. */
function placeOf(event: MouseEvent, selected: number | undefined): Place | undefined {
  const target = event.target as Element;
  const element = target.closest<HTMLElement>('[data-id]');
  if (element) {
    const name = target.closest<HTMLElement>('[data-column]')?.dataset['column'];
    // Only columns have that attribute.
    const column = (name ?? 'target') as ColumnId;
    return { exchange: Number(element.dataset['id']), column, at: { x: event.clientX, y: event.clientY } };
  }
  if (selected === undefined || !target.matches('[data-list]')) return undefined;
  const cell = target.querySelector(`[data-id="${selected}"] [data-column="target"]`);
  if (!cell) return undefined;
  const { left, bottom } = cell.getBoundingClientRect();
  return { exchange: selected, column: 'target', at: { x: left, y: bottom } };
}

async function rowOf(store: Store, exchange: number): Promise<Row | undefined> {
  const index = await store.indexOf(exchange);
  const found = index === undefined ? undefined : await rowAt(store, index);
  // Rows may have moved between the two answers.
  return found?.row.id === exchange ? found.row : undefined;
}

/** The list of exchanges: virtual, keyboard-driven, and still under whoever reads it while new rows come. */
import { type MouseEvent, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { formatCount } from '../../geometry/quantities.ts';
import { laidOut } from '../../geometry/tall-scroll.ts';
import { BY_TIME, type Row, type SortOrder } from '../../store/queries.ts';
import { useList, useStore, useStoreState } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';
import { useSize } from '../shell/use-size.ts';
import { useColumnSettings } from './column-settings.ts';
import { columnsFor } from './columns.ts';
import { copyTable } from './copy-rows.ts';
import { ListFoot } from './list-foot.tsx';
import { ListHead } from './list-head.tsx';
import type { Found } from './list-lookup.ts';
import { mostRows, ROW_PX, rowsOnScreen, scrollToShow, withOverscan } from './list-window.ts';
import type { TimeWindow } from './overview-window.ts';
import './request-list.css';
import { RequestRow, rowId } from './request-row.tsx';
import { useListMoves } from './use-list-moves.ts';
import { useRowSelection } from './use-row-selection.ts';
import { useTallScroll } from './use-tall-scroll.ts';
import { waterfallOf } from './waterfall.ts';
import { WaterfallBars, WaterfallGrid } from './waterfall-bars.tsx';

interface Props {
  readonly selected: number | undefined;
  readonly follow: boolean;
  readonly brush: TimeWindow | undefined;
  onSelect(exchange: number): void;
  onFollow(follow: boolean): void;
}

const HEAD_PX = 24;
const NO_ROWS: readonly Row[] = [];

export function RequestList({ selected, follow, brush, onSelect, onFollow }: Props) {
  const store = useStore();
  const toast = useToast();
  const { hello, servers, restarts, sort } = useStoreState();
  const [settings, setSettings] = useColumnSettings();
  const grid = useRef<HTMLDivElement>(null);
  const size = useSize(grid);
  const height = Math.max(0, size.height - HEAD_PX);
  const scroll = useTallScroll(grid);
  const seen = rowsOnScreen(scroll.top, height);
  const { first, count } = withOverscan(seen);
  const params = useMemo(
    () => (height > 0 ? { first: follow ? 0 : first, count, tail: follow } : undefined),
    [first, count, follow, height],
  );
  const result = useList(params);
  const rows = result?.rows ?? NO_ROWS;
  const start = result?.first ?? 0;
  const total = result?.total ?? 0;
  const extent = { content: total * ROW_PX, view: height };
  const selection = useRowSelection(store, selected);
  const inTime = sort.column === 'id' && !sort.descending;
  const newest = useRef(0);
  if (follow) newest.current = total;

  useLayoutEffect(() => {
    if (follow && scroll.now() !== Math.max(0, extent.content - height))
      scroll.scrollTo(extent.content, extent);
  });
  const onScroll = () => {
    const moved = scroll.onScroll(extent);
    if (!moved) return;
    if (moved.by < 0 && !moved.atEnd && follow) onFollow(false);
    else if (moved.by > 0 && moved.atEnd && !follow && inTime) onFollow(true);
  };
  const onSort = (next: SortOrder) => {
    onFollow(false);
    store.setSort(next);
    scroll.scrollTo(0, extent);
  };
  const latest = () => {
    store.setSort(BY_TIME);
    onFollow(true);
  };

  const current = rows.find((row) => row.id === selected);
  const order = sort.column !== 'id' ? 'other' : inTime ? 'time' : 'time-reversed';
  const seenFrom = Math.max(0, seen.first - start);
  const waterfall = useMemo(
    () => waterfallOf(rows, rows.slice(seenFrom, seenFrom + seen.count), brush, order),
    [rows, seenFrom, seen.count, brush, order],
  );
  const digits = formatCount(rows.at(-1)?.id ?? 0).length;
  const columns = useMemo(() => columnsFor(size.width, digits, settings), [size.width, digits, settings]);

  // What came for a larger window may have more rows than this one asks for.
  const pool = Math.max(mostRows(height), rows.length);

  const show = ({ index, row }: Found) => {
    onSelect(row.id);
    scroll.scrollTo(scrollToShow(index, scroll.now(), height), extent);
  };
  const copy = async () => toast({ text: await copyTable(store, selection.ids) });
  const onMoveKey = useListMoves(
    { store, rows, start, total, firstSeen: seen.first, height, current: selected },
    {
      go: (found, extend) => {
        if (extend) void selection.extendTo(found.row.id);
        else selection.one(found.row.id);
        show(found);
      },
      follow: (next) => onFollow(next && inTime),
      all: () => void selection.all(total),
      copy: () => void (selection.ids.size > 0 && copy()),
    },
  );
  const onClick = (event: MouseEvent) => {
    const id = Number((event.target as Element).closest<HTMLElement>('[data-id]')?.dataset['id']);
    if (Number.isNaN(id)) return;
    // Who looks at one row does not want it to run away.
    if (id !== rows.at(-1)?.id) onFollow(false);
    if (event.shiftKey) return void selection.extendTo(id);
    if (event.ctrlKey || event.metaKey) return selection.toggle(id);
    selection.one(id);
    onSelect(id);
  };

  useAnchor(rows, start, seen.first, !follow && sort.column === 'id', (by) =>
    scroll.scrollTo(scroll.now() + by * ROW_PX, extent),
  );

  const drawn = rows.map((row, i) => (
    <RequestRow
      key={slotOf(start + i, pool)}
      row={row}
      index={start + i}
      top={(start + i) * ROW_PX - scroll.shift}
      current={row.id === selected}
      selected={selection.ids.has(row.id)}
      related={current !== undefined && row.conn === current.conn}
      columns={columns}
      epochMs={hello?.epochMs ?? 0}
      restart={restarts.find(({ exchange }) => exchange === row.id)?.sentence}
      server={servers.find(({ id }) => id === row.server)?.name ?? ''}
      starts={order === 'time' && i > 0 && waterfall?.origins.get(row.id) === row.beginTime}
    />
  ));

  return (
    <div className="list-frame">
      <div
        ref={grid}
        className="list"
        role="grid"
        aria-label="Requests"
        aria-multiselectable="true"
        aria-rowcount={total + 1}
        aria-colcount={columns.placed.length}
        aria-activedescendant={current && rowId(current.id)}
        tabIndex={0}
        data-list
        style={{ '--columns': columns.template } as React.CSSProperties}
        onScroll={onScroll}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && selection.ids.size > 1) {
            event.preventDefault();
            event.stopPropagation();
            selection.clear();
          } else onMoveKey(event);
        }}
        onMouseDown={(event) => {
          // Shift and Ctrl choose rows; they must not mark text as well.
          if (event.shiftKey || event.ctrlKey || event.metaKey) event.preventDefault();
        }}
        onClick={onClick}
      >
        <ListHead
          columns={columns}
          settings={settings}
          sort={sort}
          waterfall={waterfall}
          axis={axisOf(brush !== undefined, order)}
          onSort={onSort}
          onSettings={setSettings}
        />
        <div className="list-body" role="rowgroup" style={{ height: laidOut(extent) }}>
          <div className="list-grid" style={{ height: Math.max(height, 0) }}>
            <WaterfallGrid width={columns.waterfall} height={height} />
          </div>
          <WaterfallBars
            rows={rows}
            waterfall={waterfall}
            width={columns.waterfall}
            top={start * ROW_PX - scroll.shift}
          />
          {inSlots(drawn, start, pool)}
        </div>
      </div>
      <ListFoot
        chosen={selection.ids}
        unseen={
          inTime && !follow && !isAtEnd(scroll.top, extent) ? Math.max(0, total - newest.current) : undefined
        }
        onClear={selection.clear}
        onLatest={latest}
      />
    </div>
  );
}

/**
 * Each place of the list has a slot among the elements, and slots keep their order in the document: while rows stream
 * by, elements are filled anew where they stand, and none is made or moved.
 */
function inSlots<T>(rows: readonly T[], start: number, pool: number): T[] {
  const wrapped = pool - slotOf(start, pool);
  return [...rows.slice(wrapped), ...rows.slice(0, wrapped)];
}

function slotOf(place: number, pool: number): number {
  return place % pool;
}

function isAtEnd(
  top: number,
  { content, view }: { readonly content: number; readonly view: number },
): boolean {
  return top >= content - view - 1;
}

function axisOf(brushed: boolean, order: 'time' | 'time-reversed' | 'other'): string {
  if (brushed) return 'Time since the start of the brush';
  return order === 'other' ? 'Time since each request began' : 'Time since the first request of each burst';
}

/**
 * When older rows are trimmed, or newer ones come first, the places of all others change. Scrolling by as much
 * keeps the row that is read where it is.
 */
function useAnchor(
  rows: readonly { readonly id: number }[],
  start: number,
  firstSeen: number,
  holds: boolean,
  shift: (rows: number) => void,
): void {
  const anchor = useRef<{ readonly id: number; readonly index: number }>(undefined);
  useEffect(() => {
    const held = anchor.current;
    if (held && holds && held.index === firstSeen && firstSeen > 0) {
      const now = rows.findIndex((row) => row.id === held.id);
      if (now >= 0 && start + now !== held.index) shift(start + now - held.index);
    }
    const at = rows[firstSeen - start];
    anchor.current = at && { id: at.id, index: firstSeen };
  });
}

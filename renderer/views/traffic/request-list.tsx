/** The list of exchanges: virtual, keyboard-driven, and still under whoever reads it while new rows come. */
import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { formatCount } from '../../geometry/quantities.ts';
import { stepLabel, tickLabel } from '../../geometry/ticks.ts';
import { useList, useStore, useStoreState } from '../shell/store-context.tsx';
import { useSize } from '../shell/use-size.ts';
import { columnsFor } from './columns.ts';
import { listMove } from './list-keys.ts';
import { type Found, nextOnConnection, rowAt } from './list-lookup.ts';
import { MOST_ROWS, ROW_PX, rowsOnScreen, scrollToShow, withOverscan } from './list-window.ts';
import type { TimeWindow } from './overview-window.ts';
import './request-list.css';
import { RequestRow, rowId } from './request-row.tsx';
import { type Waterfall, waterfallOf } from './waterfall.ts';
import { WaterfallGrid } from './waterfall-bar.tsx';

interface Props {
  readonly selected: number | undefined;
  readonly follow: boolean;
  readonly brush: TimeWindow | undefined;
  onSelect(exchange: number): void;
  onFollow(follow: boolean): void;
}

const HEAD_PX = 24;

export function RequestList({ selected, follow, brush, onSelect, onFollow }: Props) {
  const store = useStore();
  const grid = useRef<HTMLDivElement>(null);
  const size = useSize(grid);
  const height = Math.max(0, size.height - HEAD_PX);
  const [scrollTop, setScrollTop] = useState(0);
  const seen = rowsOnScreen(scrollTop, height);
  const { first, count } = withOverscan(seen);
  const params = useMemo(
    () => (height > 0 ? { first: follow ? 0 : first, count, tail: follow } : undefined),
    [first, count, follow, height],
  );
  const result = useList(params);
  const epochMs = useStoreState().hello?.epochMs ?? 0;
  const rows = result?.rows ?? [];
  const start = result?.first ?? 0;
  const total = Math.min(result?.total ?? 0, MOST_ROWS);

  // Where this list scrolled itself to; any other position is the person's.
  const own = useRef(0);
  const scrollTo = (top: number) => {
    if (!grid.current) return;
    grid.current.scrollTop = top;
    own.current = grid.current.scrollTop;
    setScrollTop(own.current);
  };
  useLayoutEffect(() => {
    if (follow && grid.current && grid.current.scrollTop !== total * ROW_PX - height)
      scrollTo(total * ROW_PX);
  });

  const onScroll = () => {
    const element = grid.current;
    if (!element) return;
    const top = element.scrollTop;
    if (top === own.current) return;
    const atEnd = top + element.clientHeight >= element.scrollHeight - 1;
    if (top < own.current && !atEnd && follow) onFollow(false);
    else if (top > own.current && atEnd && !follow) onFollow(true);
    own.current = top;
    setScrollTop(top);
  };

  const picked = rows.find((row) => row.id === selected);
  const onScreen = rows.slice(Math.max(0, seen.first - start), Math.max(0, seen.first - start) + seen.count);
  const waterfall = waterfallOf(rows, onScreen, brush);
  const digits = formatCount(rows.at(-1)?.id ?? 0).length;
  const columns = useMemo(() => columnsFor(size.width, digits), [size.width, digits]);

  const show = ({ index, row }: Found) => {
    onSelect(row.id);
    scrollTo(scrollToShow(index, grid.current?.scrollTop ?? 0, height));
  };
  const moveTo = async (index: number) => {
    const at = Math.max(0, Math.min(total - 1, index));
    const held = rows[at - start];
    const found = held ? { index: at, row: held } : await rowAt(store, at);
    if (found) show(found);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = listMove(event);
    if (!move || total === 0) return;
    event.preventDefault();
    event.stopPropagation();
    void act(move);
  };
  const indexOfSelected = async () => (selected === undefined ? undefined : store.indexOf(selected));
  const act = async (move: NonNullable<ReturnType<typeof listMove>>) => {
    if (move.kind === 'detail') {
      document.querySelector<HTMLElement>('[data-detail-tabs] [aria-selected="true"]')?.focus();
      return;
    }
    if (move.kind === 'last') {
      await moveTo(total - 1);
      onFollow(true);
      return;
    }
    // Who moves among the rows does not want them to run away; End takes up following again.
    onFollow(false);
    const at = picked ? start + rows.indexOf(picked) : await indexOfSelected();
    // Nothing chosen yet, or filtered away: begin where the person looks.
    if (at === undefined) return moveTo(move.kind === 'first' ? 0 : seen.first);
    if (move.kind === 'first') return moveTo(0);
    if (move.kind === 'by') return moveTo(at + move.rows);
    if (move.kind === 'page') return moveTo(at + move.pages * Math.max(1, Math.floor(height / ROW_PX) - 1));
    if (move.kind !== 'connection') return;
    const conn = picked?.conn ?? (await rowAt(store, at))?.row.conn;
    const found = conn === undefined ? undefined : await nextOnConnection(store, conn, at, move.step);
    if (found) show(found);
  };

  useTrimAnchor(rows, start, seen.first, follow, (by) =>
    scrollTo((grid.current?.scrollTop ?? 0) + by * ROW_PX),
  );

  return (
    <div
      ref={grid}
      className="list"
      role="grid"
      aria-label="Requests"
      aria-rowcount={total + 1}
      aria-colcount={columns.count}
      aria-activedescendant={picked && rowId(picked.id)}
      tabIndex={0}
      data-list
      style={{ '--columns': columns.template } as React.CSSProperties}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        const id = (event.target as Element).closest<HTMLElement>('[data-id]')?.dataset['id'];
        if (id === undefined) return;
        onSelect(Number(id));
        // Who looks at one row does not want it to run away.
        if (Number(id) !== rows.at(-1)?.id) onFollow(false);
      }}
    >
      <ListHead waterfall={waterfall} bursts={brush === undefined} columns={columns} />
      <div className="list-body" role="rowgroup" style={{ height: Math.max(total * ROW_PX, height) }}>
        <div className="list-grid" style={{ height: Math.max(height, 0) }}>
          <WaterfallGrid width={columns.waterfall} height={height} />
        </div>
        {rows.map((row, i) => (
          <RequestRow
            key={row.id}
            row={row}
            index={start + i}
            selected={row.id === selected}
            related={picked !== undefined && row.conn === picked.conn}
            columns={columns}
            epochMs={epochMs}
            origin={waterfall?.origins.get(row.id)}
            span={waterfall?.span ?? 1}
            starts={i > 0 && waterfall?.origins.get(row.id) === row.beginTime}
          />
        ))}
      </div>
    </div>
  );
}

interface HeadProps {
  readonly waterfall: Waterfall | undefined;
  /** Each burst of requests has its own zero. */
  readonly bursts: boolean;
  readonly columns: ReturnType<typeof columnsFor>;
}

function ListHead({ waterfall, bursts, columns }: HeadProps) {
  return (
    <div className="row list-head" role="row" aria-rowindex={1}>
      <span role="columnheader" className="n">
        #
      </span>
      {columns.start && (
        <span role="columnheader" title="When the first byte of the request came">
          Time
        </span>
      )}
      <span role="columnheader">Method</span>
      <span role="columnheader">Path</span>
      <span role="columnheader">Status</span>
      {columns.type && <span role="columnheader">Type</span>}
      <span role="columnheader" className="figure" title="Bytes of the response on the wire, head included">
        Size
      </span>
      {columns.time && (
        <span
          role="columnheader"
          className="figure"
          title="From the request's first byte to the response's last"
        >
          Duration
        </span>
      )}
      {columns.conn && (
        <span role="columnheader" className="conn">
          Conn
        </span>
      )}
      <span
        role="columnheader"
        className="waterfall-head"
        aria-label="Waterfall"
        title={bursts ? 'Time since the first request of each burst' : 'Time since the start of the brush'}
      >
        {waterfall && (
          <>
            <span>0</span>
            {columns.waterfall > 100 && (
              <span>
                {stepLabel(waterfall.step).number} {stepLabel(waterfall.step).unit}/div
              </span>
            )}
            <span>{tickLabel(waterfall.span, waterfall.step, 0)}</span>
          </>
        )}
      </span>
    </div>
  );
}

/**
 * When older rows are trimmed the indices of all later ones fall. Scrolling by as much keeps the row that is read
 * where it is.
 */
function useTrimAnchor(
  rows: readonly { readonly id: number }[],
  start: number,
  firstSeen: number,
  follow: boolean,
  shift: (rows: number) => void,
): void {
  const anchor = useRef<{ readonly id: number; readonly index: number }>(undefined);
  useEffect(() => {
    const held = anchor.current;
    if (held && !follow) {
      const now = rows.findIndex((row) => row.id === held.id);
      if (now >= 0 && start + now < held.index && held.index === firstSeen) shift(start + now - held.index);
    }
    const at = rows[firstSeen - start];
    anchor.current = at && { id: at.id, index: firstSeen };
  });
}

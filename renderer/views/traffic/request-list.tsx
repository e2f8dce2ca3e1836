/** The list of exchanges: virtual, keyboard-driven, and still under whoever reads it while new rows come. */
import { type MouseEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { formatCount } from '../../geometry/quantities.ts';
import { laidOut } from '../../geometry/tall-scroll.ts';
import { BY_TIME, type SortOrder } from '../../store/queries/list.ts';
import { useList, useStore, useStoreState, useStoreValue } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';
import { useSize } from '../shell/use-size.ts';
import { toggledColumn, useColumnSettings } from './column-settings.ts';
import { columnsFor } from './columns.ts';
import { copyCommands, copyTable } from './copy-rows.ts';
import { GroupRow, headId } from './group-row.tsx';
import { ListFoot } from './list-foot.tsx';
import { ListHead } from './list-head.tsx';
import { type Cursor, isAt, isHead, isRow, type Line, linesOf } from './list-line.ts';
import { inSlots, slotOf } from './list-slots.ts';
import { lastRows, ROW_PX, rowsOnScreen, rowsToDraw, scrollToShow } from './list-window.ts';
import type { TimeWindow } from './overview-window.ts';
import './request-list.css';
import { RequestRow, rowId } from './request-row.tsx';
import { type RowTime, rowTimeText, useFirstRequest } from './row-time.ts';
import { useAnchor } from './use-anchor.ts';
import { useCellTexts } from './use-cell-texts.ts';
import { useListMoves } from './use-list-moves.ts';
import type { RowActs } from './use-row-acts.ts';
import type { RowSelection } from './use-row-selection.ts';
import { useTallScroll } from './use-tall-scroll.ts';
import { waterfallOf } from './waterfall.ts';
import { WaterfallBars, WaterfallGrid } from './waterfall-bars.tsx';

interface Props {
  readonly selected: number | undefined;
  readonly follow: boolean;
  readonly brush: TimeWindow | undefined;
  readonly selection: RowSelection;
  readonly acts: RowActs;
  readonly time: RowTime;
  onSelect(exchange: number): void;
  onFollow(follow: boolean): void;
}

const HEAD_PX = 24;
/** Ten signs in the type that is reckoned with. A browser can be told of a larger one, and then each text may be cut. */
const PROBE_PX = 66.5;

export function RequestList(props: Props) {
  const { selected, follow, brush, selection, acts, time, onSelect, onFollow } = props;
  const store = useStore();
  const toast = useToast();
  const {
    hello,
    restarts,
    sort,
    grouping,
    firstTime: logStart,
  } = useStoreState('hello', 'restarts', 'sort', 'grouping', 'firstTime');
  const names = useStoreValue(({ servers }) => servers.map(({ id, name }) => ({ id, name })));
  const firstTime = useFirstRequest(store, logStart);
  const [settings, setSettings] = useColumnSettings();
  const grid = useRef<HTMLDivElement>(null);
  const size = useSize(grid);
  const height = Math.max(0, size.height - HEAD_PX);
  const probe = useRef<HTMLSpanElement>(null);
  const isLarge = useSize(probe).width > PROBE_PX;
  const scroll = useTallScroll(grid);
  const { first, count } = follow ? lastRows(height) : rowsToDraw(scroll.now(), height);
  const params = useMemo(
    () => (height > 0 ? { first, count, tail: follow } : undefined),
    [first, count, follow, height],
  );
  const { result, ask } = useList(params);
  const lines = useMemo(() => linesOf(result), [result]);
  const rows = useMemo(() => lines.filter(isRow), [lines]);
  const start = result?.first ?? 0;
  const total = result?.total ?? 0;
  const extent = { content: total * ROW_PX, view: height };
  const end = Math.max(0, extent.content - height);
  // What follows stands at the end before it has scrolled there, so that nothing is drawn twice.
  const seen = rowsOnScreen(follow ? end : scroll.now(), height);
  const timed = useRef(time);
  useEffect(() => {
    const before = timed.current;
    timed.current = time;
    // Who asks for another time wants to see it.
    if (before.form === time.form && before.reference === time.reference) return;
    if (!columns.placed.some(({ id }) => id === 'start')) setSettings(toggledColumn(settings, 'start', true));
  });
  const [head, setHead] = useState<Cursor>();
  const cursor = head ?? (selected === undefined ? undefined : { exchange: selected });
  const isFlat = grouping === 'none';
  const inTime = isFlat && sort.column === 'id' && !sort.descending;

  useLayoutEffect(() => {
    if (!follow || scroll.now() === end) return;
    if (!scroll.isElsewhere()) scroll.settle(extent.content, extent);
  });
  const onScroll = () => {
    const moved = scroll.onScroll(extent);
    if (!moved) return;
    if (moved.by < 0 && !moved.atEnd && follow) return onFollow(false);
    if (moved.by > 0 && moved.atEnd && !follow && inTime) return onFollow(true);
    const next = rowsToDraw(scroll.now(), height);
    // Other rows are asked for before anything is drawn, and it is drawn with them, once.
    if (!follow) ask({ ...next, tail: false });
    if (follow || next.first === first) scroll.redraw();
  };
  const grouped = useRef(grouping);
  useLayoutEffect(() => {
    if (grouped.current === grouping) return;
    grouped.current = grouping;
    setHead(undefined);
    // Places are others now: back to the row that is read, or to the top.
    const to = (index: number | undefined) =>
      scroll.scrollTo(index === undefined ? 0 : scrollToShow(index, 0, height), extent);
    if (selected === undefined || follow) to(undefined);
    else void store.indexOf(selected).then(to);
  });
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
  const order = sort.column !== 'id' || !isFlat ? 'other' : inTime ? 'time' : 'time-reversed';
  const seenFrom = Math.max(0, seen.first - start);
  const waterfall = useMemo(() => {
    const onScreen = lines.slice(seenFrom, seenFrom + seen.count).filter(isRow);
    return waterfallOf(rows, onScreen, brush, order);
  }, [lines, rows, seenFrom, seen.count, brush, order]);
  const digits = formatCount(rows.at(-1)?.id ?? 0).length;
  const columns = useMemo(() => columnsFor(size.width, digits, settings), [size.width, digits, settings]);

  const textsOf = useCellTexts(rows, columns.read);

  // What came for a larger window may have more rows than this one asks for.
  const pool = Math.max(count, lines.length);

  const show = (index: number, line: Line) => {
    setHead(isHead(line) ? { group: line.key, place: index } : undefined);
    if (!isHead(line)) onSelect(line.id);
    scroll.scrollTo(scrollToShow(index, scroll.now(), height), extent);
  };
  const copy = async () => toast({ text: await copyTable(store, selection.ids) });
  const onMoveKey = useListMoves(
    { store, lines, start, total, firstSeen: seen.first, height, cursor },
    {
      go: (index, line, extend) => {
        if (!isHead(line) && extend) void selection.extendTo(line.id);
        else if (!isHead(line)) selection.one(line.id);
        show(index, line);
      },
      follow: (next) => onFollow(next && inTime),
      all: () => void selection.all(total),
      copy: () => void (selection.ids.size > 0 && copy()),
      annotate: (how) => {
        if (selection.ids.size > 0) acts[how]([...selection.ids]);
      },
      act: (how) => {
        if (how === 'reference') return current && time.refer(current);
        if (selection.ids.size === 0) return;
        if (how === 'again' || how === 'forget') acts[how]([...selection.ids]);
        else void copyCommands(store, selection.ids).then((text) => toast({ text }));
      },
    },
  );
  const onClick = (event: MouseEvent) => {
    const target = event.target as Element;
    const group = target.closest<HTMLElement>('[data-group]')?.dataset['group'];
    const pressed = lines.find((line) => isHead(line) && line.key === group);
    if (pressed && isHead(pressed)) {
      setHead({ group: pressed.key, place: pressed.place });
      return store.fold(pressed.key, !pressed.folded);
    }
    const id = Number(target.closest<HTMLElement>('[data-id]')?.dataset['id']);
    if (Number.isNaN(id)) return;
    setHead(undefined);
    // Who looks at one row does not want it to run away.
    if (id !== rows.at(-1)?.id) onFollow(false);
    if (event.shiftKey) return void selection.extendTo(id);
    if (event.ctrlKey || event.metaKey) return selection.toggle(id);
    selection.one(id);
    onSelect(id);
  };

  useAnchor(rows, start, seen.first, isFlat && !follow && sort.column === 'id', (by) =>
    scroll.scrollTo(scroll.now() + by * ROW_PX, extent),
  );

  const epochMs = hello?.epochMs ?? 0;
  const drawn = lines.map((line, i) => {
    const slot = slotOf(start + i, pool);
    const top = (start + i) * ROW_PX - scroll.shift;
    if (isHead(line)) {
      const isCurrent = isAt(line, cursor);
      return (
        <GroupRow key={slot} head={line} top={top} current={isCurrent} columns={columns.placed.length} />
      );
    }
    return (
      <RequestRow
        key={slot}
        row={line}
        index={start + i}
        top={top}
        current={isAt(line, cursor)}
        selected={selection.ids.has(line.id)}
        related={current !== undefined && line.conn === current.conn}
        columns={columns}
        time={rowTimeText(time, line, { epochMs, firstTime, above: beginAbove(lines, i) })}
        texts={textsOf(line)}
        isReference={time.reference?.exchange === line.id}
        restart={restarts.find(({ exchange }) => exchange === line.id)?.sentence}
        server={names.find(({ id }) => id === line.server)?.name ?? ''}
        starts={order === 'time' && i > 0 && waterfall?.origins.get(line.id) === line.beginTime}
      />
    );
  });
  const active = lines.find((line) => isAt(line, cursor));

  return (
    <div className="list-frame" data-pane>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: both of its roles are interactive */}
      {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: both of its roles support them */}
      <div
        ref={grid}
        className={isLarge ? 'list large-text' : 'list'}
        role={isFlat ? 'grid' : 'treegrid'}
        aria-label="Requests"
        aria-multiselectable="true"
        aria-rowcount={total + 1}
        aria-colcount={columns.placed.length}
        aria-activedescendant={active && (isHead(active) ? headId(active.place) : rowId(active.id))}
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
        <span ref={probe} className="list-probe" aria-hidden="true" />
        <ListHead
          columns={columns}
          settings={settings}
          sort={sort}
          waterfall={waterfall}
          axis={axisOf(brush !== undefined, order)}
          time={time}
          onSort={onSort}
          onSettings={setSettings}
        />
        <div className="list-body" role="rowgroup" style={{ height: laidOut(extent) }}>
          <div className="list-grid" style={{ height: Math.max(height, 0) }}>
            <WaterfallGrid width={columns.waterfall} height={height} />
          </div>
          <WaterfallBars
            lines={lines}
            waterfall={waterfall}
            width={columns.waterfall}
            top={start * ROW_PX - scroll.shift}
          />
          {inSlots(drawn, start, pool)}
        </div>
      </div>
      <ListFoot
        chosen={selection.ids}
        total={total}
        follow={follow}
        isBack={inTime && !isAtEnd(scroll.now(), extent)}
        acts={acts}
        onClear={selection.clear}
        onLatest={latest}
      />
    </div>
  );
}

/** When the row began that stands above a line, heads of groups passed over. */
function beginAbove(lines: readonly Line[], at: number): number | undefined {
  for (let i = at - 1; i >= 0; i--) {
    const line = lines[i]!;
    if (isRow(line)) return line.beginTime;
  }
  return undefined;
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

/**
 * The names of the columns: a click sorts, an edge resizes, a drag moves. One stop in the tab order; arrows go from
 * name to name, with Shift they move the column and with Alt its edge.
 */
import { ArrowDown, ArrowUp, Columns3 } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { stepLabel, tickLabel } from '../../geometry/ticks.ts';
import { BY_TIME, type SortOrder } from '../../store/queries/list.ts';
import { ICON } from '../shell/icons.tsx';
import { zoomOf } from '../shell/zoom.ts';
import { fittedColumn } from './column-fit.ts';
import { type ColumnId, columnKind } from './column-kinds.ts';
import { ColumnMenu } from './column-menu.tsx';
import { type ColumnSettings, movedColumn, resizedColumns } from './column-settings.ts';
import type { Columns, PlacedColumn } from './columns.ts';
import './list-head.css';
import { type RowTime, TIME_LABELS } from './row-time.ts';
import { useColumnDrag } from './use-column-drag.ts';
import type { Waterfall } from './waterfall.ts';

interface Props {
  readonly columns: Columns;
  readonly settings: ColumnSettings;
  readonly sort: SortOrder;
  readonly waterfall: Waterfall | undefined;
  /** What the time axis counts from, in words. */
  readonly axis: string;
  readonly time: RowTime;
  onSort(sort: SortOrder): void;
  onSettings(settings: ColumnSettings): void;
}

const KEY_STEP = 8;

export function ListHead(props: Props) {
  const { columns, settings, sort, waterfall, axis, time, onSort, onSettings } = props;
  const head = useRef<HTMLDivElement>(null);
  const [stop, setStop] = useState<ColumnId>('id');
  const [menu, setMenu] = useState<{ readonly x: number; readonly y: number }>();
  const { placed } = columns;
  // The rows come in a new order a moment later: a second click goes on from what the first one asked for.
  const asked = useRef(sort);
  useEffect(() => {
    asked.current = { column: sort.column, descending: sort.descending };
  }, [sort.column, sort.descending]);
  const sortBy = (column: SortOrder['column']) => {
    asked.current = nextSort(asked.current, column);
    onSort(asked.current);
  };
  const focus = (id: ColumnId | undefined) => {
    if (id === undefined) return;
    setStop(id);
    head.current?.querySelector<HTMLElement>(`[data-column="${id}"] .column-name`)?.focus();
  };
  const move = (id: ColumnId, by: number) => onSettings(movedColumn(settings, placed, id, by));
  const resize = (at: number, by: number) => {
    const [left, right] = [placed[at], placed[at + 1]];
    if (left && right) onSettings(resizedColumns(settings, left, right, by, columns.path));
  };
  const openMenu = (x: number, y: number) => setMenu({ x, y });
  const drag = useColumnDrag(head, placed, move);
  const onKeyDown = (event: KeyboardEvent, id: ColumnId, at: number) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const isMenu = event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey);
    if (isMenu || event.key === 'ArrowDown') {
      const box = event.currentTarget.getBoundingClientRect();
      openMenu(box.left, box.bottom);
    } else if (step === 0) return;
    else if (event.shiftKey) {
      move(id, step);
      // A moved element loses the focus; React has moved it by the time this runs.
      queueMicrotask(() => focus(id));
    } else if (event.altKey) resize(id === 'waterfall' ? at - 1 : at, step * KEY_STEP);
    else focus(placed[at + step]?.id);
    event.preventDefault();
  };
  return (
    <div
      ref={head}
      className="row list-head"
      role="row"
      aria-rowindex={1}
      onKeyDown={(event) => {
        // The keys of the list are for its rows.
        if (event.key !== 'Escape') event.stopPropagation();
      }}
      onContextMenu={(event) => {
        event.preventDefault();
        openMenu(event.clientX, event.clientY);
      }}
    >
      {placed.map((column, at) => (
        <HeadCell
          key={column.id}
          column={column}
          sort={sort}
          isStop={placed.some(({ id }) => id === stop) ? column.id === stop : at === 0}
          mark={drag.mark?.id === column.id ? drag.mark.side : undefined}
          waterfall={waterfall}
          axis={axis}
          name={column.id === 'start' ? TIME_LABELS[time.form] : undefined}
          onSort={sortBy}
          onFocus={() => setStop(column.id)}
          onKeyDown={(event) => onKeyDown(event, column.id, at)}
          onPointerDown={(event) => drag.begin(event, column.id)}
          edge={placed[at + 1]}
          onChoose={column.id === 'waterfall' ? openMenu : undefined}
          onResize={(by) => resize(at, by)}
          onFit={() => {
            const fitted = fittedColumn(head.current, column.width > 0 ? column.id : placed[at + 1]?.id);
            if (fitted)
              onSettings({ ...settings, widths: { ...settings.widths, [fitted.id]: fitted.width } });
          }}
        />
      ))}
      {menu && (
        <ColumnMenu
          at={menu}
          placed={placed}
          settings={settings}
          time={time}
          onSettings={onSettings}
          onClose={() => {
            setMenu(undefined);
            focus(placed.some(({ id }) => id === stop) ? stop : placed[0]?.id);
          }}
        />
      )}
    </div>
  );
}

interface CellProps {
  readonly column: PlacedColumn;
  readonly sort: SortOrder;
  readonly isStop: boolean;
  /** Where a column that is dragged would come to stand. */
  readonly mark: 'before' | 'after' | undefined;
  readonly waterfall: Waterfall | undefined;
  readonly axis: string;
  /** Where it is not the column's own. */
  readonly name: string | undefined;
  /** The column after the edge; undefined at the end. */
  readonly edge: PlacedColumn | undefined;
  onSort(column: SortOrder['column']): void;
  onFocus(): void;
  onKeyDown(event: KeyboardEvent): void;
  onPointerDown(event: React.PointerEvent): void;
  onResize(by: number): void;
  onFit(): void;
  /** Set where the button for choosing columns is. */
  readonly onChoose: ((x: number, y: number) => void) | undefined;
}

function HeadCell(props: CellProps) {
  const { column, sort, isStop, mark, edge, onChoose } = props;
  const { label, title, figure, sort: sorts } = columnKind(column.id);
  const sorted = sorts === sort.column && (sorts !== 'id' || column.id === 'id' || sort.descending);
  const direction = sort.descending ? 'descending' : 'ascending';
  const Arrow = sort.descending ? ArrowDown : ArrowUp;
  // The list stands in the order of time as a rule, which needs no arrow.
  const shows = sorted && !(sort.column === 'id' && !sort.descending);
  const names = ['head-cell', figure ? 'figure' : '', shows ? 'sorted' : '', mark ? `drop-${mark}` : ''];
  return (
    <span
      role="columnheader"
      data-column={column.id}
      className={names.filter((name) => name !== '').join(' ')}
      aria-sort={sorts === undefined ? undefined : sorted ? direction : 'none'}
    >
      <button
        type="button"
        className="column-name"
        tabIndex={isStop ? 0 : -1}
        title={column.id === 'waterfall' ? props.axis : title}
        onClick={() => sorts !== undefined && props.onSort(sorts)}
        onFocus={props.onFocus}
        onKeyDown={props.onKeyDown}
        onPointerDown={props.onPointerDown}
      >
        {column.id === 'waterfall' ? (
          <>
            <span className="spoken">Waterfall. {props.axis}</span>
            <Axis waterfall={props.waterfall} width={column.width} />
          </>
        ) : (
          <>
            <span className="clip">{props.name ?? label}</span>
            {shows && <Arrow {...ICON} size={12} strokeWidth={1.75} />}
          </>
        )}
      </button>
      {edge && <Edge onResize={props.onResize} onFit={props.onFit} />}
      {onChoose && (
        <button
          type="button"
          tabIndex={-1}
          className="btn small square column-button"
          aria-label="Choose columns"
          title="Choose columns (right-click the names)"
          onClick={(event) => {
            const box = event.currentTarget.getBoundingClientRect();
            onChoose(box.right, box.bottom);
          }}
        >
          <Columns3 {...ICON} size={14} />
        </button>
      )}
    </span>
  );
}

/** Ascending, descending, and back to the order of time. */
export function nextSort(sort: SortOrder, column: SortOrder['column']): SortOrder {
  if (sort.column !== column) return { column, descending: column === 'id' };
  return sort.descending ? BY_TIME : { column, descending: true };
}

function Axis({ waterfall, width }: { readonly waterfall: Waterfall | undefined; readonly width: number }) {
  if (!waterfall) return null;
  const step = stepLabel(waterfall.step);
  return (
    <>
      <span aria-hidden="true">0</span>
      {width > 106 && (
        <span aria-hidden="true">
          {step.number} {step.unit}/div
        </span>
      )}
      <span aria-hidden="true">
        {tickLabel(waterfall.span, waterfall.step, 0)}
        {width <= 106 && <span className="unit">{step.unit}</span>}
      </span>
    </>
  );
}

function Edge({ onResize, onFit }: Pick<CellProps, 'onResize' | 'onFit'>) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: by keyboard the name moves it, with Alt and the arrows
    <i
      className="column-edge"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        const edge = event.currentTarget.getBoundingClientRect();
        // What could not be given stays to be asked for: the edge is found again where the pointer meets it.
        const by = (event.clientX - (edge.left + edge.width / 2)) / zoomOf(event.currentTarget);
        if (Math.abs(by) >= 1) onResize(by);
      }}
      onDoubleClick={onFit}
    />
  );
}

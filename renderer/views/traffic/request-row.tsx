/** One exchange in 20 pixels. The height never changes, whatever is missing. */
import { memo } from 'react';
import type { Row } from '../../store/queries/list.ts';
import { type CellProps, requestCell } from './request-cell.tsx';

interface Props extends CellProps {
  readonly index: number;
  /** CSS pixels from the top of the list's body. */
  readonly top: number;
  /** Shown in the detail. */
  readonly current: boolean;
  /** Chosen, alone or with others. */
  readonly selected: boolean;
  /** Of the same connection as the current row. */
  readonly related: boolean;
  /** Set on the first row of a process that took the place of one that ended: one sentence. */
  readonly restart: string | undefined;
}

export const rowId = (exchange: number) => `row-${exchange}`;

export const RequestRow = memo(Drawn, (a, b) => {
  return (
    a.index === b.index &&
    a.top === b.top &&
    a.current === b.current &&
    a.selected === b.selected &&
    a.related === b.related &&
    a.restart === b.restart &&
    a.columns === b.columns &&
    a.time === b.time &&
    a.texts === b.texts &&
    a.isReference === b.isReference &&
    a.server === b.server &&
    a.starts === b.starts &&
    sameRow(a.row, b.row)
  );
});

function Drawn({ index, top, current, selected, related, restart, ...cell }: Props) {
  const { row, columns } = cell;
  const names = [
    'row',
    row.phase,
    selected ? 'selected' : '',
    current ? 'current' : '',
    related ? 'related' : '',
    restart === undefined ? '' : 'restarted',
  ];
  return (
    <div
      role="row"
      id={rowId(row.id)}
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={names.filter((name) => name !== '').join(' ')}
      style={{ top }}
      data-testid="row"
      data-id={row.id}
      data-phase={row.phase}
    >
      {restart !== undefined && (
        <span className="restart" title={restart}>
          restarted
        </span>
      )}
      {columns.placed.map((column) => requestCell(column, cell))}
    </div>
  );
}

function sameRow(a: Row, b: Row): boolean {
  return (
    a.annotation?.pinned === b.annotation?.pinned &&
    a.annotation?.mark === b.annotation?.mark &&
    a.annotation?.note === b.annotation?.note &&
    a.id === b.id &&
    a.phase === b.phase &&
    a.status === b.status &&
    a.target === b.target &&
    a.requestBytes === b.requestBytes &&
    a.responseBytes === b.responseBytes &&
    a.headTime === b.headTime &&
    a.responseTime === b.responseTime &&
    a.endTime === b.endTime &&
    a.fault === b.fault &&
    a.mediaType === b.mediaType
  );
}

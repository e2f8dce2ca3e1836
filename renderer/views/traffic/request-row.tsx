/** One exchange in 20 pixels. The height never changes, whatever is missing. */
import { memo } from 'react';
import { formatBytes, formatClock, formatCount, formatDuration, spell } from '../../geometry/quantities.ts';
import type { Row } from '../../store/queries.ts';
import { Figure } from '../shell/figures.tsx';
import { StatusShape, statusClass } from '../shell/icons.tsx';
import type { Columns } from './columns.ts';
import { ROW_PX } from './list-window.ts';
import { elideMiddle, printable, splitTarget } from './path-text.ts';
import { WaterfallBar } from './waterfall-bar.tsx';

interface Props {
  readonly row: Row;
  readonly index: number;
  readonly selected: boolean;
  /** Of the same connection as the selected row. */
  readonly related: boolean;
  readonly columns: Columns;
  /** Wall-clock milliseconds at log time 0. */
  readonly epochMs: number;
  /** The row's own time axis: log time at its left, and its length; undefined while nothing is known. */
  readonly origin: number | undefined;
  readonly span: number;
  /** The first of a burst of requests, where the axis starts anew. */
  readonly starts: boolean;
}

export const rowId = (exchange: number) => `row-${exchange}`;

export const RequestRow = memo(Drawn, (a, b) => {
  return (
    a.index === b.index &&
    a.selected === b.selected &&
    a.related === b.related &&
    a.columns === b.columns &&
    a.epochMs === b.epochMs &&
    a.origin === b.origin &&
    a.span === b.span &&
    a.starts === b.starts &&
    sameRow(a.row, b.row)
  );
});

function Drawn({ row, index, selected, related, columns, epochMs, origin, span, starts }: Props) {
  const kind = row.phase === 'aborted' ? 'abort' : row.contentKind === 'font' ? 'media' : row.contentKind;
  const names = ['row', row.phase, selected ? 'selected' : '', related ? 'related' : ''];
  return (
    <div
      role="row"
      id={rowId(row.id)}
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={names.join(' ').trimEnd()}
      style={{ top: index * ROW_PX }}
      data-testid="row"
      data-id={row.id}
      data-phase={row.phase}
    >
      <span role="gridcell" className="n">
        {formatCount(row.id)}
      </span>
      {columns.start && (
        <span role="gridcell" className="start">
          {formatClock(epochMs, row.beginTime, 3)}
        </span>
      )}
      <span role="gridcell" className="method clip">
        {printable(row.method) || '—'}
      </span>
      <span role="gridcell" className="path" title={printable(row.target)}>
        <i style={{ background: `var(--k-${kind})` }} />
        <PathCell row={row} most={columns.pathChars} />
      </span>
      <span role="gridcell" className={`status-cell ${statusClass(row)}`}>
        <StatusShape row={row} />
        {row.status ?? <span className="dim">—</span>}
        {row.phase === 'aborted' && <span className="spoken">aborted</span>}
      </span>
      {columns.type && (
        <span role="gridcell" className="type clip">
          {shortType(row)}
        </span>
      )}
      <span role="gridcell" className="figure">
        {row.responseBytes > 0 ? <Figure of={formatBytes(row.responseBytes)} /> : '—'}
      </span>
      {columns.time && (
        <span role="gridcell" className="figure">
          <TimeCell row={row} />
        </span>
      )}
      {columns.conn && (
        <span role="gridcell" className="conn">
          c{row.conn}
        </span>
      )}
      <span
        role="gridcell"
        className={starts ? 'waterfall starts' : 'waterfall'}
        aria-label={spokenTime(row)}
      >
        {origin !== undefined && (
          <WaterfallBar row={row} origin={origin} span={span} width={columns.waterfall} />
        )}
      </span>
    </div>
  );
}

function PathCell({ row, most }: { readonly row: Row; readonly most: number }) {
  const { path, query } = splitTarget(printable(row.target));
  const shown = elideMiddle(path, most);
  return (
    <span className="text">
      <u>{shown}</u>
      <span className="query">{query}</span>
      {row.fault !== undefined && <span className="meta"> [{row.fault.replaceAll('-', ' ')}]</span>}
      {row.target === '' && row.fault === undefined && <span className="meta">[reading the head]</span>}
    </span>
  );
}

function TimeCell({ row }: { readonly row: Row }) {
  if (row.endTime !== undefined) return <Figure of={formatDuration(row.endTime - row.beginTime)} />;
  return <span className="dim">{row.phase === 'pending' || row.phase === 'responding' ? 'open' : '—'}</span>;
}

function spokenTime(row: Row): string {
  return row.endTime === undefined
    ? 'still open'
    : `took ${spell(formatDuration(row.endTime - row.beginTime))}`;
}

/** The word beside the stripe: the subtype without its tree and suffix. */
function shortType(row: Row): string {
  const [, subtype] = row.mediaType.split('/');
  return (
    subtype
      ?.split(';')[0]
      ?.replace(/^x-|^vnd\./, '')
      .trim() ?? ''
  );
}

function sameRow(a: Row, b: Row): boolean {
  return (
    a.id === b.id &&
    a.phase === b.phase &&
    a.status === b.status &&
    a.target === b.target &&
    a.responseBytes === b.responseBytes &&
    a.headTime === b.headTime &&
    a.responseTime === b.responseTime &&
    a.endTime === b.endTime &&
    a.fault === b.fault &&
    a.mediaType === b.mediaType
  );
}

/** What each column shows of an exchange. */
import type { ReactNode } from 'react';
import { formatBytes, formatClock, formatCount, formatDuration, spell } from '../../geometry/quantities.ts';
import type { Annotation } from '../../store/queries/annotation.ts';
import type { Row } from '../../store/queries/list.ts';
import { Figure } from '../shell/figures.tsx';
import { StatusShape, statusClass } from '../shell/icons.tsx';
import type { ColumnId, Columns } from './columns.ts';
import { MarkSign, PinSign } from './mark-sign.tsx';
import { elideMiddle, printable, splitTarget } from './path-text.ts';

export interface CellProps {
  readonly row: Row;
  readonly columns: Columns;
  /** Wall-clock milliseconds at log time 0. */
  readonly epochMs: number;
  /** The server's name; '' while it is not known. */
  readonly server: string;
  /** The first of a burst of requests, where the axis starts anew. */
  readonly starts: boolean;
}

export function RequestCell({ id, ...props }: CellProps & { readonly id: ColumnId }) {
  const { row } = props;
  return (
    <span
      role="gridcell"
      className={CLASS[id](props)}
      data-column={id}
      title={id === 'target' ? printable(row.target) : undefined}
      aria-label={id === 'waterfall' ? spokenTime(row) : undefined}
    >
      {CONTENT[id](props)}
    </span>
  );
}

const CLASS: Readonly<Record<ColumnId, (props: CellProps) => string>> = {
  id: () => 'n',
  start: () => 'start',
  method: () => 'method clip',
  target: () => 'path',
  status: ({ row }) => `status-cell ${statusClass(row)}`,
  type: () => 'type clip',
  version: () => 'type clip',
  server: () => 'type clip',
  worker: () => 'type clip',
  requestSize: () => 'figure',
  size: () => 'figure',
  wait: () => 'figure',
  duration: () => 'figure',
  conn: () => 'conn',
  waterfall: ({ starts }) => (starts ? 'waterfall starts' : 'waterfall'),
};

const CONTENT: Readonly<Record<ColumnId, (props: CellProps) => ReactNode>> = {
  id: ({ row }) => formatCount(row.id),
  start: ({ row, epochMs }) => formatClock(epochMs, row.beginTime, 3),
  method: ({ row }) => printable(row.method) || '—',
  target: ({ row, columns }) => <PathCell row={row} most={columns.pathChars} />,
  status: ({ row }) => (
    <>
      <StatusShape row={row} />
      {row.status ?? <span className="dim">—</span>}
      {row.phase === 'aborted' && <span className="spoken">aborted</span>}
    </>
  ),
  type: ({ row }) => shortType(row),
  version: ({ row }) => printable(row.version),
  server: ({ server }) => server,
  worker: ({ row }) => printable(row.worker),
  requestSize: ({ row }) => (row.requestBytes > 0 ? <Figure of={formatBytes(row.requestBytes)} /> : '—'),
  size: ({ row }) => (row.responseBytes > 0 ? <Figure of={formatBytes(row.responseBytes)} /> : '—'),
  wait: ({ row }) => <Span from={row.beginTime} to={row.responseTime} open={isOpen(row)} />,
  duration: ({ row }) => <Span from={row.beginTime} to={row.endTime} open={isOpen(row)} />,
  conn: ({ row }) => `c${row.conn}`,
  // Its bars are drawn for all rows at once.
  waterfall: () => null,
};

function PathCell({ row, most }: { readonly row: Row; readonly most: number }) {
  const kind = row.phase === 'aborted' ? 'abort' : row.contentKind === 'font' ? 'media' : row.contentKind;
  const { path, query } = splitTarget(printable(row.target));
  return (
    <>
      <i style={{ background: `var(--k-${kind})` }} />
      {row.annotation && <Signs annotation={row.annotation} />}
      <span className="text">
        <u>{elideMiddle(path, most)}</u>
        <span className="query">{query}</span>
        {row.fault !== undefined && <span className="meta"> [{row.fault.replaceAll('-', ' ')}]</span>}
        {row.target === '' && row.fault === undefined && (
          <span className="meta">{isOpen(row) ? '[reading the head]' : '[ended within the head]'}</span>
        )}
        {row.annotation && row.annotation.note !== '' && (
          <span className="meta"> [{row.annotation.note}]</span>
        )}
      </span>
    </>
  );
}

function Signs({ annotation: { pinned, mark } }: { readonly annotation: Annotation }) {
  return (
    <>
      {pinned && (
        <>
          <PinSign />
          <span className="spoken">pinned</span>
        </>
      )}
      {mark && (
        <>
          <MarkSign shape={mark} />
          <span className="spoken">{mark}</span>
        </>
      )}
    </>
  );
}

interface SpanProps {
  readonly from: number;
  readonly to: number | undefined;
  readonly open: boolean;
}

function Span({ from, to, open }: SpanProps) {
  if (to !== undefined) return <Figure of={formatDuration(to - from)} />;
  return <span className="dim">{open ? 'open' : '—'}</span>;
}

function isOpen(row: Row): boolean {
  return row.phase === 'pending' || row.phase === 'responding';
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

/** What each column shows of an exchange. */
import type { ReactNode } from 'react';
import { formatBytes, formatCount, formatDuration, spell } from '../../geometry/quantities.ts';
import type { Annotation } from '../../store/queries/annotation.ts';
import type { Row } from '../../store/queries/list.ts';
import { Figure } from '../shell/figures.tsx';
import { StatusShape, statusClass } from '../shell/icons.tsx';
import { type ColumnId, isField, type OwnColumn } from './column-kinds.ts';
import type { Columns } from './columns.ts';
import { MarkSign, PinSign } from './mark-sign.tsx';
import { elideMiddle, printable, splitTarget } from './path-text.ts';

export interface CellProps {
  readonly row: Row;
  readonly columns: Columns;
  /** What the Time column says. */
  readonly time: string;
  /** Others are timed from it. */
  readonly isReference: boolean;
  /** Of the columns that are read, in their order; undefined while they are on their way. */
  readonly texts: readonly string[] | undefined;
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
      className={isField(id) ? 'type clip' : CLASS[id](props)}
      data-column={id}
      title={id === 'target' ? printable(row.target) : textOf(id, props) || undefined}
      aria-label={id === 'waterfall' ? spokenTime(row) : undefined}
    >
      {isField(id) ? textOf(id, props) : CONTENT[id](props)}
    </span>
  );
}

/** What was read for it. */
function textOf(id: ColumnId, { columns, texts }: CellProps): string {
  const at = columns.read.indexOf(id);
  return at < 0 ? '' : printable(texts?.[at] ?? '');
}

const CLASS: Readonly<Record<OwnColumn, (props: CellProps) => string>> = {
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
  client: () => 'type clip',
  host: () => 'type clip',
  file: () => 'type clip',
  cache: () => 'type clip',
  encoding: () => 'type clip',
  range: () => 'type clip',
  agent: () => 'type clip',
  referer: () => 'type clip',
  note: () => 'type clip',
  waterfall: ({ starts }) => (starts ? 'waterfall starts' : 'waterfall'),
};

const CONTENT: Readonly<Record<OwnColumn, (props: CellProps) => ReactNode>> = {
  id: ({ row }) => formatCount(row.id),
  start: ({ time, isReference }) => (
    <>
      {isReference && <span className="meta">ref </span>}
      {time}
    </>
  ),
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
  client: (props) => textOf('client', props),
  host: (props) => textOf('host', props),
  file: (props) => textOf('file', props),
  cache: ({ row }) => SPARED[row.status ?? 0],
  encoding: (props) => textOf('encoding', props),
  range: (props) => textOf('range', props),
  agent: (props) => textOf('agent', props),
  referer: (props) => textOf('referer', props),
  note: ({ row }) => row.annotation?.note,
  // Its bars are drawn for all rows at once.
  waterfall: () => null,
};

const SPARED: Readonly<Record<number, string>> = { 200: 'none', 206: 'part', 304: 'all' };

function PathCell({ row, most }: { readonly row: Row; readonly most: number }) {
  const kind = row.phase === 'aborted' ? 'abort' : row.contentKind === 'font' ? 'media' : row.contentKind;
  const { path, query } = splitTarget(printable(row.target));
  return (
    <>
      <i style={{ background: `var(--k-${kind})` }} />
      {row.annotation && <Signs annotation={row.annotation} />}
      <span className="text">
        {/* Where the query is cut off, it is not the path's last sign that gives way. */}
        <u>{elideMiddle(path, query === '' ? most : most - 1)}</u>
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

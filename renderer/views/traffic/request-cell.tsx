/** What each column shows of an exchange. */
import type { ReactNode } from 'react';
import { formatBytes, formatCount, formatDuration, spell } from '../../geometry/quantities.ts';
import { fitsMono, fitsSans11 } from '../../geometry/text-room.ts';
import type { Annotation } from '../../store/queries/annotation.ts';
import type { Row } from '../../store/queries/list.ts';
import { figure } from '../shell/figures.tsx';
import { statusClass, statusShape } from '../shell/icons.tsx';
import { type ColumnId, isField, type OwnColumn } from './column-kinds.ts';
import type { Columns, PlacedColumn } from './columns.ts';
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

/** Air that a text has beside figures, CSS pixels. */
const AIR = 8;

/**
 * One cell's elements. A function and not a component, as are those below: hundreds of cells are drawn anew in a frame
 * while rows stream by, and each component would cost about as much as what it makes.
 */
export function requestCell({ id, width }: PlacedColumn, props: CellProps): ReactNode {
  const { row } = props;
  const name = isField(id) ? 'type' : CLASS[id](props);
  const content = isField(id) ? textOf(id, props) : CONTENT[id](props);
  const isText = name === 'type' || name === 'method';
  const isCut = isText && !(typeof content === 'string' && fitsSans11(content, width - AIR));
  return (
    <span
      key={id}
      role="gridcell"
      className={isCut ? `${name} clip` : name}
      data-column={id}
      title={id === 'target' ? printable(row.target) : textOf(id, props) || undefined}
      aria-label={id === 'waterfall' ? spokenTime(row) : undefined}
    >
      {content}
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
  method: () => 'method',
  target: () => 'path',
  status: ({ row }) => `status-cell ${statusClass(row)}`,
  type: () => 'type',
  version: () => 'type',
  server: () => 'type',
  worker: () => 'type',
  requestSize: () => 'figure',
  size: () => 'figure',
  wait: () => 'figure',
  duration: () => 'figure',
  conn: () => 'conn',
  client: () => 'type',
  host: () => 'type',
  file: () => 'type',
  cache: () => 'type',
  encoding: () => 'type',
  range: () => 'type',
  agent: () => 'type',
  referer: () => 'type',
  note: () => 'type',
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
  target: ({ row, columns }) => path(row, columns.pathChars),
  status: ({ row }) => (
    <>
      {statusShape(row)}
      {row.status ?? <span className="dim">—</span>}
      {row.phase === 'aborted' && <span className="spoken">aborted</span>}
    </>
  ),
  type: ({ row }) => shortType(row),
  version: ({ row }) => printable(row.version),
  server: ({ server }) => server,
  worker: ({ row }) => printable(row.worker),
  requestSize: ({ row }) => (row.requestBytes > 0 ? figure(formatBytes(row.requestBytes)) : '—'),
  size: ({ row }) => (row.responseBytes > 0 ? figure(formatBytes(row.responseBytes)) : '—'),
  wait: ({ row }) => span(row, row.responseTime),
  duration: ({ row }) => span(row, row.endTime),
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

/** @param most signs that there is room for */
function path(row: Row, most: number): ReactNode {
  const kind = row.phase === 'aborted' ? 'abort' : row.contentKind === 'font' ? 'media' : row.contentKind;
  const target = splitTarget(printable(row.target));
  const { query } = target;
  // Where the query is cut off, it is not the path's last sign that gives way.
  const elided = elideMiddle(target.path, query === '' ? most : most - 1);
  const remarks = remarksOn(row);
  const fits = row.annotation === undefined && fitsMono(elided + query + remarks, most);
  return (
    <>
      <i style={{ background: `var(--k-${kind})` }} />
      {row.annotation && <Signs annotation={row.annotation} />}
      <span className={fits ? 'text' : 'text clip'}>
        <u>{elided}</u>
        <span className="query">{query}</span>
        {remarks !== '' && <span className="meta">{remarks}</span>}
      </span>
    </>
  );
}

/** What stands in brackets behind the target, or in its place. */
function remarksOn(row: Row): string {
  const said: string[] = [];
  if (row.fault !== undefined) said.push(` [${row.fault.replaceAll('-', ' ')}]`);
  else if (row.target === '') said.push(isOpen(row) ? '[reading the head]' : '[ended within the head]');
  if (row.annotation && row.annotation.note !== '') said.push(` [${row.annotation.note}]`);
  return said.join('');
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

function span(row: Row, end: number | undefined): ReactNode {
  if (end !== undefined) return figure(formatDuration(end - row.beginTime));
  return <span className="dim">{isOpen(row) ? 'open' : '—'}</span>;
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

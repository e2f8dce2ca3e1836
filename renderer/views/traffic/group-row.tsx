/** The head of a group: what it is of, how many requests, and whether it is open. */
import { ChevronDown, ChevronRight } from 'lucide-react';
import { formatBytes, formatCount } from '../../geometry/quantities.ts';
import type { ConnectionView } from '../../store/queries/connection.ts';
import type { GroupHead } from '../../store/queries/list.ts';
import { Figure } from '../shell/figures.tsx';
import { DirectionArrow, ICON } from '../shell/icons.tsx';
import './group-row.css';
import { printable } from './path-text.ts';

interface Props {
  readonly head: GroupHead;
  /** CSS pixels from the top of the list's body. */
  readonly top: number;
  readonly current: boolean;
  readonly columns: number;
}

const INDENT_PX = 16;

/** By place, since a key may hold any character. */
export const headId = (place: number) => `group-${place}`;

export function GroupRow({ head, top, current, columns }: Props) {
  const { place, key, depth, count, folded, connection } = head;
  const Chevron = folded ? ChevronRight : ChevronDown;
  return (
    <div
      role="row"
      id={headId(place)}
      aria-rowindex={place + 2}
      aria-level={depth + 1}
      aria-expanded={!folded}
      className={current ? 'row group-row current' : 'row group-row'}
      style={{ top }}
      data-testid="group"
      data-group={key}
    >
      <span role="gridcell" aria-colspan={columns} style={{ paddingLeft: depth * INDENT_PX }}>
        <Chevron {...ICON} size={14} />
        {connection ? <ConnectionName connection={connection} /> : <FolderName path={key} />}
        <span className="group-count" data-testid="group-count">
          {formatCount(count)}
        </span>
        {connection && <ConnectionFacts connection={connection} />}
      </span>
    </div>
  );
}

function FolderName({ path }: { readonly path: string }) {
  if (path === '') return <span className="meta">[no target]</span>;
  const start = path === '/' ? 0 : path.lastIndexOf('/', path.length - 2) + 1;
  return (
    <span className="group-name mono clip" title={printable(path)}>
      <span className="dim">{printable(path.slice(0, start))}</span>
      {printable(path.slice(start))}
    </span>
  );
}

function ConnectionName({ connection }: { readonly connection: ConnectionView }) {
  return <span className="group-name group-conn mono">c{connection.conn}</span>;
}

function ConnectionFacts({ connection }: { readonly connection: ConnectionView }) {
  const { remoteAddress, remotePort, bytesIn, bytesOut, closeReason, tls } = connection;
  return (
    <>
      <span className="group-peer mono clip">
        {remoteAddress.includes(':') ? `[${remoteAddress}]` : remoteAddress}:{remotePort}
      </span>
      {tls && <span className="group-peer">{tls.version}</span>}
      <span className="grow" />
      <span className="group-figure">
        <DirectionArrow direction="in" />
        <span>
          <Figure of={formatBytes(bytesIn)} />
        </span>
      </span>
      <span className="group-figure">
        <DirectionArrow direction="out" />
        <span>
          <Figure of={formatBytes(bytesOut)} />
        </span>
      </span>
      <span className="group-state">
        {closeReason === undefined ? 'open' : closeReason.replaceAll('-', ' ')}
      </span>
    </>
  );
}

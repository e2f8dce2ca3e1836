/** One file or folder: its name, and figures with bars. */
import { ChevronDown, ChevronRight, File, FileQuestion, Folder, Zap } from 'lucide-react';
import { formatBytes, formatCount, type Quantity } from '../../geometry/quantities.ts';
import { Figure } from '../shell/figures.tsx';
import { ICON, StatusShape } from '../shell/icons.tsx';
import { barShare, cachedShare, type HeatRow } from './heat-rows.ts';
import type { HeatKind, HeatNode } from './heat-tree.ts';

interface Props {
  readonly id: string;
  readonly index: number;
  readonly row: HeatRow;
  readonly top: number;
  readonly most: { readonly hits: number; readonly bytes: number };
  /** The files of the folder were read: what is not among them is none. */
  readonly filesKnown: boolean;
  readonly current: boolean;
  onTurn(open: boolean): void;
}

const KIND_ICON: Readonly<Record<HeatKind, typeof File>> = {
  folder: Folder,
  file: File,
  missing: FileQuestion,
  other: Zap,
};
const INDENT_PX = 16;

export function HeatLine({ id, index, row, top, most, filesKnown, current, onTurn }: Props) {
  const { node, level, isOpen } = row;
  const asked = node.hits > 0;
  const Twisty = isOpen ? ChevronDown : ChevronRight;
  // Without the files, what has something below it is taken for a folder.
  const kind = filesKnown || node.kind !== 'other' ? node.kind : node.nodes.length > 0 ? 'folder' : 'file';
  const KindIcon = KIND_ICON[kind];
  const status = node.lastStatus;
  const said = note(node, most.hits === 0, filesKnown);
  return (
    <div
      id={id}
      className={['heat-row', `heat-${node.kind}`, current && 'on', !asked && 'heat-never']
        .filter(Boolean)
        .join(' ')}
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-level={level}
      aria-posinset={row.place}
      aria-setsize={row.of}
      aria-expanded={isOpen}
      aria-selected={current}
      data-testid="heat-row"
      data-path={node.path}
      style={{ top }}
    >
      <div className="heat-name" role="gridcell" style={{ paddingLeft: (level - 1) * INDENT_PX }}>
        {isOpen === undefined ? (
          <i className="heat-twisty" />
        ) : (
          <button
            type="button"
            className="heat-twisty"
            tabIndex={-1}
            aria-label={isOpen ? 'Fold' : 'Open'}
            onClick={(event) => {
              event.stopPropagation();
              onTurn(!isOpen);
            }}
          >
            <Twisty {...ICON} size={14} />
          </button>
        )}
        <KindIcon {...ICON} size={14} />
        <span className="mono clip" title={titleOf(node)}>
          {node.name || <span className="meta">[empty name]</span>}
        </span>
        {said !== undefined && <span className="meta">[{said}]</span>}
      </div>
      <Bar
        value={node.hits}
        most={row.isOpen === undefined ? most.hits : 0}
        text={count(node.hits)}
        kind="hits"
      />
      <Bar
        value={node.bytes}
        most={row.isOpen === undefined ? most.bytes : 0}
        text={formatBytes(node.bytes)}
        kind="bytes"
      />
      <div className="figure heat-status" role="gridcell">
        {status !== undefined && (
          <>
            <StatusShape row={{ phase: 'complete', status }} />{' '}
            <span className={`s${Math.floor(status / 100)}`}>{status}</span>
          </>
        )}
      </div>
      <div className="figure" role="gridcell">
        {asked && <Cached node={node} />}
      </div>
      <div className="figure" role="gridcell">
        {node.size !== undefined && <Figure of={formatBytes(node.size)} />}
      </div>
    </div>
  );
}

interface BarProps {
  readonly value: number;
  /** 0 draws no bar: a folder's sum is no file's. */
  readonly most: number;
  readonly text: Quantity;
  readonly kind: 'hits' | 'bytes';
}

function Bar({ value, most, text, kind }: BarProps) {
  return (
    <div className={`figure heat-bar of-${kind}`} role="gridcell">
      <i style={{ width: `${barShare(value, most) * 100}%` }} />
      {value > 0 && (
        <span>
          <Figure of={text} />
        </span>
      )}
    </div>
  );
}

function Cached({ node }: { readonly node: HeatNode }) {
  const share = cachedShare(node);
  if (share === undefined || share === 0) return <span className="dim">—</span>;
  return <Figure of={{ number: String(Math.round(share * 100)), unit: '%' }} />;
}

function count(hits: number): Quantity {
  return { number: formatCount(hits), unit: '' };
}

/** @param quiet nothing was asked for at all, which need not be said of each */
function note(node: HeatNode, quiet: boolean, filesKnown: boolean): string | undefined {
  const { kind, hits, nodes } = node;
  if (kind === 'missing') return nodes.length > 0 ? undefined : 'not there';
  if (kind === 'other') return nodes.length > 0 || !filesKnown ? undefined : 'no file';
  return hits === 0 && kind === 'file' && !quiet ? 'never asked for' : undefined;
}

function titleOf({ path, hits, failed }: HeatNode): string {
  if (hits === 0) return path;
  const trouble = failed > 0 ? `, ${formatCount(failed)} failed` : '';
  return `${path}: ${formatCount(hits)} ${hits === 1 ? 'request' : 'requests'}${trouble}; click to see them`;
}

/** One line of the hex view: offset, 8+8 bytes, text. Drawn again only when something on it changed. */
import { memo } from 'react';
import type { SpanKind } from '../../../server-core/wire/span.ts';
import { type HexLine, PER_LINE } from '../../geometry/hex-lines.ts';
import { formatOffset } from '../../geometry/quantities.ts';
import type { MessageView } from '../../store/queries/detail.ts';
import { byteName, byteSign } from './byte-sign.ts';
import type { MessageBytes } from './message-bytes.ts';
import { spanAt } from './regions.ts';
import { TOKEN_MEANINGS } from './token-meanings.ts';

/** Geometry of the view, CSS pixels; the style sheet has the same figures. */
export const HEX = { line: 14, left: 60, cell: 16, middle: 7, pad: 4 } as const;

export function columnX(column: number): number {
  return HEX.left + column * HEX.cell + (column >= PER_LINE / 2 ? HEX.middle : 0);
}

interface Props {
  readonly line: HexLine;
  /** From 0, among all lines of the message. */
  readonly number: number;
  readonly above: HexLine | undefined;
  readonly below: HexLine | undefined;
  readonly top: number;
  readonly message: MessageView;
  readonly bytes: MessageBytes;
  /** The lit run; empty (0, 0) when this line has nothing to do with it. Here and in the next two. */
  readonly litFrom: number;
  readonly litTo: number;
  readonly selectedFrom: number;
  readonly selectedTo: number;
  /** Places that a search found on this line, as `from-to` pairs. */
  readonly hits: string;
  /** The byte that the arrow keys move; -1 when it is elsewhere. */
  readonly cursor: number;
  /** Space, line ends and tabs are drawn in the text column. */
  readonly signs: boolean;
}

export const HexLineView = memo(Drawn, (a, b) => {
  return (
    a.line.from === b.line.from &&
    a.line.to === b.line.to &&
    a.number === b.number &&
    a.top === b.top &&
    a.above?.from === b.above?.from &&
    a.below?.to === b.below?.to &&
    a.message.spans === b.message.spans &&
    a.bytes.version === b.bytes.version &&
    a.litFrom === b.litFrom &&
    a.litTo === b.litTo &&
    a.selectedFrom === b.selectedFrom &&
    a.selectedTo === b.selectedTo &&
    a.hits === b.hits &&
    a.cursor === b.cursor &&
    a.signs === b.signs
  );
});

function Drawn(props: Props) {
  const { line, number, above, below, top, message, bytes, litFrom, litTo, cursor, signs } = props;
  const { base, from, to } = line;
  const hits = hitsOf(props.hits);
  const cells = [];
  const texts = [];
  for (let column = 0; column < PER_LINE; column++) {
    const offset = base + column;
    const gap = column === PER_LINE / 2 - 1 ? ' gap' : '';
    if (offset < from || offset >= to) {
      cells.push(<span key={column} className={`cell${gap}`} role="presentation" />);
      texts.push(<s key={column} />);
      continue;
    }
    const value = bytes.at(offset);
    const { kind } = spanAt(message, offset);
    const isLit = offset >= litFrom && offset < litTo;
    const edge = isLit ? litEdge(offset, column) : undefined;
    const isSelected = offset >= props.selectedFrom && offset < props.selectedTo;
    const isHit = hits.some((hit) => offset >= hit.from && offset < hit.to);
    const marks = `${isLit ? ' lit' : ''}${isHit ? ' hit' : ''}${isSelected ? ' selected' : ''}${offset === cursor ? ' cursor' : ''}`;
    cells.push(
      <span
        key={column}
        id={offset === cursor ? cursorId(message) : undefined}
        className={`cell k-${kind}${gap}${marks}`}
        style={edge}
        role="gridcell"
        aria-selected={isSelected || offset === cursor}
        aria-label={offset === cursor ? spoken(offset, value, kind) : undefined}
        data-o={offset}
        data-testid="hex-byte"
        data-offset={offset}
        data-kind={kind}
      >
        {value === undefined ? '··' : value.toString(16).padStart(2, '0')}
      </span>,
    );
    const { sign, control } = byteSign(value, signs);
    texts.push(
      <s key={column} className={`k-${kind}${control ? ' ctl' : ''}${marks}`} style={edge} data-o={offset}>
        {sign}
      </s>,
    );
  }

  /** The outline of the lit run: an edge wherever the neighbour that is seen there does not belong to it. */
  function litEdge(offset: number, column: number) {
    const edges: string[] = [];
    const belongs = (other: HexLine | undefined) => {
      if (!other) return false;
      const at = other.base + column;
      return at >= other.from && at < other.to && at >= litFrom && at < litTo;
    };
    if (!belongs(above)) edges.push('inset 0 1px var(--lit-edge)');
    if (!belongs(below)) edges.push('inset 0 -1px var(--lit-edge)');
    if (offset === Math.max(from, litFrom)) edges.push('inset 1px 0 var(--lit-edge)');
    if (offset === Math.min(to, litTo) - 1) edges.push('inset -1px 0 var(--lit-edge)');
    return edges.length === 0 ? undefined : { boxShadow: edges.join(',') };
  }

  return (
    <div className="hex-line" style={{ top }} role="row" aria-rowindex={number + 1}>
      <span className="offset" role="rowheader">
        {formatOffset(base)}
      </span>
      {cells}
      <span className="between" aria-hidden="true" />
      <span className="texts" aria-hidden="true">
        {texts}
      </span>
    </div>
  );
}

/** How the byte under the cursor is read out: `0018: 3a ":", Colon`. */
function spoken(offset: number, value: number | undefined, kind: SpanKind): string {
  const byte = value === undefined ? '' : `${value.toString(16).padStart(2, '0')} ${byteName(value)}, `;
  return `${formatOffset(offset)}: ${byte}${TOKEN_MEANINGS[kind].name}`;
}

/** What `aria-activedescendant` of the grid names. */
export function cursorId({ direction }: MessageView): string {
  return `hex-cursor-${direction}`;
}

function hitsOf(text: string): { readonly from: number; readonly to: number }[] {
  if (text === '') return [];
  return text.split(',').map((pair) => {
    const [from = 0, to = 0] = pair.split('-').map(Number);
    return { from, to };
  });
}

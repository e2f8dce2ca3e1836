/** One line of the hex view: offset, 8+8 bytes, text. Drawn again only when something on it changed. */
import { memo } from 'react';
import { type HexLine, PER_LINE } from '../../geometry/hex-lines.ts';
import { formatOffset } from '../../geometry/quantities.ts';
import type { MessageView } from '../../store/queries.ts';
import type { MessageBytes } from './message-bytes.ts';
import { spanAt } from './regions.ts';

/** Geometry of the view, CSS pixels; the style sheet has the same figures. */
export const HEX = { line: 14, left: 60, cell: 16, middle: 7, pad: 4 } as const;

export function columnX(column: number): number {
  return HEX.left + column * HEX.cell + (column >= PER_LINE / 2 ? HEX.middle : 0);
}

interface Props {
  readonly line: HexLine;
  readonly above: HexLine | undefined;
  readonly below: HexLine | undefined;
  readonly top: number;
  readonly message: MessageView;
  readonly bytes: MessageBytes;
  /** The lit run; empty (0, 0) when this line has nothing to do with it. */
  readonly litFrom: number;
  readonly litTo: number;
  /** The byte that the arrow keys move; -1 when it is elsewhere. */
  readonly cursor: number;
}

export const HexLineView = memo(Drawn, (a, b) => {
  return (
    a.line.from === b.line.from &&
    a.line.to === b.line.to &&
    a.top === b.top &&
    a.above?.from === b.above?.from &&
    a.below?.to === b.below?.to &&
    a.message.spans === b.message.spans &&
    a.bytes.version === b.bytes.version &&
    a.litFrom === b.litFrom &&
    a.litTo === b.litTo &&
    a.cursor === b.cursor
  );
});

function Drawn({ line, above, below, top, message, bytes, litFrom, litTo, cursor }: Props) {
  const { base, from, to } = line;
  const cells = [];
  const texts = [];
  for (let column = 0; column < PER_LINE; column++) {
    const offset = base + column;
    const gap = column === PER_LINE / 2 - 1 ? ' gap' : '';
    if (offset < from || offset >= to) {
      cells.push(<i key={column} className={gap.trimStart()} />);
      texts.push(<s key={column} />);
      continue;
    }
    const value = bytes.at(offset);
    const { kind } = spanAt(message, offset);
    const isLit = offset >= litFrom && offset < litTo;
    const edge = isLit ? litEdge(offset, column) : undefined;
    const marks = `${isLit ? ' lit' : ''}${offset === cursor ? ' cursor' : ''}`;
    cells.push(
      <i
        key={column}
        className={`k-${kind}${gap}${marks}`}
        style={edge}
        data-o={offset}
        data-testid="hex-byte"
        data-offset={offset}
        data-kind={kind}
      >
        {value === undefined ? '··' : value.toString(16).padStart(2, '0')}
      </i>,
    );
    texts.push(
      <s key={column} className={`k-${kind}${marks}`} style={edge} data-o={offset}>
        {value === undefined ? ' ' : printableSign(value)}
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
    <div className="hex-line" style={{ top }}>
      <span className="offset">{formatOffset(base)}</span>
      {cells}
      <span className="between" />
      {texts}
    </div>
  );
}

/** The sign of a byte in the text column; what has none is a dot. */
export function printableSign(value: number): string {
  if (value === 0x20) return '\u00a0';
  return value > 0x20 && value < 0x7f ? String.fromCharCode(value) : '·';
}

/** Where a new read or write begins: its edge through the bytes, and its name, delay and length beside it. */

import { PER_LINE } from '../../geometry/hex-lines.ts';
import { formatBytes, formatDuration, spell } from '../../geometry/quantities.ts';
import type { Cut, MessageView } from '../../store/queries/detail.ts';
import { columnX, HEX } from './hex-line-view.tsx';

const MONO_10 = 6.05;

interface EdgeProps {
  readonly column: number;
  readonly top: number;
}

export function CutEdge({ column, top }: EdgeProps) {
  const x = columnX(column) - 3;
  return (
    <>
      <div className="cut-edge" style={{ left: x, top: top - HEX.line, height: 2 * HEX.line, width: 1 }} />
      <div
        className="cut-edge faint"
        style={{ left: HEX.left, top, width: columnX(PER_LINE) - HEX.left, height: 1 }}
      />
    </>
  );
}

interface NameProps {
  readonly message: MessageView;
  /** The breaking cut, and its place among the message's reads or writes, from 1. */
  readonly cut: Cut;
  readonly number: number;
  readonly from: number;
  readonly to: number;
  readonly top: number;
}

export function CutName({ message, cut, number, from, to, top }: NameProps) {
  const left = columnX(from) + 2;
  const width = columnX(to) - left - 6;
  const delay = cut.time - (message.cuts[0]?.time ?? cut.time);
  const name = `${message.direction === 'in' ? 'read' : 'write'} ${number}`;
  const facts = [`+${spell(formatDuration(delay))}`, spell(formatBytes(cut.length))];
  // Words go first where there is no room for all of them.
  while (facts.length > 0 && [name, ...facts].join(' ').length * MONO_10 > width) facts.pop();
  const all = `${name}, ${spell(formatDuration(delay))} after the first, ${spell(formatBytes(cut.length))}`;
  return (
    <div className={from === 0 ? 'cut-name end' : 'cut-name'} style={{ left, top, width }} title={all}>
      <b>{name}</b>
      {facts.map((fact) => (
        <span key={fact}>{fact}</span>
      ))}
    </div>
  );
}

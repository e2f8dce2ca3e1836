/** The stream in rows: what was read in the colours of its tokens, the next byte inverted, the rest still grey. */
import { type CSSProperties, memo, useEffect, useMemo, useRef, useState } from 'react';
import { formatOffset } from '../../geometry/quantities.ts';
import { type ByteRow, byteRows, type Run, rowOf, runsOf } from '../../learn/byte-rows.ts';
import { hexByte } from '../../learn/byte-words.ts';
import { readAt, type Tape } from '../../learn/tape.ts';
import { fieldMeaning } from '../detail/field-meanings.ts';
import { useSize } from '../shell/use-size.ts';
import './byte-text.css';

const ROW = 24;
const PAD = 8;
const SPARE = 8;
/** Width of a sign of text, of the offset with its gaps, and of the least note worth showing; CSS pixels. */
const SIGN = 7.8;
const OFFSET = 72;
const NOTE = 168;
/** CR and LF, which stand behind the signs. */
const ENDING = 36;
const LEAST_SIGNS = 16;
const MOST_SIGNS = 64;
/** Below this width there are no notes: the style sheet has the same figure. */
const NARROW = 520;

function signsWithin(width: number): number {
  const room = width - OFFSET - (width > NARROW ? NOTE : 40);
  return Math.max(LEAST_SIGNS, Math.min(MOST_SIGNS, Math.floor(room / SIGN)));
}

interface Props {
  readonly tape: Tape;
  readonly position: number;
  readonly label: string;
  /** Stays at the first row, rather than at the one that holds the position. */
  readonly start?: boolean;
  /** Undefined: bytes cannot be pointed at. */
  onPick?(position: number): void;
}

export function ByteText({ tape, position, label, start = false, onPick }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(scroller);
  const signs = signsWithin(width);
  const [top, setTop] = useState(0);
  const rows = useMemo(() => byteRows(tape, signs), [tape, signs]);
  const read = readAt(tape, position);
  const here = rows.length === 0 || start ? -1 : rowOf(rows, read);
  useEffect(() => {
    const box = scroller.current;
    if (!box || here < 0 || height === 0) return;
    const y = PAD + here * ROW;
    const room = Math.min(2 * ROW, height / 4);
    if (y < box.scrollTop + room) box.scrollTop = Math.max(0, y - room);
    else if (y + ROW > box.scrollTop + height - room) box.scrollTop = y + ROW + room - height;
  }, [here, height]);
  const first = Math.max(0, Math.floor(top / ROW) - SPARE);
  const shown = rows.slice(first, Math.ceil((top + height) / ROW) + SPARE);
  return (
    <div
      ref={scroller}
      className="byte-text well"
      role="group"
      aria-label={label}
      tabIndex={0}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
    >
      <div
        className="byte-text-rows"
        style={
          {
            height: rows.length * ROW + 2 * PAD,
            '--signs': `${Math.round(signs * SIGN + ENDING)}px`,
          } as CSSProperties
        }
      >
        {shown.map((row, i) => {
          const runs = runsOf(tape, row, position);
          return (
            <TextRow
              key={row.start}
              tape={tape}
              row={row}
              runs={runs}
              runsKey={runs.map(({ end, kind, phase }) => `${end}${kind}${phase}`).join()}
              top={PAD + (first + i) * ROW}
              here={first + i === here}
              onPick={onPick}
            />
          );
        })}
      </div>
    </div>
  );
}

interface RowProps {
  readonly tape: Tape;
  readonly row: ByteRow;
  readonly runs: readonly Run[];
  /** Equal where the runs are. */
  readonly runsKey: string;
  readonly top: number;
  readonly here: boolean;
  readonly onPick: ((position: number) => void) | undefined;
}

const TextRow = memo(
  ({ tape, row, runs, top, here, onPick }: RowProps) => {
    const isRead = runs.every(({ phase }) => phase === 'read' || phase === 'token');
    const from = (offset: number) => onPick && (() => onPick(offset));
    return (
      <div className={here ? 'byte-row here' : 'byte-row'} style={{ top }} data-testid="byte-row">
        <span className="at mono">{formatOffset(row.start)}</span>
        <span className={onPick ? 'row-bytes mono pointable' : 'row-bytes mono'}>
          {runs.map((run) => (
            // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the slider goes to every byte by keyboard.
            <span
              key={run.start}
              className={`k-${run.kind} ${run.phase}`}
              data-phase={run.phase}
              data-kind={run.kind}
              onClick={from(run.start)}
            >
              {row.mode === 'hex' ? hexRun(tape, run, row.start) : textRun(tape, run)}
            </span>
          ))}
        </span>
        <span className={isRead ? 'row-note clip' : 'row-note clip dim'} title={noteOf(row)}>
          {noteOf(row)}
        </span>
      </div>
    );
  },
  (a, b) =>
    a.tape === b.tape && a.row === b.row && a.runsKey === b.runsKey && a.top === b.top && a.here === b.here,
);

function noteOf({ note }: ByteRow): string {
  if (!note) return '';
  if (note.kind === 'words') return note.words;
  return fieldMeaning(note.name)?.sentence ?? 'a field';
}

function hexRun({ subject }: Tape, { start, end }: Run, base: number) {
  let text = '';
  for (let i = start; i < end; i++) text += `${i > base ? ' ' : ''}${hexByte(subject.bytes[i]!)}`;
  return text;
}

/** Text as it is; what cannot be seen as a sign of its own. */
function textRun({ subject }: Tape, { start, end }: Run) {
  const parts: React.ReactNode[] = [];
  let text = '';
  const flush = () => {
    if (text !== '') parts.push(text);
    text = '';
  };
  for (let i = start; i < end; i++) {
    const byte = subject.bytes[i]!;
    if (byte === 0x20) text += '·';
    else if (byte > 0x20 && byte < 0x7f) text += String.fromCharCode(byte);
    else {
      flush();
      parts.push(<i key={i}>{signOf(byte)}</i>);
    }
  }
  flush();
  return parts;
}

function signOf(byte: number): string {
  if (byte === 0x0d) return 'CR';
  if (byte === 0x0a) return 'LF';
  if (byte === 0x09) return 'HT';
  return hexByte(byte);
}

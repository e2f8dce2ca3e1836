/** The whole stream as a strip, with the reads in which it came; the playhead is moved over it. */
import { useMemo, useRef } from 'react';
import type { SpanKind } from '../../../server-core/wire/span.ts';
import { formatBytes, formatDuration, formatOffset, spell } from '../../geometry/quantities.ts';
import { readAt, type Subject, stateAt, type Tape } from '../../learn/tape.ts';
import type { Cut } from '../../store/queries/detail.ts';
import { useSize } from '../shell/use-size.ts';
import './tape-strip.css';

interface Props {
  readonly tape: Tape;
  readonly position: number;
  readonly cuts: readonly Cut[];
  onGo(position: number): void;
}

const TOP = 24;
const BAND = 22;
/** Closer together than this, marks of reads and writes could not be told apart; CSS pixels. */
const CUT_GAP = 3;
/** Width of a sign of their names; CSS pixels. */
const CUT_SIGN = 6.1;

export function TapeStrip({ tape, position, cuts, onGo }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const { width } = useSize(box);
  const { length } = tape.subject.bytes;
  const x = (offset: number) => (length === 0 ? 0 : (offset / length) * width);
  const bars = useMemo(() => barsOf(tape, width), [tape, width]);
  const read = readAt(tape, position);
  const head = Math.round(x(read));
  return (
    <div className="tape" ref={box}>
      <svg width={width} height={TOP + BAND + 20} aria-hidden="true">
        {bars.map(({ from, to, kind }) => (
          <rect key={from} className={`bar-${kind}`} x={from} y={TOP} width={to - from} height={BAND} />
        ))}
        <rect className="tape-ahead" x={head} y={TOP} width={Math.max(0, width - head)} height={BAND} />
        {tape.fault && <path className="tape-fault" d={`M${x(tape.read)} ${TOP + BAND}l4 6h-8z`} />}
        <CutMarks cuts={cuts} role={tape.subject.role} x={x} most={length} width={width} />
        <path
          className="tape-head"
          d={`M${head + 0.5} ${TOP - 4}v${BAND + 8}M${head - 4} ${TOP - 6}h9l-4.5 6z`}
        />
      </svg>
      <span
        className="tape-flag mono"
        style={{ left: Math.min(Math.max(0, head - 18), Math.max(0, width - 36)) }}
      >
        {formatOffset(read)}
      </span>
      <input
        type="range"
        min={0}
        max={tape.last}
        value={position}
        aria-label="Position"
        aria-valuetext={`${read} of ${length} bytes, state ${stateAt(tape, position)}`}
        onChange={(event) => onGo(Number(event.currentTarget.value))}
      />
    </div>
  );
}

interface CutProps {
  readonly cuts: readonly Cut[];
  readonly role: Subject['role'];
  x(offset: number): number;
  readonly most: number;
  readonly width: number;
}

/** Where each read of a request begins, or each write of an answer; which and when, as far as the next leaves room. */
function CutMarks({ cuts, role, x, most, width }: CutProps) {
  const first = cuts[0];
  if (!first) return null;
  const [name, side] = role === 'request' ? ['read', 'in'] : ['write', 'out'];
  const marks: { readonly cut: Cut; readonly n: number; readonly at: number }[] = [];
  for (const [i, cut] of cuts.entries()) {
    if (cut.offset >= most) break;
    const at = Math.round(x(cut.offset));
    if (at >= (marks.at(-1)?.at ?? -CUT_GAP) + CUT_GAP) marks.push({ cut, n: i + 1, at });
  }
  return marks.map(({ cut, n, at }, i) => {
    const signs = ((marks[i + 1]?.at ?? width) - at - 8) / CUT_SIGN;
    const which = `${name} ${n}`;
    const words = ` +${spell(formatDuration(cut.time - first.time))}, ${spell(formatBytes(cut.length))}`;
    return (
      <g key={cut.offset} className={side}>
        <path className="tape-cut" d={`M${at + 0.5} 2v${TOP + BAND - 2}`} />
        {signs >= which.length && (
          <text className="tape-cut-name" x={at + 4} y={10}>
            <tspan>{which}</tspan>
            {signs >= which.length + words.length && words}
          </text>
        )}
      </g>
    );
  });
}

interface Bar {
  readonly from: number;
  readonly to: number;
  readonly kind: SpanKind;
}

/** One bar for each run of pixels of one kind, so that a long stream costs no more than it is wide. */
function barsOf(tape: Tape, width: number): Bar[] {
  const { length } = tape.subject.bytes;
  if (length === 0 || width === 0) return [];
  const bars: Bar[] = [];
  const add = (kind: SpanKind, start: number, end: number) => {
    const last = bars.at(-1);
    const from = last?.to ?? 0;
    const to = Math.round((end / length) * width);
    if (to <= from) return;
    if (last?.kind === kind) bars[bars.length - 1] = { ...last, to };
    else bars.push({ from: Math.max(from, Math.round((start / length) * width)), to, kind });
  };
  for (const { kind, start, end } of tape.spans) add(kind, start, end);
  add('unread', tape.spans.at(-1)?.end ?? 0, length);
  return bars;
}

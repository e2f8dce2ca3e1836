/** One message of the bytes tab: a title that folds it, its fault, and its bytes. */
import { ChevronDown, ChevronRight } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { faultInfo } from '../../../server-core/wire/faults.ts';
import { breaksOf, lineCount } from '../../geometry/hex-lines.ts';
import { formatBytes, formatClock, formatCount, formatExactBytes, spell } from '../../geometry/quantities.ts';
import type { DetailResult, MessageView } from '../../store/queries/detail.ts';
import { DirectionArrow, ICON } from '../shell/icons.tsx';
import { useStoreState } from '../shell/store-context.tsx';
import { useSize } from '../shell/use-size.ts';
import { HEX } from './hex-line-view.tsx';

/** Height of a section's title line with its edge. */
const BAND_PX = 24;
/** Above and below the words of a fault. */
const FAULT_PAD_PX = 8;

interface Props {
  readonly message: MessageView;
  readonly children: ReactNode;
}

export function MessageSection({ message, children }: Props) {
  const { hello } = useStoreState('hello');
  const [open, setOpen] = useState(true);
  const faultLine = useRef<HTMLParagraphElement>(null);
  const faultWords = useSize(faultLine);
  const { direction, cuts, length, fault, streamOffset } = message;
  const first = cuts[0];
  const lines = lineCount(length, breaksOf(cuts, length));
  const Chevron = open ? ChevronDown : ChevronRight;
  const aboveBytes = BAND_PX + (fault ? faultWords.height + FAULT_PAD_PX : 0);
  const content = aboveBytes + lines * HEX.line + 2 * HEX.pad;
  // The answer keeps half of the height when it needs that much; the request has what is left, and scrolls.
  const height = direction === 'in' ? `${content}px` : `min(${content}px, 50%)`;
  return (
    <section className={`bytes-of ${direction}`} style={open ? { flexBasis: height } : { flex: 'none' }}>
      <h3>
        <button type="button" className="band" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Chevron {...ICON} size={12} />
          <DirectionArrow direction={direction} />
          <b>{direction === 'in' ? 'Request' : 'Response'}</b>
          {first && <span>{formatClock(hello?.epochMs ?? 0, first.time)}</span>}
          {first && (
            <span>
              {direction === 'in' ? 'read' : 'write'} 1, {spell(formatBytes(first.length))}
            </span>
          )}
          <span className="grow" />
          <span>
            {spell(formatExactBytes(length))} at stream {formatCount(streamOffset)}
          </span>
        </button>
      </h3>
      {open && fault && (
        <p className="fault-line" role="note" ref={faultLine}>
          {faultInfo(fault.code).sentence}. <span className="dim">{faultInfo(fault.code).section}</span>
        </p>
      )}
      {open &&
        (message.bytes || length === 0 ? (
          children
        ) : (
          <p className="gone">These bytes were trimmed from the log.</p>
        ))}
    </section>
  );
}

export function NoAnswer({ row }: { readonly row: DetailResult['row'] }) {
  const text =
    row.phase === 'pending' ? 'No answer yet.' : 'The connection ended before an answer was written.';
  return (
    <section className="bytes-of out none">
      <p className="band">
        <DirectionArrow direction="out" />
        <b>Response</b>
        <span>{text}</span>
      </p>
    </section>
  );
}

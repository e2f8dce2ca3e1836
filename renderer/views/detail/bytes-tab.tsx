/** Every byte of the exchange, and what each is. Bytes, fields and the readout point at each other. */
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { faultInfo } from '../../../server-core/wire/faults.ts';
import { formatBytes, formatClock, formatCount, formatExactBytes, spell } from '../../geometry/quantities.ts';
import type { DetailResult, MessageView } from '../../store/queries.ts';
import { DirectionArrow, ICON } from '../shell/icons.tsx';
import { useStoreState } from '../shell/store-context.tsx';
import './bytes-tab.css';
import { breaksOf, lineCount } from '../../geometry/hex-lines.ts';
import { FieldTable } from './field-table.tsx';
import { HEX } from './hex-line-view.tsx';
import { HexView } from './hex-view.tsx';
import { Readout } from './readout.tsx';
import { regionAt } from './regions.ts';

/** Height of a section's title line with its edge. */
const BAND_PX = 24;

type Side = 'in' | 'out';
interface Place {
  /** A place in another exchange points at nothing here. */
  readonly exchange: number;
  readonly side: Side;
  readonly offset: number;
  /** Came from the field table: the byte itself was not pointed at. */
  readonly byField: boolean;
}

export function BytesTab({ detail }: { readonly detail: DetailResult }) {
  const { row, request, response } = detail;
  const [hover, setHover] = useState<Place>();
  const [picked, setPicked] = useState<Place>();
  const [reveal, setReveal] = useState<Place>();
  const messages: Record<Side, MessageView | undefined> = { in: request, out: response };
  const own = (place: Place | undefined) => (place?.exchange === row.id ? place : undefined);
  const place = own(hover) ?? own(picked);
  const cursor = own(picked);
  const message = place && messages[place.side];
  const region = message && regionAt(message, place.offset);

  const pick = (side: Side, offset: number, byField: boolean) => {
    setPicked({ exchange: row.id, side, offset, byField });
    setReveal({ exchange: row.id, side, offset, byField });
  };
  const section = (side: Side) => {
    const shown = messages[side];
    if (!shown) return <NoAnswer key={side} row={row} />;
    return (
      <MessageSection key={side} message={shown}>
        <HexView
          key={row.id}
          exchange={row.id}
          message={shown}
          label={side === 'in' ? 'Bytes of the request' : 'Bytes of the response'}
          region={place?.side === side ? region : undefined}
          cursor={cursor?.side === side ? cursor.offset : undefined}
          reveal={own(reveal)?.side === side ? reveal : undefined}
          onHover={(offset) =>
            setHover(offset === undefined ? undefined : { exchange: row.id, side, offset, byField: false })
          }
          onPick={(offset) => pick(side, offset, false)}
        />
      </MessageSection>
    );
  };
  const fields = (side: Side) => {
    const shown = messages[side];
    if (!shown) return null;
    const count = shown.fields.length;
    return (
      <section className="fields-of" key={side}>
        <h3 className="band">
          <DirectionArrow direction={side} />
          <b>
            {formatCount(count)} {count === 1 ? 'field' : 'fields'}
          </b>
        </h3>
        <FieldTable
          message={shown}
          litStart={place?.side === side ? region?.field?.start : undefined}
          onHover={(field) =>
            setHover(field && { exchange: row.id, side, offset: field.start, byField: true })
          }
          onPick={(field) => pick(side, field.start, true)}
        />
      </section>
    );
  };
  return (
    <div className="bytes">
      <div className="bytes-hex">
        {section('in')}
        {section('out')}
      </div>
      <div className="bytes-side">
        <div className="bytes-fields">
          {fields('in')}
          {fields('out')}
        </div>
        <Readout message={message} region={region} offset={place?.byField ? undefined : place?.offset} />
      </div>
    </div>
  );
}

interface SectionProps {
  readonly message: MessageView;
  readonly children: React.ReactNode;
}

function MessageSection({ message, children }: SectionProps) {
  const { hello } = useStoreState();
  const [open, setOpen] = useState(true);
  const { direction, cuts, length, fault, streamOffset } = message;
  const first = cuts[0];
  const lines = lineCount(length, breaksOf(cuts, length));
  const Chevron = open ? ChevronDown : ChevronRight;
  const content = BAND_PX + (fault ? BAND_PX : 0) + lines * HEX.line + 2 * HEX.pad;
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
        <p className="fault-line" role="note">
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

function NoAnswer({ row }: { readonly row: DetailResult['row'] }) {
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

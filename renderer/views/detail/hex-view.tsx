/** The bytes of one message. Virtual by line, so that a large body costs what a screen of it costs. */
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import {
  breakOnLine,
  breaksOf,
  column,
  hexLine,
  lineCount,
  lineOfByte,
  nameOnLine,
  PER_LINE,
} from '../../geometry/hex-lines.ts';
import type { MessageView } from '../../store/queries.ts';
import { useSize } from '../shell/use-size.ts';
import { CutEdge, CutName } from './cut-name.tsx';
import { HEX, HexLineView } from './hex-line-view.tsx';
import { useMessageBytes } from './message-bytes.ts';
import type { Region } from './regions.ts';

interface Props {
  readonly exchange: number;
  readonly message: MessageView;
  readonly label: string;
  readonly region: Region | undefined;
  /** The byte that was picked and that the arrow keys move. */
  readonly cursor: number | undefined;
  /** A byte to scroll to; a new object each time it is wanted. */
  readonly reveal: { readonly offset: number } | undefined;
  onHover(offset: number | undefined): void;
  onPick(offset: number): void;
}

const SPARE_LINES = 12;
/** Browsers lay out boxes up to 2^25 px: 38 MB of one message. The header of the section says so. */
export const MOST_LINES = Math.floor(2 ** 25 / HEX.line) - 100;

export function HexView({ exchange, message, label, region, cursor, reveal, onHover, onPick }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const { height } = useSize(scroller);
  const [scrollTop, setScrollTop] = useState(0);
  const { cuts, length } = message;
  const breaks = useMemo(() => breaksOf(cuts, length), [cuts, length]);
  const lines = Math.min(MOST_LINES, lineCount(length, breaks));
  const first = Math.max(0, Math.floor(scrollTop / HEX.line) - SPARE_LINES);
  const last = Math.min(lines, Math.ceil((scrollTop + height) / HEX.line) + SPARE_LINES);
  const shown = [];
  for (let n = first; n < last; n++) shown.push(n);
  const from = hexLine(first, length, breaks).from;
  const to = last > first ? hexLine(last - 1, length, breaks).to : from;
  const bytes = useMessageBytes(exchange, message, from, to);

  useEffect(() => {
    const element = scroller.current;
    if (!element || !reveal) return;
    const top = HEX.pad + lineOfByte(reveal.offset, breaks) * HEX.line;
    if (top < element.scrollTop + HEX.line) element.scrollTop = top - HEX.line;
    else if (top + 2 * HEX.line > element.scrollTop + element.clientHeight) {
      element.scrollTop = top + 2 * HEX.line - element.clientHeight;
    }
  }, [reveal, breaks]);

  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(height / HEX.line) - 1) * PER_LINE;
    const step = stepOf(event.key, page);
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const at = cursor === undefined ? 0 : cursor + step;
    if (at >= 0 && at < length) onPick(at);
  };
  return (
    <div
      ref={scroller}
      className={`hex ${message.direction}`}
      role="application"
      aria-roledescription="hex view"
      aria-label={label}
      tabIndex={0}
      onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
      onKeyDown={onKeyDown}
      onPointerMove={(event) => onHover(offsetUnder(event))}
      onPointerLeave={() => onHover(undefined)}
      onPointerDown={(event) => {
        const offset = offsetUnder(event);
        if (offset !== undefined) onPick(offset);
      }}
    >
      <div className="hex-lines" style={{ height: lines * HEX.line + 2 * HEX.pad }}>
        {shown.map((n) => {
          const line = hexLine(n, length, breaks);
          const lit =
            region !== undefined && region.start < line.to + PER_LINE && region.end > line.base - PER_LINE;
          const name = nameOnLine(n, breaks);
          const begins = breakOnLine(n, breaks);
          const top = HEX.pad + n * HEX.line;
          const cut = name && cuts.find(({ offset }) => offset === breaks[name.k]);
          return (
            <div key={n}>
              <HexLineView
                line={line}
                above={n > 0 ? hexLine(n - 1, length, breaks) : undefined}
                below={n + 1 < lines ? hexLine(n + 1, length, breaks) : undefined}
                top={top}
                message={message}
                bytes={bytes}
                litFrom={lit ? Math.max(region.start, line.base - PER_LINE) : 0}
                litTo={lit ? Math.min(region.end, line.base + 2 * PER_LINE) : 0}
                cursor={cursor !== undefined && cursor >= line.from && cursor < line.to ? cursor : -1}
              />
              {begins !== undefined && <CutEdge column={column(breaks, begins)} top={top} />}
              {name && cut && (
                <CutName
                  message={message}
                  cut={cut}
                  number={cuts.indexOf(cut) + 1}
                  from={name.from}
                  to={name.to}
                  top={top}
                />
              )}
            </div>
          );
        })}
      </div>
      {bytes.problem !== undefined && <p className="hex-problem">{bytes.problem}</p>}
    </div>
  );
}

function stepOf(key: string, page: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
      return -1;
    case 'ArrowRight':
      return 1;
    case 'ArrowUp':
      return -PER_LINE;
    case 'ArrowDown':
      return PER_LINE;
    case 'PageUp':
      return -page;
    case 'PageDown':
      return page;
    default:
      return undefined;
  }
}

function offsetUnder(event: PointerEvent): number | undefined {
  const offset = (event.target as Element).closest<HTMLElement>('[data-o]')?.dataset['o'];
  return offset === undefined ? undefined : Number(offset);
}

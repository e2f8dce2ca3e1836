/** The bytes of one message. Virtual by line, so that a large body costs what a screen of it costs. */
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef } from 'react';
import type { Range } from '../../explain/byte-search.ts';
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
import type { MessageView } from '../../store/queries/detail.ts';
import { useSize } from '../shell/use-size.ts';
import { CutEdge, CutName } from './cut-name.tsx';
import { cursorId, HEX, HexLineView } from './hex-line-view.tsx';
import { useLineScroll } from './line-scroll.ts';
import { useMessageBytes } from './message-bytes.ts';
import type { Region } from './regions.ts';

interface Props {
  readonly exchange: number;
  readonly message: MessageView;
  readonly label: string;
  readonly region: Region | undefined;
  /** The byte that was picked and that the arrow keys move. */
  readonly cursor: number | undefined;
  readonly selection: Range | undefined;
  /** What a search found, ascending. */
  readonly hits: readonly Range[];
  /** A byte to scroll to; a new object each time it is wanted. */
  readonly reveal: { readonly offset: number } | undefined;
  readonly signs: boolean;
  onHover(offset: number | undefined): void;
  /** @param extend the selection reaches from where it began to this byte */
  onPick(offset: number, extend: boolean): void;
}

const SPARE_LINES = 12;

export function HexView(props: Props) {
  const { exchange, message, label, region, cursor, selection, hits, reveal, signs, onHover, onPick } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const { height } = useSize(scroller);
  const { cuts, length } = message;
  const breaks = useMemo(() => breaksOf(cuts, length), [cuts, length]);
  const lines = lineCount(length, breaks);
  const scroll = useLineScroll(scroller, lines * HEX.line + 2 * HEX.pad, height);
  const first = Math.max(0, Math.floor(scroll.top / HEX.line) - SPARE_LINES);
  const last = Math.min(lines, Math.ceil((scroll.top + height) / HEX.line) + SPARE_LINES);
  const shown = [];
  for (let n = first; n < last; n++) shown.push(n);
  const from = hexLine(first, length, breaks).from;
  const to = last > first ? hexLine(last - 1, length, breaks).to : from;
  const bytes = useMessageBytes(exchange, message, from, to);

  const latest = useRef({ scroll, height, breaks });
  latest.current = { scroll, height, breaks };
  useEffect(() => {
    if (!reveal) return;
    const now = latest.current;
    const top = HEX.pad + lineOfByte(reveal.offset, now.breaks) * HEX.line;
    const above = now.scroll.top + HEX.line;
    if (top < above || top + 2 * HEX.line > now.scroll.top + now.height) {
      const near = top < above && above - top < now.height;
      // A near byte is brought to the edge, a far one to a third of the view.
      now.scroll.to(Math.max(0, top - (near ? HEX.line : Math.max(HEX.line, now.height / 3))));
    }
  }, [reveal]);

  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(height / HEX.line) - 1) * PER_LINE;
    const to = targetOf(event.key, cursor, page, length);
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (to >= 0 && to < length) onPick(to, event.shiftKey);
  };
  return (
    <div
      ref={scroller}
      className={`hex ${message.direction}`}
      role="grid"
      aria-label={label}
      aria-rowcount={lines}
      aria-colcount={PER_LINE}
      aria-multiselectable="true"
      aria-activedescendant={cursor === undefined ? undefined : cursorId(message)}
      aria-describedby="byte-readout"
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerMove={(event) => {
        const offset = offsetUnder(event);
        onHover(offset);
        if (event.buttons === 1 && offset !== undefined && offset !== cursor) onPick(offset, true);
      }}
      onPointerLeave={() => onHover(undefined)}
      onPointerDown={(event) => {
        const offset = offsetUnder(event);
        if (event.button === 0 && offset !== undefined) onPick(offset, event.shiftKey);
      }}
    >
      <div className="hex-lines" role="rowgroup" style={{ height: scroll.height }}>
        {shown.map((n) => {
          const line = hexLine(n, length, breaks);
          const lit =
            region !== undefined && region.start < line.to + PER_LINE && region.end > line.base - PER_LINE;
          const name = nameOnLine(n, breaks);
          const begins = breakOnLine(n, breaks);
          const top = HEX.pad + n * HEX.line + scroll.shift;
          const cut = name && cuts.find(({ offset }) => offset === breaks[name.k]);
          const touches = selection !== undefined && selection.start < line.to && selection.end > line.from;
          return (
            <div key={n} role="presentation">
              <HexLineView
                line={line}
                number={n}
                above={n > 0 ? hexLine(n - 1, length, breaks) : undefined}
                below={n + 1 < lines ? hexLine(n + 1, length, breaks) : undefined}
                top={top}
                message={message}
                bytes={bytes}
                litFrom={lit ? Math.max(region.start, line.base - PER_LINE) : 0}
                litTo={lit ? Math.min(region.end, line.base + 2 * PER_LINE) : 0}
                selectedFrom={touches ? Math.max(selection.start, line.from) : 0}
                selectedTo={touches ? Math.min(selection.end, line.to) : 0}
                hits={hitsWithin(hits, line.from, line.to)}
                cursor={cursor !== undefined && cursor >= line.from && cursor < line.to ? cursor : -1}
                signs={signs}
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

/** Where a key moves the cursor to; undefined for keys that do not. */
function targetOf(key: string, cursor: number | undefined, page: number, length: number): number | undefined {
  const at = cursor ?? 0;
  switch (key) {
    case 'ArrowLeft':
      return cursor === undefined ? 0 : at - 1;
    case 'ArrowRight':
      return cursor === undefined ? 0 : at + 1;
    case 'ArrowUp':
      return cursor === undefined ? 0 : at - PER_LINE;
    case 'ArrowDown':
      return cursor === undefined ? 0 : at + PER_LINE;
    case 'PageUp':
      return Math.max(0, at - page);
    case 'PageDown':
      return Math.min(length - 1, at + page);
    case 'Home':
      return 0;
    case 'End':
      return length - 1;
    default:
      return undefined;
  }
}

function hitsWithin(hits: readonly Range[], from: number, to: number): string {
  let low = 0;
  let high = hits.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (hits[middle]!.end <= from) low = middle + 1;
    else high = middle;
  }
  const pairs: string[] = [];
  for (let i = low; i < hits.length && hits[i]!.start < to; i++) {
    pairs.push(`${hits[i]!.start}-${hits[i]!.end}`);
  }
  return pairs.join(',');
}

function offsetUnder(event: PointerEvent): number | undefined {
  const offset = (event.target as Element).closest<HTMLElement>('[data-o]')?.dataset['o'];
  return offset === undefined ? undefined : Number(offset);
}

/** What is under the pointer, in words: never over the data. */
import {
  hitBar,
  hitPoint,
  hitSpan,
  hitTick,
  type LaneLayout,
  laneTop,
  type Pointer,
} from '../../geometry/lanes.ts';
import { formatDuration, formatExact, formatExactBytes, spell } from '../../geometry/quantities.ts';
import { pxToTime, type TimeScale } from '../../geometry/time-scale.ts';
import type { ConnectionView } from '../../store/queries/connection.ts';
import type { Bars, TimelineResult } from '../../store/queries/timeline.ts';
import { DirectionArrow } from '../shell/icons.tsx';
import { printable } from '../traffic/path-text.ts';
import { factWords } from './lane-words.ts';
import { POINT_WORDS } from './point-words.ts';
import type { Axis } from './time-zero.ts';
import type { LanePlace } from './use-lane-steps.ts';

export interface PointerPlace {
  readonly x: number;
  readonly y: number;
}

interface Props {
  readonly result: TimelineResult;
  readonly layout: LaneLayout;
  readonly scale: TimeScale;
  readonly now: number;
  readonly place: PointerPlace;
}

export const SLOP = 4;

export function LaneReading({ result, layout, scale, now, place }: Props) {
  const pointer = { ...place, firstLane: result.params.firstLane, slop: SLOP };
  const { bars, ticks, lanes, points, waits } = result;
  const tick = hitTick(ticks, layout, scale, pointer);
  const bar = hitBar(bars, layout, scale, pointer, now);
  const point = hitPoint(points, layout, scale, pointer);
  const wait = hitSpan(waits, layout, scale, pointer);
  const lane = bar === undefined ? undefined : lanes[bars.lane[bar]!];
  const under = bar === undefined ? besideBars(lanes, layout, scale, pointer) : undefined;
  const end = bar === undefined ? Number.NaN : bars.end[bar]!;
  return (
    <>
      {tick !== undefined && (
        <span className="with-arrow">
          <DirectionArrow direction={ticks.out[tick] === 1 ? 'out' : 'in'} />
          {ticks.out[tick] === 1 ? 'write' : 'read'} {spell(formatExactBytes(ticks.bytes[tick]!))}
        </span>
      )}
      {point !== undefined && (
        <span className="clip">
          {POINT_WORDS[points.mark[point]!]} <span className="dim">{points.detail[point]}</span>
        </span>
      )}
      {wait !== undefined && (
        <span className="clip">
          Waits for the socket{' '}
          <span className="dim">{spell(formatDuration(waits.to[wait]! - waits.from[wait]!))}</span>
        </span>
      )}
      {under !== undefined && (
        <span className="clip">
          {under.words} <span className="dim">{under.figures}</span>
        </span>
      )}
      {bar !== undefined && (
        <span className="clip">
          <b>{printable(bars.label[bar] ?? '')}</b> {bars.status[bar] || ''}{' '}
          <span className="dim">
            {lane && `c${lane.conn}, `}
            {phaseAt(bars, bar, pxToTime(scale, place.x), now)}
            {Number.isNaN(end) ? ', open' : ` of ${spell(formatDuration(end - bars.begin[bar]!))}`}
          </span>
        </span>
      )}
    </>
  );
}

/** A, B and what lies between them, as on a scope. */
export function CursorReading(props: {
  readonly a: number | undefined;
  readonly b: number | undefined;
  readonly axis: Axis;
}) {
  const { a, b, axis } = props;
  return (
    <span className="cursors mono">
      {a !== undefined && (
        <>
          <i>A</i> {axis.format(a)}
        </>
      )}
      {b !== undefined && (
        <span className="cursor-b">
          <i>{a === undefined ? '' : 'B'}</i> {axis.format(b)}
        </span>
      )}
      {a !== undefined && b !== undefined && (
        <>
          <i>Δ</i> <b>{formatExact(b - a, 'ms')} ms</b>
        </>
      )}
    </span>
  );
}

/** What the keys came to. */
export function KeyReading({ place: { conn, step, atEnd } }: { readonly place: LanePlace }) {
  return (
    <span className="clip">
      <b>c{conn}</b> {step?.facts.map(factWords).join('; ')}
      {atEnd !== undefined && (
        <span className="dim"> nothing {atEnd === 'last' ? 'after' : 'before'} it</span>
      )}
    </span>
  );
}

/** Which part of an exchange a moment lies in, and how long that part took. */
function phaseAt(bars: Bars, bar: number, time: number, now: number): string {
  const until = (value: number) => (Number.isNaN(value) ? now : value);
  const [begin, head, response] = [bars.begin[bar]!, bars.head[bar]!, bars.response[bar]!];
  const end = until(bars.end[bar]!);
  const took = (from: number, to: number) => spell(formatDuration(Math.max(0, to - from)));
  if (!(time >= head)) return `reading ${took(begin, Number.isNaN(head) ? end : head)}`;
  if (!(time >= response)) return `work ${took(head, Number.isNaN(response) ? end : response)}`;
  return `sending ${took(response, end)}`;
}

/** What a lane has to say where no bar is: its TLS handshake, and why it ended as it did. */
function besideBars(
  lanes: readonly ConnectionView[],
  layout: LaneLayout,
  scale: TimeScale,
  { x, y, firstLane, slop }: Pointer,
): { readonly words: string; readonly figures: string } | undefined {
  const lane = lanes[Math.floor((y - laneTop(layout, firstLane)) / layout.laneHeight)];
  if (lane === undefined) return undefined;
  const { conn, tls, closeDetail, closedTime = 0 } = lane;
  if (tls !== undefined) {
    const began = tls.securedTime - tls.handshakeMicros;
    const isOver = pxToTime(scale, x + slop) >= began && pxToTime(scale, x - slop) <= tls.securedTime;
    const took = `c${conn}, ${spell(formatDuration(tls.handshakeMicros))}`;
    if (isOver) return { words: 'TLS handshake', figures: took };
  }
  const hasEnded = closeDetail !== '' && pxToTime(scale, x + slop) >= closedTime;
  return hasEnded ? { words: closeDetail, figures: `c${conn}` } : undefined;
}

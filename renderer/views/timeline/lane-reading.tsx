/** What is under the pointer, in words: never over the data. */
import { hitBar, hitTick, type LaneLayout, laneTop, type Pointer } from '../../geometry/lanes.ts';
import { formatDuration, formatExact, formatExactBytes, spell } from '../../geometry/quantities.ts';
import { pxToTime, type TimeScale } from '../../geometry/time-scale.ts';
import type { ConnectionView, TimelineResult } from '../../store/queries.ts';
import { DirectionArrow } from '../shell/icons.tsx';
import { printable } from '../traffic/path-text.ts';

export interface PointerPlace {
  readonly x: number;
  readonly y: number;
}

interface Props {
  readonly result: TimelineResult;
  readonly layout: LaneLayout;
  readonly scale: TimeScale;
  readonly now: number;
  readonly place: PointerPlace | undefined;
  /** Where times are counted from. */
  readonly origin: number;
}

const SLOP = 4;

export function LaneReading({ result, layout, scale, now, place, origin }: Props) {
  if (!place) return <span className="dim help">Wheel zooms, drag moves, Shift and wheel scrolls</span>;
  const pointer = { ...place, firstLane: result.params.firstLane, slop: SLOP };
  const { bars, ticks, lanes } = result;
  const tick = hitTick(ticks, layout, scale, pointer);
  const bar = hitBar(bars, layout, scale, pointer, now);
  const lane = bar === undefined ? undefined : lanes[bars.lane[bar]!];
  const under = bar === undefined ? besideBars(lanes, layout, scale, pointer) : undefined;
  const end = bar === undefined ? Number.NaN : bars.end[bar]!;
  return (
    <>
      <span className="mono">+{formatExact(pxToTime(scale, place.x) - origin, 'ms')} ms</span>
      {tick !== undefined && (
        <span className="with-arrow">
          <DirectionArrow direction={ticks.out[tick] === 1 ? 'out' : 'in'} />
          {ticks.out[tick] === 1 ? 'write' : 'read'} {spell(formatExactBytes(ticks.bytes[tick]!))}
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
            {Number.isNaN(end) ? 'open' : spell(formatDuration(end - bars.begin[bar]!))}
          </span>
        </span>
      )}
    </>
  );
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

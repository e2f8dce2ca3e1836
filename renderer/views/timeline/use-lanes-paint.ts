/** The picture of the lanes, the same function while nothing that it shows has changed. */
import { useCallback } from 'react';
import type { LaneLayout } from '../../geometry/lanes.ts';
import { type TickStep, tickTimes } from '../../geometry/ticks.ts';
import type { TimeScale } from '../../geometry/time-scale.ts';
import type { Paint } from '../../paint/canvas.ts';
import { paintTimeline } from '../../paint/timeline.ts';
import type { TimelineResult } from '../../store/queries/timeline.ts';
import { usePalette } from '../shell/canvas.tsx';
import { useStoreState } from '../shell/store-context.tsx';
import { LANE_ENDS } from './lane-ends.ts';

interface Shown {
  readonly result: TimelineResult | undefined;
  readonly scale: TimeScale;
  readonly layout: LaneLayout;
  readonly step: TickStep;
  /** Where divisions are counted from. */
  readonly origin: number;
  readonly selected: number | undefined;
  /** CSS pixels. */
  readonly cursor: number | undefined;
  /** The lane on which the keys are. */
  readonly keyed: number | undefined;
  /** Cursor A, microseconds. */
  readonly a: number | undefined;
}

export function useLanesPaint({
  result,
  scale,
  layout,
  step,
  origin,
  selected,
  cursor,
  keyed,
  a,
}: Shown): Paint {
  const { lastTime, playhead, filter } = useStoreState('lastTime', 'playhead', 'filter');
  const palette = usePalette();
  const { from, to } = scale;
  const { laneHeight, scrollTop, height, barHalf } = layout;
  const spanFrom = filter.from;
  const spanTo = filter.to;
  return useCallback(
    (context, width) => {
      if (!result) return;
      const drawn = { from, to, width };
      paintTimeline(context, palette, {
        scale: drawn,
        layout: { laneHeight, scrollTop, height, barHalf },
        firstLane: result.params.firstLane,
        lanes: result.lanes.map(({ openedTime, closedTime, closeReason, tls }) => ({
          openedTime,
          closedTime,
          end: closeReason && LANE_ENDS[closeReason],
          handshake: tls && { from: tls.securedTime - tls.handshakeMicros, to: tls.securedTime },
        })),
        bars: result.bars,
        ticks: result.ticks,
        waits: result.waits,
        points: result.points,
        divisions: tickTimes(from, to, step.nanos, origin),
        now: lastTime,
        selected: selected ?? 0,
        cursor,
        keyed,
        across: {
          scale: drawn,
          a,
          span: spanFrom === undefined || spanTo === undefined ? undefined : { from: spanFrom, to: spanTo },
          playhead,
        },
      });
    },
    [
      result,
      palette,
      from,
      to,
      laneHeight,
      scrollTop,
      height,
      barHalf,
      step,
      origin,
      lastTime,
      selected,
      cursor,
      keyed,
      a,
      spanFrom,
      spanTo,
      playhead,
    ],
  );
}

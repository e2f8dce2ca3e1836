/** The lanes with what steers them: zoom, the overview's brush, the ruler, the pointer and the keys. */
import { ArrowRightToLine, Minus, Plus } from 'lucide-react';
import { type KeyboardEvent, useCallback, useMemo, useRef, useState } from 'react';
import { hitBar, type LaneLayout, visibleLanes } from '../../geometry/lanes.ts';
import { formatClock } from '../../geometry/quantities.ts';
import { chooseStep, stepLabel, stepUnit, tickOrigin, tickTimes } from '../../geometry/ticks.ts';
import { panBy, type TimeScale, zoomAt } from '../../geometry/time-scale.ts';
import { paintTimeline } from '../../paint/timeline.ts';
import { Canvas, usePalette } from '../shell/canvas.tsx';
import { ICON } from '../shell/icons.tsx';
import { useStoreState, useTimeline } from '../shell/store-context.tsx';
import { useSize } from '../shell/use-size.ts';
import { OverviewStrip } from '../traffic/overview-strip.tsx';
import { LANE_ENDS } from './lane-ends.ts';
import { LaneGutter, SpokenLanes } from './lane-gutter.tsx';
import { LaneKey } from './lane-key.tsx';
import { LaneReading } from './lane-reading.tsx';
import './lanes.css';
import { TimeRuler } from './time-ruler.tsx';
import { fitAll, scaleOf, standAt, type TimelineWindow } from './timeline-window.ts';
import { useLanePointer } from './use-lane-pointer.ts';

interface Props {
  readonly selected: number | undefined;
  readonly window: TimelineWindow;
  onSelect(exchange: number): void;
  onWindow(window: TimelineWindow): void;
}

const GUTTER = 168;
const LANE = 56;
const BAR_HALF = 4.5;
const DIVISION_PX = 72;
const ZOOM = 1.5;
const PAN_PX = 64;

export function Lanes({ selected, window, onSelect, onWindow }: Props) {
  const { firstTime, lastTime, filter, hello, servers } = useStoreState();
  const palette = usePalette();
  const scroller = useRef<HTMLDivElement>(null);
  const plot = useRef<HTMLDivElement>(null);
  const size = useSize(scroller);
  const { width } = useSize(plot);
  const [scrollTop, setScrollTop] = useState(0);
  const bounds = { from: firstTime, to: lastTime };
  const scale = scaleOf(window, bounds, Math.max(1, width));
  const layout: LaneLayout = { laneHeight: LANE, scrollTop, height: size.height, barHalf: BAR_HALF };
  const asked = visibleLanes(layout, Number.MAX_SAFE_INTEGER);
  const { from, to } = scale;
  const params = useMemo(
    () =>
      width > 0 && asked.count > 0
        ? {
            from,
            to,
            firstLane: asked.first,
            laneCount: asked.count,
            width: Math.round(width * devicePixelRatio),
            server: filter.server,
          }
        : undefined,
    [from, to, asked.first, asked.count, width, filter.server],
  );
  const result = useTimeline(params);
  const step = chooseStep(to - from, scale.width, DIVISION_PX);
  // Counted from a round time of day, not from a round time after the start.
  const ofDay = ((hello?.epochMs ?? 0) % 86_400_000) * 1000;
  const origin = tickOrigin(from + ofDay, step) - ofDay;
  const setScale = (next: TimeScale) => onWindow(standAt(next, bounds));
  const { place, handlers } = useLanePointer({
    scroller,
    plot,
    scale,
    onScale: setScale,
    onClick: (at) => {
      if (!result) return;
      const pointer = { ...at, firstLane: result.params.firstLane, slop: 4 };
      const bar = hitBar(result.bars, layout, scale, pointer, lastTime);
      if (bar !== undefined) onSelect(result.bars.exchange[bar]!);
    },
  });
  const cursor = place?.x;

  const paint = useCallback(
    (context: CanvasRenderingContext2D, paintWidth: number) => {
      if (!result) return;
      const drawn = { from, to, width: paintWidth };
      paintTimeline(context, palette, {
        scale: drawn,
        layout: { laneHeight: LANE, scrollTop, height: size.height, barHalf: BAR_HALF },
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
        divisions: tickTimes(from, to, step.nanos, origin),
        now: lastTime,
        selected: selected ?? 0,
        cursor,
      });
    },
    [result, palette, from, to, scrollTop, size.height, step, origin, lastTime, selected, cursor],
  );

  const zoom = (factor: number) => setScale(zoomAt(scale, scale.width / 2, factor));
  const onKeyDown = (event: KeyboardEvent) => {
    const act = keyAction(event.key);
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  };
  const keyAction = (key: string): (() => void) | undefined => {
    switch (key) {
      case '+':
      case '=':
        return () => zoom(ZOOM);
      case '-':
        return () => zoom(1 / ZOOM);
      case 'ArrowLeft':
        return () => setScale(panBy(scale, PAN_PX));
      case 'ArrowRight':
        return () => setScale(panBy(scale, -PAN_PX));
      case 'ArrowUp':
        return () => scroller.current?.scrollBy({ top: -LANE });
      case 'ArrowDown':
        return () => scroller.current?.scrollBy({ top: LANE });
      case 'f':
        return () => onWindow(fitAll(bounds, scale.width));
      case 'End':
        return () => onWindow({ ...window, follow: true });
      default:
        return undefined;
    }
  };
  const server = servers.find(({ id }) => id === filter.server);
  const division = stepLabel(step);
  return (
    <div className="timeline">
      <div className="tools">
        <span className="timeline-of clip">{server ? `Connections of ${server.name}` : 'Connections'}</span>
        <i className="rule" />
        <button
          type="button"
          className="btn square"
          aria-label="Zoom out"
          title="Zoom out (−)"
          onClick={() => zoom(1 / ZOOM)}
        >
          <Minus {...ICON} />
        </button>
        <span className="division mono" data-testid="division">
          {division.number} {division.unit}/div
        </span>
        <button
          type="button"
          className="btn square"
          aria-label="Zoom in"
          title="Zoom in (+)"
          onClick={() => zoom(ZOOM)}
        >
          <Plus {...ICON} />
        </button>
        <button
          type="button"
          className="btn"
          title="Everything (F)"
          onClick={() => onWindow(fitAll(bounds, scale.width))}
        >
          Fit
        </button>
        <button
          type="button"
          className={window.follow ? 'btn on' : 'btn'}
          aria-pressed={window.follow}
          title="Keep the newest in sight (End)"
          onClick={() => onWindow(window.follow ? standAt(scale, bounds) : { ...window, follow: true })}
        >
          <ArrowRightToLine {...ICON} />
          Follow
        </button>
        <span className="grow" />
        <div className="reading" data-testid="readout">
          {result && (
            <LaneReading
              result={result}
              layout={layout}
              scale={scale}
              now={lastTime}
              place={place}
              origin={origin}
            />
          )}
        </div>
      </div>
      <OverviewStrip
        gutter={GUTTER}
        brush={{ from, to }}
        onBrush={(brush) =>
          onWindow(brush ? standAt({ ...brush, width: scale.width }, bounds) : fitAll(bounds, scale.width))
        }
      />
      <div className="ruler">
        <span className="mono">
          {formatClock(hello?.epochMs ?? 0, origin, 0)} + t, in {stepUnit(step)}
        </span>
        <TimeRuler scale={scale} step={step} origin={origin} cursor={cursor} />
      </div>
      <div
        className="lanes well"
        ref={scroller}
        role="application"
        aria-label="Timeline"
        tabIndex={0}
        onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
        onKeyDown={onKeyDown}
      >
        <div
          className="lanes-inner"
          style={{ height: Math.max((result?.totalLanes ?? 0) * LANE, size.height) }}
        >
          <LaneGutter
            lanes={result?.lanes ?? []}
            firstLane={result?.params.firstLane ?? 0}
            laneHeight={LANE}
            chosen={result && connOf(result, selected)}
          />
          <div
            className="lanes-plot"
            ref={plot}
            style={{ height: size.height }}
            data-testid="timeline"
            {...handlers}
          >
            <Canvas width={width} height={size.height} paint={paint} />
          </div>
        </div>
        <SpokenLanes lanes={result?.lanes ?? []} />
      </div>
      <LaneKey secure={servers.some(({ tags }) => tags?.includes('TLS'))} />
    </div>
  );
}

function connOf(
  { bars, lanes }: NonNullable<ReturnType<typeof useTimeline>>,
  selected: number | undefined,
): number | undefined {
  for (let i = 0; i < bars.count; i++) {
    if (bars.exchange[i] === selected) return lanes[bars.lane[i]!]?.conn;
  }
  return undefined;
}

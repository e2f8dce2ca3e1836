/** The lanes with what steers them: zoom, the overview's brush, the ruler, the pointer and the keys. */
import { type KeyboardEvent, useCallback, useMemo, useRef, useState } from 'react';
import { hitBar, type LaneLayout, visibleLanes } from '../../geometry/lanes.ts';
import { formatClock } from '../../geometry/quantities.ts';
import { chooseStep, stepUnit, tickOrigin, tickTimes } from '../../geometry/ticks.ts';
import { fitTo, panBy, type TimeScale, timeToPx, zoomAt } from '../../geometry/time-scale.ts';
import { paintTimeline } from '../../paint/timeline.ts';
import { placed } from '../playhead/playback.ts';
import { Canvas, usePalette } from '../shell/canvas.tsx';
import { useStore, useStoreState, useTimeline } from '../shell/store-context.tsx';
import { useSize } from '../shell/use-size.ts';
import { OverviewStrip } from '../traffic/overview-strip.tsx';
import type { TimeWindow } from '../traffic/overview-window.ts';
import { LANE_ENDS } from './lane-ends.ts';
import { LaneGutter } from './lane-gutter.tsx';
import { LaneKey } from './lane-key.tsx';
import { type LaneAct, laneAct } from './lane-keys.ts';
import { CursorReading, LaneReading, SLOP } from './lane-reading.tsx';
import { LaneTools, ZOOM } from './lane-tools.tsx';
import './lanes.css';
import { SpokenLanes } from './spoken-lanes.tsx';
import { useCursors } from './time-cursor.ts';
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
const PAN_PX = 64;
/** Room beside the chosen exchange when it is zoomed to, as a share of it. */
const CHOSEN_MARGIN = 0.25;

export function Lanes({ selected, window, onSelect, onWindow }: Props) {
  const store = useStore();
  const { firstTime, lastTime, newestTime, playhead, filter, hello, servers } = useStoreState();
  const palette = usePalette();
  const { a, b, set: setCursors } = useCursors();
  const scroller = useRef<HTMLDivElement>(null);
  const plot = useRef<HTMLDivElement>(null);
  const size = useSize(scroller);
  const { width } = useSize(plot);
  const [scrollTop, setScrollTop] = useState(0);
  const bounds = { from: firstTime, to: newestTime };
  const scale = scaleOf(window, bounds, Math.max(1, width), lastTime);
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
  const only = (span: TimeWindow | undefined) =>
    store.setFilter({ ...store.state().filter, from: span?.from, to: span?.to });
  const zoomToChosen = async () => {
    const [row] = selected === undefined ? [] : await store.rowsFrom(selected, 1);
    if (row === undefined || row.id !== selected) return;
    const whole = { from: row.beginTime, to: Math.max(row.beginTime + 1, row.endTime ?? lastTime) };
    setScale(fitTo(whole, scale.width, CHOSEN_MARGIN));
  };
  /** Cursor A there; away when it stands there already. */
  const putA = (time: number) => {
    const isThere = a !== undefined && Math.abs(timeToPx(scale, a) - timeToPx(scale, time)) <= SLOP;
    setCursors({ a: isThere ? undefined : time });
  };
  const { place, handlers } = useLanePointer({
    scroller,
    plot,
    scale,
    onScale: setScale,
    onSpan: only,
    onHover: (time) => setCursors({ b: time }),
    onDoubleClick: () => void zoomToChosen(),
    onClick: (at) => {
      if (!result) return;
      const pointer = { ...at, firstLane: result.params.firstLane, slop: SLOP };
      const bar = hitBar(result.bars, layout, scale, pointer, lastTime);
      if (bar !== undefined) onSelect(result.bars.exchange[bar]!);
      else putA(from + (at.x / scale.width) * (to - from));
    },
  });
  const cursor = b === undefined ? undefined : timeToPx(scale, b);
  const spanFrom = filter.from;
  const spanTo = filter.to;

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
        points: result.points,
        divisions: tickTimes(from, to, step.nanos, origin),
        now: lastTime,
        selected: selected ?? 0,
        cursor,
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
      scrollTop,
      size.height,
      step,
      origin,
      lastTime,
      selected,
      cursor,
      a,
      spanFrom,
      spanTo,
      playhead,
    ],
  );

  const zoom = (factor: number) => setScale(zoomAt(scale, place?.x ?? scale.width / 2, factor));
  const acts: Readonly<Record<LaneAct, () => void>> = {
    in: () => zoom(ZOOM),
    out: () => zoom(1 / ZOOM),
    earlier: () => setScale(panBy(scale, PAN_PX)),
    later: () => setScale(panBy(scale, -PAN_PX)),
    up: () => scroller.current?.scrollBy({ top: -LANE }),
    down: () => scroller.current?.scrollBy({ top: LANE }),
    fit: () => onWindow(fitAll(bounds, scale.width)),
    follow: () => onWindow({ ...window, follow: true }),
    chosen: () => void zoomToChosen(),
    playhead: () => b !== undefined && store.setPlayhead(placed(b, bounds)),
    cursor: () => (b === undefined ? setCursors({ a: undefined }) : putA(b)),
    only: () => only(spanFrom === undefined ? { from, to } : undefined),
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const act = laneAct(event.key);
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    acts[act]();
  };
  const server = servers.find(({ id }) => id === filter.server);
  return (
    <div className="timeline">
      <LaneTools
        title={server ? `Connections of ${server.name}` : 'Connections'}
        step={step}
        follow={window.follow}
        filtered={spanFrom !== undefined}
        onZoom={(factor) => setScale(zoomAt(scale, scale.width / 2, factor))}
        onFit={acts.fit}
        onFollow={() => onWindow(window.follow ? standAt(scale, bounds) : { ...window, follow: true })}
        onOnly={acts.only}
      >
        {a === undefined && b === undefined ? (
          <span className="dim help">Wheel zooms, drag moves, click sets A, Shift and drag filters</span>
        ) : (
          <CursorReading a={a} b={b} origin={origin} />
        )}
        {result && place && (
          <LaneReading result={result} layout={layout} scale={scale} now={lastTime} place={place} />
        )}
      </LaneTools>
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
        <TimeRuler scale={scale} step={step} origin={origin} cursor={cursor} a={a} />
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
        {result && <SpokenLanes result={result} now={lastTime} />}
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

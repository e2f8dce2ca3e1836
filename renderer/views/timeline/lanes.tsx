/** The lanes with what steers them: zoom, the overview's brush, the ruler, the pointer and the keys. */
import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react';
import { hitBar, type LaneLayout, laneMiddle, laneTop, visibleLanes } from '../../geometry/lanes.ts';
import { formatCount } from '../../geometry/quantities.ts';
import { chooseStep, stepUnit } from '../../geometry/ticks.ts';
import { fitTo, panBy, pxToTime, type TimeScale, timeToPx, zoomAt } from '../../geometry/time-scale.ts';
import { useActions } from '../actions/action-context.tsx';
import { placed } from '../playhead/playback.ts';
import { Canvas } from '../shell/canvas.tsx';
import { oneOf, useSetting } from '../shell/setting.ts';
import { useStore, useStoreState, useTimeline } from '../shell/store-context.tsx';
import { useSize } from '../shell/use-size.ts';
import { OverviewStrip } from '../traffic/overview-strip.tsx';
import type { TimeWindow } from '../traffic/overview-window.ts';
import { LaneGutter } from './lane-gutter.tsx';
import { LaneKey } from './lane-key.tsx';
import { type LaneAct, laneAct } from './lane-keys.ts';
import { LaneMenu, type LaneMenuPlace } from './lane-menu.tsx';
import { CursorReading, KeyReading, LaneReading, SLOP } from './lane-reading.tsx';
import { LaneTools, ZOOM } from './lane-tools.tsx';
import { placeWords } from './lane-words.ts';
import './lanes.css';
import { SpokenLanes } from './spoken-lanes.tsx';
import { useCursors } from './time-cursor.ts';
import { TimeRuler } from './time-ruler.tsx';
import { axisOf, ZEROS, type Zero, zeroAfter } from './time-zero.ts';
import { fitAll, scaleOf, standAt, type TimelineWindow } from './timeline-window.ts';
import { useLanePointer } from './use-lane-pointer.ts';
import { useLaneSteps } from './use-lane-steps.ts';
import { useLanesPaint } from './use-lanes-paint.ts';

interface Props {
  readonly selected: number | undefined;
  readonly window: TimelineWindow;
  onSelect(exchange: number): void;
  onWindow(window: TimelineWindow): void;
  /** Shows the requests that a term of the filter asks for, of one server. */
  onFilter(term: string, server: number): void;
}

const GUTTER = 168;
const LANE = 56;
const BAR_HALF = 4.5;
const DIVISION_PX = 72;
const PAN_PX = 64;
/** Room beside the chosen exchange when it is zoomed to, as a share of it. */
const CHOSEN_MARGIN = 0.25;

export function Lanes({ selected, window, onSelect, onWindow, onFilter }: Props) {
  const store = useStore();
  const { firstTime, lastTime, newestTime, filter, hello, servers, ledger } = useStoreState(
    'firstTime',
    'lastTime',
    'newestTime',
    'filter',
    'hello',
    'servers',
    'ledger',
  );
  const { a, b, set: setCursors } = useCursors();
  const [zero, setZero] = useSetting<Zero>('timeline-zero', 'clock', oneOf(ZEROS));
  const [menu, setMenu] = useState<LaneMenuPlace>();
  const helpId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const plot = useRef<HTMLDivElement>(null);
  const size = useSize(scroller);
  const { width } = useSize(plot);
  const [scrollTop, setScrollTop] = useState(0);
  const bounds = { from: firstTime, to: newestTime };
  const scale = scaleOf(window, bounds, Math.max(1, width), lastTime);
  const layout: LaneLayout = { laneHeight: LANE, scrollTop, height: size.height, barHalf: BAR_HALF };
  const inSight = visibleLanes(layout, Number.MAX_SAFE_INTEGER);
  // One more on either side, so that the keys know where they go.
  const firstAsked = Math.max(0, inSight.first - 1);
  const laneCount = inSight.count === 0 ? 0 : inSight.first + inSight.count + 1 - firstAsked;
  const { from, to } = scale;
  const params = useMemo(
    () =>
      width > 0 && laneCount > 0
        ? {
            from,
            to,
            firstLane: firstAsked,
            laneCount,
            width: Math.round(width * devicePixelRatio),
            server: filter.server,
          }
        : undefined,
    [from, to, firstAsked, laneCount, width, filter.server],
  );
  const result = useTimeline(params);
  const lanes = result?.lanes ?? [];
  const firstLane = result?.params.firstLane ?? 0;
  const step = chooseStep(to - from, scale.width, DIVISION_PX);
  const epochMs = hello?.epochMs ?? 0;
  const axis = useMemo(
    () => axisOf(zero, step, { from, first: firstTime, a, epochMs }),
    [zero, step, from, firstTime, a, epochMs],
  );
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
  const scrollTo = (lane: number) => {
    const top = laneTop(layout, lane);
    const over = Math.min(0, top) + Math.max(0, top + LANE - size.height);
    if (over !== 0) scroller.current?.scrollBy({ top: over });
  };
  const keys = useLaneSteps({
    lanes,
    firstSeen: Math.ceil(scrollTop / LANE) - firstLane,
    cursor: b,
    span: scale,
    onLane: (index) => scrollTo(firstLane + index),
    onTime: (time) => {
      setCursors({ b: time });
      const px = timeToPx(scale, time);
      const isSeen = px >= 0 && px <= scale.width;
      // It stays where it is seen, so following ends.
      setScale(isSeen ? scale : panBy(scale, scale.width / 2 - px));
    },
  });
  /** The exchange whose bar is at a place of the plot. */
  const exchangeAt = (x: number, y: number) => {
    if (!result) return undefined;
    const pointer = { x, y, firstLane, slop: SLOP };
    const bar = hitBar(result.bars, layout, scale, pointer, lastTime);
    return bar === undefined ? undefined : result.bars.exchange[bar];
  };
  const { place, handlers } = useLanePointer({
    scroller,
    plot,
    scale,
    onScale: setScale,
    onSpan: only,
    onHover: (time) => {
      if (time !== undefined) keys.leave();
      setCursors({ b: time });
    },
    onDoubleClick: () => void zoomToChosen(),
    onClick: ({ x, y }) => {
      const exchange = exchangeAt(x, y);
      if (exchange === undefined) putA(pxToTime(scale, x));
      else onSelect(exchange);
    },
  });
  const cursor = b === undefined ? undefined : timeToPx(scale, b);
  const keyed = keys.lane === undefined ? undefined : firstLane + keys.lane;
  const shown = { result, scale, layout, step, origin: axis.origin, selected, cursor, keyed, a };
  const paint = useLanesPaint(shown);

  const openMenu = (index: number, at: LaneMenuPlace['at']) => {
    const lane = lanes[index];
    if (!result || !lane) return;
    const bar = result.bars.lane.indexOf(index);
    setMenu({ lane, exchange: bar < 0 ? undefined : result.bars.exchange[bar], at });
  };
  const chooseAtKeys = () => {
    if (keyed === undefined || cursor === undefined) return;
    const exchange = exchangeAt(cursor, laneMiddle(layout, keyed));
    if (exchange !== undefined) onSelect(exchange);
  };
  const isCursorSeen = cursor !== undefined && cursor >= 0 && cursor <= scale.width;
  const zoom = (factor: number) => setScale(zoomAt(scale, isCursorSeen ? cursor : scale.width / 2, factor));
  const acts: Readonly<Record<LaneAct, () => void>> = {
    in: () => zoom(ZOOM),
    out: () => zoom(1 / ZOOM),
    earlier: () => setScale(panBy(scale, PAN_PX)),
    later: () => setScale(panBy(scale, -PAN_PX)),
    up: () => keys.move(-1),
    down: () => keys.move(1),
    before: () => void keys.step(-1),
    next: () => void keys.step(1),
    choose: chooseAtKeys,
    menu: () => {
      const box = scroller.current?.getBoundingClientRect();
      if (keyed === undefined || keys.lane === undefined || !box) return;
      openMenu(keys.lane, { x: box.left, y: box.top + laneMiddle(layout, keyed) });
    },
    fit: () => onWindow(fitAll(bounds, scale.width)),
    follow: () => onWindow({ ...window, follow: true }),
    chosen: () => void zoomToChosen(),
    playhead: () => b !== undefined && store.setPlayhead(placed(b, bounds)),
    cursor: () => (b === undefined ? setCursors({ a: undefined }) : putA(b)),
    zero: () => setZero(zeroAfter(zero, a !== undefined)),
    only: () => only(filter.from === undefined ? { from, to } : undefined),
  };
  useActions({
    'timeline-fit': acts.fit,
    'timeline-follow': acts.follow,
    'timeline-chosen': selected === undefined ? undefined : acts.chosen,
    'timeline-only': acts.only,
    'timeline-zero': acts.zero,
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const act = laneAct(event);
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    acts[act]();
  };
  const server = servers.find(({ id }) => id === filter.server);
  const said = keys.place && placeWords(keys.place, lanes, axis);
  return (
    <div className="timeline">
      <LaneTools
        title={titleOf(result?.totalLanes ?? 0, server?.name)}
        step={step}
        follow={window.follow}
        filtered={filter.from !== undefined}
        onZoom={(factor) => setScale(zoomAt(scale, scale.width / 2, factor))}
        onFit={acts.fit}
        onFollow={() => onWindow(window.follow ? standAt(scale, bounds) : { ...window, follow: true })}
        onOnly={acts.only}
      >
        {a === undefined && b === undefined ? (
          <span className="dim help">Wheel zooms, drag moves, click sets A, Shift and drag filters</span>
        ) : (
          <CursorReading a={a} b={b} axis={axis} />
        )}
        {keys.place && <KeyReading place={keys.place} />}
        {!keys.place && result && place && (
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
        <button
          type="button"
          className="mono"
          title="Count times from a time of day, from the first event, or from cursor A (T)"
          onClick={acts.zero}
        >
          {axis.name} + t, in {stepUnit(step)}
        </button>
        <TimeRuler scale={scale} step={step} axis={axis} cursor={cursor} a={a} />
      </div>
      <div
        className="lanes well"
        ref={scroller}
        role="application"
        aria-label="Timeline"
        aria-describedby={helpId}
        tabIndex={0}
        onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
        onKeyDown={onKeyDown}
      >
        <div
          className="lanes-inner"
          style={{ height: Math.max((result?.totalLanes ?? 0) * LANE, size.height) }}
        >
          <LaneGutter
            lanes={lanes}
            firstLane={firstLane}
            laneHeight={LANE}
            chosen={result && connOf(result, selected)}
            keyed={keys.place?.conn}
            onMenu={openMenu}
          />
          <div
            className="lanes-plot"
            ref={plot}
            style={{ height: size.height }}
            data-testid="timeline"
            {...handlers}
          >
            <Canvas width={width} height={size.height} paint={paint} />
            {result?.totalLanes === 0 && (
              <p className="lanes-empty">
                {ledger.captured === 0
                  ? 'Nothing had been asked by then'
                  : 'No connection was open in this time: Fit shows everything'}
              </p>
            )}
          </div>
        </div>
      </div>
      <LaneKey secure={servers.some(({ tags }) => tags?.includes('TLS'))} />
      {result && <SpokenLanes result={result} now={lastTime} helpId={helpId} />}
      <span className="spoken" role="status" data-testid="lane-said">
        {said}
      </span>
      {menu && <LaneMenu place={menu} onFilter={onFilter} onClose={() => setMenu(undefined)} />}
    </div>
  );
}

/** @param server set where only those of one are shown */
function titleOf(lanes: number, server: string | undefined): string {
  const count = `${formatCount(lanes)} ${lanes === 1 ? 'connection' : 'connections'}`;
  return server === undefined ? count : `${count} to ${server}`;
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

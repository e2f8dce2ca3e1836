/** The graphs and the processes that serve, on one time axis with one cursor through all of them. */
import { type KeyboardEvent, useCallback, useMemo, useRef, useState } from 'react';
import { formatClock, midnightBefore } from '../../geometry/quantities.ts';
import { binAt } from '../../geometry/steps.ts';
import { chooseStep, clockDecimals, clockLabel, tickTimes } from '../../geometry/ticks.ts';
import { type TimeScale, timeToPx, zoomAt } from '../../geometry/time-scale.ts';
import { paintGraphs } from '../../paint/graph.ts';
import { paintWorkerLanes } from '../../paint/worker-lanes.ts';
import { useOpenIn } from '../open-in.ts';
import { placed } from '../playhead/playback.ts';
import { Canvas, usePalette } from '../shell/canvas.tsx';
import { useGraph, useStore, useStoreState } from '../shell/store-context.tsx';
import { useSize } from '../shell/use-size.ts';
import { useCursors } from '../timeline/time-cursor.ts';
import { fitAll, scaleOf, standAt, type TimelineWindow } from '../timeline/timeline-window.ts';
import { useLanePointer } from '../timeline/use-lane-pointer.ts';
import type { TimeWindow } from '../traffic/overview-window.ts';
import { drawnTracks } from './drawn-tracks.ts';
import { GraphGutter } from './graph-gutter.tsx';
import { type GraphAct, graphAct } from './graph-keys.ts';
import { GraphTools } from './graph-tools.tsx';
import { type DetailedResult, TRACKS } from './graph-tracks.ts';
import { onWholeBins } from './graph-window.ts';
import { SpokenGraphs, spokenValues } from './spoken-graphs.tsx';
import { WindowFigures } from './window-figures.tsx';
import { WorkerTable } from './worker-table.tsx';

const BIN_PX = 3;
const AXIS_PX = 24;
/** The longest label, to the microsecond, and air beside it. */
const DIVISION_PX = 104;
/** Room for two lines of figures; where there is less, the graphs scroll. */
const LEAST_TRACK_PX = 34;
const WORKER_PX = 20;
const ZOOM = 2;
/** A click so near to cursor A takes it away. */
const SLOP_PX = 4;
/** Bins that PgUp and PgDn move by. */
const FAR = 20;

export interface GraphsProps {
  readonly window: TimelineWindow;
  onWindow(window: TimelineWindow): void;
}

export function Graphs({ window, onWindow }: GraphsProps) {
  const store = useStore();
  const { traffic } = useOpenIn();
  const { firstTime, lastTime, newestTime, playhead, filter, hello, servers } = useStoreState(
    'firstTime',
    'lastTime',
    'newestTime',
    'playhead',
    'filter',
    'hello',
    'servers',
  );
  const palette = usePalette();
  const plot = useRef<HTMLDivElement>(null);
  /** What the cursor stands on, once keys have moved it. */
  const [said, setSaid] = useState('');
  const area = useRef<HTMLDivElement>(null);
  const { width } = useSize(plot);
  const { height: room } = useSize(area);
  const { a, b, set: setCursors } = useCursors();
  const bins = Math.max(1, Math.floor(width / BIN_PX));
  const bounds = { from: firstTime, to: newestTime };
  const { from, to } = onWholeBins(scaleOf(window, bounds, Math.max(1, width), lastTime), bins);
  const scale: TimeScale = { from, to, width: Math.max(1, width) };
  const params = useMemo(
    () => (width > 0 ? { from, to, bins, details: true } : undefined),
    [from, to, bins, width],
  );
  const result = detailed(useGraph(params));
  const step = chooseStep(to - from, scale.width, DIVISION_PX);
  const epochMs = hello?.epochMs ?? 0;
  const binMicros = (to - from) / bins;
  // To the millisecond, and on to where the next bin reads differently.
  const decimals = Math.max(3, clockDecimals(binMicros * 1000));
  const trackHeight = Math.max(LEAST_TRACK_PX, Math.floor((room - AXIS_PX) / TRACKS.length));
  const height = trackHeight * TRACKS.length + AXIS_PX;
  const tracks = useMemo(
    () => (result ? drawnTracks(result, firstTime, lastTime) : []),
    [result, firstTime, lastTime],
  );
  const workers = result?.details.workers ?? [];
  // The bin under the pointer, else the one that holds the newest event, or is the nearest to it.
  const hovers = b !== undefined && b >= from && b <= to;
  const bin = binAt((hovers ? b : lastTime) - from, to - from, bins);
  const at = from + (bin + 0.5) * binMicros;
  const isEnd = !hovers && lastTime >= from && lastTime <= to;
  const span =
    filter.from === undefined || filter.to === undefined ? undefined : { from: filter.from, to: filter.to };
  const spanFrom = span?.from;
  const spanTo = span?.to;

  const setScale = (next: TimeScale) => onWindow(standAt(next, bounds));
  const only = (next: TimeWindow | undefined) =>
    store.setFilter({ ...store.state().filter, from: next?.from, to: next?.to });
  const putA = (time: number) => {
    const isThere = a !== undefined && Math.abs(timeToPx(scale, a) - timeToPx(scale, time)) <= SLOP_PX;
    setCursors({ a: isThere ? undefined : time });
  };
  const { handlers } = useLanePointer({
    scroller: area,
    plot,
    scale,
    onScale: setScale,
    onSpan: only,
    onHover: (time) => setCursors({ b: time }),
    onDoubleClick: () => span && setScale({ ...span, width: scale.width }),
    onClick: ({ x }) => putA(from + (x / scale.width) * (to - from)),
  });
  const zoom = (factor: number) =>
    setScale(zoomAt(scale, hovers ? timeToPx(scale, b) : scale.width / 2, factor));
  const moveCursor = (by: number) => {
    const next = Math.min(bins - 1, Math.max(0, bin + by));
    const time = from + (next + 0.5) * binMicros;
    setCursors({ b: time });
    setSaid(`${formatClock(epochMs, time, decimals)}: ${spokenValues(tracks, next)}`);
  };
  const acts: Readonly<Record<GraphAct, () => void>> = {
    in: () => zoom(ZOOM),
    out: () => zoom(1 / ZOOM),
    back: () => moveCursor(-1),
    on: () => moveCursor(1),
    'far-back': () => moveCursor(-FAR),
    'far-on': () => moveCursor(FAR),
    cursor: () => putA(at),
    only: () => only(span ? undefined : spanBetween(a, hovers ? b : undefined, { from, to })),
    playhead: () => store.setPlayhead(placed(at, bounds)),
    fit: () => onWindow(fitAll(bounds, scale.width)),
    follow: () => onWindow({ ...window, follow: true }),
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const act = graphAct(event.key);
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    acts[act]();
  };

  const across = useMemo(
    () => ({
      a,
      span: spanFrom === undefined || spanTo === undefined ? undefined : { from: spanFrom, to: spanTo },
      playhead,
    }),
    [a, spanFrom, spanTo, playhead],
  );
  const divisions = useMemo(
    () => tickTimes(from, to, step.nanos, midnightBefore(epochMs)),
    [from, to, step, epochMs],
  );
  const paintTracks = useCallback(
    (context: CanvasRenderingContext2D, paintWidth: number) => {
      const drawn = { from, to, width: paintWidth };
      paintGraphs(context, palette, {
        scale: drawn,
        trackHeight,
        tracks: tracks.map(({ track, series, top }) => ({
          series: series.map(({ values, ink, shape }) => ({ values, ink: palette[ink], shape })),
          top,
          scaleText: [track.format(top).number, track.format(top).unit].join(' ').trim(),
          threshold: track.threshold,
        })),
        divisions: divisions.map((time) => ({ time, text: clockLabel(epochMs, time, step) })),
        switches: (result?.details.switches ?? []).map(({ time, server, model }) => ({
          time,
          text: servers.length > 1 ? `[${server}: ${model}]` : `[${model}]`,
        })),
        cursor: hovers ? { bin, text: formatClock(epochMs, at, decimals) } : undefined,
        across: { scale: drawn, ...across },
      });
    },
    [
      tracks,
      result,
      palette,
      from,
      to,
      step,
      decimals,
      divisions,
      epochMs,
      trackHeight,
      hovers,
      bin,
      at,
      across,
      servers.length,
    ],
  );
  const paintWorkers = useCallback(
    (context: CanvasRenderingContext2D, paintWidth: number) => {
      const drawn = { from, to, width: paintWidth };
      paintWorkerLanes(context, palette, {
        scale: drawn,
        rowHeight: WORKER_PX,
        lanes: (result?.details.workers ?? []).map((worker) =>
          // Of the main process nothing tells when it began: it is as old as what is held.
          worker.server === 0
            ? { ...worker, started: firstTime, ready: firstTime, isMain: true }
            : { ...worker, isMain: false },
        ),
        divisions,
        switches: (result?.details.switches ?? []).map(({ time }) => time),
        now: lastTime,
        cursor: hovers ? bin : undefined,
        across: { scale: drawn, ...across },
      });
    },
    [result, palette, from, to, divisions, lastTime, hovers, bin, across, firstTime],
  );

  return (
    <div className="concurrency">
      <GraphTools
        window={window}
        step={step}
        decimals={decimals}
        a={a}
        b={hovers ? b : undefined}
        at={isEnd ? lastTime : at}
        isEnd={isEnd}
        onWindow={onWindow}
        onFit={acts.fit}
        onFollow={() => onWindow(window.follow ? standAt(scale, bounds) : { ...window, follow: true })}
      />
      <div className="graphs-area">
        <div
          className="graphs"
          ref={area}
          role="application"
          aria-label="Graphs"
          tabIndex={0}
          onKeyDown={onKeyDown}
        >
          <GraphGutter tracks={tracks} bin={bin} height={trackHeight} />
          <div className="graphs-plot well" ref={plot} data-testid="graphs" {...handlers}>
            <Canvas width={width} height={height} paint={paintTracks} />
          </div>
        </div>
        {workers.length > 0 && (
          <div className="worker-lanes">
            <WorkerTable
              workers={workers}
              more={result?.details.moreWorkers ?? 0}
              bin={bin}
              rowHeight={WORKER_PX}
              onFilter={traffic}
            />
            <div className="workers-plot well" {...handlers}>
              <Canvas width={width} height={workers.length * WORKER_PX} paint={paintWorkers} />
            </div>
          </div>
        )}
        <p className="spoken" role="status">
          {said}
        </p>
        <SpokenGraphs tracks={tracks} window={{ from, to }} epochMs={epochMs} />
      </div>
      {result && <WindowFigures result={result} />}
    </div>
  );
}

function detailed(result: ReturnType<typeof useGraph>): DetailedResult | undefined {
  return result?.details ? (result as DetailedResult) : undefined;
}

/** From one cursor to the other; with one of them or none, what is in sight. */
function spanBetween(a: number | undefined, b: number | undefined, sight: TimeWindow): TimeWindow {
  if (a === undefined || b === undefined || a === b) return sight;
  return { from: Math.min(a, b), to: Math.max(a, b) };
}

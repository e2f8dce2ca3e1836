/** What runs at once, on one time axis: one cursor through all graphs, its values beside their names. */
import { type MouseEvent, useCallback, useMemo, useRef } from 'react';
import { formatClock, formatDuration, spell } from '../../geometry/quantities.ts';
import { binAt, scaleTop } from '../../geometry/steps.ts';
import { chooseStep, stepLabel, tickTimes } from '../../geometry/ticks.ts';
import { paintGraphs } from '../../paint/graph.ts';
import type { GraphResult } from '../../store/queries/graphs.ts';
import { Canvas, usePalette } from '../shell/canvas.tsx';
import { NoSignal } from '../shell/no-signal.tsx';
import { oneOf, useSetting } from '../shell/setting.ts';
import { useGraph, useStoreState } from '../shell/store-context.tsx';
import { useSize } from '../shell/use-size.ts';
import { useCursors } from '../timeline/time-cursor.ts';
import './concurrency-view.css';
import { GraphGutter } from './graph-gutter.tsx';
import { TRACKS } from './graph-tracks.ts';
import { graphWindow, SPANS, type SpanId } from './graph-window.ts';

const BIN_PX = 3;
const AXIS_PX = 24;
const DIVISION_PX = 96;

export function ConcurrencyView() {
  const { firstTime, lastTime, newestTime, playhead, filter, hello } = useStoreState();
  const [span, setSpan] = useSetting<SpanId>('graph-span', '30s', oneOf(SPANS.map(({ id }) => id)));
  const palette = usePalette();
  const plot = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(plot);
  const { a, b, set: setCursors } = useCursors();
  const bins = Math.max(1, Math.floor(width / BIN_PX));
  const micros = SPANS.find(({ id }) => id === span)?.micros;
  const { from, to } = graphWindow(micros, firstTime, micros === undefined ? newestTime : lastTime, bins);
  const params = useMemo(() => (width > 0 ? { from, to, bins } : undefined), [from, to, bins, width]);
  const result = useGraph(params);
  const step = chooseStep(to - from, Math.max(1, width), DIVISION_PX);
  const epochMs = hello?.epochMs ?? 0;
  const trackHeight = Math.floor((height - AXIS_PX) / TRACKS.length);

  const tracks = useMemo(
    () =>
      result &&
      TRACKS.map((track) => {
        const series = track.series.map((each) => ({
          ...each,
          values: untilNow(each.values(result), result, lastTime),
        }));
        const top = Math.max(...series.map(({ values }) => scaleTop(values, track.least)));
        return { track, series, top };
      }),
    [result, lastTime],
  );
  // The bin under the pointer, else the one that holds the newest event.
  const hovers = b !== undefined && b >= from && b <= to;
  const bin = binAt((hovers ? b : lastTime) - from, to - from, bins);
  const at = from + ((bin + 0.5) / bins) * (to - from);
  const spanFrom = filter.from;
  const spanTo = filter.to;

  const paint = useCallback(
    (context: CanvasRenderingContext2D, paintWidth: number) => {
      const origin = -(epochMs % 86_400_000) * 1000;
      paintGraphs(context, palette, {
        scale: { from, to, width: paintWidth },
        trackHeight,
        tracks: (tracks ?? []).map(({ track, series, top }) => ({
          series: series.map(({ values, ink, shape }) => ({ values, ink: palette[ink], shape })),
          top,
          scaleText: [track.format(top).number, track.format(top).unit].join(' ').trim(),
          threshold: track.threshold,
        })),
        divisions: tickTimes(from, to, step.nanos, origin).map((time) => ({
          time,
          text: formatClock(epochMs, time, step.nanos < 1e9 ? 1 : 0),
        })),
        cursor: hovers ? { bin, text: formatClock(epochMs, at, 3) } : undefined,
        across: {
          scale: { from, to, width: paintWidth },
          a,
          span: spanFrom === undefined || spanTo === undefined ? undefined : { from: spanFrom, to: spanTo },
          playhead,
        },
      });
    },
    [tracks, palette, from, to, step, epochMs, trackHeight, hovers, bin, at, a, spanFrom, spanTo, playhead],
  );
  const timeAt = (event: MouseEvent) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    return from + (x / Math.max(1, width)) * (to - from);
  };

  if (newestTime <= firstTime) {
    return (
      <NoSignal
        title="Nothing to measure yet"
        text="Connections, requests and bytes are drawn here as they come."
      />
    );
  }
  return (
    <div className="concurrency">
      <div className="tools">
        <span className="dim">Last</span>
        <fieldset className="segments" aria-label="Span of time">
          {SPANS.map(({ id, label }) => (
            <button
              key={id}
              type="button"
              className={span === id ? 'btn on' : 'btn'}
              aria-pressed={span === id}
              onClick={() => setSpan(id)}
            >
              {label}
            </button>
          ))}
        </fieldset>
        <span className="dim">
          {stepLabel(step).number} {stepLabel(step).unit}/div
        </span>
        <span className="grow" />
        <span className="graph-at mono">
          {a !== undefined && (
            <>
              <span className="dim">A</span> {formatClock(epochMs, a, 3)}{' '}
              {hovers && (
                <>
                  <span className="dim">Δ</span> {spell(formatDuration(b - a))}{' '}
                </>
              )}
            </>
          )}
          <span className="dim">{hovers ? 'at' : playhead === undefined ? 'now' : 'then'}</span>{' '}
          {formatClock(epochMs, hovers ? at : lastTime, 3)}
        </span>
      </div>
      <div className="graphs">
        <GraphGutter tracks={tracks ?? []} bin={bin} height={trackHeight} />
        <div
          className="graphs-plot well"
          ref={plot}
          onPointerMove={(event) => setCursors({ b: timeAt(event) })}
          onPointerLeave={() => setCursors({ b: undefined })}
          onPointerDown={(event) => {
            if (event.button === 0) setCursors({ a: a === undefined ? timeAt(event) : undefined });
          }}
        >
          <Canvas width={width} height={height} paint={paint} />
        </div>
      </div>
    </div>
  );
}

/** Nothing is known of the time to come: no value, and so no line. */
function untilNow(values: Float64Array, { params }: GraphResult, now: number): Float64Array {
  const last = Math.floor(((now - params.from) / (params.to - params.from)) * params.bins);
  return last + 1 >= values.length ? values : values.slice().fill(Number.NaN, Math.max(0, last + 1));
}

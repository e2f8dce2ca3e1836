/** All that is recorded on one line, and the handle that says which moment of it is shown. */
import { type KeyboardEvent, type PointerEvent, useCallback, useEffect, useMemo, useRef } from 'react';
import { formatClock } from '../../geometry/quantities.ts';
import { pxToTime, timeToPx } from '../../geometry/time-scale.ts';
import { paintActivity } from '../../paint/activity.ts';
import { Canvas, usePalette } from '../shell/canvas.tsx';
import { useGraph, useStoreState } from '../shell/store-context.tsx';
import { useSize } from '../shell/use-size.ts';
import { placeIn } from '../shell/zoom.ts';
import { overviewWindow } from '../traffic/overview-window.ts';
import type { Playback } from './use-playback.ts';

const HEIGHT = 20;
const BIN_PX = 3;
/** A page of the keyboard: this part of what is recorded. */
const PAGE = 1 / 20;

export function PlayheadTrack({ playback }: { readonly playback: Playback }) {
  const { hello } = useStoreState('hello');
  const { time, recorded, isPast } = playback;
  const track = useRef<HTMLDivElement>(null);
  const { width } = useSize(track);
  const palette = usePalette();
  const { from, to } = overviewWindow(recorded.from, recorded.to);
  const bins = Math.floor(width / BIN_PX);
  const params = useMemo(() => (bins > 0 ? { from, to, bins, whole: true } : undefined), [from, to, bins]);
  const graph = useGraph(params);
  const scale = { from, to, width };
  const dragging = useRef(false);

  // Whoever opens it wants to move it.
  useEffect(() => track.current?.focus({ preventScroll: true }), []);

  const paint = useCallback(
    (context: CanvasRenderingContext2D, fullWidth: number) => {
      if (graph === undefined) return;
      const bytes = graph.bytesIn.map((value, bin) => value + graph.bytesOut[bin]!);
      paintActivity(context, palette, { scale: { from, to, width: fullWidth }, bytes, until: time }, HEIGHT);
    },
    [graph, palette, from, to, time],
  );
  const seekTo = (event: PointerEvent<HTMLElement>) => {
    const { x } = placeIn(event.currentTarget, event);
    playback.seek(pxToTime(scale, Math.max(0, Math.min(width, x))));
  };
  const page = (by: number) => playback.seek(time + by * PAGE * (recorded.to - recorded.from));
  const onKeyDown = (event: KeyboardEvent) => {
    const act = actionOf(event.key);
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  const actionOf = (key: string): (() => void) | undefined => {
    switch (key) {
      case 'ArrowLeft':
        return () => void playback.step(-1);
      case 'ArrowRight':
        return () => void playback.step(1);
      case 'Home':
        return playback.start;
      case 'End':
        return playback.end;
      case 'PageUp':
        return () => page(-1);
      case 'PageDown':
        return () => page(1);
      default:
        return undefined;
    }
  };
  const clock = formatClock(hello?.epochMs ?? 0, time, 6);
  return (
    <div
      ref={track}
      className="playhead-track well"
      role="slider"
      tabIndex={0}
      aria-label="Playhead"
      aria-valuemin={Math.round(recorded.from)}
      aria-valuemax={Math.round(recorded.to)}
      aria-valuenow={Math.round(time)}
      aria-valuetext={isPast ? clock : `${clock}, the newest`}
      title="← → to the event before and after, Home to the first, End back to the newest"
      data-testid="playhead-track"
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        dragging.current = true;
        seekTo(event);
      }}
      onPointerMove={(event) => dragging.current && seekTo(event)}
      onPointerUp={() => {
        dragging.current = false;
      }}
      onPointerCancel={() => {
        dragging.current = false;
      }}
    >
      <Canvas width={width} height={HEIGHT} paint={paint} />
      {width > 0 && (
        <i className={isPast ? 'thumb past' : 'thumb'} style={{ left: Math.round(timeToPx(scale, time)) }} />
      )}
    </div>
  );
}

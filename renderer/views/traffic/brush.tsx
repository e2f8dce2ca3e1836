/** A span of time on a strip: drag to make one, drag it or its handles, double-click to clear. */
import { type PointerEvent, useRef, useState } from 'react';
import { formatDuration } from '../../geometry/quantities.ts';
import { pxToTime, type TimeScale, timeToPx } from '../../geometry/time-scale.ts';
import { Figure } from '../shell/figures.tsx';
import { placeIn } from '../shell/zoom.ts';
import { type BrushGrip, dragBrush, nudgeBrush } from './brush-drag.ts';
import type { TimeWindow } from './overview-window.ts';

interface Props {
  readonly scale: TimeScale;
  readonly brush: TimeWindow | undefined;
  onBrush(brush: TimeWindow | undefined): void;
}

/** Least travel, CSS pixels, that tells a drag from a click. */
const SLOP = 3;
/** The length is written below the brush only where it fits. */
const LENGTH_PX = 52;

export function Brush({ scale, brush, onBrush }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const drag = useRef<{
    readonly grip: BrushGrip;
    readonly startX: number;
    readonly start: TimeWindow | undefined;
  }>(undefined);
  const [making, setMaking] = useState(false);
  const xOf = (event: PointerEvent) => placeIn(box.current, event).x;
  const begin = (grip: BrushGrip) => (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    box.current?.setPointerCapture(event.pointerId);
    drag.current = { grip, startX: xOf(event), start: brush };
  };
  const move = (event: PointerEvent) => {
    const held = drag.current;
    if (!held) return;
    const x = Math.min(scale.width, Math.max(0, xOf(event)));
    if (held.grip === 'new' && !making && Math.abs(x - held.startX) < SLOP) return;
    setMaking(true);
    onBrush(dragBrush(held.grip, held.start, pxToTime(scale, held.startX), pxToTime(scale, x), scale));
  };
  const end = () => {
    drag.current = undefined;
    setMaking(false);
  };
  const left = brush ? Math.round(timeToPx(scale, Math.max(scale.from, brush.from))) : 0;
  const right = brush ? Math.round(timeToPx(scale, Math.min(scale.to, brush.to))) : 0;
  const handle = (grip: 'from' | 'to', at: number, name: string) =>
    brush && (
      <div
        className={`brush-handle ${grip}`}
        role="slider"
        tabIndex={0}
        aria-label={name}
        aria-valuemin={Math.round(scale.from)}
        aria-valuemax={Math.round(scale.to)}
        aria-valuenow={Math.round(brush[grip])}
        aria-valuetext={`${formatDuration(brush[grip] - scale.from).number} ${formatDuration(brush[grip] - scale.from).unit} after the start`}
        style={{ left: at }}
        onPointerDown={begin(grip)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
          event.preventDefault();
          event.stopPropagation();
          onBrush(nudgeBrush(brush, grip, event.key === 'ArrowLeft' ? -1 : 1, scale));
        }}
      />
    );
  return (
    <div
      ref={box}
      className="brush"
      role="group"
      aria-label="Shown time"
      data-testid="brush"
      onPointerDown={begin('new')}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
      onDoubleClick={() => onBrush(undefined)}
    >
      {brush && (
        <>
          <div className="brush-out" style={{ left: 0, width: Math.max(0, left) }} />
          <div className="brush-out" style={{ left: right, right: 0 }} />
          <div
            className="brush-in"
            style={{ left, width: Math.max(1, right - left) }}
            onPointerDown={begin('all')}
          >
            {right - left >= LENGTH_PX && (
              <span>
                <Figure of={formatDuration(brush.to - brush.from)} />
              </span>
            )}
          </div>
          {handle('from', left, 'Start of the shown time')}
          {handle('to', right, 'End of the shown time')}
        </>
      )}
    </div>
  );
}

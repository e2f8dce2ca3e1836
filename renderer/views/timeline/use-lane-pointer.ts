/**
 * Wheel, pinch, drag and click over the lanes; with Shift a drag marks a span of time. The wheel listener is not
 * passive: it must keep the page from scrolling.
 */
import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { panBy, pxToTime, stretchTo, type TimeScale, zoomAt } from '../../geometry/time-scale.ts';
import { placeIn } from '../shell/zoom.ts';
import type { TimeWindow } from '../traffic/overview-window.ts';
import type { PointerPlace } from './lane-reading.tsx';

interface Options {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly plot: RefObject<HTMLElement | null>;
  readonly scale: TimeScale;
  onScale(scale: TimeScale): void;
  onClick(place: PointerPlace): void;
  onDoubleClick(): void;
  onSpan(span: TimeWindow): void;
  /** Where the pointer is in time; undefined when it is elsewhere. */
  onHover(time: number | undefined): void;
}

interface Drag {
  readonly x: number;
  readonly scale: TimeScale;
  readonly marks: boolean;
  moved: boolean;
}

/** Two fingers on the plot, and the moments that they hold. */
interface Pinch {
  readonly ids: readonly [number, number];
  readonly times: readonly [number, number];
  readonly scale: TimeScale;
}

/** A notch of a wheel (100 px) halves or doubles in four steps. */
const ZOOM_PER_PX = 1 / 400;
/** Browsers send a pinch on a touchpad as a wheel with Ctrl, in far smaller steps: d3-zoom, times 10. */
const PINCH_FACTOR = 10;
/** What a line of a wheel that counts in lines is in pixels, as in Firefox. */
const LINE_PX = 16;
const SLOP = 3;

export function useLanePointer({
  scroller,
  plot,
  scale,
  onScale,
  onClick,
  onDoubleClick,
  onSpan,
  onHover,
}: Options) {
  const [place, setPlace] = useState<PointerPlace>();
  const latest = useRef({ scale, onScale });
  latest.current = { scale, onScale };
  const drag = useRef<Drag>(undefined);
  const fingers = useRef(new Map<number, number>());
  const pinch = useRef<Pinch>(undefined);

  useEffect(() => {
    const element = plot.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      const { scale: now, onScale: change } = latest.current;
      event.preventDefault();
      if (event.shiftKey) {
        scroller.current?.scrollBy({ top: event.deltaY || event.deltaX });
        return;
      }
      if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) change(panBy(now, -event.deltaX));
      else {
        const { x } = placeIn(element, event);
        const px = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1);
        const perPx = ZOOM_PER_PX * (event.ctrlKey ? PINCH_FACTOR : 1);
        change(zoomAt(now, x, 2 ** Math.max(-1, Math.min(1, -px * perPx))));
      }
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [plot, scroller]);

  const at = (event: PointerEvent): PointerPlace => placeIn(plot.current, event);
  const show = (here: PointerPlace | undefined) => {
    setPlace(here);
    onHover(here && pxToTime(scale, here.x));
  };
  const beginPinch = () => {
    const [first, second] = [...fingers.current].sort(([, a], [, b]) => a - b);
    if (first === undefined || second === undefined) return;
    const times = [pxToTime(scale, first[1]), pxToTime(scale, second[1])] as const;
    pinch.current = { ids: [first[0], second[0]], times, scale };
    drag.current = undefined;
  };
  const lift = (event: PointerEvent) => {
    fingers.current.delete(event.pointerId);
    drag.current = undefined;
    pinch.current = undefined;
  };
  const handlers = {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      fingers.current.set(event.pointerId, at(event).x);
      if (fingers.current.size === 2) beginPinch();
      else drag.current = { x: at(event).x, scale, marks: event.shiftKey, moved: false };
    },
    onPointerMove: (event: PointerEvent) => {
      const here = at(event);
      if (pinch.current) {
        fingers.current.set(event.pointerId, here.x);
        const { ids, times, scale: held } = pinch.current;
        const [left = 0, right = 0] = ids.map((id) => fingers.current.get(id));
        // Closer than this a finger covers both.
        if (right - left > SLOP) onScale(stretchTo(held, times, [left, right]));
        return;
      }
      show(here);
      const held = drag.current;
      if (!held) return;
      if (!held.moved && Math.abs(here.x - held.x) < SLOP) return;
      held.moved = true;
      if (!held.marks) return onScale(panBy(held.scale, here.x - held.x));
      const [from, to] = [pxToTime(held.scale, held.x), pxToTime(held.scale, here.x)];
      onSpan({ from: Math.min(from, to), to: Math.max(from, to) });
    },
    onPointerUp: (event: PointerEvent) => {
      if (drag.current && !drag.current.moved) onClick(at(event));
      lift(event);
    },
    onPointerCancel: lift,
    onPointerLeave: () => show(undefined),
    onDoubleClick,
  };
  return { place, handlers };
}

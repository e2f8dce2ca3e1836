/**
 * Wheel, drag and click over the lanes; with Shift a drag marks a span of time. The wheel listener is not passive: it
 * must keep the page from scrolling.
 */
import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { panBy, pxToTime, type TimeScale, zoomAt } from '../../geometry/time-scale.ts';
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

/** A notch of a wheel (100 px) halves or doubles in four steps. */
const ZOOM_PER_PX = 1 / 400;
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
        const x = event.clientX - element.getBoundingClientRect().left;
        change(zoomAt(now, x, 2 ** (-event.deltaY * ZOOM_PER_PX)));
      }
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [plot, scroller]);

  const at = (event: PointerEvent): PointerPlace => {
    const rect = plot.current?.getBoundingClientRect();
    return { x: event.clientX - (rect?.left ?? 0), y: event.clientY - (rect?.top ?? 0) };
  };
  const show = (here: PointerPlace | undefined) => {
    setPlace(here);
    onHover(here && pxToTime(scale, here.x));
  };
  const handlers = {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      drag.current = { x: at(event).x, scale, marks: event.shiftKey, moved: false };
    },
    onPointerMove: (event: PointerEvent) => {
      const here = at(event);
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
      drag.current = undefined;
    },
    onPointerCancel: () => {
      drag.current = undefined;
    },
    onPointerLeave: () => show(undefined),
    onDoubleClick,
  };
  return { place, handlers };
}

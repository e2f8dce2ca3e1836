/** Scrolling over more lines than a browser lays out; see `geometry/tall-scroll.ts`. */
import { type RefObject, useEffect, useRef, useState } from 'react';
import { AT_TOP, laidOut, positionAt, scrolledTo, type TallPosition } from '../../geometry/tall-scroll.ts';

export interface LineScroll {
  /** Height of the box that holds the lines. */
  readonly height: number;
  /** Where the view begins, in pixels of the lines themselves. */
  readonly top: number;
  /** What to add to a line's own place to put it into the box. */
  readonly shift: number;
  /** Scrolls so that the view begins at a pixel of the lines. */
  to(pixel: number): void;
}

export function useLineScroll(
  scroller: RefObject<HTMLElement | null>,
  content: number,
  view: number,
): LineScroll {
  const [position, setPosition] = useState(AT_TOP);
  const extent = { content, view };
  const latest = useRef({ position, extent });
  latest.current = { position, extent };
  const [go] = useState(() => (next: TallPosition) => {
    latest.current.position = next;
    if (scroller.current && scroller.current.scrollTop !== next.scrollTop) {
      scroller.current.scrollTop = next.scrollTop;
    }
    setPosition((old) => (old.scrollTop === next.scrollTop && old.shift === next.shift ? old : next));
  });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const onScroll = () => {
      const { position: before, extent: now } = latest.current;
      if (element.scrollTop !== before.scrollTop) go(scrolledTo(element.scrollTop, before, now));
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => element.removeEventListener('scroll', onScroll);
  }, [scroller, go]);
  return {
    height: laidOut(extent),
    top: position.scrollTop + position.shift,
    shift: -position.shift,
    to: (pixel) => go(positionAt(pixel, latest.current.extent)),
  };
}

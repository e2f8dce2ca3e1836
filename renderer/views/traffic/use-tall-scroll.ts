import { type RefObject, useRef, useState } from 'react';
import {
  AT_TOP,
  laidOut,
  positionAt,
  scrolledTo,
  type TallExtent,
  type TallPosition,
} from '../../geometry/tall-scroll.ts';

interface TallScroll {
  /** How far the content is drawn above its place; CSS pixels. */
  readonly shift: number;
  /** Where the view begins in the content now. */
  now(): number;
  /** True when a person scrolled and the event that says so is still on its way. */
  isElsewhere(): boolean;
  scrollTo(top: number, extent: TallExtent): void;
  /** The same for what is drawn as if it stood there already. */
  settle(top: number, extent: TallExtent): void;
  /**
   * For the element's scroll event; tells which way a person scrolled, if one did. It is drawn when `redraw` is called,
   * unless the shift is another.
   */
  onScroll(extent: TallExtent): { readonly by: number; readonly atEnd: boolean } | undefined;
  redraw(): void;
}

/** The scroll position of an element over content of any height. */
export function useTallScroll(element: RefObject<HTMLElement | null>): TallScroll {
  const [, setDrawn] = useState(AT_TOP);
  const latest = useRef(AT_TOP);
  const redraw = () => setDrawn(latest.current);
  const put = (next: TallPosition, extent: TallExtent) => {
    if (!element.current) return;
    if (element.current.scrollTop !== next.scrollTop) element.current.scrollTop = next.scrollTop;
    // The element has the last word: it may be lower than what it will hold.
    const { scrollTop } = element.current;
    const { shift } = extent.content > laidOut(extent) ? next : AT_TOP;
    const before = latest.current;
    if (before.scrollTop !== scrollTop || before.shift !== shift) latest.current = { scrollTop, shift };
  };
  const { shift } = latest.current;
  return {
    shift,
    now: () => latest.current.scrollTop + latest.current.shift,
    isElsewhere: () => {
      if (!element.current) return false;
      const { scrollTop, scrollHeight, clientHeight } = element.current;
      // Content that shrank took the view along: nobody scrolled.
      const isTaken = scrollTop < latest.current.scrollTop && scrollTop >= scrollHeight - clientHeight - 1;
      return scrollTop !== latest.current.scrollTop && !isTaken;
    },
    scrollTo: (top, extent) => {
      put(positionAt(top, extent), extent);
      redraw();
    },
    settle: (top, extent) => {
      const before = latest.current;
      put(positionAt(top, extent), extent);
      if (latest.current.shift !== before.shift) redraw();
    },
    onScroll: (extent) => {
      const scrollTop = element.current?.scrollTop ?? 0;
      // Any other position than where the list put itself is the person's.
      if (scrollTop === latest.current.scrollTop) return undefined;
      const before = latest.current;
      put(scrolledTo(scrollTop, before, extent), extent);
      const now = latest.current;
      if (now.shift !== before.shift) redraw();
      const after = now.scrollTop + now.shift;
      return {
        by: after - before.scrollTop - before.shift,
        atEnd: after >= extent.content - extent.view - 1,
      };
    },
    redraw,
  };
}

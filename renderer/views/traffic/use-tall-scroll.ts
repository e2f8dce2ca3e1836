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
  /** Where the view begins in the content, and how far the content is drawn above its place; CSS pixels. */
  readonly top: number;
  readonly shift: number;
  /** Where the view begins now, which React may not have drawn yet. */
  now(): number;
  /** True when a person scrolled and the event that says so is still on its way. */
  isElsewhere(): boolean;
  scrollTo(top: number, extent: TallExtent): void;
  /** For the element's scroll event; tells which way a person scrolled, if one did. */
  onScroll(extent: TallExtent): { readonly by: number; readonly atEnd: boolean } | undefined;
}

/** The scroll position of an element over content of any height. */
export function useTallScroll(element: RefObject<HTMLElement | null>): TallScroll {
  const [position, setPosition] = useState(AT_TOP);
  const latest = useRef(AT_TOP);
  const put = (next: TallPosition, extent: TallExtent) => {
    if (!element.current) return;
    if (element.current.scrollTop !== next.scrollTop) element.current.scrollTop = next.scrollTop;
    // The element has the last word: it may be lower than what it will hold.
    const { scrollTop } = element.current;
    const { shift } = extent.content > laidOut(extent) ? next : AT_TOP;
    latest.current = { scrollTop, shift };
    setPosition((old) => (old.scrollTop === scrollTop && old.shift === shift ? old : latest.current));
  };
  return {
    top: position.scrollTop + position.shift,
    shift: position.shift,
    now: () => latest.current.scrollTop + latest.current.shift,
    isElsewhere: () => {
      if (!element.current) return false;
      const { scrollTop, scrollHeight, clientHeight } = element.current;
      // Content that shrank took the view along: nobody scrolled.
      const isTaken = scrollTop < latest.current.scrollTop && scrollTop >= scrollHeight - clientHeight - 1;
      return scrollTop !== latest.current.scrollTop && !isTaken;
    },
    scrollTo: (top, extent) => put(positionAt(top, extent), extent),
    onScroll: (extent) => {
      const scrollTop = element.current?.scrollTop ?? 0;
      // Any other position than where the list put itself is the person's.
      if (scrollTop === latest.current.scrollTop) return undefined;
      const before = latest.current.scrollTop + latest.current.shift;
      put(scrolledTo(scrollTop, latest.current, extent), extent);
      const after = latest.current.scrollTop + latest.current.shift;
      return { by: after - before, atEnd: after >= extent.content - extent.view - 1 };
    },
  };
}

/**
 * Scrolling through more pixels than a browser lays out. Up to that many, content stands where it belongs. Beyond,
 * it is drawn `shift` pixels above its place: small moves keep the shift, so that the wheel goes by rows as ever,
 * and a long one (the thumb was dragged) lands where the thumb stands in proportion. Pixels are CSS pixels.
 */

/** Firefox lays out 17.8 million pixels, Chromium and Safari 33.5 million. */
export const MOST_PX = 2 ** 24;

export interface TallExtent {
  /** Height of all content, whatever a browser makes of it, and of what is seen of it. */
  readonly content: number;
  readonly view: number;
}
export interface TallPosition {
  /** As the element has it. */
  readonly scrollTop: number;
  /** What is seen begins at `scrollTop + shift` of the content. */
  readonly shift: number;
}

export const AT_TOP: TallPosition = { scrollTop: 0, shift: 0 };

/** How high the element that is scrolled should be. */
export function laidOut({ content, view }: TallExtent): number {
  return Math.max(view, Math.min(content, MOST_PX));
}

/** So many views at either end stand where they belong, so that the wheel comes to the end where the thumb does. */
const EDGE_VIEWS = 2;
/** Moves longer than so many views are jumps. */
const JUMP_VIEWS = 4;

/** The position at which the content is seen from `top` on, with the thumb where it belongs. */
export function positionAt(top: number, extent: TallExtent): TallPosition {
  const last = Math.max(0, extent.content - extent.view);
  const held = Math.min(last, Math.max(0, Math.round(top)));
  const range = laidOut(extent) - extent.view;
  const edge = EDGE_VIEWS * extent.view;
  if (extent.content <= MOST_PX || held <= edge) return { scrollTop: held, shift: 0 };
  if (held >= last - edge) return { scrollTop: held - (last - range), shift: last - range };
  const scrollTop = Math.min(range - edge, Math.max(edge, Math.round((held / last) * range)));
  return { scrollTop, shift: held - scrollTop };
}

/** Where a scroll of the element to `scrollTop` leads. Its own `scrollTop` may differ: the thumb is to be put there. */
export function scrolledTo(scrollTop: number, before: TallPosition, extent: TallExtent): TallPosition {
  if (extent.content <= MOST_PX) return { scrollTop, shift: 0 };
  const range = laidOut(extent) - extent.view;
  const last = extent.content - extent.view;
  const edge = EDGE_VIEWS * extent.view;
  if (Math.abs(scrollTop - before.scrollTop) > JUMP_VIEWS * extent.view) {
    if (scrollTop <= edge) return { scrollTop, shift: 0 };
    if (scrollTop >= range - edge) return { scrollTop, shift: last - range };
    return { scrollTop, shift: Math.round((scrollTop / range) * last) - scrollTop };
  }
  // The thumb would come to its end before the content does, or after it: it is put back in proportion on the way.
  const strays = scrollTop < extent.view || scrollTop > range - extent.view;
  const top = scrollTop + before.shift;
  const isPast = top < 0 || top > last;
  return strays || isPast ? positionAt(top, extent) : { scrollTop, shift: before.shift };
}

/** Places in an element's own pixels. While presenting, the page is drawn larger than those by CSS zoom. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Pixels of the viewport to one of the element's own. */
export function zoomOf(element: Element): number {
  // Safari does not tell.
  return element.currentCSSZoom ?? 1;
}

/** Where in an element the pointer is; from the corner of the window where there is none. */
export function placeIn(
  element: Element | null,
  { clientX, clientY }: { readonly clientX: number; readonly clientY: number },
): Place {
  if (!element) return { x: clientX, y: clientY };
  const { left, top } = element.getBoundingClientRect();
  const zoom = zoomOf(element);
  return { x: (clientX - left) / zoom, y: (clientY - top) / zoom };
}

/** Which rows of a list of fixed-height rows are on screen. Pixels are CSS pixels, indices count from 0. */
export const ROW_PX = 20;
/** Rows asked for beyond either edge, so that a flick of the wheel meets rows and not a gap. */
export const OVERSCAN = 20;
/** Browsers stop laying out boxes at 2^25 px: more rows than this cannot be scrolled to, only filtered down. */
export const MOST_ROWS = Math.floor(2 ** 25 / ROW_PX) - 100;

export interface RowWindow {
  readonly first: number;
  readonly count: number;
}

export function rowsOnScreen(scrollTop: number, height: number): RowWindow {
  const first = Math.max(0, Math.floor(scrollTop / ROW_PX));
  return { first, count: Math.ceil((scrollTop + height) / ROW_PX) - first };
}

export function withOverscan(window: RowWindow): RowWindow {
  const first = Math.max(0, window.first - OVERSCAN);
  return { first, count: window.first - first + window.count + OVERSCAN };
}

/** The scroll position nearest to `scrollTop` at which the row is wholly seen. */
export function scrollToShow(index: number, scrollTop: number, height: number): number {
  const top = index * ROW_PX;
  if (top < scrollTop) return top;
  if (top + ROW_PX > scrollTop + height) return top + ROW_PX - height;
  return scrollTop;
}

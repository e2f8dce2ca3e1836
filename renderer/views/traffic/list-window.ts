/** Which rows of a list of fixed-height rows are on screen. Pixels are CSS pixels, indices count from 0. */
export const ROW_PX = 20;
/** Rows drawn beyond either edge, so that a flick of the wheel meets rows and not a gap. */
export const OVERSCAN = 10;
/** Where new rows come at the end: all of them change in each frame, and who turns back leaves that mode at once. */
const FOLLOWED = 5;

export interface RowWindow {
  readonly first: number;
  readonly count: number;
}

export function rowsOnScreen(top: number, height: number): RowWindow {
  const first = Math.max(0, Math.floor(top / ROW_PX));
  return { first, count: Math.ceil((top + height) / ROW_PX) - first };
}

/**
 * Those to draw. At a height their number is the same wherever the list is scrolled to: each row has an element, and
 * elements that come and go cost more than those that are filled anew.
 */
export function rowsToDraw(top: number, height: number): RowWindow {
  const { first } = rowsOnScreen(top, height);
  return { first: Math.max(0, first - OVERSCAN), count: mostOnScreen(height) + 2 * OVERSCAN };
}

/** The same at the end of the list, where nothing comes after what is seen. */
export function lastRows(height: number): RowWindow {
  return { first: 0, count: mostOnScreen(height) + FOLLOWED };
}

/** The first may be in sight in part, and so may the last. */
function mostOnScreen(height: number): number {
  return Math.ceil(height / ROW_PX) + 1;
}

/** The scroll position nearest to `top` at which the row is wholly seen. */
export function scrollToShow(index: number, top: number, height: number): number {
  const rowTop = index * ROW_PX;
  if (rowTop < top) return rowTop;
  if (rowTop + ROW_PX > top + height) return rowTop + ROW_PX - height;
  return top;
}

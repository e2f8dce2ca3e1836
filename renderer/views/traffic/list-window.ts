/** Which rows of a list of fixed-height rows are on screen. Pixels are CSS pixels, indices count from 0. */
export const ROW_PX = 20;
/** Rows asked for beyond either edge, so that a flick of the wheel meets rows and not a gap. */
export const OVERSCAN = 10;

export interface RowWindow {
  readonly first: number;
  readonly count: number;
}

/** As many rows as are ever drawn at a height, overscan included: the same wherever the list is scrolled to. */
export function mostRows(height: number): number {
  return Math.ceil(height / ROW_PX) + 1 + 2 * OVERSCAN;
}

export function rowsOnScreen(top: number, height: number): RowWindow {
  const first = Math.max(0, Math.floor(top / ROW_PX));
  return { first, count: Math.ceil((top + height) / ROW_PX) - first };
}

export function withOverscan(window: RowWindow): RowWindow {
  const first = Math.max(0, window.first - OVERSCAN);
  return { first, count: window.first - first + window.count + OVERSCAN };
}

/** At the end of the list, where nothing comes after what is seen. */
export function lastRows(height: number): RowWindow {
  return { first: 0, count: Math.ceil(height / ROW_PX) + 1 + OVERSCAN };
}

/** The scroll position nearest to `top` at which the row is wholly seen. */
export function scrollToShow(index: number, top: number, height: number): number {
  const rowTop = index * ROW_PX;
  if (rowTop < top) return rowTop;
  if (rowTop + ROW_PX > top + height) return rowTop + ROW_PX - height;
  return top;
}

/** Exchanges over the list's time axis: reading, work, sending; how each ended; what runs off the edge. */

/** One row of the list. Times are in microseconds, undefined while unknown; `origin` is the time at its left edge. */
export interface WaterfallRow {
  readonly origin: number;
  readonly begin: number;
  readonly head: number | undefined;
  readonly response: number | undefined;
  readonly end: number | undefined;
  readonly state: 'done' | 'open' | 'upgraded' | 'aborted';
}
export interface WaterfallPicture {
  /** Undefined where nothing is known of a row's axis. */
  readonly rows: readonly (WaterfallRow | undefined)[];
  /** CSS pixels. */
  readonly rowHeight: number;
  readonly width: number;
  /** Microseconds that the width stands for. */
  readonly span: number;
}

/** In the order in which they lie on each other: bars first, then what covers their end, then signs. */
export const WATERFALL_INKS = [
  'read',
  'work',
  'write',
  'cover',
  'pending',
  'sending',
  'upgraded',
  'beyond',
  'aborted',
] as const;
export type WaterfallInk = (typeof WATERFALL_INKS)[number];
/** The `d` of one SVG path for each ink that is used: so few elements cost nothing to lay out or to draw. */
export type WaterfallPaths = { readonly [ink in WaterfallInk]?: string };

const TOP = 7;
const THICK = 6;
const LEAST = 1.5;
const MIDDLE = 10;
const DASH = 2;
const DASH_STEP = 5;
const ARROW = 7;

/** All rows, the first at the top. */
export function waterfallPaths({ rows, rowHeight, width, span }: WaterfallPicture): WaterfallPaths {
  const paths: { [ink in WaterfallInk]?: string } = {};
  const add = (ink: WaterfallInk, d: string) => {
    paths[ink] = (paths[ink] ?? '') + d;
  };
  rows.forEach((row, place) => {
    if (row !== undefined) addRow(add, row, { top: place * rowHeight, span, width });
  });
  return paths;
}

type Add = (ink: WaterfallInk, d: string) => void;

interface Axis {
  readonly top: number;
  readonly span: number;
  readonly width: number;
}

function addRow(add: Add, row: WaterfallRow, { top, span, width }: Axis): void {
  const x = (time: number) => ((time - row.origin) / span) * width;
  const bar = (from: number, to: number, ink: WaterfallInk) => {
    if (x(to) < 0 || x(from) > width) return;
    const left = Math.min(width - LEAST, Math.max(0, x(from)));
    add(ink, box(left, top + TOP, Math.max(LEAST, Math.min(width, x(to)) - left), THICK));
  };
  const { begin, head, response, end, state } = row;
  bar(begin, head ?? end ?? begin, 'read');
  const workEnd = response ?? end;
  if (head !== undefined && workEnd !== undefined) bar(head, workEnd, 'work');
  if (response !== undefined) bar(response, end ?? response, 'write');
  if (state === 'open' || state === 'upgraded') {
    const from = Math.min(width, Math.max(0, x(response ?? head ?? begin))) + 3;
    add(
      response === undefined ? 'pending' : state === 'upgraded' ? 'upgraded' : 'sending',
      openEnd(from, top, width),
    );
  } else if (end !== undefined && x(end) > width + 1) {
    add('cover', box(width - 8, top + 4, 8, 12));
    add('beyond', chevron(width - 6, top) + chevron(width - 3, top));
  }
  if (state === 'aborted' && end !== undefined) {
    add('aborted', cross(Math.min(width - 4, Math.max(3, x(end))), top));
  }
}

function box(left: number, top: number, width: number, height: number): string {
  return `M${short(left)} ${top}h${short(width)}v${height}h${short(-width)}z`;
}

/** It goes on: dots to the edge, and an arrow. */
function openEnd(from: number, top: number, width: number): string {
  let d = '';
  for (let at = from; at < width - ARROW; at += DASH_STEP) {
    d += `M${short(at)} ${top + MIDDLE}h${short(Math.min(DASH, width - ARROW - at))}`;
  }
  return `${d}M${width - 5} ${top + 6.5}l4 3.5-4 3.5`;
}

function chevron(left: number, top: number): string {
  return `M${left} ${top + 7}l3 3-3 3`;
}

function cross(at: number, top: number): string {
  return `M${short(at - 3)} ${top + 6.5}l6 7m0-7l-6 7`;
}

/** A hundredth of a pixel is not seen. */
function short(pixels: number): number {
  return Math.round(pixels * 100) / 100;
}

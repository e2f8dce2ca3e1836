/** Which columns there is room for. The path takes what the others leave. */
export interface Columns {
  readonly template: string;
  readonly start: boolean;
  readonly type: boolean;
  readonly time: boolean;
  readonly conn: boolean;
  /** CSS pixels. */
  readonly waterfall: number;
  /** Signs of a path that fit before its middle is left out. */
  readonly pathChars: number;
  readonly count: number;
}

const GAP = 6;
const EDGES = 18;
const MONO_11 = 6.6;
/** A clock to the millisecond, and some air. */
const START = 88;
/** Stripe and its gap. */
const STRIPE = 9;

/** @param digits of the largest number, which sets the width of the first column */
export function columnsFor(width: number, digits: number): Columns {
  const wide = width >= 800;
  const roomy = width >= 480;
  const start = width >= 960;
  const number = Math.max(34, 12 + Math.ceil(digits * 6.4));
  const waterfall = wide ? 220 : width >= 560 ? 116 : 72;
  const widths = [
    number,
    ...(start ? [START] : []),
    42,
    0,
    46,
    ...(wide ? [72] : []),
    50,
    ...(roomy ? [56, 28] : []),
    waterfall + GAP,
  ];
  const path = Math.max(
    80,
    width - EDGES - (widths.length - 1) * GAP - widths.reduce((sum, px) => sum + px, 0),
  );
  return {
    template: widths.map((px) => (px === 0 ? 'minmax(0, 1fr)' : `${px}px`)).join(' '),
    start,
    type: wide,
    time: roomy,
    conn: roomy,
    waterfall,
    pathChars: Math.floor((path - STRIPE) / MONO_11),
    count: widths.length,
  };
}

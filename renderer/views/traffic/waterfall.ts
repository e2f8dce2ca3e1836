import { TICK_STEPS, type TickStep } from '../../geometry/ticks.ts';
import type { Row } from '../../store/queries/list.ts';
import type { TimeWindow } from './overview-window.ts';

/**
 * The time axis of the list: ten divisions of a round step. Requests come in bursts with long silence between them,
 * which on one axis would press each burst flat. So all rows have the same scale, and each burst starts at its left.
 */
export interface Waterfall {
  readonly span: number;
  readonly step: TickStep;
  /** Where a row's axis begins, by exchange. */
  readonly origins: ReadonlyMap<number, number>;
}

type Timed = Pick<Row, 'id' | 'beginTime' | 'endTime'> & Partial<Pick<Row, 'headTime' | 'responseTime'>>;

export const DIVISIONS = 10;
/** Silence, in microseconds from begin to begin, after which a new burst starts. */
const BURST_GAP = 150_000;
/** One answer that takes far longer than the others must not press them flat either: it runs off the edge. */
const KEPT_SHARE = 0.85;

/**
 * @param rows those around the screen included, so that a burst's start is known
 * @param onScreen the rows that the scale must suit
 * @param order rows that do not stand in the order of time have no bursts: each begins at its left
 */
export function waterfallOf(
  rows: readonly Timed[],
  onScreen: readonly Timed[],
  brush: TimeWindow | undefined,
  order: 'time' | 'time-reversed' | 'other' = 'time',
): Waterfall | undefined {
  if (onScreen.length === 0) return undefined;
  if (brush) {
    const step = stepFor(brush.to - brush.from);
    return { ...step, origins: new Map(rows.map(({ id }) => [id, brush.from])) };
  }
  const origins = new Map<number, number>();
  let origin = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (const { id, beginTime } of order === 'time-reversed' ? rows.toReversed() : rows) {
    if (order === 'other' || beginTime - last > BURST_GAP) origin = beginTime;
    last = beginTime;
    origins.set(id, origin);
  }
  const since = ({ id }: Timed, time: number) => time - (origins.get(id) ?? time);
  const ends = onScreen.map((row) => since(row, lastKnown(row))).sort((a, b) => a - b);
  const kept = ends[Math.max(0, Math.ceil(ends.length * KEPT_SHARE) - 1)] ?? 0;
  const begins = onScreen.map((row) => since(row, row.beginTime));
  return { ...stepFor(Math.max(kept, ...begins)), origins };
}

/** What is still open has a bar as far as its phases are known. */
function lastKnown({ beginTime, headTime, responseTime, endTime }: Timed): number {
  return endTime ?? responseTime ?? headTime ?? beginTime;
}

function stepFor(span: number): { readonly span: number; readonly step: TickStep } {
  const coarsest = TICK_STEPS[TICK_STEPS.length - 1]!;
  const step =
    TICK_STEPS.find(({ nanos }) => nanos >= LEAST_NANOS && (nanos / 1000) * DIVISIONS >= span) ?? coarsest;
  return { span: (step.nanos / 1000) * DIVISIONS, step };
}

/** Finer than the clock of the capture shows nothing. */
const LEAST_NANOS = 1000;

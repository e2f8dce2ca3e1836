import { TICK_STEPS } from '../../geometry/ticks.ts';

export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

const SECOND_NANOS = 1e9;

/**
 * The time that the overview shows: from the first event over a round span, which steps up when the capture has
 * filled it. Between two steps nothing in the strip moves but its growing end.
 */
export function overviewWindow(first: number, last: number): TimeWindow {
  const nanos = (last - first) * 1000;
  const step = TICK_STEPS.find((each) => each.nanos >= SECOND_NANOS && each.nanos >= nanos * 1.02);
  return { from: first, to: first + (step ? step.nanos / 1000 : (last - first) * 1.02) };
}

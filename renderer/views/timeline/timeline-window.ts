import { clampTo, endAt, fitTo, type TimeBounds, type TimeScale } from '../../geometry/time-scale.ts';

/** What the timeline shows. `span` undefined: as much as there is, up to a limit. */
export interface TimelineWindow {
  readonly follow: boolean;
  readonly from: number;
  readonly span: number | undefined;
}

export const FIRST_WINDOW: TimelineWindow = { follow: true, from: 0, span: undefined };

const LEAST_AUTO = 100_000;
const MOST_AUTO = 10_000_000;
/** Room after the newest event while following, as a share of the window. */
const LEAD = 0.03;

/** @param now where following ends: before the end of what there is while the past is shown */
export function scaleOf(
  window: TimelineWindow,
  bounds: TimeBounds,
  width: number,
  now = bounds.to,
): TimeScale {
  const all = now - bounds.from;
  const span = window.span ?? Math.min(MOST_AUTO, Math.max(LEAST_AUTO, all * (1 + 2 * LEAD)));
  if (window.follow) return endAt({ from: 0, to: span, width }, now + span * LEAD);
  return { from: window.from, to: window.from + span, width };
}

/** A window that stays where a scale stands, within what there is and a tenth of the window beyond it. */
export function standAt(scale: TimeScale, bounds: TimeBounds): TimelineWindow {
  const slack = (scale.to - scale.from) * 0.1;
  const held = clampTo(scale, { from: bounds.from - slack, to: bounds.to + slack });
  return { follow: false, from: held.from, span: held.to - held.from };
}

export function fitAll(bounds: TimeBounds, width: number): TimelineWindow {
  const scale = fitTo(bounds, width);
  return { follow: false, from: scale.from, span: scale.to - scale.from };
}

/** The same window, or the first one where it shows nothing of what there is: another capture has other times. */
export function heldWithin(window: TimelineWindow, { from, to }: TimeBounds): TimelineWindow {
  const { span = 0 } = window;
  return window.follow || (window.from <= to && window.from + span >= from) ? window : FIRST_WINDOW;
}

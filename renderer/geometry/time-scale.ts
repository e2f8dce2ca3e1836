/**
 * Time ↔ pixels. A scale is a value: zooming and panning give a new one. Times are microseconds, pixels count from
 * the left edge and may be fractions; `width` is above 0 and `to` is after `from`.
 */
export interface TimeScale {
  readonly from: number;
  readonly to: number;
  readonly width: number;
}

export interface TimeBounds {
  readonly from: number;
  readonly to: number;
}

/** The closest zoom, in microseconds across the width: finer than a clock of 1 µs shows nothing new. */
export const MIN_SPAN_MICROS = 10;
/** The widest zoom: 31 days, where a double still resolves a nanosecond. */
export const MAX_SPAN_MICROS = 31 * 86_400e6;

export function timeToPx(scale: TimeScale, time: number): number {
  return ((time - scale.from) / (scale.to - scale.from)) * scale.width;
}

export function pxToTime(scale: TimeScale, px: number): number {
  return scale.from + (px / scale.width) * (scale.to - scale.from);
}

export function microsPerPx(scale: TimeScale): number {
  return (scale.to - scale.from) / scale.width;
}

/**
 * Zooms by `factor` (2 shows half as much time) so that the time under `px` stays under it. The span stops at
 * the closest and widest zoom.
 */
export function zoomAt(scale: TimeScale, px: number, factor: number): TimeScale {
  const span = limit((scale.to - scale.from) / factor, MIN_SPAN_MICROS, MAX_SPAN_MICROS);
  const share = px / scale.width;
  const from = pxToTime(scale, px) - share * span;
  return { from, to: from + span, width: scale.width };
}

/** Two moments under two fingers: the scale on which they stand at these pixels. They stay in their order. */
export function stretchTo(
  scale: TimeScale,
  times: readonly [number, number],
  px: readonly [number, number],
): TimeScale {
  const microsPerPx = Math.max(0, (times[1] - times[0]) / (px[1] - px[0]));
  const span = limit(microsPerPx * scale.width, MIN_SPAN_MICROS, MAX_SPAN_MICROS);
  const middle = (times[0] + times[1]) / 2;
  const from = middle - ((px[0] + px[1]) / 2 / scale.width) * span;
  return { from, to: from + span, width: scale.width };
}

/** Moves the content by `px`: a drag to the right (positive) shows earlier times. */
export function panBy(scale: TimeScale, px: number): TimeScale {
  const shift = px * microsPerPx(scale);
  return { from: scale.from - shift, to: scale.to - shift, width: scale.width };
}

/**
 * Keeps a scale within bounds without changing its zoom; a scale wider than the bounds is centred on them, so
 * that it cannot drift away from the data.
 */
export function clampTo(scale: TimeScale, bounds: TimeBounds): TimeScale {
  const span = scale.to - scale.from;
  const room = bounds.to - bounds.from;
  const from =
    span >= room ? bounds.from - (span - room) / 2 : limit(scale.from, bounds.from, bounds.to - span);
  return { from, to: from + span, width: scale.width };
}

/** A scale that shows all of the bounds with `margin` (a share of them) free on either side. */
export function fitTo(bounds: TimeBounds, width: number, margin = 0.02): TimeScale {
  const room = bounds.to - bounds.from;
  const span = limit(room * (1 + 2 * margin), MIN_SPAN_MICROS, MAX_SPAN_MICROS);
  const from = bounds.from - (span - room) / 2;
  return { from, to: from + span, width };
}

/** The same zoom with its right edge at `time`: what "follow" does. */
export function endAt(scale: TimeScale, time: number): TimeScale {
  return { from: time - (scale.to - scale.from), to: time, width: scale.width };
}

/** The same span of time over another width. */
export function resize(scale: TimeScale, width: number): TimeScale {
  return { ...scale, width };
}

function limit(value: number, lowest: number, highest: number): number {
  return Math.min(highest, Math.max(lowest, value));
}

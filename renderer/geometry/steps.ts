/** A row of values as the points of a step curve, and the scale they are drawn on. */

/**
 * Points of a path through bins of equal width, as x, y, x, y …: across the top of each bin, then straight to the
 * next. y grows downwards, 0 is at `height`. Bins of one value share a stroke. A bin that is not finite leaves a
 * gap: each run of bins is a path of its own.
 */
export function stepRuns(
  values: ArrayLike<number>,
  width: number,
  height: number,
  max: number,
): Float64Array[] {
  const runs: Float64Array[] = [];
  const binWidth = width / values.length;
  let points: number[] = [];
  const close = () => {
    if (points.length > 0) runs.push(Float64Array.from(points));
    points = [];
  };
  for (let bin = 0; bin < values.length; bin++) {
    const value = values[bin]!;
    if (!Number.isFinite(value)) {
      close();
      continue;
    }
    const y = valueToY(value, height, max);
    const right = (bin + 1) * binWidth;
    if (points.length > 0 && points.at(-1) === y) points[points.length - 2] = right;
    else points.push(bin * binWidth, y, right, y);
  }
  close();
  return runs;
}

/** Where a value stands on a scale from 0 (at `height`) to `max` (at 0); outside of it, at its edge. */
export function valueToY(value: number, height: number, max: number): number {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0;
  return height - share * height;
}

/** The bin under a pixel; the first or last when the pixel lies outside. */
export function binAt(px: number, width: number, bins: number): number {
  return Math.min(bins - 1, Math.max(0, Math.floor((px / width) * bins)));
}

/** The top of a scale that holds all values: the next 1, 2 or 5 times a power of ten, at least `least`. */
export function scaleTop(values: ArrayLike<number>, least: number): number {
  let highest = least;
  for (let i = 0; i < values.length; i++) if (values[i]! > highest) highest = values[i]!;
  if (!(highest > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(highest));
  const factor = [1, 2, 5, 10].find((step) => step * power >= highest * (1 - 1e-12)) ?? 10;
  return factor * power;
}

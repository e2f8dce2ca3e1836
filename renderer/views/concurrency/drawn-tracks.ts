/** The tracks with their values in a window of time. */
import { scaleTop } from '../../geometry/steps.ts';
import { type DetailedResult, type Series, TRACKS, type Track } from './graph-tracks.ts';

export interface DrawnTrack {
  readonly track: Track;
  readonly series: readonly DrawnSeries[];
  /** Value at the upper end of the scale. */
  readonly top: number;
}

export interface DrawnSeries {
  readonly name: string;
  readonly ink: Series['ink'];
  readonly shape: Series['shape'];
  /** NaN where nothing is known. */
  readonly values: Float64Array;
  /** False where this system does not tell. */
  readonly isKnown: boolean;
}

/**
 * @param since what lies before it was never seen, or is held no more
 * @param now what lies behind it has not happened
 */
export function drawnTracks(result: DetailedResult, since: number, now: number): readonly DrawnTrack[] {
  return TRACKS.map((track) => {
    const series = track.series.map(({ name, ink, shape, values, isKnown }) => ({
      name,
      ink,
      shape,
      values: knownOf(values(result), result, since, now),
      isKnown: isKnown?.(result.details) ?? true,
    }));
    const top = Math.max(...series.map(({ values }) => scaleTop(values, track.least)));
    return { track, series, top };
  });
}

/** Of what is not known there is no value, and so no line. */
function knownOf(values: Float64Array, { params }: DetailedResult, since: number, now: number): Float64Array {
  const binOf = (time: number) =>
    Math.floor(((time - params.from) / (params.to - params.from)) * params.bins);
  const first = Math.max(0, binOf(since));
  const end = Math.max(0, binOf(now) + 1);
  if (first === 0 && end >= values.length) return values;
  return values.slice().fill(Number.NaN, 0, first).fill(Number.NaN, end);
}

/** The highest of the values from one bin to another, both included; undefined where none is known. */
export function highestIn(
  values: Float64Array,
  first = 0,
  last = values.length - 1,
): { readonly value: number; readonly bin: number } | undefined {
  let most: { value: number; bin: number } | undefined;
  for (let bin = first; bin <= last; bin++) {
    const value = values[bin]!;
    if (Number.isFinite(value) && (most === undefined || value > most.value)) most = { value, bin };
  }
  return most;
}

/**
 * Many numbers in few: how many to pass over from 1 on, how many to take, how many to pass over, and so on. A filter
 * shows long runs, and what it shows has to go from a viewer to its host.
 */
export type Runs = readonly number[];

/** Two million runs are some 8 MB of JSON. */
const MOST_RUNS = 4_000_000;

/** `numbers` rise. */
export function runsOf(numbers: Iterable<number>): Runs {
  const runs: number[] = [];
  let next = 1;
  for (const number of numbers) {
    if (number < next) continue;
    if (number === next && runs.length > 0) runs[runs.length - 1]!++;
    else runs.push(number - next, 1);
    next = number + 1;
  }
  return runs;
}

export function checkRuns(value: unknown): Runs | string {
  const isRuns =
    Array.isArray(value) &&
    value.length <= MOST_RUNS &&
    value.every((run) => Number.isSafeInteger(run) && run >= 0);
  return isRuns ? value : 'A choice of exchanges is a list of lengths';
}

/** Tells whether a number is among them. */
export function among(runs: Runs): (number: number) => boolean {
  /** Where each run ends: those at odd places are taken. */
  const ends = new Float64Array(runs.length);
  let end = 1;
  for (let i = 0; i < runs.length; i++) {
    end += runs[i]!;
    ends[i] = end;
  }
  return (number) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle]! > number) high = middle;
      else low = middle + 1;
    }
    return low < ends.length && low % 2 === 1;
  };
}

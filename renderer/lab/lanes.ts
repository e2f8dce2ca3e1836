/** Requests as lanes: one line each, in the order in which they began, all on one axis of time. */
import { type GroupResult, isAnswered } from './group-result.ts';

export interface LanePaths {
  /** From asking until the handler began, or to the end where none did. */
  readonly waited: string;
  /** Of that, the time in which a process was started for it. */
  readonly started: string;
  /** From the handler's begin to the last byte. */
  readonly served: string;
  /** A sign at the end of what was not answered. */
  readonly failed: string;
}

const LEAST_PX = 0.75;
const SIGN_PX = 3;

/** Paths of SVG within `width` times `height`, where `width` is `toMicros`. */
export function lanePaths(
  { records, lanes, began }: GroupResult,
  width: number,
  height: number,
  toMicros: number,
): LanePaths {
  const lane = height / lanes;
  // A line of air between lanes where there is room for one.
  const thick = lane >= 3 ? lane - 1 : lane;
  const x = (time: number) => ((time - began) / toMicros) * width;
  const bar = (n: number, from: number, to: number, least = LEAST_PX) => {
    const [left, right] = [x(from), Math.max(x(to), x(from) + least)];
    const top = n * lane;
    return `M${round(left)} ${round(top)}H${round(right)}V${round(top + thick)}H${round(left)}z`;
  };
  let [waited, started, served, failed] = ['', '', '', ''];
  for (const [n, record] of records.entries()) {
    const { start, end, born, served: servedAt = end } = record;
    waited += bar(n, start, servedAt);
    if (born !== undefined && born < servedAt) started += bar(n, born, servedAt);
    if (record.served !== undefined) served += bar(n, servedAt, end);
    if (!isAnswered(record)) failed += bar(n, end - (SIGN_PX / width) * toMicros, end, SIGN_PX);
  }
  return { waited, started, served, failed };
}

/** Which lane lies at a height; undefined where there is none yet. */
export function laneAt({ records, lanes }: GroupResult, y: number, height: number): number | undefined {
  const lane = Math.floor((y / height) * lanes);
  return lane >= 0 && lane < records.length ? lane : undefined;
}

function round(px: number): number {
  return Math.round(px * 100) / 100;
}

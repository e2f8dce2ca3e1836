/** Recorded time that runs again: how fast, and where it comes to. */

export const SPEEDS = [
  { id: '0.01', label: '1/100×' },
  { id: '0.1', label: '1/10×' },
  { id: '0.5', label: '1/2×' },
  { id: '1', label: '1×' },
  { id: '2', label: '2×' },
  { id: '10', label: '10×' },
] as const;
export type SpeedId = (typeof SPEEDS)[number]['id'];

export interface Recorded {
  readonly from: number;
  readonly to: number;
}

/** A tab in the background gets no frames: what it missed is not made up for. */
const LONGEST_FRAME_MS = 100;

/** Where a playhead at `time` comes to within a frame; undefined at the end of what is recorded. */
export function advance(
  time: number,
  elapsedMs: number,
  speed: SpeedId,
  recorded: Recorded,
): number | undefined {
  const next = time + Math.min(elapsedMs, LONGEST_FRAME_MS) * 1000 * Number(speed);
  return next >= recorded.to ? undefined : Math.max(recorded.from, next);
}

/** A pause longer than this, in the time of who watches, is quiet; a part of it is left before what ends it. */
const QUIET_MS = 1000;
const LEFT_MS = 250;

/** Where a replay goes on that passes over quiet; `next` is when something happens again. */
export function overQuiet(time: number, next: number, speed: SpeedId): number {
  const watched = (next - time) / 1000 / Number(speed);
  return watched > QUIET_MS ? next - LEFT_MS * 1000 * Number(speed) : time;
}

/** Where a playhead may stand; undefined, which is all of it, at the end. */
export function placed(time: number, recorded: Recorded): number | undefined {
  return time >= recorded.to ? undefined : Math.max(recorded.from, time);
}

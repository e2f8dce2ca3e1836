import type { BigIntStats } from 'node:fs';

/** What is looked at to tell states of files apart. */
export type FileState = Pick<BigIntStats, 'size' | 'mtimeNs' | 'ctimeNs' | 'ino' | 'dev'>;

/** What tells one state of a file from the next, RFC 9110 §8.8. */
export interface Validators {
  /** With its quotes, and `W/` when weak. */
  readonly etag: string;
  /** Milliseconds, a whole second: the resolution of Last-Modified. */
  readonly lastModified: number;
}

/** Size and time of the last write in hex. `now` in milliseconds says whether the file may still be in motion. */
export function validatorsOf(stats: FileState, now: number): Validators {
  const { size, mtimeNs, ctimeNs } = stats;
  let tag = `"${size.toString(16)}-${mtimeNs.toString(16)}`;
  // Anyone can set the time of the last write (cp -p, tar, touch); the change time cannot be set, and tells.
  if (mtimeNs !== ctimeNs) tag += `-${ctimeNs.toString(16)}`;
  return {
    etag: `${isSettled(stats, now) ? '' : 'W/'}${tag}"`,
    // A time before 1970 or beyond the year 9999 has no HTTP date worth sending.
    lastModified: Math.min(Math.max(Number(mtimeNs / 1_000_000_000n), 0), LAST_SECOND) * 1000,
  };
}

const LAST_SECOND = 253_402_300_799;

/** Kernels stamp files by a tick of up to 10 ms; five of those are beyond doubt. */
const FINE_TICK_MS = 50;
/** File systems that keep no part of a second round to one, FAT to two. */
const COARSE_TICK_MS = 2_000;

/**
 * Whether a write after this moment is sure to show in the file's times. Before that, two states can have the
 * same times, so a validator is weak (RFC 9110 §8.8.1) and content must not be kept.
 */
export function isSettled(stats: FileState, now: number): boolean {
  const coarse = stats.ctimeNs % 1_000_000_000n === 0n;
  return now - Number(stats.ctimeNs / 1_000_000n) > (coarse ? COARSE_TICK_MS : FINE_TICK_MS);
}

/** Same file in the same state. */
export function sameState(a: FileState, b: FileState): boolean {
  return (
    a.mtimeNs === b.mtimeNs &&
    a.ctimeNs === b.ctimeNs &&
    a.size === b.size &&
    a.ino === b.ino &&
    a.dev === b.dev
  );
}

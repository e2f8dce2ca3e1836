/** 137 000 years: half as far as a Date reaches, so that the sum of two is one. ECMAScript §21.4.1.1. */
const MOST_MICROS = 4.32e18;

/** Whether a time in microseconds, since 1970 or of a log, is one that can be shown: what a file says may be anything. */
export function isMoment(micros: number): boolean {
  return Math.abs(micros) <= MOST_MICROS;
}

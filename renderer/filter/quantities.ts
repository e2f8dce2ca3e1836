/** Numbers with their units, read and written. Sizes are bytes, durations microseconds. */
import type { Field } from './fields.ts';

type Units = Readonly<Record<string, number>>;

const NO_UNITS: Units = { '': 1 };
/** A bare number is bytes; `k` counts in thousands, as the Size column does. */
const SIZE_UNITS: Units = {
  '': 1,
  b: 1,
  k: 1e3,
  kb: 1e3,
  kib: 1024,
  m: 1e6,
  mb: 1e6,
  mib: 1024 ** 2,
  g: 1e9,
  gb: 1e9,
  gib: 1024 ** 3,
};
/** A bare number is milliseconds. */
const TIME_UNITS: Units = {
  '': 1e3,
  us: 1,
  µs: 1,
  μs: 1,
  ms: 1e3,
  s: 1e6,
  m: 60e6,
  min: 60e6,
};

/** Undefined where the text is no such quantity. */
export function readQuantity(type: Field['type'], text: string): number | undefined {
  if (type === 'clock') return readClock(text);
  const units = type === 'size' ? SIZE_UNITS : type === 'duration' ? TIME_UNITS : NO_UNITS;
  const match = /^[c#]?(\d+(?:\.\d+)?)([a-zµμ]*)$/.exec(text.toLowerCase());
  const name = match?.[2] ?? '';
  const unit = Object.hasOwn(units, name) ? units[name] : undefined;
  if (match === null || unit === undefined) return undefined;
  // A name may stand before a plain number only: c12, #12.
  if (/^[c#]/i.test(text) && (units !== NO_UNITS || match[1]!.includes('.'))) return undefined;
  const value = Number(match[1]) * unit;
  if (value > Number.MAX_SAFE_INTEGER) return undefined;
  // Whole bytes, and times no finer than the clock: 1.001 kB is 1001 B and not a hair less.
  return type === 'duration' ? Math.round(value * 1e3) / 1e3 : Math.round(value);
}

/** In the largest unit in which it is a whole number. */
export function writeQuantity(type: Field['type'], value: number): string {
  if (type === 'clock') return writeClock(value);
  const units: readonly (readonly [string, number])[] =
    type === 'size' ? WRITTEN_SIZES : type === 'duration' ? WRITTEN_TIMES : [];
  const [name, by] = units.find(([, each]) => value >= each && value % each === 0) ?? ['', 1];
  if (type === 'duration' && name === '') return `${value}us`;
  return `${value / by}${name}`;
}

export const DAY_MICROS = 86_400e6;

/** Whether a time is of one day, and not of every day. The first day of 1970 is nobody's. */
export function isDated(micros: number): boolean {
  return micros >= DAY_MICROS;
}

/**
 * `14:02`, `14:02:30`, `14:02:30.123456` in microseconds of the day; behind `2026-03-28T`, or for that date alone, in
 * microseconds since 1970 on the clock on the wall.
 */
function readClock(text: string): number | undefined {
  const [, date, time] = /^(\d{4}-\d\d-\d\d)(?:T(.+))?$/i.exec(text) ?? [];
  if (date === undefined) return readTime(text);
  const micros = Date.parse(`${date}T00:00:00Z`) * 1000;
  // There is no 30th of February, and past 2255 microseconds are no longer exact.
  if (!(micros >= DAY_MICROS && micros < Number.MAX_SAFE_INTEGER) || !written(micros).startsWith(date))
    return undefined;
  if (time === undefined) return micros;
  const ofDay = readTime(time);
  return ofDay === undefined ? undefined : micros + ofDay;
}

function written(micros: number): string {
  return new Date(micros / 1000).toISOString().slice(0, 10);
}

function readTime(text: string): number | undefined {
  const match = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,6}))?)?$/.exec(text);
  if (match === null) return undefined;
  const [, hours = '', minutes = '', seconds = '0', fraction = ''] = match;
  return (
    ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1e6 + Number(fraction.padEnd(6, '0'))
  );
}

function writeClock(micros: number): string {
  if (isDated(micros)) return `${written(micros)}T${writeClock(micros % DAY_MICROS)}`;
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const seconds = Math.floor(micros / 1e6);
  const fraction = String(micros % 1e6)
    .padStart(6, '0')
    .replace(/0+$/, '');
  const clock = `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
  return fraction === '' ? clock : `${clock}.${fraction}`;
}

const WRITTEN_SIZES = [
  ['GB', 1e9],
  ['MB', 1e6],
  ['kB', 1e3],
] as const;
const WRITTEN_TIMES = [
  ['s', 1e6],
  ['ms', 1e3],
] as const;

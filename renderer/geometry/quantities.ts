/**
 * Numbers as people read them, the same everywhere. A quantity comes in two parts because the unit is drawn in a
 * lighter ink. Figures below the first step of a unit are whole and exact (`294 B`, `384 µs`); above it three
 * digits are kept, and the unit is chosen after rounding, so that `999.6 kB` never reads `1000 kB`.
 */
export interface Quantity {
  readonly number: string;
  readonly unit: string;
}

const THIN_SPACE = '\u2009';

/** A whole number with thin spaces between thousands: `1 284`, `24 117 248`. */
export function formatCount(value: number): string {
  const digits = Math.abs(Math.round(value)).toString();
  const grouped = digits.replace(/\B(?=(?:\d{3})+$)/g, THIN_SPACE);
  return value < 0 && digits !== '0' ? `−${grouped}` : grouped;
}

/** A size in bytes, decimal steps: `294 B`, `14.4 kB`, `4.21 MB`. */
export function formatBytes(bytes: number): Quantity {
  return scaled(bytes, BYTE_UNITS);
}

/** A size to the byte: `24 117 248 B`. */
export function formatExactBytes(bytes: number): Quantity {
  return { number: formatCount(bytes), unit: 'B' };
}

/** A rate: `38.2 kB/s`. */
export function formatByteRate(bytesPerSecond: number): Quantity {
  const { number, unit } = formatBytes(bytesPerSecond);
  return { number, unit: `${unit}/s` };
}

/** A span of time: `640 ns`, `384 µs`, `2.97 ms`, `46.7 ms`, `1.20 s`, `2:05 min`, `1:02:03 h`. */
export function formatDuration(micros: number): Quantity {
  const size = Math.abs(micros);
  const sign = micros < 0 ? '−' : '';
  if (size === 0) return { number: '0', unit: 'µs' };
  if (Math.round(size * 1000) < 1000) return { number: `${sign}${Math.round(size * 1000)}`, unit: 'ns' };
  if (Math.round(size) < 1000) return { number: `${sign}${Math.round(size)}`, unit: 'µs' };
  for (const [unit, micro, steps] of LONGER_UNITS) {
    const number = threeDigits(size / micro);
    if (Number(number) < steps) return { number: sign + number, unit };
  }
  const seconds = Math.round(size / 1e6);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h === 0
    ? { number: `${sign}${m}:${pad(s, 2)}`, unit: 'min' }
    : { number: `${sign}${formatCount(h)}:${pad(m, 2)}:${pad(s, 2)}`, unit: 'h' };
}

/** A span of time in one given unit with all digits down to the microsecond or finer: `41.094` for `ms`. */
export function formatExact(micros: number, unit: 'µs' | 'ms' | 's'): string {
  const decimals = { µs: 0, ms: 3, s: 6 }[unit];
  const text = (Math.abs(micros) / { µs: 1, ms: 1e3, s: 1e6 }[unit]).toFixed(decimals);
  const [whole = '0', fraction] = text.split('.');
  const grouped = formatCount(Number(whole)) + (fraction === undefined ? '' : `.${fraction}`);
  return micros < 0 && Number(text) !== 0 ? `−${grouped}` : grouped;
}

/**
 * The time of day at which something happened: `14:02:11.285`. A clock shows what has passed, so digits are cut,
 * not rounded.
 *
 * @param epochMs wall-clock milliseconds at log time 0
 * @param micros microseconds since then
 * @param decimals digits of the second, 0 to 6
 * @param eastMinutes the zone's offset from UTC; the zone of this machine when left out
 */
export function formatClock(epochMs: number, micros: number, decimals = 3, eastMinutes?: number): string {
  // Whole microseconds since 1970 stay below 2^53 until the year 2255.
  const total = Math.floor(epochMs * 1000 + micros + 1e-3);
  const ofDay = modulo(total + eastOf(total / 1000, eastMinutes) * 60e6, DAY_MICROS);
  const seconds = Math.floor(ofDay / 1e6);
  const clock = `${pad(Math.floor(seconds / 3600), 2)}:${pad(Math.floor(seconds / 60) % 60, 2)}:${pad(seconds % 60, 2)}`;
  return decimals === 0 ? clock : `${clock}.${pad(ofDay % 1e6, 6).slice(0, decimals)}`;
}

/** The day on which something happened, by the zone of this machine where none is given: `2026-11-21`. */
export function formatDate(epochMs: number, micros: number, eastMinutes?: number): string {
  const at = epochMs + micros / 1000;
  return new Date(at + eastOf(at, eastMinutes) * 60_000).toISOString().slice(0, 10);
}

/** The midnight at or before log time 0, in microseconds since then: 0 or below. */
export function midnightBefore(epochMs: number, eastMinutes?: number): number {
  return -modulo(epochMs + eastOf(epochMs, eastMinutes) * 60_000, DAY_MICROS / 1000) * 1000;
}

/** Time that has run, for the run clock: `00:00:42.612`; hours grow past 24. */
export function formatElapsed(micros: number): string {
  const ms = Math.max(0, Math.floor(micros / 1000));
  const seconds = Math.floor(ms / 1000);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${clock.map((part) => pad(part, 2)).join(':')}.${pad(ms % 1000, 3)}`;
}

/** A byte offset in hex for the gutter of a hex view: `0098`; at least four digits. */
export function formatOffset(offset: number): string {
  return offset.toString(16).padStart(4, '0');
}

/** Both parts in one string, for titles and spoken labels. */
export function spell(quantity: Quantity): string {
  return `${quantity.number} ${quantity.unit}`;
}

const DAY_MICROS = 86_400e6;
const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;
/** Unit, its length in microseconds, and the figure at which the next unit takes over. */
const LONGER_UNITS = [
  ['ms', 1e3, 1000],
  ['s', 1e6, 60],
] as const;

function scaled(value: number, units: readonly string[]): Quantity {
  const size = Math.abs(value);
  const sign = value < 0 ? '−' : '';
  if (Number.isInteger(size) && size < 1000) return { number: `${sign}${size}`, unit: units[0] ?? '' };
  let figure = size;
  for (const [step, unit] of units.entries()) {
    const number = step === 0 && figure >= 100 ? figure.toFixed(0) : threeDigits(figure);
    if (Number(number) < 1000 || step === units.length - 1) return { number: sign + number, unit };
    figure /= 1000;
  }
  return { number: sign + threeDigits(figure), unit: units.at(-1) ?? '' };
}

/** Three digits for figures below 1000, whole numbers above. */
function threeDigits(value: number): string {
  for (let decimals = 2; decimals > 0; decimals--) {
    const text = value.toFixed(decimals);
    if (Number(text) < 10 ** (3 - decimals)) return text;
  }
  return value.toFixed(0);
}

function pad(value: number, width: number): string {
  return Math.floor(value).toString().padStart(width, '0');
}

/** Minutes from UTC to a zone, at a time of it. */
function eastOf(ms: number, eastMinutes: number | undefined): number {
  return eastMinutes ?? -new Date(ms).getTimezoneOffset();
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}

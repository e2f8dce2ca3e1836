import { describe, expect, it } from 'vitest';
import {
  formatByteRate,
  formatBytes,
  formatClock,
  formatCount,
  formatDate,
  formatDuration,
  formatElapsed,
  formatExact,
  formatExactBytes,
  formatOffset,
  midnightBefore,
  type Quantity,
  spell,
} from '../../../renderer/geometry/quantities.ts';

/** Thin spaces as plain ones, so that the tables can be read. */
const plain = (text: string) => text.replaceAll('\u2009', ' ');
const words = (quantity: Quantity) => plain(spell(quantity));

describe('counts', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1284, '1 284'],
    [24_117_248, '24 117 248'],
    [-1284, '−1 284'],
    [-0.2, '0'],
  ])('%d is %s', (value, text) => expect(plain(formatCount(value))).toBe(text));

  it('keeps thousands apart with a thin space', () => expect(formatCount(1284)).toBe('1\u2009284'));
});

describe('sizes', () => {
  it.each([
    [0, '0 B'],
    [294, '294 B'],
    [999, '999 B'],
    [1000, '1.00 kB'],
    [1350, '1.35 kB'],
    [9_543, '9.54 kB'],
    [9_996, '10.0 kB'],
    [14_436, '14.4 kB'],
    [99_950, '100 kB'],
    [212_676, '213 kB'],
    [999_499, '999 kB'],
    [999_500, '1.00 MB'],
    [4_210_000, '4.21 MB'],
    [536_870_912, '537 MB'],
    [2e9, '2.00 GB'],
    [7e15, '7000 TB'],
  ])('%d bytes are %s', (bytes, text) => expect(words(formatBytes(bytes))).toBe(text));

  it('can be exact', () => expect(words(formatExactBytes(24_117_248))).toBe('24 117 248 B'));

  it.each([
    [38_200, '38.2 kB/s'],
    [0, '0 B/s'],
    [12.4, '12.4 B/s'],
  ])('%d a second is %s', (rate, text) => expect(words(formatByteRate(rate))).toBe(text));
});

describe('durations', () => {
  it.each([
    [0, '0 µs'],
    [0.0004, '0 ns'],
    [0.64, '640 ns'],
    [0.9996, '1 µs'],
    [50, '50 µs'],
    [384.4, '384 µs'],
    [999.4, '999 µs'],
    [999.6, '1.00 ms'],
    [2970, '2.97 ms'],
    [9_996, '10.0 ms'],
    [46_700, '46.7 ms'],
    [265_900, '266 ms'],
    [999_600, '1.00 s'],
    [12_340_000, '12.3 s'],
    [59_960_000, '1:00 min'],
    [125_000_000, '2:05 min'],
    [3_723_000_000, '1:02:03 h'],
    [-2970, '−2.97 ms'],
  ])('%d µs is %s', (micros, text) => expect(words(formatDuration(micros))).toBe(text));

  it.each([
    [41_094, 'ms', '41.094'],
    [1_234_567.8, 'ms', '1 234.568'],
    [1_234_567, 's', '1.234567'],
    [-41_094, 'ms', '−41.094'],
    [12, 'µs', '12'],
  ] as const)('%d µs in %s is exactly %s', (micros, unit, text) =>
    expect(plain(formatExact(micros, unit))).toBe(text),
  );
});

describe('clocks', () => {
  const noon = Date.UTC(2026, 10, 21, 13, 2, 11, 200);

  it.each([
    ['in the zone given', noon, 85_612, 3, 60, '14:02:11.285'],
    ['digits are cut, not rounded', noon, 85_999, 3, 0, '13:02:11.285'],
    ['down to the microsecond', noon, 85_612, 6, 0, '13:02:11.285612'],
    ['whole seconds', noon, 799_999, 0, 0, '13:02:11'],
    ['past midnight', Date.UTC(2026, 10, 21, 23, 59, 59, 999), 1000, 3, 0, '00:00:00.000'],
    ['west of Greenwich, the day before', Date.UTC(2026, 0, 1, 0, 30), 0, 0, -60, '23:30:00'],
    ['a fraction of a millisecond in the epoch', noon + 0.25, 0, 6, 0, '13:02:11.200250'],
  ])('%s', (_name, epochMs, micros, decimals, east, text) => {
    expect(formatClock(epochMs, micros, decimals, east)).toBe(text);
  });

  it.each([
    ['UTC', 0, '2026-11-06', -12 * 3600e6],
    ['a zone where it is the next day', 840, '2026-11-07', -2 * 3600e6],
    ['a zone of half an hour', 330, '2026-11-06', -17.5 * 3600e6],
    ['west of Greenwich', -750, '2026-11-05', -23.5 * 3600e6],
  ])('has its day and its midnight in %s', (_name, east, date, midnight) => {
    const at = Date.UTC(2026, 10, 6, 12);
    expect(formatDate(at, 0, east)).toBe(date);
    expect(midnightBefore(at, east)).toBe(midnight);
    expect(formatClock(at, midnight, 0, east)).toBe('00:00:00');
  });

  it('is in the zone of this machine when none is given', () => {
    const at = new Date(2026, 5, 1, 9, 8, 7, 6);
    expect(formatClock(at.getTime(), 0)).toBe('09:08:07.006');
  });

  it.each([
    [42_612_900, '00:00:42.612'],
    [90_061_001_000, '25:01:01.001'],
    [-5, '00:00:00.000'],
  ])('%d µs of running read %s', (micros, text) => expect(formatElapsed(micros)).toBe(text));
});

it.each([
  [0x98, '0098'],
  [0x12345, '12345'],
])('offset %d is %s', (offset, text) => expect(formatOffset(offset)).toBe(text));

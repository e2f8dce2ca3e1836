import { describe, expect, it } from 'vitest';
import { formatHttpDate, parseHttpDate } from '../../server-core/http/date.ts';

const SUNDAY = Date.UTC(1994, 10, 6, 8, 49, 37);
const NOW = Date.UTC(2026, 10, 21);

describe('formatHttpDate', () => {
  it('writes IMF-fixdate', () => {
    expect(formatHttpDate(SUNDAY)).toBe('Sun, 06 Nov 1994 08:49:37 GMT');
    expect(formatHttpDate(0)).toBe('Thu, 01 Jan 1970 00:00:00 GMT');
    expect(formatHttpDate(253_402_300_799_000)).toBe('Fri, 31 Dec 9999 23:59:59 GMT');
  });

  it('cuts parts of a second off rather than rounding up to a moment that is not over', () => {
    expect(formatHttpDate(SUNDAY + 999)).toBe('Sun, 06 Nov 1994 08:49:37 GMT');
  });
});

describe('parseHttpDate', () => {
  it.each([
    ['IMF-fixdate', 'Sun, 06 Nov 1994 08:49:37 GMT', SUNDAY],
    ['rfc850-date', 'Sunday, 06-Nov-94 08:49:37 GMT', SUNDAY],
    ['asctime-date, day padded by a space', 'Sun Nov  6 08:49:37 1994', SUNDAY],
    ['asctime-date, two digits', 'Wed Nov 16 08:49:37 1994', Date.UTC(1994, 10, 16, 8, 49, 37)],
    ['a day name that does not fit', 'Mon, 06 Nov 1994 08:49:37 GMT', SUNDAY],
    ['a leap second', 'Sat, 31 Dec 2016 23:59:60 GMT', Date.UTC(2017, 0, 1)],
    ['a leap day', 'Thu, 29 Feb 2024 00:00:00 GMT', Date.UTC(2024, 1, 29)],
    ['two digits up to 50 years ahead', 'Saturday, 21-Nov-76 00:00:00 GMT', Date.UTC(2076, 10, 21)],
    ['two digits more than 50 years ahead', 'Monday, 21-Nov-77 00:00:00 GMT', Date.UTC(1977, 10, 21)],
    ['a year before 100', 'Mon, 01 Jan 0001 00:00:00 GMT', new Date('0001-01-01T00:00:00Z').getTime()],
  ])('reads %s', (_, text, ms) => {
    expect(parseHttpDate(text, NOW)).toBe(ms);
  });

  it.each([
    ['nothing', ''],
    ['a number', '0'],
    ['lower case', 'sun, 06 nov 1994 08:49:37 gmt'],
    ['another zone', 'Sun, 06 Nov 1994 08:49:37 +0000'],
    ['ISO 8601', '1994-11-06T08:49:37Z'],
    ['a day of one digit', 'Sun, 6 Nov 1994 08:49:37 GMT'],
    ['Feb 30', 'Fri, 30 Feb 2024 00:00:00 GMT'],
    ['a leap day in another year', 'Wed, 29 Feb 2023 00:00:00 GMT'],
    ['day 0', 'Sun, 00 Nov 1994 08:49:37 GMT'],
    ["24 o'clock", 'Sun, 06 Nov 1994 24:00:00 GMT'],
    ['minute 60', 'Sun, 06 Nov 1994 08:60:37 GMT'],
    ['second 61', 'Sun, 06 Nov 1994 08:49:61 GMT'],
    ['something behind it', 'Sun, 06 Nov 1994 08:49:37 GMT '],
    ['two dates', 'Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT'],
  ])('does not read %s', (_, text) => {
    expect(parseHttpDate(text, NOW)).toBeUndefined();
  });

  it('reads what it writes', () => {
    for (let ms = 0; ms < 253_402_300_799_000; ms += 86_399_000 * 977) {
      expect(parseHttpDate(formatHttpDate(ms), NOW)).toBe(ms);
    }
  });
});

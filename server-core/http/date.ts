/** HTTP dates, RFC 9110 §5.6.7. Times are milliseconds since 1970, always a whole second. */

/** IMF-fixdate, the one form that is sent: `Sun, 06 Nov 1994 08:49:37 GMT`. Parts of a second are cut off. */
export function formatHttpDate(ms: number): string {
  // ECMA-262 §21.4.4.43 gives toUTCString exactly this form for the years 0 to 9999.
  return new Date(ms).toUTCString();
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MONTH = MONTHS.join('|');
const TIME = '(\\d\\d):(\\d\\d):(\\d\\d)';

// The name of the day says nothing that the date does not, so one that does not fit is let pass.
const IMF_FIXDATE = new RegExp(`^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\\d\\d) (${MONTH}) (\\d{4}) ${TIME} GMT$`);
const RFC_850 = new RegExp(
  `^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (\\d\\d)-(${MONTH})-(\\d\\d) ${TIME} GMT$`,
);
const ASCTIME = new RegExp(`^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (${MONTH}) ([ \\d]\\d) ${TIME} (\\d{4})$`);

/**
 * Reads all three forms that a recipient must accept. Undefined for everything else, so that the field which
 * carries it can be ignored. `now` settles the century of a two-digit year.
 */
export function parseHttpDate(text: string, now: number = Date.now()): number | undefined {
  let match = IMF_FIXDATE.exec(text);
  if (match) return utc(Number(match[3]), match[2]!, match[1]!, match[4]!, match[5]!, match[6]!);
  match = ASCTIME.exec(text);
  if (match) return utc(Number(match[6]), match[1]!, match[2]!, match[3]!, match[4]!, match[5]!);
  match = RFC_850.exec(text);
  if (!match) return undefined;
  const year = centuryOf(Number(match[3]), new Date(now).getUTCFullYear());
  return utc(year, match[2]!, match[1]!, match[4]!, match[5]!, match[6]!);
}

/** RFC 9110 §5.6.7: a date that looks more than 50 years ahead is the latest past one with those two digits. */
function centuryOf(twoDigits: number, thisYear: number): number {
  const year = thisYear - (thisYear % 100) + twoDigits;
  return year > thisYear + 50 ? year - 100 : year;
}

function utc(year: number, monthName: string, day: string, hour: string, minute: string, second: string) {
  const month = MONTHS.indexOf(monthName);
  const date = new Date(0);
  // Not Date.UTC: it takes the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(year, month, Number(day));
  // Feb 30 would silently become a day in March.
  if (date.getUTCMonth() !== month || Number(day) === 0) return undefined;
  // A leap second is written as 60 and means the second after.
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined;
  return date.setUTCHours(Number(hour), Number(minute), Number(second));
}

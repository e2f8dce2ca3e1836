/** Dates in fields, RFC 9110 §5.6.7: one form to send, two older ones to accept. */
const DAYS = 'Mon|Tue|Wed|Thu|Fri|Sat|Sun';
const LONG_DAYS = 'Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MONTH = MONTHS.join('|');
const TIME = '(\\d\\d):(\\d\\d):(\\d\\d)';
const FIX = new RegExp(`^(?:${DAYS}), (\\d\\d) (${MONTH}) (\\d{4}) ${TIME} GMT$`);
const RFC850 = new RegExp(`^(?:${LONG_DAYS}), (\\d\\d)-(${MONTH})-(\\d\\d) ${TIME} GMT$`);
const ASCTIME = new RegExp(`^(?:${DAYS}) (${MONTH}) ([ \\d]\\d) ${TIME} (\\d{4})$`);

export interface HttpDate {
  /** Milliseconds since 1970. */
  readonly ms: number;
  /** Written in one of the two forms that nobody should send any more. */
  readonly obsolete: boolean;
}

export function httpDate(text: string): HttpDate | undefined {
  const fix = FIX.exec(text);
  if (fix) return dated(Number(fix[3]), fix[2], fix[1], fix.slice(4), false);
  const old = RFC850.exec(text);
  // A year more than 50 years ahead is one of the past century.
  if (old) {
    const year = 2000 + Number(old[3]);
    const limit = new Date().getUTCFullYear() + 50;
    return dated(year > limit ? year - 100 : year, old[2], old[1], old.slice(4), true);
  }
  const asctime = ASCTIME.exec(text);
  if (asctime) return dated(Number(asctime[6]), asctime[1], asctime[2], asctime.slice(3, 6), true);
  return undefined;
}

function dated(
  year: number,
  month: string | undefined,
  day: string | undefined,
  time: readonly string[],
  obsolete: boolean,
): HttpDate | undefined {
  const [h = 0, m = 0, s = 0] = time.map(Number);
  const number = MONTHS.indexOf(month ?? '');
  const date = new Date(Date.UTC(year, number, Number(day), h, m, Math.min(s, 59)));
  if (h > 23 || m > 59 || s > 60 || date.getUTCDate() !== Number(day)) return undefined;
  return { ms: date.getTime(), obsolete };
}

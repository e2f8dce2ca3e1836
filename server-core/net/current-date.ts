import { formatHttpDate } from '../http/date.ts';

let second = 0;
let text = '';

/** The Date field of the present second; formatted once a second, however many responses carry it. */
export function currentDate(): string {
  const now = Math.floor(Date.now() / 1000);
  if (now !== second) {
    second = now;
    text = formatHttpDate(now * 1000);
  }
  return text;
}

/** Cookies as RFC 6265 and its draft successor (6265bis) have browsers read them. */
import type { Found } from './field-warnings.ts';
import { httpDate } from './http-date.ts';

export interface CookiePair {
  readonly name: string;
  readonly value: string;
}
export interface CookieAttribute {
  readonly name: string;
  readonly value: string;
  /** One plain sentence. */
  readonly meaning: string;
}
export interface SetCookie extends CookiePair {
  readonly attributes: readonly CookieAttribute[];
  /** Why a browser refuses it or does less than was meant. */
  readonly problems: readonly Found[];
}

/** The pairs of a Cookie field, RFC 6265 §4.2.1. */
export function cookiePairs(value: string): CookiePair[] {
  return value
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(pairOf);
}

/** A Set-Cookie field, RFC 6265 §5.2. */
export function setCookie(value: string, secureConnection: boolean): SetCookie {
  const [first = '', ...rest] = value.split(';').map((part) => part.trim());
  const pair = pairOf(first);
  const attributes = rest.filter((part) => part !== '').map(attributeOf);
  return { ...pair, attributes, problems: problemsOf(pair, attributes, secureConnection) };
}

function pairOf(text: string): CookiePair {
  const at = text.indexOf('=');
  return at < 0
    ? { name: '', value: text }
    : { name: text.slice(0, at).trim(), value: text.slice(at + 1).trim() };
}

function attributeOf(text: string): CookieAttribute {
  const at = text.indexOf('=');
  const name = at < 0 ? text : text.slice(0, at).trim();
  const value = at < 0 ? '' : text.slice(at + 1).trim();
  return { name, value, meaning: meaningOf(name.toLowerCase(), value) };
}

const SAME_SITE: ReadonlyMap<string, string> = new Map([
  ['strict', 'Sent only when the request comes from a page of the same site.'],
  ['lax', 'Sent from other sites only when a person follows a link here.'],
  ['none', 'Sent from every site, also from frames and scripts of others.'],
]);

function meaningOf(name: string, value: string): string {
  switch (name) {
    case 'secure':
      return 'Sent over https only.';
    case 'httponly':
      return 'Scripts of the page cannot read it.';
    case 'partitioned':
      return 'Kept apart for each site that embeds this one.';
    case 'path':
      return value.startsWith('/')
        ? `Sent for paths at and below ${value}.`
        : 'Not a path: the folder of this request is taken.';
    case 'domain':
      return value === ''
        ? 'Empty, so ignored: sent to this host only.'
        : `Sent to ${value.replace(/^\./, '')} and all hosts below it.`;
    case 'max-age':
      if (!/^-?\d+$/.test(value)) return 'Not a number of seconds, so ignored.';
      return Number(value) <= 0 ? 'Deletes the cookie at once.' : `Kept for ${duration(Number(value))}.`;
    case 'expires':
      if (httpDate(value) === undefined) return 'Not in the form of HTTP dates; browsers may still read it.';
      return 'Kept until then, deleted if that is past; Max-Age goes before it.';
    case 'samesite':
      return SAME_SITE.get(value.toLowerCase()) ?? 'Not a known word: browsers take Lax.';
    case 'priority':
      return 'Which cookies Chrome drops first when there are too many. No standard knows it.';
    default:
      return 'No browser knows this attribute, so it is ignored.';
  }
}

function problemsOf(pair: CookiePair, attributes: readonly CookieAttribute[], secure: boolean): Found[] {
  const last = (name: string) => attributes.findLast((each) => each.name.toLowerCase() === name)?.value;
  const has = (name: string) => last(name) !== undefined;
  const problems: Found[] = [];
  if (pair.name === '') problems.push(['bad', 'The cookie has no name', 'RFC 6265 §4.1.1']);
  if (last('samesite')?.toLowerCase() === 'none' && !has('secure')) {
    problems.push(['bad', 'SameSite=None without Secure: browsers refuse the cookie', 'RFC 6265bis §5.7']);
  }
  if (has('partitioned') && !has('secure'))
    problems.push(['bad', 'Partitioned without Secure: browsers refuse the cookie', 'CHIPS']);
  if (/^__Secure-/i.test(pair.name) && !has('secure')) {
    const sentence = 'A name that begins with __Secure- needs the attribute Secure';
    problems.push(['bad', sentence, 'RFC 6265bis §4.1.3.1']);
  }
  if (/^__Host-/i.test(pair.name) && (!has('secure') || has('domain') || last('path') !== '/')) {
    const sentence = 'A name that begins with __Host- needs Secure, Path=/ and no Domain';
    problems.push(['bad', sentence, 'RFC 6265bis §4.1.3.2']);
  }
  if (has('secure') && !secure) {
    const sentence = 'Secure over plain http: only a loopback address may set it, and not in every browser';
    problems.push(['odd', sentence, 'RFC 6265bis §5.7']);
  }
  if (attributes.length === 0) {
    const sentence =
      'No attributes: scripts can read it, and it goes to all of this folder until the browser closes';
    problems.push(['odd', sentence, 'RFC 6265 §4.1.2']);
  }
  return problems;
}

const UNITS = [
  ['day', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

/** Seconds in all units that it takes to say them exactly: `1 h`, `1 h 30 min`, `365 days`. */
export function duration(seconds: number): string {
  let left = Math.max(0, Math.round(seconds));
  if (left === 0) return '0 s';
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(left / size);
    if (count === 0) continue;
    left -= count * size;
    parts.push(`${count} ${unit === 'day' && count !== 1 ? 'days' : unit}`);
  }
  return parts.join(' ');
}

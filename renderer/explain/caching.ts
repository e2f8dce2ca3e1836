/**
 * What caches may do with an answer, in sentences. The arithmetic is that of RFC 9111 §4.2: lifetime from
 * s-maxage, max-age, Expires or a guess; age from Date and Age.
 */
import type { FieldView } from '../store/queries/detail.ts';
import { duration } from './cookies.ts';
import { hasField, listOf, parametersOf, valuesOf } from './field-values.ts';
import { httpDate } from './http-date.ts';

export interface CachedAnswer {
  readonly method: string;
  readonly status: number;
  readonly request: readonly FieldView[];
  readonly response: readonly FieldView[];
  /** Wall clock when the answer passed, milliseconds since 1970. */
  readonly responseMs: number;
}
export interface CacheFact {
  readonly sentence: string;
  readonly section: string;
}

export interface Freshness {
  readonly seconds: number;
  readonly from: 's-maxage' | 'max-age' | 'Expires' | 'guess';
}

/** RFC 9110 §15.1: statuses that caches may keep without being told for how long. */
const HEURISTIC = new Set([200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501]);
/** RFC 9110 §9.2.1: methods that change nothing, so that nothing stored is dropped. */
const SAFE = new Set(['OPTIONS', 'TRACE', 'PROPFIND', 'REPORT', 'SEARCH', 'QUERY']);
/** RFC 9111 §4.2.2: "a typical setting of this fraction might be 10%". */
const GUESS = 0.1;

export function cachingOf(answer: CachedAnswer): CacheFact[] {
  const { request, response, status, method } = answer;
  const control = directivesOf(response);
  const asked = directivesOf(request);
  if (status < 200) return [say('Interim answers are not stored.', '§3')];
  if (method !== 'GET' && method !== 'HEAD') {
    const words = `Caches store answers to GET and HEAD; this is one to ${method}`;
    if (SAFE.has(method)) return [say(`${words}.`, '§3')];
    return [say(`${words}, and what was stored of its address is dropped when it succeeds.`, '§4.4')];
  }
  if (control.has('no-store') && control.has('must-understand')) {
    const words = `Must not be stored, except by caches that know must-understand and what a ${status} asks of them.`;
    return [say(words, '§5.2.2.3')];
  }
  if (control.has('no-store')) return [say('Must not be stored by any cache.', '§5.2.2.5')];
  if (asked.has('no-store'))
    return [say('The request said no-store: this answer must not be stored.', '§5.2.1.5')];
  if (status === 304)
    return [
      say(
        'Not stored by itself: the copy that was stored before is fresh again, with the fields of this answer.',
        '§4.3.4',
      ),
      ...reuse(answer, control),
    ];
  if (status === 206)
    return [
      say('A part: a cache may store it and put parts together when their strong ETags agree.', '§3.4'),
      ...reuse(answer, control),
    ];
  if (!HEURISTIC.has(status) && !allowed(response, control)) {
    return [
      say(`Must not be stored: a ${status} is kept only when it says so, as with max-age or public.`, '§3'),
    ];
  }
  if (freshnessOf(answer, true) === undefined && !validated(response)) {
    return [
      say(
        'May be stored, but hardly will be: nothing says how long it is good, and it has no ETag nor Last-Modified to ask with.',
        '§3',
      ),
    ];
  }
  return [who(control, request), ...reuse(answer, control)];
}

/** How long it is fresh, RFC 9111 §4.2.1; undefined when nothing says so and no guess is allowed. */
export function freshnessOf(
  { response, status, responseMs }: CachedAnswer,
  shared = false,
): Freshness | undefined {
  const control = directivesOf(response);
  const seconds = (name: string) =>
    /^\d+$/.test(control.get(name) ?? '') ? Number(control.get(name)) : undefined;
  const forShared = seconds('s-maxage');
  if (shared && forShared !== undefined) return { seconds: forShared, from: 's-maxage' };
  const maxAge = seconds('max-age');
  if (maxAge !== undefined) return { seconds: maxAge, from: 'max-age' };
  const date = dateOf(response, 'date') ?? responseMs;
  if (hasField(response, 'expires')) {
    // An invalid date, `0` above all, means already expired (RFC 9111 §5.3).
    const expires = dateOf(response, 'expires') ?? date;
    return { seconds: Math.max(0, (expires - date) / 1000), from: 'Expires' };
  }
  const modified = dateOf(response, 'last-modified');
  // What a 304 makes fresh again was a 200 or another status that may be guessed about.
  if (modified === undefined || !(HEURISTIC.has(status) || status === 304)) return undefined;
  return { seconds: Math.max(0, Math.floor(((date - modified) / 1000) * GUESS)), from: 'guess' };
}

/** Seconds of age when it passed here, RFC 9111 §4.2.3 with a delay of nothing. */
export function ageOf({ response, responseMs }: CachedAnswer): number {
  const date = dateOf(response, 'date');
  const apparent = date === undefined ? 0 : Math.max(0, Math.floor((responseMs - date) / 1000));
  const stated = valuesOf(response, 'age')[0];
  return Math.max(apparent, stated !== undefined && /^\d+$/.test(stated) ? Number(stated) : 0);
}

function who(control: ReadonlyMap<string, string>, request: readonly FieldView[]): CacheFact {
  if (control.has('private')) {
    return say('Only the browser may store it: caches that many people share may not.', '§5.2.2.7');
  }
  const allowed = ['public', 's-maxage', 'must-revalidate'].some((name) => control.has(name));
  if (hasField(request, 'authorization') && !allowed) {
    return say('The request had credentials, so only the browser may store it.', '§3.5');
  }
  return say('May be stored by browsers and by caches that many people share.', '§3');
}

function reuse(answer: CachedAnswer, control: ReadonlyMap<string, string>): CacheFact[] {
  const { response } = answer;
  const facts: CacheFact[] = [];
  const fresh = freshnessOf(answer);
  const shared = freshnessOf(answer, true);
  const age = ageOf(answer);
  const after = askedWith(response);
  if (control.has('no-cache')) {
    facts.push(say(`Before each reuse the server is asked${after}.`, '§5.2.2.4'));
  } else {
    if (fresh === undefined) {
      const words = shared ? 'Nothing tells browsers' : 'Nothing says';
      facts.push(
        say(`${words} how long it is good, so the server is asked before each reuse${after}.`, '§4.2'),
      );
    } else facts.push(...lifetime(fresh, age, after, control));
    if (shared?.from === 's-maxage' && !control.has('private')) {
      facts.push(say(`For shared caches it is ${duration(shared.seconds)} instead (s-maxage).`, '§5.2.2.10'));
    }
  }
  const vary = listOf(response, 'vary');
  if (vary.includes('*')) facts.push(say('Vary: * means that no stored copy fits another request.', '§4.1'));
  else if (vary.length > 0) {
    facts.push(say(`A copy serves only requests with the same ${vary.join(', ')}.`, '§4.1'));
  }
  if (control.has('immutable')) {
    facts.push({
      sentence: 'It will not change while fresh: even a reload does not ask again.',
      section: 'RFC 8246 §2',
    });
  }
  const stale = (name: string, words: string): void => {
    const seconds = control.get(name);
    if (seconds === undefined || !/^\d+$/.test(seconds)) return;
    facts.push({
      sentence: `For ${duration(Number(seconds))} more it may be used ${words}.`,
      section: name === 'stale-if-error' ? 'RFC 5861 §4' : 'RFC 5861 §3',
    });
  };
  stale('stale-while-revalidate', 'while a new one is fetched behind it');
  stale('stale-if-error', 'when the server fails');
  return facts;
}

function lifetime(
  fresh: Freshness,
  age: number,
  after: string,
  control: ReadonlyMap<string, string>,
): CacheFact[] {
  const source = fresh.from === 'guess' ? 'a guess: a tenth of the time since it last changed' : fresh.from;
  const section = fresh.from === 'guess' ? '§4.2.2' : '§4.2.1';
  const then = control.has('must-revalidate')
    ? 'then it must not be used before the server was asked'
    : 'then the server is asked again';
  if (fresh.seconds === 0)
    return [say(`Stale at once (${source}), so the server is asked before each reuse${after}.`, section)];
  const left = fresh.seconds - age;
  const facts = [
    say(`May be reused for ${duration(fresh.seconds)} without asking (${source}); ${then}${after}.`, section),
  ];
  if (age > 0) {
    const rest =
      left > 0 ? `so ${duration(left)} of that were left` : `so it was already stale by ${duration(-left)}`;
    facts.push(say(`It was ${duration(age)} old when it passed here, ${rest}.`, '§4.2.3'));
  }
  return facts;
}

/** How a cache asks whether its copy still holds: ` with If-None-Match "x"`. */
function askedWith(response: readonly FieldView[]): string {
  const etag = valuesOf(response, 'etag')[0];
  if (etag !== undefined) return `, with If-None-Match: ${etag}`;
  const modified = valuesOf(response, 'last-modified')[0];
  return modified === undefined
    ? ', and sends it whole: there is no ETag to compare'
    : `, with If-Modified-Since: ${modified}`;
}

/** RFC 9111 §3: what lets a cache keep an answer whatever its status. */
function allowed(response: readonly FieldView[], control: ReadonlyMap<string, string>): boolean {
  const directives = ['public', 'private', 'max-age', 's-maxage'];
  return directives.some((name) => control.has(name)) || hasField(response, 'expires');
}

function validated(response: readonly FieldView[]): boolean {
  return hasField(response, 'etag') || hasField(response, 'last-modified');
}

function directivesOf(fields: readonly FieldView[]): ReadonlyMap<string, string> {
  return new Map(parametersOf(listOf(fields, 'cache-control')));
}

function dateOf(fields: readonly FieldView[], name: string): number | undefined {
  const value = valuesOf(fields, name)[0];
  return value === undefined ? undefined : httpDate(value)?.ms;
}

function say(sentence: string, section: string): CacheFact {
  return { sentence, section: `RFC 9111 ${section}` };
}

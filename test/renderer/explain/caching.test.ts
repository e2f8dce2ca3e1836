import { describe, expect, it } from 'vitest';
import { ageOf, type CachedAnswer, cachingOf, freshnessOf } from '../../../renderer/explain/caching.ts';
import { httpDate } from '../../../renderer/explain/http-date.ts';
import { fieldsOf } from './field-views.ts';

const DATE = 'Sat, 21 Nov 2026 12:00:00 GMT';

function answer(
  response: string[],
  more: Partial<CachedAnswer> & { readonly asked?: string[] } = {},
): CachedAnswer {
  const { asked = [], ...rest } = more;
  return {
    method: 'GET',
    status: 200,
    request: fieldsOf(asked),
    response: fieldsOf([`Date: ${DATE}`, ...response]),
    responseMs: Date.parse(DATE),
    ...rest,
  };
}
const words = (...args: Parameters<typeof answer>) =>
  cachingOf(answer(...args))
    .map(({ sentence }) => sentence)
    .join(' ');

describe('freshness', () => {
  it('max-age goes before Expires, s-maxage before both in shared caches', () => {
    const it = answer(['Cache-Control: max-age=60, s-maxage=600', 'Expires: Sat, 21 Nov 2026 13:00:00 GMT']);
    expect(freshnessOf(it)).toEqual({ seconds: 60, from: 'max-age' });
    expect(freshnessOf(it, true)).toEqual({ seconds: 600, from: 's-maxage' });
  });

  it('Expires counts from Date; what is no date is past', () => {
    expect(freshnessOf(answer(['Expires: Sat, 21 Nov 2026 13:00:00 GMT']))?.seconds).toBe(3600);
    expect(freshnessOf(answer(['Expires: 0']))?.seconds).toBe(0);
    expect(freshnessOf(answer(['Expires: Sat, 21 Nov 2020 13:00:00 GMT']))?.seconds).toBe(0);
  });

  it('a tenth of the time since the last change is guessed, for statuses that allow it', () => {
    const modified = 'Last-Modified: Wed, 11 Nov 2026 12:00:00 GMT';
    expect(freshnessOf(answer([modified]))).toEqual({ seconds: 86_400, from: 'guess' });
    expect(freshnessOf(answer([modified], { status: 302 }))).toBeUndefined();
    expect(freshnessOf(answer([modified], { status: 304 }))?.from).toBe('guess');
  });

  it('the age is the greater of Age and what Date says', () => {
    expect(ageOf(answer(['Age: 30']))).toBe(30);
    expect(ageOf(answer(['Age: 30'], { responseMs: Date.parse(DATE) + 90_000 }))).toBe(90);
    expect(ageOf(answer(['Age: soon']))).toBe(0);
  });
});

describe('what caches may do, in words', () => {
  it('reuse, then ask with the ETag', () => {
    expect(words(['Cache-Control: max-age=3600', 'ETag: "v1"'])).toMatch(
      /stored by browsers and by caches.*reused for 1 h without asking \(max-age\); then the server is asked again, with If-None-Match: "v1"/,
    );
  });

  it.each([
    [['Cache-Control: no-store'], {}, /must not be stored by any/i],
    [
      ['Cache-Control: no-cache', 'ETag: "a"'],
      {},
      /Before each reuse the server is asked, with If-None-Match: "a"/,
    ],
    [['Cache-Control: private, max-age=5'], {}, /Only the browser/],
    [['Cache-Control: max-age=5'], { asked: ['Authorization: x'] }, /credentials/],
    [['Cache-Control: max-age=5, public'], { asked: ['Authorization: x'] }, /browsers and by caches/],
    [['Cache-Control: max-age=5, must-revalidate'], {}, /must not be used before the server was asked/],
    [['Cache-Control: max-age=100', 'Age: 40'], {}, /40 s old .* so 1 min of that were left/],
    [['Cache-Control: max-age=10', 'Age: 40'], {}, /already stale by 30 s/],
    [
      ['Cache-Control: max-age=5', 'Vary: Accept-Encoding'],
      {},
      /only requests with the same Accept-Encoding/,
    ],
    [['Cache-Control: max-age=5', 'Vary: *'], {}, /no stored copy fits/],
    [['Cache-Control: max-age=5, stale-while-revalidate=60'], {}, /For 1 min more it may be used while/],
    [['Cache-Control: max-age=5, immutable'], {}, /even a reload/],
    [[], {}, /hardly will be/],
    [[], { method: 'POST' }, /GET and HEAD; this is one to POST, and what was stored .* is dropped/],
    [[], { method: 'OPTIONS' }, /GET and HEAD; this is one to OPTIONS\.$/],
    [['ETag: "a"'], { status: 403 }, /^Must not be stored: a 403 is kept only when/],
    [['Cache-Control: max-age=5'], { status: 403 }, /^May be stored by browsers and by caches/],
    [['Expires: 0'], { status: 500 }, /^May be stored by browsers and by caches/],
    [
      ['Cache-Control: no-store, must-understand, max-age=5'],
      {},
      /except by caches that know must-understand/,
    ],
    [['Cache-Control: s-maxage=600'], {}, /Nothing tells browsers .* shared caches it is 10 min instead/],
    [['Cache-Control: s-maxage=600, max-age=5, private'], {}, /reused for 5 s [^(]*\(max-age\)[^(]*$/],
    [['ETag: "p"', 'Content-Range: bytes 0-1/5'], { status: 206 }, /strong ETags agree/],
    [['ETag: "a"'], { status: 304 }, /fresh again/],
    [[], { asked: ['Cache-Control: no-store'] }, /request said no-store/],
  ] as const)('%j %j', (response, more, expected) => {
    expect(words([...response], more as never)).toMatch(expected);
  });
});

describe('dates', () => {
  it.each([
    ['Sun, 06 Nov 1994 08:49:37 GMT', false],
    ['Sunday, 06-Nov-94 08:49:37 GMT', true],
    ['Sun Nov  6 08:49:37 1994', true],
  ])('%s', (text, obsolete) => {
    expect(httpDate(text)).toEqual({ ms: 784_111_777_000, obsolete });
  });

  it.each([
    '',
    '0',
    'tomorrow',
    'Sun, 31 Feb 2026 00:00:00 GMT',
    'Sun, 06 Nov 1994 08:49:37 CET',
    '1994-11-06',
  ])('"%s" is none', (text) => {
    expect(httpDate(text)).toBeUndefined();
  });
});

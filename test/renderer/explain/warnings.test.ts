import { describe, expect, it } from 'vitest';
import { cookiePairs, duration, setCookie } from '../../../renderer/explain/cookies.ts';
import { warningsOf } from '../../../renderer/explain/warnings.ts';
import { headOf } from './field-views.ts';

const CONTEXT = { method: 'GET', secure: false };
const DATE = 'Date: Sat, 21 Nov 2026 12:00:00 GMT';
const request = (...lines: string[]) =>
  warningsOf(headOf('in', ['GET', '/', 'HTTP/1.1'], ['Host: a', ...lines]), CONTEXT);
const response = (status: string, ...lines: string[]) =>
  warningsOf(headOf('out', ['HTTP/1.1', status, ''], [DATE, ...lines]), CONTEXT);

describe('a head without faults', () => {
  it('has no remarks', () => {
    expect(request('Accept: text/html, */*;q=0.8', 'Accept-Encoding: gzip', 'If-None-Match: "a"')).toEqual(
      [],
    );
    expect(
      response(
        '200',
        'Content-Type: text/html; charset=utf-8',
        'ETag: W/"a"',
        'Cache-Control: max-age=60, public, no-store, must-understand',
        'Content-Encoding: br',
        'Vary: Accept-Encoding',
        'Set-Cookie: a=b; Path=/',
      ),
    ).toEqual([]);
  });
});

describe('remarks', () => {
  it.each([
    [request('Content-Length: 3', 'Transfer-Encoding: chunked'), 'bad', /two ends/, 'RFC 9112 §6.3'],
    [request('host: b'), 'bad', /host may stand only once/, 'RFC 9110 §5.3'],
    [request('Accept: a/b;q=1.5'), 'bad', /"q=1.5" is not a weight/, 'RFC 9110 §12.4.2'],
    [request('Accept-Language: de;q 0.5'), 'bad', /is not a weight/, 'RFC 9110 §12.4.2'],
    [request('If-Modified-Since: yesterday'), 'bad', /Not a date/, 'RFC 9110 §13.1.3'],
    [
      request('If-Modified-Since: Sunday, 06-Nov-94 08:49:37 GMT'),
      'odd',
      /nobody should send/,
      'RFC 9110 §5.6.7',
    ],
    [request('X-A:'), 'odd', /empty/, 'RFC 9110 §5.5'],
    [request('X-A: \u00c3\u00bc'), 'odd', /above ASCII/, 'RFC 9110 §5.5'],
    [
      response('200', 'Content-Encoding: gzpi', 'Vary: *'),
      'bad',
      /"gzpi" is no registered coding/,
      'RFC 9110 §8.4.1',
    ],
    [response('200', 'Content-Encoding: gzip'), 'odd', /Vary does not name/, 'RFC 9110 §12.5.5'],
    [response('200', 'Cache-Control: maxage=3'), 'odd', /"maxage" is no directive/, 'RFC 9111 §5.2.3'],
    [response('200', 'Cache-Control: max-age'), 'bad', /needs a number/, 'RFC 9111 §1.2.2'],
    [response('200', 'Cache-Control: public, private'), 'bad', /contradict/, 'RFC 9111 §5.2.2'],
    [response('200', 'Content-Type: html'), 'bad', /Not a media type/, 'RFC 9110 §8.3.1'],
    [response('200', 'Content-Type: text/html; charset=utf8'), 'odd', /spelt utf-8/, 'RFC 9110 §8.3.2'],
    [response('200', 'ETag: v1'), 'bad', /stands in quotes/, 'RFC 9110 §8.8.3'],
    [response('200', 'Last-Modified: Sun, 22 Nov 2026 12:00:00 GMT'), 'bad', /future/, 'RFC 9110 §8.8.2.1'],
    [response('302'), 'bad', /needs Location/, 'RFC 9110 §15.4.3'],
    [response('401'), 'bad', /needs WWW-Authenticate/, 'RFC 9110 §15.5.2'],
    [response('204', 'Content-Length: 0'), 'bad', /must not have Content-Length/, 'RFC 9110 §8.6'],
    [
      response('200', 'Content-Encoding: identity', 'Vary: Accept-Encoding'),
      'odd',
      /should not be sent/,
      'RFC 9110 §8.4',
    ],
    [response('200', 'Set-Cookie: =b; Path=/'), 'bad', /no name/, 'RFC 6265 §4.1.1'],
    [response('200', 'Set-Cookie: a=b; Secure'), 'odd', /plain http/, 'RFC 6265bis §5.7'],
    [response('200', 'Set-Cookie: __Secure-a=b; Path=/'), 'bad', /needs the attr/, 'RFC 6265bis §4.1.3.1'],
    [response('200', 'Set-Cookie: __Host-a=b; Path=/'), 'bad', /and no Domain/, 'RFC 6265bis §4.1.3.2'],
    [response('200', 'Cache-Control: no-store, max-age=5'), 'odd', /pointless/, 'RFC 9111 §5.2.2.5'],
    [response('200', 'Set-Cookie: a=b; SameSite=None'), 'bad', /without Secure/, 'RFC 6265bis §5.7'],
    [
      response('200', 'Access-Control-Allow-Origin: *', 'Access-Control-Allow-Credentials: true'),
      'bad',
      /must be named/,
      'Fetch §3.3.5',
    ],
  ] as const)('%#', (warnings, level, sentence, section) => {
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatchObject({ level, section, sentence: expect.stringMatching(sentence) });
  });

  it('name the field that they are about', () => {
    const message = headOf('in', ['GET', '/', 'HTTP/1.1'], ['Host: a', 'Range: bytes=0-', 'Range: bytes=1-']);
    expect(warningsOf(message, CONTEXT)).toMatchObject([{ field: message.fields[2]!.start }]);
  });

  it("say what the parser's fault was, in its field", () => {
    const message = headOf('in', ['GET', '/', 'HTTP/1.1'], ['Host: a', 'X: y'], {
      fault: { code: 'obs-fold', at: 10 },
    });
    expect(warningsOf(message, CONTEXT)).toMatchObject([
      {
        level: 'bad',
        field: 9,
        sentence: 'A field value is folded over several lines',
        section: 'RFC 9112 §5.2',
      },
    ]);
  });

  it('count the parts of a 206 as its Content-Range', () => {
    expect(response('206', 'Content-Type: multipart/byteranges; boundary=x')).toEqual([]);
    expect(response('206')).toHaveLength(1);
  });
});

describe('fields and words that are called as what every object has', () => {
  it.each(['__proto__', 'constructor', 'hasOwnProperty'])('are taken for what they are: %s', (name) => {
    expect(request(`${name}: x`)).toEqual([]);
    const [attribute] = setCookie(`a=b; SameSite=${name}`, false).attributes;
    expect(attribute?.meaning).toMatch(/^Not a known word/);
  });
});

describe('cookies', () => {
  it('are taken apart, values with = too', () => {
    expect(cookiePairs('a=1; b=x=y;c')).toEqual([
      { name: 'a', value: '1' },
      { name: 'b', value: 'x=y' },
      { name: '', value: 'c' },
    ]);
  });

  it('attributes are explained in any case', () => {
    const { attributes, problems } = setCookie(
      'id=7; path=/a; MAX-AGE=5400; HttpOnly; SameSite=Strict; Odd',
      true,
    );
    expect(attributes.map(({ name, meaning }) => [name, meaning])).toEqual([
      ['path', 'Sent for paths at and below /a.'],
      ['MAX-AGE', 'Kept for 1 h 30 min.'],
      ['HttpOnly', 'Scripts of the page cannot read it.'],
      ['SameSite', 'Sent only when the request comes from a page of the same site.'],
      ['Odd', 'No browser knows this attribute, so it is ignored.'],
    ]);
    expect(problems).toEqual([]);
  });

  it.each([
    ['__Host-a=1; Secure; Path=/x', true, /__Host-/],
    ['__Secure-a=1', true, /__Secure-/],
    ['a=1; Secure', false, /plain http/],
    ['a=1; Partitioned', true, /Partitioned/],
    ['=1; Path=/', true, /no name/],
  ])('%s', (value, secure, problem) => {
    expect(
      setCookie(value, secure)
        .problems.map(([, sentence]) => sentence)
        .join(),
    ).toMatch(problem);
  });

  it.each([
    [0, '0 s'],
    [59, '59 s'],
    [3600, '1 h'],
    [3601, '1 h 1 s'],
    [90_000, '1 day 1 h'],
    [176_461, '2 days 1 h 1 min 1 s'],
    [31_536_000, '365 days'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
});

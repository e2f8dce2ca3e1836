/** What exactly goes out for what exactly comes in, row by row; Date alone is left out of the comparison. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  answer,
  CONTINUE,
  chunked,
  ENDED,
  exchange,
  faulty,
  get,
  LAST,
  lines,
  post,
  refusal,
  routes,
  serveRoutes,
} from './protocol-rows.ts';
import { RawClient } from './raw-client.ts';
import { type Served, serve } from './serve.ts';

let served: Served;
let client: RawClient;
/** The targets that reached a handler. */
const handled: string[] = [];

beforeAll(async () => {
  served = await serveRoutes(handled);
});
afterAll(() => served.stop());
beforeEach(async () => {
  handled.length = 0;
  client = await RawClient.open(served.port);
});
afterEach(() => client.close());

const ALLOW_ALL = 'Allow: GET, HEAD, OPTIONS, POST';
const NOT_TAKEN = 'What is here does not take this method';
const EXPECTS = 'The only expectation that is met here is 100-continue';

describe('the connection goes on after', () => {
  it.each<readonly [string, string, string]>([
    ['GET', get('/'), answer('hello')],
    [
      'HEAD',
      lines('HEAD / HTTP/1.1', 'Host: a', '', ''),
      lines('HTTP/1.1 200 OK', 'Content-Length: 5', '', ''),
    ],
    [
      'OPTIONS of a path',
      lines('OPTIONS / HTTP/1.1', 'Host: a', '', ''),
      lines('HTTP/1.1 204 No Content', 'Allow: GET, HEAD, OPTIONS', '', ''),
    ],
    [
      'OPTIONS of the server',
      lines('OPTIONS * HTTP/1.1', 'Host: a', '', ''),
      lines('HTTP/1.1 204 No Content', ALLOW_ALL, '', ''),
    ],
    [
      'OPTIONS of the server in absolute form, which names the root',
      lines('OPTIONS http://a HTTP/1.1', 'Host: a', '', ''),
      lines('HTTP/1.1 204 No Content', 'Allow: GET, HEAD, OPTIONS', '', ''),
    ],
    [
      'a method that a path does not take',
      lines('DELETE / HTTP/1.1', 'Host: a', '', ''),
      refusal(405, NOT_TAKEN, 'RFC 9110 §15.5.6', { fields: ['Allow: GET, HEAD, OPTIONS'] }),
    ],
    [
      'a method that nobody knows',
      lines('BREW /echo HTTP/1.1', 'Host: a', '', ''),
      refusal(405, NOT_TAKEN, 'RFC 9110 §15.5.6', { fields: ['Allow: OPTIONS, POST'] }),
    ],
    [
      'TRACE',
      lines('TRACE / HTTP/1.1', 'Host: a', '', ''),
      refusal(405, NOT_TAKEN, 'RFC 9110 §15.5.6', { fields: ['Allow: GET, HEAD, OPTIONS'] }),
    ],
    [
      'a method in another case',
      lines('get / HTTP/1.1', 'Host: a', '', ''),
      refusal(405, NOT_TAKEN, 'RFC 9110 §15.5.6', { fields: ['Allow: GET, HEAD, OPTIONS'] }),
    ],
    ['content that nobody reads', post('/unread', ['Content-Length: 3'], 'abc'), answer('unread')],
    [
      'content too long for its handler',
      post('/echo', ['Content-Length: 101'], 'x'.repeat(101)),
      refusal(413, 'The content is longer than the 100 bytes accepted here', 'RFC 9110 §15.5.14'),
    ],
    ['empty lines before it, as many as four', `\r\n\r\n\r\n\r\n${get('/')}`, answer('hello')],
    ['a version of the future', lines('GET / HTTP/1.9', 'Host: a', '', ''), answer('hello')],
    [
      'a Host without a case in common',
      lines('GET / HTTP/1.1', 'hOST: A.Example:80', '', ''),
      answer('hello'),
    ],
    [
      'an absolute form, which wins over Host',
      lines('GET http://b.example:81/where?x HTTP/1.1', 'Host: a', '', ''),
      answer('b.example http://b.example:81/where?x'),
    ],
    [
      'Upgrade to what is not known here',
      get('/', 'Connection: upgrade', 'Upgrade: h2c, foo/2'),
      answer('hello'),
    ],
    [
      'options of the connection that mean nothing',
      get('/', 'Connection: x, Keep-Alive,,', 'Keep-Alive: 5'),
      answer('hello'),
    ],
    [
      'HTTP/1.0 that asks for it',
      lines('GET / HTTP/1.0', 'Connection: x, KEEP-ALIVE', '', ''),
      answer('hello', 'Connection: keep-alive'),
    ],
    [
      'two in one write',
      get('/') + get('/chunked'),
      answer('hello') + chunked('2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n'),
    ],
    [
      'chunks',
      post('/echo', ['Transfer-Encoding: chunked'], '1\r\na\r\n2\r\nbc\r\n0\r\n\r\n'),
      answer('abc before=none after= merged=false'),
    ],
    [
      'chunks with extensions and trailers',
      post(
        '/echo',
        ['Transfer-Encoding: Chunked', 'Trailer: X-Sum'],
        '003 ; x="a\\"b" ;y\r\nabc\r\n0;last\r\nX-Sum: 3\r\nX-B:\r\n\r\n',
      ),
      answer('abc before=none after=X-Sum,X-B merged=false'),
    ],
    [
      'trailers sent, named before',
      get('/trailers', 'TE: trailers'),
      chunked('3\r\nabc\r\n0\r\nX-Sum: 3\r\nX-Took: 1 ms\r\n\r\n', 'Trailer: X-Sum, X-Took'),
    ],
    [
      'trailers that cannot be: they stay behind',
      get('/bad-trailers') + get('/split-trailers'),
      chunked('3\r\nabc\r\n0\r\n\r\n').repeat(2),
    ],
    [
      'HEAD for what would go chunked',
      lines('HEAD /trailers HTTP/1.1', 'Host: a', '', ''),
      chunked('', 'Trailer: X-Sum, X-Took'),
    ],
    [
      'interim responses, in order and ahead',
      get('/hints'),
      lines('HTTP/1.1 103 Early Hints', 'Link: </a.css>; rel=preload; as=style', '', '') +
        lines('HTTP/1.1 103 Early Hints', 'Link: </b.js>; rel=preload; as=script', '', '') +
        answer('hinted'),
    ],
    [
      'interim responses around the content',
      post('/late-hints', ['Content-Length: 1', 'Expect: 100-continue'], 'x'),
      lines('HTTP/1.1 102 Processing', '', '') +
        CONTINUE +
        lines('HTTP/1.1 103 Early Hints', '', '') +
        answer('1'),
    ],
    [
      '100-continue',
      post('/echo', ['Expect: 100-Continue', 'Content-Length: 1'], 'a'),
      CONTINUE + answer('a before=none after= merged=false'),
    ],
    [
      '100-continue in a list',
      post('/echo', ['Expect: ,100-continue, 100-continue', 'Content-Length: 1'], 'a'),
      CONTINUE + answer('a before=none after= merged=false'),
    ],
    [
      '100-continue without content',
      post('/echo', ['Expect: 100-continue', 'Content-Length: 0']),
      answer(' before=none after= merged=false'),
    ],
    ['100-continue of GET', get('/', 'Expect: 100-continue'), answer('hello')],
    ['an empty Expect', get('/', 'Expect:'), answer('hello')],
    [
      'an expectation nobody knows',
      get('/', 'Expect: 100-continue, magic'),
      refusal(417, EXPECTS, 'RFC 9110 §15.5.18'),
    ],
    ['one with an argument', get('/', 'Expect: 100-continue=1'), refusal(417, EXPECTS, 'RFC 9110 §15.5.18')],
  ])('%s', async (_, bytes, expected) => {
    expect(await exchange(client, bytes + LAST)).toBe(expected + ENDED);
  });
});

describe('the connection ends after', () => {
  it.each<readonly [string, string, string]>([
    ['Connection: close', get('/', 'Connection: close'), answer('hello', 'Connection: close')],
    [
      'close in a list, in any case',
      get('/', 'Connection: keep-alive , CLOSE'),
      answer('hello', 'Connection: close'),
    ],
    [
      'close in a second line',
      get('/', 'Connection: keep-alive', 'connection: Close'),
      answer('hello', 'Connection: close'),
    ],
    ['HTTP/1.0', lines('GET / HTTP/1.0', '', ''), answer('hello', 'Connection: close')],
    [
      'HTTP/1.0 that asks for both',
      lines('GET / HTTP/1.0', 'Connection: keep-alive, close', '', ''),
      answer('hello', 'Connection: close'),
    ],
    [
      'HTTP/1.0 and content of no known length',
      lines('GET /trailers HTTP/1.0', 'Connection: keep-alive', '', ''),
      lines('HTTP/1.1 200 OK', 'Connection: close', '', 'abc'),
    ],
    [
      'HTTP/1.0, which is told nothing ahead',
      lines('GET /hints HTTP/1.0', '', ''),
      answer('hinted', 'Connection: close'),
    ],
    [
      'HTTP/1.0, whose expectation is ignored',
      `${lines('POST /echo HTTP/1.0', 'Expect: 100-continue', 'Content-Length: 1', '', '')}a`,
      answer('a before=none after= merged=false', 'Connection: close'),
    ],
    [
      'a final answer where 100 was asked for',
      post('/unread', ['Expect: 100-continue', 'Content-Length: 3']),
      answer('unread', 'Connection: close'),
    ],
    [
      'an unknown expectation whose content may follow',
      post('/echo', ['Expect: magic', 'Content-Length: 3']),
      refusal(417, EXPECTS, 'RFC 9110 §15.5.18', { close: true }),
    ],
    [
      'CONNECT',
      lines('CONNECT b.example:443 HTTP/1.1', 'Host: b.example:443', '', ''),
      refusal(501, 'This server makes no tunnels', 'RFC 9110 §9.3.6', { close: true }),
    ],
    [
      'HTTP/2 by the request line',
      lines('GET / HTTP/2.0', 'Host: a', '', ''),
      faulty('version-unsupported', 14),
    ],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', faulty('http2-preface', 14)],
    ['HTTP/0.9', 'GET /\r\n', faulty('version-missing', 5)],
    ['a fifth empty line', `${'\r\n'.repeat(5)}${get('/')}`, faulty('too-many-empty-lines', 8)],
    ['a target of 8 193 bytes', get(`/${'x'.repeat(8192)}`), faulty('target-too-long', 8196)],
    [
      'a field line without end',
      lines('GET / HTTP/1.1', 'Host: a', `X: ${'x'.repeat(32_768)}`),
      faulty('head-too-large', 32768),
    ],
    [
      '101 field lines',
      get('/', ...Array.from({ length: 100 }, (_, i) => `X-${i}: y`)),
      faulty('too-many-fields', 906),
    ],
    ['no Host', lines('GET / HTTP/1.1', '', ''), faulty('host-missing', 18)],
    ['an empty Host', lines('GET / HTTP/1.1', 'Host:', '', ''), faulty('host-invalid', 21)],
    ['a Host with a user', lines('GET / HTTP/1.1', 'Host: me@a', '', ''), faulty('host-invalid', 26)],
    [
      'two Hosts that are equal',
      lines('GET / HTTP/1.1', 'Host: a', 'Host: a', '', ''),
      faulty('host-duplicate', 32),
    ],
    [
      'the asterisk of another method',
      lines('GET * HTTP/1.1', 'Host: a', '', ''),
      faulty('target-form-invalid', 5),
    ],
    ['a fragment', get('/a#b'), faulty('target-invalid', 6)],
    [
      'a coding that is not known',
      post('/echo', ['Transfer-Encoding: gzip, chunked']),
      faulty('transfer-coding-unknown', 62),
    ],
  ])('%s', async (_, bytes, expected) => {
    expect(await exchange(client, bytes + LAST)).toBe(expected);
    expect(handled).not.toContain('/end');
  });
});

describe('what came too late', () => {
  it.each<readonly [string, string, string]>([
    ['a head', 'GET / HTTP/1.1\r\nHost:', 'The head of the request did not arrive in time'],
    [
      'content',
      post('/echo', ['Content-Length: 3'], 'ab'),
      'The content of the request did not arrive in time',
    ],
  ])('%s is 408', async (_, bytes, sentence) => {
    const hasty = await serve(routes, { limits: { headMs: 50, bodyMs: 50 } });
    client.close();
    client = await RawClient.open(hasty.port);
    const body = `408 Request Timeout\n${sentence}.\n`;
    expect(await exchange(client, bytes)).toMatch(
      new RegExp(`^HTTP/1\\.1 408 Request Timeout\\r\\n[^]*\\r\\nConnection: close\\r\\n\\r\\n${body}$`),
    );
    await hasty.stop();
  });
});

/**
 * Two readers of such bytes may disagree on where a request ends, and the second one is then somebody else's. It
 * must never be answered: the connection ends. Each stands beside a twin without the flaw, after which it goes on.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FaultCode } from '../../server-core/wire/faults.ts';
import { answer, ENDED, exchange, get, LAST, lines, post, serveRoutes } from './protocol-rows.ts';
import { RawClient } from './raw-client.ts';
import type { Served } from './serve.ts';

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

const CHUNKED = 'Transfer-Encoding: chunked';
const EMPTY = '0\r\n\r\n';
const OWN: ReadonlySet<string> = new Set(['/unread', '/echo']);

describe('smuggling', () => {
  it.each<readonly [string, FaultCode, string, string]>([
    [
      'two lengths',
      'content-length-duplicate',
      post('/unread', ['Content-Length: 0', 'Content-Length: 3'], 'abc'),
      post('/unread', ['Content-Length: 3'], 'abc'),
    ],
    [
      'two equal lengths',
      'content-length-duplicate',
      post('/unread', ['Content-Length: 3', 'Content-Length: 3'], 'abc'),
      post('/unread', ['Content-Length: 3'], 'abc'),
    ],
    [
      'a list of lengths',
      'content-length-invalid',
      post('/unread', ['Content-Length: 3, 3'], 'abc'),
      post('/unread', ['Content-Length: 3'], 'abc'),
    ],
    [
      'a length with a sign',
      'content-length-invalid',
      post('/unread', ['Content-Length: +3'], 'abc'),
      post('/unread', ['Content-Length: 03'], 'abc'),
    ],
    [
      'a negative length',
      'content-length-invalid',
      post('/unread', ['Content-Length: -1']),
      post('/unread', ['Content-Length: 0']),
    ],
    [
      'a length in hexadecimal',
      'content-length-invalid',
      post('/unread', ['Content-Length: 0x3'], 'abc'),
      post('/unread', ['Content-Length: 3'], 'abc'),
    ],
    [
      'no length where one is said',
      'content-length-invalid',
      post('/unread', ['Content-Length:']),
      post('/unread', []),
    ],
    [
      'length and chunks',
      'content-length-with-transfer-encoding',
      post('/unread', ['Content-Length: 5', CHUNKED], EMPTY),
      post('/unread', [CHUNKED], EMPTY),
    ],
    [
      'chunks and length',
      'content-length-with-transfer-encoding',
      post('/unread', [CHUNKED, 'Content-Length: 5'], EMPTY),
      post('/unread', ['Content-Length: 5'], EMPTY),
    ],
    [
      'chunked, but not last',
      'chunked-not-final',
      post('/unread', ['Transfer-Encoding: chunked, identity'], EMPTY),
      post('/unread', [CHUNKED], EMPTY),
    ],
    [
      'chunked twice',
      'chunked-repeated',
      post('/unread', [CHUNKED, CHUNKED], EMPTY),
      post('/unread', [CHUNKED], EMPTY),
    ],
    [
      'something like chunked',
      'transfer-coding-unknown',
      post('/unread', ['Transfer-Encoding: xchunked'], EMPTY),
      post('/unread', ['X-Transfer-Encoding: xchunked']),
    ],
    [
      'chunked in quotes',
      'transfer-encoding-invalid',
      post('/unread', ['Transfer-Encoding: "chunked"'], EMPTY),
      post('/unread', [CHUNKED], EMPTY),
    ],
    [
      'chunked behind a comma',
      'transfer-encoding-invalid',
      post('/unread', ['Transfer-Encoding: , chunked'], EMPTY),
      post('/unread', [CHUNKED], EMPTY),
    ],
    [
      'a coding without a name',
      'transfer-encoding-invalid',
      post('/unread', ['Transfer-Encoding:'], EMPTY),
      post('/unread', [CHUNKED], EMPTY),
    ],
    [
      'chunks in HTTP/1.0',
      'transfer-encoding-in-http10',
      lines('POST /unread HTTP/1.0', 'Connection: keep-alive', CHUNKED, '', EMPTY),
      lines('POST /unread HTTP/1.0', 'Connection: keep-alive', 'Content-Length: 0', '', ''),
    ],
    [
      'a space before the colon',
      'space-before-colon',
      post('/unread', ['Content-Length : 3'], 'abc'),
      post('/unread', ['Content-Length:\t3 '], 'abc'),
    ],
    [
      'a folded line',
      'obs-fold',
      post('/unread', ['Transfer-Encoding: chunked', ' , identity'], EMPTY),
      post('/unread', ['Transfer-Encoding: \t chunked'], EMPTY),
    ],
    [
      'a space before the first field',
      'space-before-first-field',
      lines('POST /unread HTTP/1.1', ' X: y', 'Host: a', '', ''),
      lines('POST /unread HTTP/1.1', 'X: y', 'Host: a', '', ''),
    ],
    [
      'a line that ends in LF',
      'bare-lf',
      'POST /unread HTTP/1.1\r\nHost: a\nContent-Length: 0\r\n\r\n',
      post('/unread', ['Content-Length: 0']),
    ],
    [
      'a head that ends in LF LF',
      'bare-lf',
      'POST /unread HTTP/1.1\r\nHost: a\r\nX: y\n\n',
      post('/unread', ['X: y']),
    ],
    [
      'a CR within a value',
      'bare-cr',
      post('/unread', ['X: a\rContent-Length: 3'], 'abc'),
      post('/unread', ['X: a Content-Length: 3']),
    ],
    [
      'a NUL within a value',
      'field-value-invalid',
      post('/unread', ['X: a\0b']),
      post('/unread', ['X: a\x80b']),
    ],
    [
      'a line without a colon',
      'colon-missing',
      post('/unread', ['Content-Length']),
      post('/unread', ['Content-Length: 0']),
    ],
    [
      'a name with a control byte',
      'field-name-invalid',
      post('/unread', ['Content-Length\x0b: 3'], 'abc'),
      post('/unread', ['Content-Length: 3'], 'abc'),
    ],
    [
      'a chunk size with 0x',
      'chunk-size-invalid',
      post('/echo', [CHUNKED], `0x0\r\n\r\n`),
      post('/unread', [CHUNKED], '00\r\n\r\n'),
    ],
    [
      'a chunk size with a sign',
      'chunk-size-invalid',
      post('/echo', [CHUNKED], '+1\r\na\r\n0\r\n\r\n'),
      post('/unread', [CHUNKED], '1\r\na\r\n0\r\n\r\n'),
    ],
    [
      'a chunk size beyond 64 bits',
      'chunk-size-too-large',
      post('/echo', [CHUNKED], `1${'0'.repeat(16)}\r\n`),
      post('/unread', [CHUNKED], `${'0'.repeat(16)}\r\n\r\n`),
    ],
    [
      'a chunk size that ends in LF',
      'bare-lf',
      post('/echo', [CHUNKED], '0\n\r\n'),
      post('/unread', [CHUNKED], EMPTY),
    ],
    [
      'a line end within a chunk extension',
      'bare-lf',
      post('/echo', [CHUNKED], '0;a\nb\r\n\r\n'),
      post('/unread', [CHUNKED], '0;a\r\n\r\n'),
    ],
    [
      'a chunk longer than its size',
      'chunk-end-missing',
      post('/echo', [CHUNKED], '1\r\nabc\r\n0\r\n\r\n'),
      post('/unread', [CHUNKED], '3\r\nabc\r\n0\r\n\r\n'),
    ],
    [
      'a length in the trailers',
      'trailer-forbidden',
      post('/echo', [CHUNKED], '0\r\nContent-Length: 50\r\n\r\n'),
      post('/unread', [CHUNKED], '0\r\nX-Content-Length: 50\r\n\r\n'),
    ],
    [
      'two spaces in the request line',
      'version-invalid',
      lines('POST /unread  HTTP/1.1', 'Host: a', '', ''),
      lines('POST /unread HTTP/1.1', 'Host: a', '', ''),
    ],
    [
      'a space within the target',
      'version-invalid',
      lines('POST /un read HTTP/1.1', 'Host: a', '', ''),
      lines('POST /unread HTTP/1.1', 'Host: a', '', ''),
    ],
    [
      'a version in lower case',
      'version-invalid',
      lines('POST /unread http/1.1', 'Host: a', '', ''),
      lines('POST /unread HTTP/1.1', 'Host: a', '', ''),
    ],
  ])('by %s', async (_, fault, vector, twin) => {
    const answers = await exchange(client, vector + get('/smuggled') + LAST);
    expect(answers.match(/^HTTP\/1\.1 \d{3}/gm)).toHaveLength(1);
    expect(answers).toMatch(/^Connection: close\r?$/m);
    expect(handled.filter((target) => !OWN.has(target))).toEqual([]);
    const found = served.events().filter((event) => event.kind === 'fault');
    expect(found.at(-1)).toMatchObject({ code: fault, direction: 'in' });

    client.close();
    client = await RawClient.open(served.port);
    await exchange(client, twin + get('/smuggled') + LAST);
    expect(handled.filter((target) => !OWN.has(target))).toEqual(['/smuggled', '/end']);
  });

  it('by a body that looks like a request, which stays a body', async () => {
    const inner = get('/smuggled');
    const answers = await exchange(
      client,
      post('/unread', [`Content-Length: ${inner.length}`], inner) + LAST,
    );
    expect(answers).toBe(answer('unread') + ENDED);
    expect(handled).toEqual(['/unread', '/end']);
  });

  it('by an Upgrade that is not made', async () => {
    expect(
      await exchange(
        client,
        get('/', 'Connection: Upgrade', 'Upgrade: websocket') + get('/end', 'Connection: close'),
      ),
    ).toBe(answer('hello') + ENDED);
  });
});

import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { exportPieces } from '../../../server-core/host/export/export-capture.ts';
import { Recorded, textOf } from '../../support/recorded.ts';
import { harProblems } from './har-schema.ts';

const PAGE = '<h1>héllo</h1>'.repeat(20);
const PACKED = gzipSync(PAGE);

function recorded(): Recorded {
  return new Recorded()
    .conversation([
      { in: 'GET /page?q=a%20b&flag HTTP/1.1\r\nHost: site.example\r\nCookie: sid=1; theme=dark\r\n\r\n' },
      {
        after: 2500,
        out: Buffer.concat([
          Buffer.from(
            `HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\nContent-Length: ${PACKED.length}\r\nSet-Cookie: a=b; Path=/; HttpOnly; Expires=Wed, 01 Jan 2025 00:00:00 GMT\r\n\r\n`,
          ),
          PACKED.subarray(0, 20),
        ]),
      },
      { after: 500, out: PACKED.subarray(20) },
      {
        in: 'POST /form HTTP/1.1\r\nHost: site.example\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\na=1',
      },
      { after: 300, in: '&b=%20' },
      {
        out: 'HTTP/1.1 303 See Other\r\nLocation: /next\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n\x00\xff\x01\r\n0\r\n\r\n',
      },
    ])
    .conversation([
      { in: 'nonsense\r\n\r\n' },
      { out: 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n' },
    ])
    .conversation([{ in: 'OPTIONS * HTTP/1.1\r\nHost: site.example\r\n\r\n' }]);
}

async function har(redact: boolean) {
  return JSON.parse(await textOf(exportPieces(recorded().source, { as: 'har', redact })));
}

describe('a HAR', () => {
  it('is one by its schema', async () => {
    expect(harProblems(await har(false))).toEqual([]);
    expect(harProblems(await har(true))).toEqual([]);
    const bad = await har(false);
    bad.log.entries[0].request.cookies = undefined;
    expect(harProblems(JSON.parse(JSON.stringify(bad)))).not.toEqual([]);
  });

  it('has the request: its address, fields in order, cookies and query', async () => {
    const { request, startedDateTime, connection } = (await har(false)).log.entries[0];
    expect(startedDateTime).toBe('2024-01-02T03:04:05.001000Z');
    expect(connection).toBe('1');
    expect(request).toMatchObject({
      method: 'GET',
      url: 'http://site.example/page?q=a%20b&flag',
      httpVersion: 'HTTP/1.1',
      headers: [
        { name: 'Host', value: 'site.example' },
        { name: 'Cookie', value: 'sid=1; theme=dark' },
      ],
      cookies: [
        { name: 'sid', value: '1' },
        { name: 'theme', value: 'dark' },
      ],
      queryString: [
        { name: 'q', value: 'a b' },
        { name: 'flag', value: '' },
      ],
      headersSize: 82,
      bodySize: 0,
    });
  });

  it('has the answer decoded, with its sizes on the wire', async () => {
    const { response, timings, time } = (await har(false)).log.entries[0];
    const size = Buffer.byteLength(PAGE);
    expect(response.content).toEqual({
      ...{ size, compression: size - PACKED.length, mimeType: 'text/html; charset=utf-8', text: PAGE },
    });
    expect(response).toMatchObject({ status: 200, statusText: 'OK', bodySize: PACKED.length });
    expect(response.cookies).toEqual([
      {
        name: 'a',
        value: 'b',
        path: '/',
        expires: '2025-01-01T00:00:00.000Z',
        httpOnly: true,
        secure: false,
      },
    ]);
    expect(timings).toMatchObject({
      blocked: -1,
      dns: -1,
      connect: -1,
      ssl: -1,
      send: 0,
      wait: 2.5,
      receive: 0.5,
    });
    expect(time).toBe(3);
  });

  it('has posted forms, binary content as base64, and how long each was under way', async () => {
    const { request, response, timings } = (await har(false)).log.entries[1];
    expect(request.postData).toMatchObject({
      text: 'a=1&b=%20',
      params: [
        { name: 'a', value: '1' },
        { name: 'b', value: ' ' },
      ],
    });
    expect(response.content).toMatchObject({ size: 3, encoding: 'base64', text: 'AP8B' });
    expect(response.redirectURL).toBe('/next');
    expect(timings).toMatchObject({ send: 0.3, wait: 1, receive: 0 });
  });

  it('says what is not in it', async () => {
    const { log } = await har(false);
    expect(log.entries.map(({ request }: { request: { method: string } }) => request.method)).toEqual([
      'GET',
      'POST',
      'OPTIONS',
    ]);
    expect(log.comment).toContain('1 request that could not be read is left out.');
    expect(log.entries[2]).toMatchObject({
      request: { url: 'http://site.example/', _target: '*' },
      response: { status: 0, _error: 'It did not end whole' },
    });
  });

  it('without secrets names no cookie, client or folder', async () => {
    const text = JSON.stringify(await har(true));
    for (const secret of ['sid', 'theme', 'dark', 'a=b', '10.1.2.3', '127.0.0.1', 'somebody'])
      expect(text).not.toContain(secret);
    expect(text).toContain('Cookies, credentials and addresses were removed');
    expect(JSON.stringify(await har(false))).toContain('10.1.2.3');
  });

  it('of chosen requests has those', async () => {
    const text = await textOf(exportPieces(recorded().source, { as: 'har', redact: false, only: [1, 1] }));
    expect(JSON.parse(text).log.entries.map(({ _exchange }: { _exchange: number }) => _exchange)).toEqual([
      2,
    ]);
  });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { layOut } from '../../server-core/files/multipart.ts';
import { staticFiles } from '../../server-core/files/static.ts';
import type { Response } from '../../server-core/http/response.ts';
import { RawClient } from '../net/raw-client.ts';
import { serve } from '../net/serve.ts';
import { makeFolder } from '../support/folder.ts';
import { contentOf, fieldOf } from '../support/handler-request.ts';
import { site } from '../support/site.ts';

interface Part {
  readonly fields: string[];
  readonly content: Buffer;
}

/** Takes a multipart body apart by its own delimiters, as RFC 2046 §5.1.1 has them. */
function partsOf(contentType: string, body: Buffer): Part[] {
  const boundary = /^multipart\/byteranges; boundary=([\w-]{1,70})$/.exec(contentType)?.[1];
  if (boundary === undefined) throw new Error(`${contentType} has no boundary`);
  const pieces = `\r\n${body.toString('latin1')}`.split(`\r\n--${boundary}`);
  expect(pieces[0]).toBe('');
  expect(pieces.at(-1)).toBe('--\r\n');
  return pieces.slice(1, -1).map((piece) => {
    const end = piece.indexOf('\r\n\r\n');
    return {
      fields: piece.slice(2, end).split('\r\n'),
      content: Buffer.from(piece.slice(end + 4), 'latin1'),
    };
  });
}

async function parts(response: Response): Promise<Part[]> {
  const body = await contentOf(response);
  expect(response.body?.length).toBe(body.length);
  return partsOf(fieldOf(response, 'Content-Type')!, body);
}

const bytes = (size: number) => Buffer.from(Array.from({ length: size }, (_, i) => (i * 7) % 251));

describe.each([
  ['small', 2_000],
  ['streamed', 400_000],
])('several ranges of a %s file', (_, size) => {
  const content = bytes(size);

  it('come as parts, in the order in which they were asked for', async () => {
    const { get } = site({ 'a.png': content });
    const response = await get('/a.png', { Range: `bytes=${size - 5}-,0-9, 100-1099` });
    expect(response.status).toBe(206);
    expect(fieldOf(response, 'Content-Range')).toBeUndefined();
    expect(fieldOf(response, 'ETag')).toBeDefined();
    const found = await parts(response);
    expect(found.map(({ fields }) => fields)).toEqual([
      ['Content-Type: image/png', `Content-Range: bytes ${size - 5}-${size - 1}/${size}`],
      ['Content-Type: image/png', `Content-Range: bytes 0-9/${size}`],
      ['Content-Type: image/png', `Content-Range: bytes 100-1099/${size}`],
    ]);
    expect(found[0]!.content.equals(content.subarray(size - 5))).toBe(true);
    expect(found[1]!.content.equals(content.subarray(0, 10))).toBe(true);
    expect(found[2]!.content.equals(content.subarray(100, 1100))).toBe(true);
  });

  it('come as one plain part when they overlap or touch', async () => {
    const { ask } = site({ a: content });
    const { response, marks } = await ask('/a', { Range: 'bytes=0-9,5-19,20-29' });
    expect(fieldOf(response, 'Content-Range')).toBe(`bytes 0-29/${size}`);
    expect(fieldOf(response, 'Content-Type')).toBe('application/octet-stream');
    expect((await contentOf(response)).equals(content.subarray(0, 30))).toBe(true);
    expect(marks).toContain(
      `Range names 3 ranges; those that overlap or touch become one; so 206 with bytes 0 to 29 of ${size === 2_000 ? '2\u2009000' : '400\u2009000'}`,
    );
  });

  it('come whole when they overlap a hundred times, and their hundred innocent twins come apart', async () => {
    const { get } = site({ a: content });
    const abuse = await get('/a', {
      Range: `bytes=${Array.from({ length: 100 }, (_, i) => `${i}-`).join()}`,
    });
    expect(abuse.status).toBe(200);
    expect((await contentOf(abuse)).length).toBe(size);
    const twins = await get('/a', {
      Range: `bytes=${Array.from({ length: 100 }, (_, i) => `${i * 3}-${i * 3 + 1}`).join()}`,
    });
    expect(twins.status).toBe(206);
    expect(await parts(twins)).toHaveLength(100);
  });

  it('may each be as large as they like, so long as all fit', async () => {
    const { get } = site({ a: content });
    const half = size / 2;
    const found = await parts(await get('/a', { Range: `bytes=0-${half - 2},${half}-` }));
    expect(found[0]!.content.equals(content.subarray(0, half - 1))).toBe(true);
    expect(found[1]!.content.equals(content.subarray(half))).toBe(true);
  });
});

describe('parts of a file that shrinks', () => {
  it('end early, and nothing follows that could be taken for content', async () => {
    const { path, get } = site({ a: bytes(400_000) });
    const response = await get('/a', { Range: 'bytes=0-9,200000-399999' });
    writeFileSync(join(path, 'a'), bytes(250_000));
    const body = await contentOf(response);
    expect(body.length).toBeLessThan(response.body!.length!);
    expect(body.toString('latin1')).not.toContain('--\r\n');
  });
});

describe('the delimiter', () => {
  it('cannot be guessed', () => {
    const spans = [
      { start: 0, end: 1 },
      { start: 2, end: 3 },
    ];
    const types = Array.from({ length: 50 }, () => layOut(spans, 10, 'text/plain').contentType);
    expect(new Set(types).size).toBe(50);
  });
});

describe('ranges on the wire', () => {
  const stops: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });

  it.each([
    ['bytes=0-3', 206, 'Content-Range: bytes 0-3/26', 'abcd'],
    ['bytes=-3', 206, 'Content-Range: bytes 23-25/26', 'xyz'],
    ['bytes=24-99', 206, 'Content-Range: bytes 24-25/26', 'yz'],
    ['bytes=26-', 416, 'Content-Range: bytes */26', undefined],
    ['bytes=0-25,0-25', 200, 'Content-Length: 26', 'abcdefghijklmnopqrstuvwxyz'],
    ['pages=1-2', 200, 'Content-Length: 26', 'abcdefghijklmnopqrstuvwxyz'],
    ['bytes=0-1,4-5', 206, 'Content-Type: multipart/byteranges; boundary=', undefined],
  ])('%s', async (range, status, line, body) => {
    const folder = makeFolder({ 'a.txt': 'abcdefghijklmnopqrstuvwxyz' });
    const served = await serve(staticFiles(folder.path));
    const client = await RawClient.open(served.port);
    stops.push(() => client.close(), served.stop, folder.remove);
    await client.send(`GET /a.txt HTTP/1.1\r\nHost: localhost\r\nRange: ${range}\r\n\r\n`);
    const response = await client.response();
    expect(response.status).toBe(status);
    expect(response.head).toContain(`\r\n${line}`);
    if (body !== undefined) expect(response.body).toBe(body);
    // The connection is in step: another request is answered on it.
    await client.send('GET /a.txt HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect((await client.response()).body).toBe('abcdefghijklmnopqrstuvwxyz');
  });
});

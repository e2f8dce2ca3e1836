import { randomBytes } from 'node:crypto';
import { existsSync, truncateSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { staticFiles } from '../../server-core/files/static.ts';
import { RawClient } from '../net/raw-client.ts';
import { type Served, serve } from '../net/serve.ts';
import { makeFolder } from '../support/folder.ts';
import { openBelow } from './open-below.ts';

const BIG = Buffer.from(Array.from({ length: 8_000_000 }, (_, i) => (i * 31) % 253));

const LONG = 'the same words over and over, '.repeat(10_000);
/** Text that does not shrink, so that it fills a socket: half of it is all that coding can save. */
const NOISE = randomBytes(6_000_000).toString('hex');

let folder: ReturnType<typeof makeFolder>;
let served: Served;
beforeEach(async () => {
  folder = makeFolder({
    'index.html': '<p>home',
    'docs/a b.txt': 'text',
    big: BIG,
    'long.txt': LONG,
    'noise.txt': NOISE,
  });
  served = await serve(staticFiles(folder.path));
});
afterEach(async () => {
  await served.stop();
  folder.remove();
});

function at(path: string): string {
  return `http://127.0.0.1:${served.port}${path}`;
}

describe('files over a socket, to fetch', () => {
  it('come whole, with a length and a date', async () => {
    const response = await fetch(at('/'));
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('<p>home');
    expect(response.headers.get('content-length')).toBe('7');
    expect(Date.parse(response.headers.get('date')!)).not.toBeNaN();
  });

  it('are followed into folders, and found by names with spaces', async () => {
    const listing = await fetch(at('/docs'));
    expect(listing.url).toBe(at('/docs/'));
    expect(await listing.text()).toContain('href="a%20b.txt"');
    expect(await (await fetch(at('/docs/a%20b.txt'))).text()).toBe('text');
  });

  it('are asked for again with the tag', async () => {
    const etag = (await fetch(at('/'))).headers.get('etag')!;
    const response = await fetch(at('/'), { headers: { 'If-None-Match': etag } });
    expect(response.status).toBe(304);
    expect(await response.text()).toBe('');
  });

  it('have the same fields by HEAD', async () => {
    const get = await fetch(at('/big'));
    await get.arrayBuffer();
    const head = await fetch(at('/big'), { method: 'HEAD' });
    expect(head.headers.get('content-length')).toBe(String(BIG.length));
    expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'));
    expect(await head.text()).toBe('');
  });

  it('come whole when they are large, many at once', async () => {
    const bodies = await Promise.all(
      Array.from({ length: 6 }, async () => (await fetch(at('/big'))).arrayBuffer()),
    );
    for (const body of bodies) expect(BIG.equals(Buffer.from(body))).toBe(true);
  });

  it('come in part', async () => {
    const response = await fetch(at('/big'), { headers: { Range: 'bytes=1000000-1999999' } });
    expect(response.status).toBe(206);
    expect(BIG.subarray(1_000_000, 2_000_000).equals(Buffer.from(await response.arrayBuffer()))).toBe(true);
  });

  it.each(['gzip', 'br'])('come coded with %s, and decode to the same', async (coding) => {
    const plain = await fetch(at('/long.txt'), { headers: { 'Accept-Encoding': 'identity' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
    const coded = await fetch(at('/long.txt'), { headers: { 'Accept-Encoding': coding } });
    expect(coded.headers.get('content-encoding')).toBe(coding);
    expect(coded.headers.get('vary')).toBe('Accept-Encoding');
    expect(await coded.text()).toBe(LONG);
    expect(await plain.text()).toBe(LONG);
  });
});

describe('files over a socket, byte for byte', () => {
  const ask = async (head: string) => {
    const client = await RawClient.open(served.port);
    await client.send(`${head}\r\n\r\n`);
    const text = await client.rest();
    client.close();
    const end = text.indexOf('\r\n\r\n');
    return { head: text.slice(0, end), body: text.slice(end + 4) };
  };
  const GET = 'GET /long.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept-Encoding: gzip';

  it('are chunked when they are coded while they are sent', async () => {
    const { head, body } = await ask(GET);
    expect(head).toContain('\r\nTransfer-Encoding: chunked');
    expect(head).not.toContain('Content-Length');
    expect(body.endsWith('\r\n0\r\n\r\n')).toBe(true);
    expect(gunzipSync(unchunked(body)).toString()).toBe(LONG);
  });

  it('end with the connection for a client of HTTP/1.0', async () => {
    const { head, body } = await ask(GET.replace('HTTP/1.1', 'HTTP/1.0'));
    expect(head).not.toMatch(/Transfer-Encoding|Content-Length/);
    expect(gunzipSync(Buffer.from(body, 'latin1')).toString()).toBe(LONG);
  });

  it('are not ended properly when the file shrank while it was coded', async () => {
    const client = await RawClient.open(served.port);
    client.socket.pause();
    await client.send('GET /noise.txt HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n');
    await served.until((event) => event.kind === 'mark' && event.mark === 'drain-wait');
    truncateSync(join(folder.path, 'noise.txt'), 10);
    client.socket.resume();
    const text = await client.rest().catch((error: NodeJS.ErrnoException) => error.code);
    if (text !== 'ECONNRESET') expect(text?.endsWith('\r\n0\r\n\r\n')).toBe(false);
    client.close();
  });
});

/** Takes the chunks of RFC 9112 §7.1 apart; latin1 text. */
function unchunked(text: string): Buffer {
  const pieces: string[] = [];
  for (let at = 0; ; ) {
    const end = text.indexOf('\r\n', at);
    const size = Number.parseInt(text.slice(at, end), 16);
    if (size === 0) return Buffer.from(pieces.join(''), 'latin1');
    pieces.push(text.slice(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}

describe.runIf(existsSync('/proc/self/fd'))('a client that goes', () => {
  it('in the middle of a file leaves no descriptor open', async () => {
    const clients = Array.from({ length: 20 }, () => connect(served.port, '127.0.0.1'));
    for (const client of clients) {
      client.on('error', () => {});
      client.write('GET /big HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
    }
    // Nobody reads on, so every one of them is held up by a full socket.
    for (const client of clients) client.once('data', () => client.pause());
    await expect.poll(() => openBelow(folder.path).length).toBe(20);
    for (const client of clients) client.destroy();
    await expect.poll(() => openBelow(folder.path)).toEqual([]);
  });
});

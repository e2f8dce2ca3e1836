import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { staticFiles } from '../../server-core/files/static.ts';
import { type Served, serve } from '../net/serve.ts';
import { makeFolder } from '../support/folder.ts';

const BIG = Buffer.from(Array.from({ length: 8_000_000 }, (_, i) => (i * 31) % 253));

let folder: ReturnType<typeof makeFolder>;
let served: Served;
beforeEach(async () => {
  folder = makeFolder({ 'index.html': '<p>home', 'docs/a b.txt': 'text', big: BIG });
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

  it('have no coding, whatever is accepted', async () => {
    const response = await fetch(at('/'), { headers: { 'Accept-Encoding': 'gzip' } });
    expect(response.headers.get('content-encoding')).toBeNull();
    const body = Buffer.from(await response.arrayBuffer());
    expect(() => gunzipSync(body)).toThrow();
  });
});

describe.runIf(existsSync('/proc/self/fd'))('a client that goes', () => {
  const open = () =>
    readdirSync('/proc/self/fd').filter((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`).startsWith(folder.path);
      } catch {
        return false;
      }
    });

  it('in the middle of a file leaves no descriptor open', async () => {
    const clients = Array.from({ length: 20 }, () => connect(served.port, '127.0.0.1'));
    for (const client of clients) {
      client.on('error', () => {});
      client.write('GET /big HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
    }
    // Nobody reads on, so every one of them is held up by a full socket.
    for (const client of clients) client.once('data', () => client.pause());
    await expect.poll(() => open().length).toBe(20);
    for (const client of clients) client.destroy();
    await expect.poll(() => open()).toEqual([]);
  });
});

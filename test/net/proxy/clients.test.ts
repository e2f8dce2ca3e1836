/** Programs that other people wrote on both sides: curl and undici before the proxy, node:http behind it. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { Client, fetch } from 'undici';
import { describe, expect, it } from 'vitest';
import { CERTIFICATE, KEY } from '../../support/certificate.ts';
import { afterTest, proxied } from './setup.ts';

const run = promisify(execFile);
const curl = async (...args: string[]) =>
  (await run('curl', ['-sS', ...args], { encoding: 'latin1' })).stdout;

async function behind(listener: RequestListener, options = {}) {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterTest(() => {
    server.closeAllConnections();
    server.close();
  });
  const setup = await proxied(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, options);
  return { ...setup, url: `http://127.0.0.1:${setup.served.port}` };
}

describe('curl', () => {
  it('gets several files over one connection', async () => {
    const { url, served } = await behind((request, response) => response.end(request.url));
    expect(await curl(`${url}/a`, `${url}/b`, `${url}/c`)).toBe('/a/b/c');
    expect(served.events().filter((event) => event.kind === 'opened')).toHaveLength(1);
  });

  it('uploads, waiting for 100 (Continue)', async () => {
    const { url } = await behind((request, response) => {
      let length = 0;
      request.on('data', (chunk: Buffer) => {
        length += chunk.length;
      });
      request.on('end', () => response.end(String(length)));
    });
    expect(await curl('--data-binary', 'x'.repeat(100_000), '-H', 'Expect: 100-continue', url)).toBe(
      '100000',
    );
  });

  it('follows a redirect that names the origin, and stays with the proxy', async () => {
    const { url } = await behind((request, response) => {
      if (request.url === '/there') return response.end(`by way of ${request.headers['x-forwarded-host']}`);
      response.writeHead(302, { Location: `http://${request.headers.host}/there` }).end();
    });
    expect(await curl('-L', `${url}/here`)).toBe(`by way of ${new URL(url).host}`);
  });

  it('speaks HTTP/1.0 to an origin of HTTP/1.1, and gets content without chunks', async () => {
    const { url } = await behind((_, response) => {
      response.write('one ');
      setImmediate(() => response.end('two'));
    });
    expect(await curl('-0', '-i', url)).toMatch(/Connection: close\r\n\r\none two$/);
  });
});

describe('undici', () => {
  it('sends and gets eight megabytes unchanged', async () => {
    const { url } = await behind((request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/octet-stream' });
      request.pipe(response);
    });
    const content = Buffer.alloc(8_000_000);
    for (let i = 0; i < content.length; i++) content[i] = (i * 31) >> 3;
    const response = await fetch(url, { method: 'POST', body: content });
    const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
    expect(hash(new Uint8Array(await response.arrayBuffer()))).toBe(hash(content));
  });

  it('pipelines 60 requests and gets the answers in order', async () => {
    const { url } = await behind((request, response) => response.end(request.url));
    const client = new Client(url, { pipelining: 20 });
    const answers = await Promise.all(
      Array.from({ length: 60 }, async (_, i) =>
        (await client.request({ method: 'GET', path: `/${i}` })).body.text(),
      ),
    );
    expect(answers).toEqual(Array.from({ length: 60 }, (_, i) => `/${i}`));
    await client.close();
  });

  it('with 100 clients at once is served over as many connections as are allowed', async () => {
    const sockets = new Set<unknown>();
    const { url } = await behind(
      (request, response) => {
        sockets.add(request.socket);
        response.end(request.url);
      },
      { maxConnections: 4 },
    );
    const answers = await Promise.all(
      Array.from({ length: 100 }, async (_, i) => (await fetch(`${url}/${i}`)).text()),
    );
    expect(answers).toEqual(Array.from({ length: 100 }, (_, i) => `/${i}`));
    expect(sockets.size).toBeLessThanOrEqual(4);
  });

  it('reads server-sent events as they come', async () => {
    const { url } = await behind((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write('data: 1\n\n');
    });
    const response = await fetch(url);
    const reader = response.body!.getReader();
    const { value } = await reader.read();
    expect(Buffer.from(value!).toString()).toBe('data: 1\n\n');
    await reader.cancel();
  });
});

describe('an origin over TLS', () => {
  async function secure() {
    const server = createSecureServer({ key: KEY, cert: CERTIFICATE }, (request, response) =>
      response.end(`${request.headers.host}`),
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    afterTest(() => {
      server.closeAllConnections();
      server.close();
    });
    return (server.address() as AddressInfo).port;
  }

  it('whose certificate is trusted answers', async () => {
    const port = await secure();
    const { served } = await proxied(`https://localhost:${port}`, { ca: CERTIFICATE });
    expect(await (await fetch(`http://127.0.0.1:${served.port}`)).text()).toBe(`localhost:${port}`);
  });

  it.each([
    ['is not trusted', 'localhost', {}],
    ['has another name', '127.0.0.1', { ca: CERTIFICATE }],
  ])('whose certificate %s is 502', async (_, host, options) => {
    const { served, marks } = await proxied(`https://${host}:${await secure()}`, options);
    const response = await fetch(`http://127.0.0.1:${served.port}`);
    expect(response.status).toBe(502);
    expect(await response.text()).toContain('No trusted TLS connection to the origin server could be made');
    expect(marks()).toContainEqual(
      expect.stringMatching(/\((DEPTH_ZERO_SELF_SIGNED_CERT|ERR_TLS_CERT_ALTNAME_INVALID)\)/),
    );
  });

  it('answers whatever its certificate when that is asked for', async () => {
    const { served } = await proxied(`https://127.0.0.1:${await secure()}`, { insecure: true });
    expect((await fetch(`http://127.0.0.1:${served.port}`)).status).toBe(200);
  });

  it('that speaks plain HTTP is 502', async () => {
    const plain = createServer((_, response) => response.end());
    plain.listen(0, '127.0.0.1');
    await once(plain, 'listening');
    afterTest(() => void plain.close());
    const { served } = await proxied(`https://localhost:${(plain.address() as AddressInfo).port}`, {
      insecure: true,
    });
    expect((await fetch(`http://127.0.0.1:${served.port}`)).status).toBe(502);
  });
});

import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { Transport } from '../../server-core/capture/transport.ts';
import { UiServer } from '../../server-core/host/ui-server.ts';
import { RawClient } from '../net/raw-client.ts';
import { makeFolder } from '../support/folder.ts';
import { textOf } from '../support/recorded.ts';

const TOKEN = 'the-right-token';
let folder: ReturnType<typeof makeFolder>;
let ui: UiServer;
let port: number;
let attached: Transport[];
let lent: Transport[];
let dropped: string[];

beforeEach(async () => {
  folder = makeFolder({ 'index.html': '<p>window</p>' });
  attached = [];
  lent = [];
  dropped = [];
  ui = new UiServer({
    renderer: folder.path,
    token: TOKEN,
    attach: (transport) => attached.push(transport),
    lend: (transport) => lent.push(transport),
    download: (path) => (path === '/saved/one' ? { ending: 'har', bytes: saved() } : undefined),
    open: async (name, bytes) => {
      if (name === 'bad.har') throw new Error('bad.har is bad');
      dropped.push(`${name}: ${await textOf(bytes)}`);
    },
    metrics: () => 'up 1\n',
  });
  port = await ui.listen(0);
});
afterEach(async () => {
  await ui.stop();
  folder.remove();
});

async function* saved(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('first ');
  yield Buffer.from('second');
}

function knock(
  protocols: string[],
  headers: Record<string, string> = {},
  path = '/feed',
): Promise<number | 'open'> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, protocols, { headers });
    socket.on('open', () => {
      socket.terminate();
      resolve('open');
    });
    socket.on('unexpected-response', (_, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', () => {});
  });
}

describe('the window', () => {
  it('is served with a policy that lets nothing in or out', async () => {
    const response = await fetch(`http://127.0.0.1:${port}/`);
    expect(await response.text()).toBe('<p>window</p>');
    expect(response.headers.get('content-security-policy')?.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "worker-src 'self'",
      "style-src 'self'",
      "img-src 'self' data: blob:",
      'media-src blob:',
      "font-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  });
});

describe('the feed', () => {
  it('opens for its own page with the token', async () => {
    expect(await knock(['wirescope', TOKEN], { Origin: `http://127.0.0.1:${port}` })).toBe('open');
    expect(attached).toHaveLength(1);
  });

  it('tells a page by its token why it does not open', async () => {
    const at = async (token: string) =>
      (await fetch(`http://127.0.0.1:${port}/feed`, { headers: { authorization: `Bearer ${token}` } }))
        .status;
    expect([await at(TOKEN), await at('another')]).toEqual([400, 403]);
  });

  it('takes folders that its own page lends', async () => {
    expect(await knock(['wirescope', TOKEN], { Origin: `http://127.0.0.1:${port}` }, '/lend')).toBe('open');
    expect(lent).toHaveLength(1);
  });

  it.each([
    ['no token', ['wirescope'], {}],
    ['a wrong token', ['wirescope', 'x'.repeat(TOKEN.length)], {}],
    ['a page of another origin', ['wirescope', TOKEN], { Origin: 'http://evil.example' }],
    ['a page that was made to resolve here', ['wirescope', TOKEN], { Host: 'evil.example' }],
    ['an opaque origin', ['wirescope', TOKEN], { Origin: 'null' }],
  ])('refuses %s', async (_, protocols, headers) => {
    for (const path of ['/feed', '/lend']) {
      expect(await knock(protocols, headers, path)).toBeOneOf([403, 421]);
    }
    expect([...attached, ...lent]).toHaveLength(0);
  });
});

describe('the token', () => {
  it('is compared in constant time', async () => {
    const compared = vi.spyOn(crypto, 'timingSafeEqual');
    syncBuiltinESMExports();
    try {
      const wrong = 'x'.repeat(TOKEN.length);
      expect(await knock(['wirescope', wrong])).toBe(403);
      expect(compared.mock.calls.map(([given]) => String(given))).toContain(wrong);
    } finally {
      compared.mockRestore();
      syncBuiltinESMExports();
    }
  });
});

describe('the metrics', () => {
  const at = (init?: RequestInit) => fetch(`http://127.0.0.1:${port}/metrics`, init);

  it('are text that a scraper reads without the token', async () => {
    const response = await at();
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.text()).toBe('up 1\n');
  });

  it('can be read only', async () => {
    const response = await at({ method: 'POST', body: 'up 0' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD');
  });

  it('are not for pages that were made to resolve here', async () => {
    const client = await RawClient.open(port);
    await client.send('GET /metrics HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n');
    expect(await client.rest()).toMatch(/^HTTP\/1.1 421 /);
  });
});

describe('a saved capture', () => {
  it('is a download at the path that was promised, and nowhere else', async () => {
    const there = await fetch(`http://127.0.0.1:${port}/saved/one`);
    expect(there.headers.get('content-disposition')).toMatch(
      /^attachment; filename="wirescope-[\dT-]+\.har"$/,
    );
    expect(there.headers.get('cache-control')).toBe('no-store');
    expect(await there.text()).toBe('first second');
    expect((await fetch(`http://127.0.0.1:${port}/saved/two`)).status).toBe(404);
    expect((await fetch(`http://127.0.0.1:${port}/saved/one`, { method: 'HEAD' })).status).toBe(404);
  });
});

describe('a dropped capture', () => {
  const post = (path: string, fields: Record<string, string>, method = 'POST') =>
    fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: fields,
      ...(method === 'POST' && { body: 'bytes of it' }),
    });

  it('is taken from its own page only', async () => {
    const token = { Authorization: `Bearer ${TOKEN}` };
    expect((await post('/dropped/a.har', {})).status).toBe(403);
    expect((await post('/dropped/a.har', { ...token, Origin: 'http://evil.example' })).status).toBe(403);
    expect((await post('/dropped/a.har', token, 'GET')).status).toBe(405);
    expect(dropped).toEqual([]);
    expect(await (await post('/dropped/%C3%A4%20b.har', token)).json()).toEqual({});
    expect(dropped).toEqual(['ä b.har: bytes of it']);
    expect(await (await post('/dropped/bad.har', token)).json()).toEqual({ error: 'bad.har is bad' });
    expect(await (await post('/dropped/%', token)).json()).toEqual({ error: expect.any(String) });
  });
});

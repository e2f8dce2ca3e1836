import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Transport } from '../../server-core/capture/transport.ts';
import { UiServer } from '../../server-core/host/ui-server.ts';
import { makeFolder } from '../support/folder.ts';

const TOKEN = 'the-right-token';
let folder: ReturnType<typeof makeFolder>;
let ui: UiServer;
let port: number;
let attached: Transport[];

beforeEach(async () => {
  folder = makeFolder({ 'index.html': '<p>window</p>' });
  attached = [];
  ui = new UiServer({ renderer: folder.path, token: TOKEN, attach: (transport) => attached.push(transport) });
  port = await ui.listen(0);
});
afterEach(async () => {
  await ui.stop();
  folder.remove();
});

function knock(protocols: string[], headers: Record<string, string> = {}): Promise<number | 'open'> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/feed`, protocols, { headers });
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
    expect(response.headers.get('content-security-policy')).toMatch(
      /default-src 'none'.*frame-ancestors 'none'/,
    );
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  });
});

describe('the feed', () => {
  it('opens for its own page with the token', async () => {
    expect(await knock(['wirescope', TOKEN], { Origin: `http://127.0.0.1:${port}` })).toBe('open');
    expect(attached).toHaveLength(1);
  });

  it.each([
    ['no token', ['wirescope'], {}],
    ['a wrong token', ['wirescope', 'x'.repeat(TOKEN.length)], {}],
    ['a page of another origin', ['wirescope', TOKEN], { Origin: 'http://evil.example' }],
    ['a page that was made to resolve here', ['wirescope', TOKEN], { Host: 'evil.example' }],
    ['an opaque origin', ['wirescope', TOKEN], { Origin: 'null' }],
  ])('refuses %s', async (_, protocols, headers) => {
    expect(await knock(protocols, headers)).toBeOneOf([403, 421]);
    expect(attached).toHaveLength(0);
  });
});

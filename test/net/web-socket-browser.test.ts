/** A real browser against our WebSocket, which it compresses without being asked. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { webSocketResponse } from '../../server-core/net/web-socket.ts';
import { launchBrowser } from '../support/browser.ts';
import { type Served, serve } from './serve.ts';

let browser: Browser;
let page: Page;
let served: Served;
const ends: [number, string][] = [];

beforeAll(async () => {
  served = await serve((request) => {
    if (!request.head.fields.has('upgrade')) {
      return { status: 200, fields: [['Content-Type', 'text/html']], body: Buffer.from('<!doctype html>') };
    }
    return webSocketResponse(request, {
      protocols: ['echo'],
      onSession: (session) => {
        session.onMessage((message) => {
          if (message === 'close me') session.close(4002, 'as you wish');
          else if (typeof message === 'string') session.sendText(message);
          else session.sendBinary(message);
        });
        session.onClose((code, reason) => ends.push([code, reason]));
      },
    });
  });
  browser = await launchBrowser();
  page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${served.port}/`);
});
afterAll(async () => {
  await browser?.close();
  await served?.stop();
});

const echoed = (kind: 'text' | 'bytes', length: number) =>
  page.evaluate(
    async ([kind, length]) => {
      const socket = new WebSocket(`ws://${location.host}/socket`, ['other', 'echo']);
      socket.binaryType = 'arraybuffer';
      await new Promise((resolve) => socket.addEventListener('open', resolve));
      const bytes = Uint8Array.from({ length }, (_, i) => (i * i) >> 3);
      const sent = kind === 'text' ? String.fromCodePoint(...bytes.map((byte) => byte + 32)) : bytes;
      const answer = new Promise<MessageEvent>((resolve) => socket.addEventListener('message', resolve));
      socket.send(sent);
      const { data } = await answer;
      const same =
        typeof data === 'string'
          ? data === sent
          : new Uint8Array(data as ArrayBuffer).every((byte, i) => byte === bytes[i]);
      socket.close(4001, 'done');
      return { same, protocol: socket.protocol, extensions: socket.extensions };
    },
    [kind, length] as const,
  );

describe('Chromium', () => {
  it.each([
    ['text', 5],
    ['text', 20_000],
    ['bytes', 1],
    ['bytes', 1024 * 1024],
  ] as const)('gets back its %s of %i, compressed on the way', async (kind, length) => {
    const { same, protocol, extensions } = await echoed(kind, length);
    expect(same).toBe(true);
    expect(protocol).toBe('echo');
    expect(extensions).toBe('permessage-deflate');
    await expect.poll(() => ends.at(-1)).toEqual([4001, 'done']);
  });

  it('is told why the server closes', async () => {
    const close = await page.evaluate(async () => {
      const socket = new WebSocket(`ws://${location.host}/socket`);
      await new Promise((resolve) => socket.addEventListener('open', resolve));
      socket.send('close me');
      const event = await new Promise<CloseEvent>((resolve) => socket.addEventListener('close', resolve));
      return [event.code, event.reason, event.wasClean];
    });
    expect(close).toEqual([4002, 'as you wish', true]);
  });

  it('leaves the page: 1001', async () => {
    ends.length = 0;
    await page.evaluate(async () => {
      const socket = new WebSocket(`ws://${location.host}/socket`);
      await new Promise((resolve) => socket.addEventListener('open', resolve));
    });
    await page.goto('about:blank');
    await expect.poll(() => ends).toEqual([[1001, '']]);
  });
});

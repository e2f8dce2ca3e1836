/** A window on an origin that answers in every way, with one request of each kind in its list. */
import type { Browser, Locator } from 'playwright-core';
import { expect, vi } from 'vitest';
import { WebSocket } from 'ws';
import { RawClient } from '../net/raw-client.ts';
import { launchBrowser } from '../support/browser.ts';
import { type Origin, startOrigin } from './origin.ts';
import { Window } from './window.ts';

export const PATIENCE = { timeout: 10_000, interval: 50 };

const REQUESTS = 16;

export class Inspected {
  readonly window: Window;
  readonly socket: WebSocket;
  readonly #browser: Browser;
  readonly #origin: Origin;
  readonly #events: AbortController;

  private constructor(
    window: Window,
    socket: WebSocket,
    browser: Browser,
    origin: Origin,
    events: AbortController,
  ) {
    this.window = window;
    this.socket = socket;
    this.#browser = browser;
    this.#origin = origin;
    this.#events = events;
  }

  static async start(): Promise<Inspected> {
    const origin = await startOrigin();
    const browser = await launchBrowser();
    const window = await Window.open(browser, [origin.url]);
    await window.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const get = async (path: string, init?: RequestInit) => {
      await (await fetch(window.url + path, init)).arrayBuffer();
    };
    for (const path of ['picture', 'script', 'page', 'hostile', 'hints', 'odd', 'large', 'tone', 'font'])
      await get(path);
    await get('json?lang=en&q=a%20b', { headers: { Cookie: 'id=7; theme=dark', Accept: 'text/html;q=1.5' } });
    await get('json?lang=de', { headers: { Cookie: 'id=8' } });
    const form = new FormData();
    form.set('title', 'Grüße');
    form.set('file', new Blob(['\x89PNG\r\n\x1a\n'], { type: 'image/png' }), 'dot.png');
    await get('upload', { method: 'POST', body: form });
    await get('pairs', { method: 'POST', body: new URLSearchParams({ name: 'Ada L', note: 'a+b=c & d' }) });
    const events = new AbortController();
    await fetch(`${window.url}events`, { signal: events.signal });
    const socket = new WebSocket(`${window.url.replace('http', 'ws')}socket`, { perMessageDeflate: false });
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send('{"say":"hello"}');
    await new Promise((resolve) => socket.once('pong', resolve).ping('are you there'));
    const raw = await RawClient.open(window.port);
    await raw.send('GET /bad HTTP/1.1\r\nHost : localhost\r\n\r\n');
    await raw.rest();
    await vi.waitFor(async () => expect(await window.rows().count()).toBe(REQUESTS), PATIENCE);
    return new Inspected(window, socket, browser, origin, events);
  }

  /** Chooses the latest request for a path, and a tab of its detail. */
  async open(path: string, tab: string): Promise<void> {
    await this.window.page.keyboard.press('Escape');
    await this.window.rows().filter({ hasText: path }).last().click();
    await this.window.page.getByRole('heading', { name: path }).waitFor();
    await this.window.tab(tab);
  }

  panel(): Locator {
    return this.window.page.getByRole('tabpanel');
  }

  /** Waits until the shown tab says so. */
  says(words: RegExp): Promise<void> {
    return expect.poll(() => this.panel().innerText(), PATIENCE).toMatch(words);
  }

  copied(): Promise<string> {
    return this.window.page.evaluate(() => navigator.clipboard.readText());
  }

  /** @returns what the page complained of meanwhile */
  async close(): Promise<readonly string[]> {
    this.#events.abort();
    this.socket.terminate();
    const { complaints } = this.window;
    await this.window.close();
    await this.#browser.close();
    await this.#origin.close();
    return complaints;
  }
}

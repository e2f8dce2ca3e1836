/** A window on an origin that answers in every way, with one request of each kind in its list. */
import type { Browser, Locator } from 'playwright-core';
import { expect, vi } from 'vitest';
import { WebSocket } from 'ws';
import { RawClient } from '../net/raw-client.ts';
import { launchBrowser } from '../support/browser.ts';
import { type Origin, startOrigin } from './origin.ts';
import { Window } from './window.ts';

/** As long as any poll waits, but asked often: much is there at once. */
export const PATIENCE = { interval: 50 };

const REQUESTS = 15;

export class Inspected {
  readonly window: Window;
  readonly #browser: Browser;
  readonly #origin: Origin;
  readonly #events = new AbortController();
  #socket: WebSocket | undefined;

  private constructor(window: Window, browser: Browser, origin: Origin) {
    this.window = window;
    this.#browser = browser;
    this.#origin = origin;
  }

  /** That of the request for `/socket`. */
  get socket(): WebSocket {
    if (this.#socket === undefined) throw new Error('There are no requests yet');
    return this.#socket;
  }

  /** The window alone: `fill` makes the requests. Each is a hook of its own, since a busy machine takes long for both. */
  static async start(): Promise<Inspected> {
    const origin = await startOrigin();
    const browser = await launchBrowser();
    const window = await Window.open(browser, [origin.url]);
    await window.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    return new Inspected(window, browser, origin);
  }

  /** One request of each kind but `/large`. */
  async fill(): Promise<void> {
    const { window } = this;
    const get = async (path: string, init?: RequestInit) => {
      await (await fetch(window.url + path, init)).arrayBuffer();
    };
    for (const path of ['picture', 'script', 'page', 'hostile', 'hints', 'odd', 'tone', 'font'])
      await get(path);
    await get('json?lang=en&q=a%20b', { headers: { Cookie: 'id=7; theme=dark', Accept: 'text/html;q=1.5' } });
    await get('json?lang=de', { headers: { Cookie: 'id=8' } });
    const form = new FormData();
    form.set('title', 'Grüße');
    form.set('file', new Blob(['\x89PNG\r\n\x1a\n'], { type: 'image/png' }), 'dot.png');
    await get('upload', { method: 'POST', body: form });
    await get('pairs', { method: 'POST', body: new URLSearchParams({ name: 'Ada L', note: 'a+b=c & d' }) });
    await fetch(`${window.url}events`, { signal: this.#events.signal });
    const socket = new WebSocket(`${window.url.replace('http', 'ws')}socket`, { perMessageDeflate: false });
    this.#socket = socket;
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send('{"say":"hello"}');
    await new Promise((resolve) => socket.once('pong', resolve).ping('are you there'));
    const raw = await RawClient.open(window.port);
    await raw.send('GET /bad HTTP/1.1\r\nHost : localhost\r\n\r\n');
    await raw.rest();
    // In a hook nothing can be polled for; it lasts as long as the hook may.
    const timeout = { timeout: 45_000, interval: 50 };
    await vi.waitFor(async () => expect(await window.rows().count()).toBe(REQUESTS), timeout);
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
    this.#socket?.terminate();
    const { complaints } = this.window;
    await this.window.close();
    await this.#browser.close();
    await this.#origin.close();
    return complaints;
  }
}

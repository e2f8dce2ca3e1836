import { connect } from 'node:tls';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { Window } from './window.ts';

const PATIENCE = { interval: 50 };

describe.skipIf(!BROWSER)('a server over TLS in the window', () => {
  let browser: Browser;
  let folder: ReturnType<typeof makeFolder>;
  let window: Window;

  beforeAll(async () => {
    folder = makeFolder({ 'site/index.html': '<!doctype html><title>Secure</title>' });
    browser = await launchBrowser();
    window = await Window.open(browser, [`${folder.path}/site`, '--https'], {
      WIRESCOPE_HOME: `${folder.path}/home`,
    });
  });
  afterAll(async () => {
    await window?.close();
    await browser?.close();
    folder.remove();
  });

  it('is marked, and a browser that takes its certificate sees the page', async () => {
    await expect.poll(() => window.serverRow().innerText(), PATIENCE).toMatch(/\bTLS\b/);
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    await page.goto(window.url.replace('127.0.0.1', 'localhost'));
    expect(await page.title()).toBe('Secure');
    expect(await page.evaluate(() => isSecureContext)).toBe(true);
    await context.close();
  });

  it('the connection says what was agreed on', async () => {
    await window.row('/').first().click();
    await window.tab('Connection');
    const pane = window.page.getByRole('tabpanel').last();
    const text = () => pane.innerText();
    await expect.poll(text, PATIENCE).toMatch(/TLS 1\.3/);
    await expect.poll(text, PATIENCE).toMatch(/TLS_AES_|TLS_CHACHA20_/);
    await expect.poll(text, PATIENCE).toMatch(/SNI\)\s+localhost/);
    await expect.poll(text, PATIENCE).toMatch(/ALPN\)\s+http\/1\.1/);
    // A busy machine may take longer than a second for it.
    await expect.poll(text, PATIENCE).toMatch(/Handshake\s+[\d.]+\s*(µs|ms|s)\b/);
  });

  it('the timeline says why a handshake failed', async () => {
    const url = new URL(window.url);
    const socket = connect({ host: '127.0.0.1', port: Number(url.port), ALPNProtocols: ['h2'] });
    await new Promise((resolve) => socket.once('error', resolve));
    await window.tab('Timeline');
    const lane = window.page.locator('[title="The client offers other protocols than http/1.1 (ALPN)"]');
    const fitted = async () => {
      await window.page.getByRole('button', { name: 'Fit', exact: true }).click();
      return lane.count();
    };
    await expect.poll(fitted, PATIENCE).toBe(1);
    await expect.poll(() => lane.innerText(), PATIENCE).toMatch(/TLS failed/);
  });

  it('complains of nothing', () => expect(window.complaints).toEqual([]));
});

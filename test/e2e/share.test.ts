/** A class looks on: the shared window in a browser of its own, on real traffic. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { Program } from '../support/program.ts';
import { seriousWithin } from './serious.ts';
import { Window } from './window.ts';

let browser: Browser;
let folder: ReturnType<typeof makeFolder>;
let window: Window;
let guest: Page;

const get = async (path: string) => (await fetch(`${window.url}${path}`)).text();
const complaints: string[] = [];

describe.skipIf(!BROWSER)('a shared window', () => {
  beforeAll(async () => {
    folder = makeFolder({ 'index.html': '<!doctype html><title>Site</title>', 'a.txt': 'A' });
    browser = await launchBrowser();
    window = await Window.open(browser, [folder.path]);
    await get('a.txt');
  });
  afterAll(async () => {
    complaints.push(...(window?.complaints ?? []));
    await window?.close();
    await browser?.close();
    folder.remove();
    expect(complaints).toEqual([]);
  });

  it('is switched on in a dialog that says what it means', async () => {
    await window.page.getByRole('button', { name: 'Share this window' }).click();
    const dialog = window.page.getByRole('dialog', { name: 'Share this window' });
    await expect
      .poll(() => dialog.innerText())
      .toMatch(/cookies and passwords[\s\S]*a network that you trust/);
    for (const theme of ['dark', 'light'])
      expect(await seriousWithin(window.page, '.share', theme)).toEqual([]);
    await dialog.getByRole('button', { name: 'Share', exact: true }).click();
    const code = dialog.getByRole('img', { name: /^QR code of http/ });
    await code.waitFor();
    const address = (await code.getAttribute('aria-label'))!.replace('QR code of ', '');
    expect(address).toMatch(/^http:\/\/\S+:\d+\/#token=[\w-]{32}$/);
    expect(await seriousWithin(window.page, '.share', 'dark')).toEqual([]);

    const { port, hash } = new URL(address);
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    guest = await context.newPage();
    guest.on('pageerror', (error) => complaints.push(error.message));
    guest.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    await guest.goto(`http://127.0.0.1:${port}/${hash}`);
    await guest.getByText('READ-ONLY').waitFor();
    await expect.poll(() => dialog.innerText()).toMatch(/1 looks on/);
    await window.page.keyboard.press('Escape');
    await expect.poll(() => window.page.getByTestId('viewers').innerText()).toBe('1');
  });

  it('shows what is captured, live, and each looks at what they like', async () => {
    await expect.poll(() => guest.getByTestId('row').count()).toBe(1);
    await get('?live=1');
    await expect.poll(() => guest.getByTestId('row').count()).toBe(2);
    await guest.getByTestId('row').first().click();
    await guest.getByRole('tab', { name: /^Bytes/ }).click();
    await expect.poll(() => guest.getByTestId('hex-byte').first().innerText()).toBe('47');
    expect(await window.page.getByTestId('detail').count()).toBe(0);
  });

  it('offers nothing that would change anything', async () => {
    await expect.poll(() => guest.getByRole('switch', { name: /^Serve / }).isDisabled()).toBe(true);
    for (const name of ['Add a folder', 'Share this window', /^Settings of/])
      expect(await guest.getByRole('button', { name }).count()).toBe(0);
    await guest.getByRole('tab', { name: /^Compose/ }).click();
    const send = guest.getByRole('button', { name: 'Send', exact: true });
    await expect.poll(() => send.isDisabled()).toBe(true);
    await expect.poll(() => guest.getByText('You look on: only whoever shares').count()).toBe(1);
    await guest.getByRole('tab', { name: /^Load/ }).click();
    await guest.getByText('whoever shares this window runs it').waitFor();
    expect(await guest.getByRole('button', { name: 'Run', exact: true }).count()).toBe(0);
    await expect.poll(() => guest.getByLabel('event-loop').isDisabled()).toBe(true);
    expect(await seriousWithin(guest, '.window', 'light')).toEqual([]);
  });

  it('ends for all when sharing ends', async () => {
    await window.page.getByRole('button', { name: /^Shared, 1 look/ }).click();
    // Its link is cut, which may be told before anything else is.
    const { length } = complaints;
    await window.page.getByRole('button', { name: 'Stop sharing' }).click();
    await window.page.getByRole('button', { name: 'Share', exact: true }).waitFor();
    await window.page.keyboard.press('Escape');
    await expect.poll(() => guest.locator('.link-lost').count()).toBe(1);
    await guest.context().close();
    // It tried to come back, and said that it could not.
    complaints.splice(length);
  });
});

describe('the command', () => {
  it('shares from its start with --share, and says where', async () => {
    const site = makeFolder({ 'a.txt': 'A' });
    const program = new Program([site.path, '--share', '--port', '0', '--ui-port', '0', '--no-open']);
    const address = await program.find(/^shared\s+(\S+)$/m);
    const { port, hash } = new URL(address);
    expect(hash).toMatch(/^#token=[\w-]{32}$/);
    expect((await fetch(`http://127.0.0.1:${port}/`)).headers.get('content-security-policy')).toBeTruthy();
    expect(await program.stop()).toBe(0);
    site.remove();
  });

  it('has nothing to share where nothing is captured', async () => {
    const program = new Program(['--share', '--no-capture', '--no-open']);
    expect(await program.ended).toBe(2);
    expect(program.stderr).toMatch(/^wirescope: --no-capture leaves --share nothing to show/);
  });
});

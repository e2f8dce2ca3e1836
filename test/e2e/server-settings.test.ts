/** The settings of a server in the window: what is switched there, the server does. */

import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { CERTIFICATE, KEY } from '../support/certificate.ts';
import { makeFolder } from '../support/folder.ts';
import { seriousWithin } from './serious.ts';
import { Window } from './window.ts';

const HOME = Object.values(networkInterfaces())
  .flatMap((found) => found ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

describe.skipIf(!BROWSER)('the settings of a server', () => {
  let browser: Browser;
  let folder: ReturnType<typeof makeFolder>;
  let window: Window;
  let dialog: Locator;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    folder = makeFolder({ 'site/index.html': '<title>home</title>', 'site/.hidden': 'hidden' });
    window = await Window.open(browser, [join(folder.path, 'site')]);
    await window.serverRow().getByTitle('Settings').click();
    dialog = window.page.getByRole('dialog', { name: 'Settings of site' });
    await dialog.getByRole('switch', { name: 'HTTPS' }).waitFor();
  });
  afterEach(async () => {
    expect(window.complaints).toEqual([]);
    await window.close();
    folder.remove();
  });

  const toggle = (name: string) => dialog.getByRole('switch', { name }).click();
  async function apply(): Promise<void> {
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await dialog.getByText('Kept until the command ends.').waitFor();
  }
  async function statusOf(path: string): Promise<number | undefined> {
    const request = get(new URL(path, window.url), { agent: false, headers: { accept: 'text/html' } });
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    answer.resume();
    return answer.statusCode;
  }

  it('are applied while it runs, and keep its rows', async () => {
    expect([await statusOf('a/route'), await statusOf('.hidden')]).toEqual([404, 404]);
    await window.row('/a/route').waitFor();
    await toggle('Single-page app');
    await toggle('Dot-files');
    await apply();
    expect([await statusOf('a/route'), await statusOf('.hidden')]).toEqual([200, 200]);
    await expect.poll(async () => (await window.ledger()).captured).toBe(4);
    await expect.poll(() => window.row('/a/route').count()).toBe(2);
    const tags = () => window.serverRow().locator('.tag').allInnerTexts();
    await expect.poll(tags).toEqual(['SPA', 'DOTFILES']);
  });

  it('send headers of one’s own, and say which cannot be', async () => {
    await dialog.getByLabel('Headers').fill('X-Robots-Tag: none\nContent-Length: 7');
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await dialog.getByRole('alert').getByText('Content-Length is the server').waitFor();
    await dialog.getByLabel('Headers').fill('X-Robots-Tag: none');
    await dialog.getByLabel('Keep alive').fill('1');
    await apply();
    expect((await fetch(window.url)).headers.get('x-robots-tag')).toBe('none');
  });

  it('say what each is for, and what it changes on the wire', async () => {
    const more = dialog.locator('.explained').filter({ hasText: 'More, and what changes on the wire: CORS' });
    const line = more.getByText('Access-Control-Allow-Origin: *');
    expect(await line.isVisible()).toBe(false);
    await more.locator('summary').click();
    await line.waitFor();
  });

  it('say what is wrong with a port, and change nothing', async () => {
    await dialog.getByLabel('Port').fill('70000');
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await dialog.getByRole('alert').getByText('A port is a whole number from 0 to 65535').waitFor();
    expect(await statusOf('')).toBe(200);
  });

  it.skipIf(HOME === undefined)('open it to the network, with addresses, a code, and who came', async () => {
    await toggle('Local network');
    await apply();
    const url = `http://${HOME}:${window.port}/`;
    await dialog.getByRole('button', { name: url, exact: true }).waitFor();
    await dialog.getByRole('img', { name: `QR code of ${url}` }).waitFor();
    expect(await (await fetch(url)).text()).toBe('<title>home</title>');
    // That was this computer by another of its addresses.
    await expect.poll(async () => (await window.ledger()).captured).toBe(1);
    await dialog.getByText('No other device has reached it yet.').waitFor();
    await toggle('Local network');
    await apply();
    const isRefused = () =>
      fetch(url).then(
        () => false,
        () => true,
      );
    // A connection kept from before may be closed a moment later.
    await expect.poll(isRefused).toBe(true);
  });

  it('go into a file that the command reads, and come back from it', async () => {
    await toggle('CORS');
    const [download] = await Promise.all([
      window.page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Export…' }).click(),
    ]);
    const file = join(folder.path, 'wirescope.json');
    await download.saveAs(file);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      path: join(folder.path, 'site'),
      port: window.port,
      cors: true,
      cache: 'development',
    });

    writeFileSync(file, '{"spa": true, "cache": 60}');
    await dialog.locator('input[type=file]').setInputFiles(file);
    await expect
      .poll(() => dialog.getByRole('switch', { name: 'CORS' }).getAttribute('aria-checked'))
      .toBe('false');
    await apply();
    expect(await statusOf('a/route')).toBe(200);
    writeFileSync(file, '{"routes": "api.mjs"}');
    await dialog.locator('input[type=file]').setInputFiles(file);
    await dialog.getByRole('alert').getByText('The window has no setting for "routes"').waitFor();
  });

  it('ask first before the whole disk is served', async () => {
    await dialog.getByRole('button', { name: 'Close' }).click();
    await window.page.getByRole('button', { name: 'Add a folder' }).click();
    await window.page.getByLabel('Path on the machine that serves').fill('/');
    await window.page.getByRole('button', { name: 'Serve it', exact: true }).click();
    await window.page.getByText('This serves the whole disk').waitFor();
    expect(await window.serverRow().count()).toBe(1);
    await window.page.getByRole('button', { name: 'Serve it all the same' }).click();
    await expect.poll(() => window.serverRow().count()).toBe(2);
  });

  it.each(['light', 'dark'])('have nothing serious for axe, %s', async (theme) => {
    await toggle('Local network');
    await apply();
    expect(await seriousWithin(window.page, '.server-settings', theme)).toEqual([]);
  });
});

describe.skipIf(!BROWSER)('the settings of a server with a certificate of its own', () => {
  it('say that it is not in the file they make', async () => {
    const folder = makeFolder({ 'site/index.html': 'home', 'cert.pem': CERTIFICATE, 'key.pem': KEY });
    const browser = await launchBrowser();
    const files = ['--cert', join(folder.path, 'cert.pem'), '--key', join(folder.path, 'key.pem')];
    const window = await Window.open(browser, [join(folder.path, 'site'), ...files]);
    await window.serverRow().getByTitle('Settings').click();
    const dialog = window.page.getByRole('dialog', { name: 'Settings of site' });
    await dialog
      .getByText(
        'Kept until the command ends. Exported, they are a file for wirescope --config, but for its certificate, given on the command line.',
      )
      .waitFor();
    await window.close();
    await browser.close();
    folder.remove();
  });
});

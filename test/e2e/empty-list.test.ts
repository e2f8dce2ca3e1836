/** A list without rows says why it has none, and what to do next. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RawClient } from '../net/raw-client.ts';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { Window } from './window.ts';

describe.skipIf(!BROWSER)('a list without rows', () => {
  let browser: Browser;
  let folder: ReturnType<typeof makeFolder>;
  let window: Window;

  beforeAll(async () => {
    browser = await launchBrowser();
    folder = makeFolder({
      'site/index.html': '<title>home</title>',
      'other/index.html': '<title>other</title>',
    });
  });
  afterAll(async () => {
    await browser?.close();
    folder?.remove();
  });
  beforeEach(async () => {
    window = await Window.open(browser, [`${folder.path}/site`]);
  });
  afterEach(async () => {
    expect(window.complaints).toEqual([]);
    await window.close();
  });

  const says = (title: string) => window.page.getByRole('heading', { name: title }).waitFor();
  const offer = (name: string) => window.page.getByRole('main').getByRole('button', { name, exact: true });
  const ask = async (target = '') => void (await (await fetch(window.url + target)).text());

  it('because nothing was asked yet, has the address to ask', async () => {
    await says('Nothing asked yet');
    await offer('Open site').waitFor();
    await window.page.getByText(`curl ${window.url}`).waitFor();
    await ask();
    await window.row('/').waitFor();
  });

  it('because who came asked nothing, says so, and shows them', async () => {
    for (let i = 0; i < 2; i++) (await RawClient.open(window.port)).close();
    await window.page.getByText(/^2 connections were closed before anything was asked\./).waitFor();
    await offer('Show who came').click();
    await window.page.getByText('2 connections', { exact: true }).waitFor();
  });

  it('because it was cleared, does not say that nothing was ever asked', async () => {
    await ask();
    await window.row('/').waitFor();
    await window.page.keyboard.press('Control+l');
    await says('Nothing asked since it was cleared');
    await offer('Open site').waitFor();
  });

  it('because its server is stopped, starts it again', async () => {
    await window.page.getByRole('switch', { name: 'Serve site' }).click();
    await says('No server is running');
    await offer('Start site').click();
    await says('Nothing asked yet');
    await ask();
    await window.row('/').waitFor();
  });

  it('of the server that is chosen, has the address of that one', async () => {
    const { page } = window;
    await page.getByRole('button', { name: 'Add a folder' }).first().click();
    await page.getByLabel('Path on the machine that serves').fill(`${folder.path}/other`);
    await page.keyboard.press('Enter');
    const other = window.serverRow().filter({ hasText: 'other' });
    await other.getByRole('button', { name: 'other', exact: true }).click();
    await offer('Open other').waitFor();
    const url = (await other.getByTitle('Copy http').getAttribute('title'))!.slice('Copy '.length);
    await page.getByText(`curl ${url}`).waitFor();
  });

  it('because the picture is held, goes on when told to, with what came meanwhile', async () => {
    await window.page.keyboard.press('Control+e');
    await says('The picture is held');
    await ask('meanwhile');
    await expect.poll(async () => (await window.ledger()).captured).toBe(1);
    await offer('Go on').click();
    await window.row('/meanwhile').waitFor();
    await expect.poll(() => window.rows().count()).toBe(1);
  });

  it('because of the filter, can be shown without it', async () => {
    await ask();
    await window.row('/').waitFor();
    await window.page.locator('input[data-filter]').fill('status:500');
    await says('Nothing matches');
    await offer('Clear the filter').click();
    await window.row('/').waitFor();
    await expect.poll(() => window.page.locator('input[data-filter]').inputValue()).toBe('');
  });

  it('because nothing is served, asks for a folder', async () => {
    await window.page.getByRole('switch', { name: 'Serve site' }).click();
    await window.serverRow().getByTitle('Remove from the list').click();
    await says('Drop a folder to serve it');
    await offer('Add a folder').click();
    await window.page.getByLabel('Path on the machine that serves').fill(`${folder.path}/site`);
    await window.page.keyboard.press('Enter');
    await says('Nothing asked yet');
  });

  it('because its host is gone, offers nothing that needs one', async () => {
    await says('Nothing asked yet');
    await window.program.stop('SIGKILL');
    await says('Nothing was captured');
    const opens = window.page.getByRole('main').getByRole('button', { name: /^Open / });
    await expect.poll(() => opens.count()).toBe(0);
    // Nor is it said that anything is served: that cannot be known.
    const serves = window.page.getByRole('switch', { name: 'Serve site' });
    await expect.poll(() => serves.isDisabled()).toBe(true);
    await expect.poll(() => serves.getAttribute('class')).not.toContain('ok');
    // The page keeps trying to reach its host, which the browser notes in the console: until it is left.
    await window.page.goto('about:blank');
    window.complaints.splice(0);
  });
});

/** A lab of the program beside a folder of one's own, which has none of the pages that the lab asks for. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { Window } from './window.ts';

describe.skipIf(!BROWSER)('a lab without the tour', () => {
  let browser: Browser;
  let folder: ReturnType<typeof makeFolder>;
  let window: Window;
  beforeAll(async () => {
    folder = makeFolder({ 'mine/index.html': 'mine' });
    browser = await launchBrowser();
    window = await Window.open(browser, [`${folder.path}/mine`], { WIRESCOPE_HOME: `${folder.path}/home` });
    await window.tab('Learn');
    await window.page.locator('[data-lab="chunked"]').click();
  });
  afterAll(async () => {
    const complaints = window?.complaints ?? [];
    await window?.close();
    await browser?.close();
    folder.remove();
    expect(complaints).toEqual([]);
  });

  const serve = () => window.page.getByRole('button', { name: 'Serve the tour' });
  const command = () => window.page.locator('.command code');

  it('says what it lacks, and has it served', async () => {
    await serve().click();
    await expect.poll(() => serve().count()).toBe(0);
  });

  it('is then done on the tour, by command and in Compose', async () => {
    await expect.poll(() => command().innerText()).not.toContain(window.url);
    const [tour] = /http:\S+\/(?=api)/.exec(await command().innerText()) ?? [];
    expect((await fetch(`${tour}api/time`)).status).toBe(200);
    await window.page.getByRole('button', { name: 'Open in Compose' }).click();
    await window.page.getByRole('button', { name: 'Send', exact: true }).click();
    const answer = window.page.getByRole('region', { name: 'Answer' });
    await expect.poll(() => answer.innerText()).toMatch(/200 OK/);
  });
});

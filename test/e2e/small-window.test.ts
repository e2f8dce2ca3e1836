/** At 200 % a window of a laptop has room for a quarter: what is typed and what opens must still be all there. */
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { steady } from '../support/steady.ts';
import { Window } from './window.ts';

const SIZE = { width: 720, height: 450 };
const LONG_FILTER = 'status:200 path:/';

describe.skipIf(!BROWSER)('a small window', () => {
  let browser: Browser;
  let folder: ReturnType<typeof makeFolder>;
  let window: Window;
  let filter: Locator;

  beforeAll(async () => {
    browser = await launchBrowser();
    folder = makeFolder({ 'index.html': '<title>home</title>' });
    window = await Window.open(browser, [folder.path]);
    await window.page.setViewportSize(SIZE);
    filter = window.page.getByRole('combobox', { name: 'Filter' });
    await (await fetch(window.url)).text();
    await window.row('/').waitFor();
  });
  afterAll(async () => {
    const complaints = window?.complaints ?? [];
    await window?.close();
    await browser?.close();
    folder?.remove();
    expect(complaints).toEqual([]);
  });
  beforeEach(() => filter.fill(''));

  const box = async (locator: Locator) => {
    const found = await locator.boundingBox();
    expect(found).not.toBeNull();
    return found!;
  };
  async function isWithin(locator: Locator): Promise<void> {
    const beyond = async () => {
      const { x, y, width, height } = await box(locator);
      return [-x, -y, x + width - SIZE.width, y + height - SIZE.height].filter((over) => over > 0);
    };
    // What opens is placed after it is there, and stays where it was put.
    await expect.poll(beyond).toEqual([]);
    await steady(async () => JSON.stringify(await box(locator)));
    expect(await beyond()).toEqual([]);
  }

  it('shows the whole of a filter, and all kinds after a scroll', async () => {
    await filter.fill(LONG_FILTER);
    const hidden = () => filter.evaluate((input) => input.scrollWidth - input.clientWidth);
    await expect.poll(hidden).toBeLessThanOrEqual(0);
    const kinds = window.page.getByRole('group', { name: 'Kinds' });
    await kinds.getByRole('button', { name: 'Errors' }).scrollIntoViewIfNeeded();
    await isWithin(kinds.getByRole('button', { name: 'Errors' }));
  });

  it('has its help within it, which Escape closes from wherever the focus is', async () => {
    const help = window.page.getByRole('region', { name: 'How to filter' });
    await window.page.getByRole('button', { name: 'How to filter' }).click();
    await isWithin(help);
    await help.getByRole('button').last().focus();
    await expect.poll(async () => (await box(window.page.locator('.bar'))).x).toBe(0);
    await window.page.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
  });

  it('has all of what chooses columns within it', async () => {
    await window.page.getByRole('columnheader', { name: 'Status' }).click({ button: 'right' });
    await isWithin(window.page.locator('.column-menu'));
    await window.page.getByLabel('Name of a header field to add').fill('etag');
    await window.page.keyboard.press('Escape');
    await window.page.locator('.column-menu').waitFor({ state: 'detached' });
  });
});

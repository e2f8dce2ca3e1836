/** The list shows the rows of where it stands, whoever moved it last. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RawClient } from '../net/raw-client.ts';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { arrived } from '../support/steady.ts';
import { Window } from './window.ts';

const COUNT = 400;

/** In the page: a person scrolls down and, before other rows are there, sorts, which leads back to the top. */
async function scrollAndSort(): Promise<void> {
  const list = document.querySelector<HTMLElement>('[data-list]')!;
  const name = document.querySelector<HTMLElement>('[role=columnheader][data-column=size] .column-name')!;
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  list.scrollTop += 3000;
  // The event of the scroll comes with the next frame, before this goes on.
  await frame();
  name.click();
}

/** In the page: whether a row stands at the top and at the bottom of what is seen. */
function isFilled(): boolean {
  const list = document.querySelector<HTMLElement>('[data-list]')!.getBoundingClientRect();
  const { height } = document.querySelector('.list-head')!.getBoundingClientRect();
  const at = (y: number) => document.elementFromPoint(list.left + 60, y)?.closest('[data-testid=row]');
  return [list.top + height + 10, list.bottom - 10].every((y) => at(y));
}

describe.skipIf(!BROWSER)('a list that is scrolled and leads back at once', () => {
  let browser: Browser;
  let window: Window;
  const folder = makeFolder({ 'index.html': '<title>home</title>' });

  beforeAll(async () => {
    browser = await launchBrowser();
    window = await Window.open(browser, [folder.path]);
    const client = await RawClient.open(window.port);
    await client.send('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(COUNT));
    for (let i = 0; i < COUNT; i++) await client.response();
    client.close();
  });
  afterAll(async () => {
    const complaints = window?.complaints ?? [];
    await window?.close();
    await browser?.close();
    folder.remove();
    expect(complaints).toEqual([]);
  });

  it('has the rows of its top', async () => {
    await arrived(async () => (await window.ledger()).captured, COUNT);
    await window.page.locator('[data-list]').focus();
    await window.page.keyboard.press('Home');
    await expect.poll(() => window.page.evaluate(isFilled)).toBe(true);
    for (let turn = 0; turn < 6; turn++) {
      await window.page.evaluate(scrollAndSort);
      await expect.poll(() => window.page.evaluate(isFilled)).toBe(true);
    }
  });
});

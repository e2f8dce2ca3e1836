/** A person changes how a server shares out its connections, and sees who answers. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { Window } from './window.ts';

let browser: Browser;
let folder: ReturnType<typeof makeFolder>;
let window: Window;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
afterEach(async () => {
  await window.close();
  folder.remove();
});

const servedBy = () =>
  window.page.getByRole('term').filter({ hasText: 'Served by' }).locator('xpath=following-sibling::dd[1]');

async function choose(model: string): Promise<void> {
  const button = window.serverRow().locator('.model');
  await button.click();
  await window.page.getByRole('menuitemradio', { name: new RegExp(`^${model}`) }).click();
  await expect.poll(() => button.textContent()).toMatch(new RegExp(`${model}$`));
}

async function ask(target: string): Promise<void> {
  await fetch(`${window.url}${target}`, { headers: { connection: 'close' } });
  await window.row(`/${target}`).click();
  await window.tab('Connection');
}

describe('the model of a server', () => {
  it('is changed in its row, and shows in every request', async () => {
    folder = makeFolder({ 'a.txt': 'A' });
    window = await Window.open(browser, [folder.path, '--workers', '2']);
    await ask('a.txt?1');
    await expect.poll(() => servedBy().count()).toBe(0);
    await choose('prefork');
    await ask('a.txt?2');
    await expect.poll(() => servedBy().textContent()).toMatch(/^process \d+$/);
    await choose('threads');
    await ask('a.txt?3');
    await expect.poll(() => servedBy().textContent()).toMatch(/^thread \d, for this request$/);
    expect(window.complaints).toEqual([]);
  });

  it('is chosen by the keyboard', async () => {
    folder = makeFolder({ 'a.txt': 'A' });
    window = await Window.open(browser, [folder.path]);
    const button = window.serverRow().locator('.model');
    await button.focus();
    await window.page.keyboard.press('Enter');
    await window.page.getByRole('menu').waitFor();
    // Before the keys are in the menu an arrow is for nobody.
    await expect.poll(() => window.page.locator('[role=menu]:focus-within').count()).toBe(1);
    await window.page.keyboard.press('ArrowDown');
    await window.page.keyboard.press('Enter');
    await expect.poll(() => button.textContent()).toMatch(/iterative$/);
  });
});

/** All servers of a window as one file, and out of it in another. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { hearToasts } from '../support/toasts.ts';
import { Window } from './window.ts';

describe.skipIf(!BROWSER)('all servers', () => {
  let browser: Browser;
  let folder: ReturnType<typeof makeFolder>;
  beforeAll(async () => {
    browser = await launchBrowser();
    folder = makeFolder({ 'one/index.html': 'one', 'two/index.html': 'two', 'three/index.html': 'three' });
  });
  afterAll(async () => {
    await browser?.close();
    folder?.remove();
  });

  async function act(page: Page, title: string): Promise<void> {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Action' }).fill(title);
    await page.getByRole('option', { name: title, selected: true }).waitFor();
    await page.keyboard.press('Enter');
  }
  async function open(page: Page, path: string): Promise<void> {
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      act(page, 'Import servers with their settings'),
    ]);
    await chooser.setFiles(path);
  }

  it('go into a file, and are served by it elsewhere', async () => {
    const file = join(folder.path, 'servers.json');
    const first = await Window.open(browser, [join(folder.path, 'one'), '--spa', '--auth', 'ann:secret']);
    await first.page.getByRole('button', { name: 'Add a folder' }).click();
    await first.page.locator('input[name=path]').fill(join(folder.path, 'two'));
    await first.page.keyboard.press('Enter');
    await expect.poll(() => first.serverRow().count()).toBe(2);
    const [download] = await Promise.all([
      first.page.waitForEvent('download'),
      act(first.page, 'Export all servers with their settings'),
    ]);
    await download.saveAs(file);
    const { servers } = JSON.parse(readFileSync(file, 'utf8'));
    expect(servers).toMatchObject([
      { path: join(folder.path, 'one'), port: first.port, spa: true, auth: 'ann:secret' },
      { path: join(folder.path, 'two') },
    ]);
    expect(first.complaints).toEqual([]);
    await first.close();

    const second = await Window.open(browser, [join(folder.path, 'three')]);
    mkdirSync(join(folder.path, 'four'));
    const list = [...servers, { path: join(folder.path, 'four'), nonsense: 1 }, { path: '/' }, 7];
    writeFileSync(file, JSON.stringify({ servers: list }));
    const said = await hearToasts(second.page);
    await open(second.page, file);
    for (const text of [
      '2 of 5 of the file’s servers are there',
      'The window has no setting for "nonsense"',
      '/ is left out: This serves the whole disk',
      'A server without a path is left out',
    ])
      await expect.poll(said).toContain(text);
    const row = second.serverRow().filter({ hasText: 'one' });
    await expect.poll(() => row.locator('.tag').allInnerTexts()).toEqual(['AUTH', 'SPA']);
    const answer = await fetch(`http://127.0.0.1:${first.port}/a/route`, {
      headers: { accept: 'text/html', authorization: `Basic ${btoa('ann:secret')}` },
    });
    expect(await answer.text()).toBe('one');
    writeFileSync(file, '{}');
    await open(second.page, file);
    await expect.poll(said).toContain('That file lists no servers');
    expect(second.complaints).toEqual([]);
    await second.close();
  });
});

/** A link out of another page that is dropped on the window: the server it leads to is watched from then on. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { type Origin, startOrigin } from './origin.ts';
import { Window } from './window.ts';

describe.skipIf(!BROWSER)('a link that is dropped on the window', () => {
  let browser: Browser;
  let folder: ReturnType<typeof makeFolder>;
  let origin: Origin;
  let window: Window;

  beforeAll(async () => {
    browser = await launchBrowser();
    origin = await startOrigin();
    folder = makeFolder({ 'site/index.html': 'home' });
  });
  afterAll(async () => {
    await browser?.close();
    await origin?.close();
    folder?.remove();
  });
  beforeEach(async () => {
    window = await Window.open(browser, [`${folder.path}/site`]);
  });
  afterEach(async () => {
    expect(window.complaints).toEqual([]);
    await window.close();
  });

  /** As the browser tells of a link that comes from elsewhere. */
  async function drop(mimeType: string, text: string): Promise<void> {
    const session = await window.page.context().newCDPSession(window.page);
    const data = { items: [{ mimeType, data: text }], dragOperationsMask: 1 | 2 | 16 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await session.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
      if (type === 'dragOver' && mimeType === 'text/uri-list')
        await window.page.getByTestId('drop-overlay').waitFor();
    }
    await session.detach();
  }

  it('has its server watched, whatever page of it the link names', async () => {
    await drop('text/uri-list', `${origin.url}/page?a=b#c`);
    const row = window.serverRow().filter({ hasText: 'PROXY' });
    const url = (await row.getByTitle('Copy http').getAttribute('title'))!.slice('Copy '.length);
    expect(await (await fetch(`${url}page`)).text()).toContain('Shop');
    await window.row('/page').waitFor();
  });

  it('that leads to no server, or is only text, does nothing', async () => {
    await drop('text/uri-list', 'http://[/\r\nmailto:a@example.com\r\n# http://127.0.0.1:1/');
    await drop('text/plain', origin.url);
    await window.page.getByTestId('drop-overlay').waitFor({ state: 'detached' });
    await (await fetch(window.url)).text();
    await window.row('/').waitFor();
    await expect.poll(() => window.serverRow().count()).toBe(1);
  });
});

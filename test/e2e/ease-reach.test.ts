/** Within reach of everyone: nothing serious for axe in any theme, and nothing unreadable in a small window. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { VIEWS as TABS_OF_VIEWS } from '../../renderer/views/tabs.ts';
import { RawClient } from '../net/raw-client.ts';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { seriousWithin } from './serious.ts';
import { unreadable } from './text-boxes.ts';
import { Window } from './window.ts';

let browser: Browser;
let folder: ReturnType<typeof makeFolder>;
let window: Window;
let half: RawClient;

/** Those that the window has, so that none is left out when one is added. */
const VIEWS = TABS_OF_VIEWS.map(({ label }) => label);
const THEMES = ['dark', 'light', 'contrast'];
const TABS = ['Overview', 'Headers', 'Bytes', 'Body', 'Timing', 'Why', 'Connection'];
const SIZES = [
  ['1440 by 900', 1440, 900],
  ['1100 by 720', 1100, 720],
  ['1440 by 900 at 200 %', 720, 450],
] as const;

// axe looks at thousands of elements: on a busy machine that takes its time.
describe.skipIf(!BROWSER)('within reach', { timeout: 60_000 }, () => {
  beforeAll(async () => {
    browser = await launchBrowser();
    folder = makeFolder({
      'site/index.html': '<!doctype html><html lang="en"><title>Site</title><p>Hello</p></html>',
      'site/assets/styles/a-rather-long-name-of-a-style-sheet.css': 'a{}',
      'site/data.json': '{"a":[1,2,{"b":null}]}',
    });
    window = await Window.open(browser, [`${folder.path}/site`]);
    const targets = ['', 'data.json', 'assets/styles/a-rather-long-name-of-a-style-sheet.css?v=1', 'missing'];
    for (const target of targets) await (await fetch(window.url + target)).text();
    half = await RawClient.open(window.port);
    await half.send('GET / HTTP/1.1\r\nHost : a\r\n\r\n');
    await window.rows().nth(4).waitFor();
  });
  afterAll(async () => {
    const complaints = window?.complaints ?? [];
    half?.close();
    await window?.close();
    await browser?.close();
    folder?.remove();
    expect(complaints).toEqual([]);
  });

  // Whatever a test left open goes, so that it fails alone.
  beforeEach(async () => {
    for (let open = 0; open < 3; open++) await window.page.keyboard.press('Escape');
  });

  async function show(view: string): Promise<void> {
    const tab = window.page.getByRole('tab', { name: new RegExp(`^${view}`) });
    await tab.click();
    await expect.poll(() => tab.getAttribute('aria-selected')).toBe('true');
    await window.page.locator('main > :last-child > *').first().waitFor();
  }
  async function select(): Promise<void> {
    await show('Traffic');
    // What Escape closed a moment ago may be there for the first look.
    const opened = async () => {
      const count = await window.page.getByTestId('detail').count();
      if (count === 0) await window.rows().nth(1).click({ timeout: 5000 });
      return count;
    };
    await expect.poll(opened).toBe(1);
  }

  describe.each(THEMES)('axe, %s', (theme) => {
    it.each(VIEWS)('%s', async (view) => {
      await show(view);
      expect(await seriousWithin(window.page, 'body', theme)).toEqual([]);
    });

    it('what opens over the window', async () => {
      await show('Traffic');
      for (const key of ['Control+k', '?']) {
        await window.page.keyboard.press(key);
        await window.page.getByRole('dialog').waitFor();
        expect(await seriousWithin(window.page, 'dialog[open]', theme)).toEqual([]);
        await window.page.keyboard.press('Escape');
        await expect.poll(() => window.page.getByRole('dialog').count()).toBe(0);
      }
      await window.rows().first().click({ button: 'right' });
      await window.page.getByRole('menu').waitFor();
      expect(await seriousWithin(window.page, '.menu', theme)).toEqual([]);
      await window.page.keyboard.press('Escape');
    });

    it('the menus of all that has one', async () => {
      const { page } = window;
      const opened: (readonly [string, () => Promise<void>])[] = [
        [
          'a request, copied',
          async () => {
            await show('Traffic');
            await window.rows().first().click({ button: 'right' });
            await page.getByRole('menuitem', { name: /^Copy or save/ }).click();
          },
        ],
        ['columns', () => page.locator('[data-column="target"]').first().click({ button: 'right' })],
        [
          'a header field',
          async () => {
            await select();
            await window.tab('Headers');
            await page.getByRole('button', { name: 'Host: copy, or filter by it' }).click();
          },
        ],
        [
          'a lane',
          async () => {
            await show('Timeline');
            await page.getByTestId('timeline-lane').first().click();
          },
        ],
        [
          'a file',
          async () => {
            await show('Heat');
            await page.getByRole('row', { name: /data\.json/ }).click({ button: 'right' });
          },
        ],
      ];
      for (const [what, open] of opened) {
        await open();
        await page.getByRole('menu').waitFor();
        expect(await seriousWithin(page, '[role=menu]', theme), what).toEqual([]);
        await page.keyboard.press('Escape');
        await expect.poll(() => page.getByRole('menu').count()).toBe(0);
      }
    });

    it('the list in groups, with notes', async () => {
      await show('Traffic');
      await window.page.getByRole('button', { name: /^Groups:/ }).click();
      await window.page.getByRole('menuitemradio', { name: 'By folder of the path' }).click();
      await window.page.getByTestId('group').first().waitFor();
      expect(await seriousWithin(window.page, '.list-frame', theme)).toEqual([]);
      await window.page.getByRole('button', { name: 'Follow' }).click();
      await expect.poll(() => window.page.getByTestId('group').count()).toBe(0);
    });
  });

  describe.each(SIZES)('text at %s', (_, width, height) => {
    it.each(VIEWS)('%s', async (view) => {
      await window.page.setViewportSize({ width, height });
      await show(view);
      await expect.poll(() => unreadable(window.page)).toEqual([]);
    });

    it.each(TABS)('the detail, %s', async (tab) => {
      await window.page.setViewportSize({ width, height });
      await select();
      await window.page.getByTestId('detail').getByRole('tab', { name: tab }).click();
      await expect.poll(() => unreadable(window.page)).toEqual([]);
    });

    it('in groups, and with rows chosen', async () => {
      await window.page.setViewportSize({ width, height });
      await show('Traffic');
      const closed = async () => {
        const count = await window.page.getByTestId('detail').count();
        if (count > 0) await window.page.keyboard.press('Escape');
        return count;
      };
      await expect.poll(closed).toBe(0);
      await window.page.getByRole('button', { name: /^Groups:/ }).click();
      await window.page.getByRole('menuitemradio', { name: 'By connection' }).click();
      await window.page.getByTestId('group').first().waitFor();
      const chosen = async () => {
        await window.page.locator('[data-list]').focus();
        await window.page.keyboard.press('Control+a');
        return window.page.getByTestId('chosen-count').count();
      };
      await expect.poll(chosen).toBe(1);
      await expect.poll(() => unreadable(window.page)).toEqual([]);
      await window.page.keyboard.press('Escape');
      await window.page.getByRole('button', { name: 'Follow' }).click();
      await expect.poll(() => window.page.getByTestId('group').count()).toBe(0);
    });
  });

  it('what is unreadable is found: this test can fail', async () => {
    await window.page.setViewportSize({ width: 1440, height: 900 });
    await show('Traffic');
    await expect.poll(() => unreadable(window.page)).toEqual([]);
    await window.page.evaluate(() => {
      const add = (text: string, style: string) => {
        const element = document.createElement('p');
        element.className = 'spoilt';
        element.textContent = text;
        element.style.cssText = `position: fixed; z-index: 9; white-space: nowrap; ${style}`;
        document.body.append(element);
      };
      add('over', 'left: 300px; top: 600px');
      add('under', 'left: 304px; top: 604px');
      add('outside', 'left: 1420px; top: 640px');
      add('cut in the middle', 'left: 300px; top: 680px; width: 40px; overflow: hidden');
      add('squeezed', 'left: 300px; top: 720px; width: 4px; overflow: hidden; text-overflow: ellipsis');
      const button = document.createElement('button');
      button.className = 'spoilt';
      button.ariaLabel = 'lost';
      button.style.cssText = 'position: fixed; left: 1430px; top: 700px; width: 24px; height: 24px';
      document.body.append(button);
    });
    const found = await unreadable(window.page);
    await window.page.evaluate(() => {
      for (const element of document.querySelectorAll('.spoilt')) element.remove();
    });
    expect(found).toEqual([
      '"outside" runs out of the window',
      '"cut in the middle" is cut off by .spoilt',
      '"squeezed" is squeezed to nothing',
      'The button "lost" runs out of the window',
      '"over" lies on "under"',
    ]);
  });
});

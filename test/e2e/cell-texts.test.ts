/** Texts of the list stand within their cells, though most cells have no clip. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fitsSans11 } from '../../renderer/geometry/text-room.ts';
import { RawClient } from '../net/raw-client.ts';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { Window } from './window.ts';

const PRINTABLE = Array.from({ length: 95 }, (_, i) => String.fromCharCode(0x20 + i));
const TARGETS = [
  '/',
  `/${'folder/'.repeat(40)}file.js`,
  `/a?${'q=0123456789&'.repeat(30)}`,
  `/${'W'.repeat(55)}?${'W'.repeat(30)}`,
  `/${encodeURIComponent('日本語'.repeat(12))}`,
  `/${'日本語'.repeat(40)}`,
];
const METHODS = ['GET', 'PROPPATCH', 'WWWWWWWWWWWW', 'VERSION-CONTROL'];
/** Antialiasing, and a fraction of a pixel of a glyph's own. */
const SLACK = 1;

/** In the page: texts that are seen beyond their cells. */
function runOut(slack: number): string[] {
  return [...document.querySelectorAll<HTMLElement>('[data-testid=row] [role=gridcell]')].flatMap((cell) => {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    const { left, right } = cell.getBoundingClientRect();
    const out: string[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement?.closest('.clip, .spoken')) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      if (box.width > 0 && (box.left < left - slack || box.right > right + slack)) {
        out.push(`${cell.dataset['column']}: ${node.textContent}`);
      }
    }
    return out;
  });
}

describe.skipIf(!BROWSER)('texts of the list', () => {
  let browser: Browser;
  let window: Window;
  const files = makeFolder({ 'index.html': '<p>Hello' });

  beforeAll(async () => {
    browser = await launchBrowser();
    window = await Window.open(browser, [files.path]);
    await window.page.evaluate(() => document.fonts.ready);
  });
  afterAll(async () => {
    await window?.close();
    await browser?.close();
    files.remove();
  });

  it.each([400, 500])('are not wider than what is reckoned with, at a weight of %d', async (weight) => {
    const widths = await window.page.evaluate(
      ({ signs, weight }) => {
        const context = document.createElement('canvas').getContext('2d')!;
        context.font = `${weight} 11px "Inter Variable"`;
        return signs.map((sign) => context.measureText(sign).width);
      },
      { signs: PRINTABLE, weight },
    );
    const narrower = PRINTABLE.filter((sign, i) => fitsSans11(sign, widths[i]! - 0.01));
    expect(narrower).toEqual([]);
  });

  it('stay in their cells, however long they are and however narrow the window', async () => {
    const asked = [...TARGETS.map((target) => `GET ${target}`), ...METHODS.map((method) => `${method} /x`)];
    for (const line of asked) {
      const client = await RawClient.open(window.port);
      await client.send(Buffer.from(`${line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`));
      await client.rest();
      client.close();
    }
    await expect.poll(() => window.rows().count()).toBe(asked.length);
    const stayIn = async () => {
      for (const width of [1440, 1100, 820, 640]) {
        await window.page.setViewportSize({ width, height: 720 });
        await expect.poll(() => window.page.evaluate(runOut, SLACK)).toEqual([]);
      }
    };
    await stayIn();
    // A width that was chosen is kept where the list has little room, and leaves the path still less.
    await window.page.setViewportSize({ width: 1440, height: 720 });
    await window.page.evaluate(() =>
      localStorage.setItem('wirescope.list.columns', JSON.stringify({ widths: { waterfall: 400 } })),
    );
    await window.page.reload();
    await window.rows().first().click();
    await window.page.getByTestId('detail').waitFor();
    await stayIn();
  });
});

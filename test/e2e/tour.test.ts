/** The site that comes with the program, as a visitor meets it: every page, in both schemes, with what it offers. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { Program } from '../support/program.ts';
import { seriousWithin } from './serious.ts';

const PAGES = readdirSync(join(import.meta.dirname, '../../www')).filter((name) => name.endsWith('.html'));
/** What a page says once its first button was pressed. */
const SAYS: Readonly<Record<string, RegExp>> = {
  'caching.html': /Ask if it changed\s+200/,
  'compression.html': /\/data\/primes\.txt/,
  'cookies.html': /\{"visits":1\}/,
  'large.html': /206 Partial Content/,
  'media.html': /5:00/,
  'methods.html': /GET \/methods\.html/,
  'origins.html': /A page of another origin may read this/,
  'parallel.html': /All twelve in/,
  'redirects.html': /\/api\/arrived/,
  'streams.html': /1 2 3 4 5 6 7 8 9 10/,
};

describe.skipIf(!BROWSER)('the tour in a browser', () => {
  let browser: Browser;
  let program: Program;
  let context: BrowserContext;
  let page: Page;
  let url: string;
  const complaints: string[] = [];
  beforeAll(async () => {
    program = new Program(['--no-ui', '--port', '0']);
    url = await program.find(/^listening (\S+)$/m);
    browser = await launchBrowser();
    context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
    page = await context.newPage();
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('request', (request) => {
      if (!/^(http:\/\/(127\.0\.0\.1|localhost)|data:|blob:)/.test(request.url()))
        complaints.push(request.url());
    });
  });
  afterAll(async () => {
    await browser?.close();
    await program?.stop();
  });

  it.each(PAGES)('%s does what it says, and nothing serious is wrong with it', async (name) => {
    await page.goto(`${url}${name}`);
    const says = SAYS[name];
    if (says) {
      await page.locator('main button.first').first().click();
      await expect.poll(() => page.locator('main').innerText()).toMatch(says);
    }
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await seriousWithin(page, 'body', ''), colorScheme).toEqual([]);
    }
    const overflows = () => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    await expect.poll(overflows).toBe(false);
    expect(complaints).toEqual([]);
  });

  it('talks both ways, and is told when it is over', async () => {
    await page.goto(`${url}streams.html`);
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('HELLO, WIRE').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByText('closed, 1000').waitFor();
    // Each is there for a second, which nobody may be looking at.
    const heard = await page.locator('#event-id').evaluateHandle((place) => {
      const ids: string[] = [];
      const observer = new MutationObserver(() => ids.push(place.textContent));
      observer.observe(place, { childList: true, characterData: true, subtree: true });
      return ids;
    });
    await page.getByRole('button', { name: 'Listen' }).click();
    await expect.poll(async () => (await heard.jsonValue())[0]).toMatch(/^[12]$/);
  });

  it('takes forms without a script', async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false });
    const still = await plain.newPage();
    await still.goto(`${url}forms.html`);
    await still.getByRole('button', { name: 'Send by POST' }).click();
    await still.getByText('The name in it is “Ada & Charles”.').waitFor();
    await still.getByRole('link', { name: 'Back to the forms' }).click();
    await still
      .locator('#file')
      .setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('12345') });
    await still.getByRole('button', { name: 'Upload' }).click();
    await still.getByText('“a.txt” has 5 bytes.').waitFor();
    await plain.close();
  });
});

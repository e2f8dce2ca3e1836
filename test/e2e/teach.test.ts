/** The tools of Learn beside the parser: glossary, ladder, bench; and Compose beyond one's own servers. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { otherServer } from '../support/other-server.ts';
import { seriousWithin } from './serious.ts';
import { Window } from './window.ts';

const PATIENCE = { timeout: 15_000, interval: 50 };

let browser: Browser;
let folder: ReturnType<typeof makeFolder>;
let window: Window;

const button = (name: string | RegExp, exact = true) => window.page.getByRole('button', { name, exact });
const entry = () => window.page.getByTestId('glossary-entry').innerText();

describe.skipIf(!BROWSER)('teaching', () => {
  beforeAll(async () => {
    folder = makeFolder({
      'index.html': '<!doctype html><title>Site</title><link rel=stylesheet href=a.css><p>Site',
      'a.css': 'p { color: red }',
    });
    browser = await launchBrowser();
    window = await Window.open(browser, [folder.path]);
    const page = await window.page.context().newPage();
    await page.goto(window.url, { waitUntil: 'networkidle' });
    await page.close();
    await window.row('/a.css').waitFor();
  });
  afterAll(async () => {
    const complaints = window?.complaints ?? [];
    await window?.close();
    await browser?.close();
    folder.remove();
    expect(complaints).toEqual([]);
  });

  describe('the glossary', () => {
    it('is opened by “more” beside a field', async () => {
      await window.row('/a.css').click();
      await window.tab('Headers');
      await button('More about Host').click();
      await expect
        .poll(entry, PATIENCE)
        .toMatch(/Fields\s+Host\s+The site that is meant[\s\S]*RFC 9110 §7\.2[\s\S]*answers 400/);
    });

    it('finds by words, by keys, and within a kind', async () => {
      await button('All').click();
      const box = window.page.getByRole('searchbox', { name: 'Search the glossary' });
      await box.fill('overflow');
      await expect.poll(entry, PATIENCE).toMatch(/^Grammar\s+Chunk size/);
      await button('Faults').click();
      await expect.poll(entry, PATIENCE).toMatch(/^Faults\s+chunk-size-too-large/);
      await button('Status codes').click();
      await box.fill('');
      await box.press('ArrowDown');
      await expect.poll(entry, PATIENCE).toMatch(/101 Switching Protocols/);
      await box.fill('no such words');
      await window.page.getByText('Nothing has all of these words').waitFor();
      await expect.poll(() => window.page.getByTestId('glossary-entry').count(), PATIENCE).toBe(0);
    });

    it('is in the palette, and leads to the traffic that has it', async () => {
      await window.page.keyboard.press('Control+K');
      await window.page.getByRole('combobox', { name: 'Action' }).fill('content-type');
      await window.page
        .getByRole('option', { name: /content-type/i })
        .first()
        .waitFor();
      await window.page.keyboard.press('Enter');
      await expect.poll(entry, PATIENCE).toMatch(/Content-Type\s+What the content is/);
      for (const theme of ['dark', 'light'])
        expect(await seriousWithin(window.page, '.glossary', theme)).toEqual([]);
      await button('Show it in Traffic').click();
      await expect.poll(() => window.rows().count(), PATIENCE).toBeGreaterThanOrEqual(2);
      await window.page.getByRole('combobox', { name: 'Filter' }).fill('');
    });
  });

  describe('the ladder', () => {
    const words = () => window.page.locator('.ladder-well text').allTextContents();

    it('shows the states of TCP, and which of them a program cannot see', async () => {
      await window.row('/a.css').click();
      await window.tab('Connection');
      await button('Draw it as a ladder').click();
      const states = window.page.getByRole('list', { name: 'States of TCP, at the server' });
      await expect
        .poll(() => states.innerText(), PATIENCE)
        .toMatch(/LISTEN[\s\S]*SYN-RECEIVED\s+\[seen by the kernel only\][\s\S]*ESTABLISHED\s+\+0/);
    });

    it('draws the load of a page over all of its connections, and saves it', async () => {
      await window.page.getByRole('combobox', { name: 'Exchange' }).selectOption('1');
      await button('The page from it on').click();
      await expect.poll(words, PATIENCE).toEqual(expect.arrayContaining(['Client', 'GET /', 'GET /a.css']));
      for (const theme of ['dark', 'light'])
        expect(await seriousWithin(window.page, '.ladder', theme)).toEqual([]);
      const [download] = await Promise.all([
        window.page.waitForEvent('download'),
        button('Save as SVG').click(),
      ]);
      expect(download.suggestedFilename()).toBe('page-load.svg');
      await button('Its connection').click();
    });
  });

  describe('the fault bench', () => {
    it('does wrong for the paths of a rule only', async () => {
      await button('Fault bench').click();
      await button('Rule').click();
      await window.page.getByRole('textbox', { name: 'Path' }).fill('*.css');
      await window.page.getByRole('spinbutton', { name: /^503, one request in/ }).fill('1');
      for (const theme of ['dark', 'light'])
        expect(await seriousWithin(window.page, '.bench', theme)).toEqual([]);
      await button('Switch on').click();
      await window.page.getByText('Faults are on').waitFor();
      const status = async (path: string) =>
        (await fetch(`${window.url}${path}`, { headers: { Connection: 'close' } })).status;
      expect([await status('a.css'), await status('')]).toEqual([503, 200]);
      await button('Switch off').click();
      await window.page.getByText('No faults').waitFor();
      expect(await status('a.css')).toBe(200);
    });
  });

  describe('sending to other hosts', () => {
    it('is off until it is allowed, and then goes where it is told', async () => {
      const origin = await otherServer();
      await window.tab('Compose');
      const send = button('Send');
      await window.page.getByRole('combobox', { name: 'Where it is sent' }).selectOption('elsewhere');
      await expect.poll(() => send.isDisabled(), PATIENCE).toBe(true);
      await button('Allow other hosts').click();
      const address = window.page.getByRole('textbox', { name: 'Address' });
      await address.fill('no address');
      await expect.poll(() => send.isDisabled(), PATIENCE).toBe(true);
      await address.fill(origin.url);
      await send.click();
      const answer = window.page.getByRole('region', { name: 'Answer' });
      await expect.poll(() => answer.innerText(), PATIENCE).toMatch(/200 OK[\s\S]*from-elsewhere/);
      expect(origin.asked).toEqual([
        expect.stringMatching(`^GET / HTTP/1\\.1\\r\\nHost: ${origin.authority}\\r\\n`),
      ]);
      for (const theme of ['dark', 'light'])
        expect(await seriousWithin(window.page, '.compose', theme)).toEqual([]);
      await button('Forbid').click();
      await expect.poll(() => send.isDisabled(), PATIENCE).toBe(false);
      await origin.stop();
    });
  });
});

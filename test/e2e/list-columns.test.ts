/** What the list tells of requests beside their first columns, and what can be done with them from it. */
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RawClient } from '../net/raw-client.ts';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { steady } from '../support/steady.ts';
import { hearToasts } from '../support/toasts.ts';
import { seriousWithin } from './serious.ts';
import { Window } from './window.ts';

const files = makeFolder({ 'docs/index.html': '<p>Hello', 'app.js': 'go();' });

let browser: Browser;
let window: Window;
const shown = (count: number) => expect.poll(() => window.rows().count()).toBe(count);
const row = (id: number) => window.page.locator(`[data-testid=row][data-id="${id}"]`);
const cell = (id: number, column: string) => row(id).locator(`[data-column="${column}"]`);
/** From top to bottom: rows need not stand so among the elements. */
const texts = (column: string) =>
  window.rows().evaluateAll(
    (rows, name) =>
      rows
        .map((each) => each as HTMLElement)
        .sort((a, b) => a.offsetTop - b.offsetTop)
        .flatMap((each) => each.querySelector<HTMLElement>(`[data-column="${name}"]`)?.innerText ?? []),
    column,
  );
const copied = () => window.page.evaluate(() => navigator.clipboard.readText());
const menuItem = (name: RegExp) => window.page.getByRole('menuitem', { name });
const box = () => window.page.locator('[data-filter]');

async function get(path: string, fields: Record<string, string> = {}): Promise<void> {
  await (await fetch(window.url + path, { headers: { 'User-Agent': 'tester/1', ...fields } })).arrayBuffer();
}

async function copies(name: RegExp, text: RegExp): Promise<void> {
  await window.page.getByRole('button', { name: 'Copy', exact: true }).click();
  await menuItem(name).click();
  await expect.poll(copied).toMatch(text);
}

async function choose(act: () => Promise<void>): Promise<void> {
  await window.page.locator('.list-head [data-column="status"]').click({ button: 'right' });
  await act();
  await window.page.keyboard.press('Escape');
  await expect.poll(() => window.page.getByRole('menu').count()).toBe(0);
}

describe.skipIf(!BROWSER)('the list of requests', () => {
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    files.remove();
  });
  beforeEach(async () => {
    window = await Window.open(browser, [files.path]);
    await window.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await get('docs/');
    await get('app.js', { Referer: 'http://a/b' });
    await get('none');
    await shown(3);
    return async () => {
      const { complaints } = window;
      await window.close();
      expect(complaints).toEqual([]);
    };
  });

  it('has columns that are read for the rows on screen, and of any header field', async () => {
    await choose(async () => {
      for (const name of ['File', 'User agent', 'Referer']) {
        await window.page.getByRole('menuitemcheckbox', { name, exact: true }).click();
      }
      await window.page.getByLabel('Name of a header field to add').fill('Content-Type');
      await window.page.keyboard.press('Enter');
    });
    await expect.poll(() => texts('file')).toEqual(['docs/index.html', 'app.js', '']);
    await expect.poll(() => texts('agent')).toEqual(['tester/1', 'tester/1', 'tester/1']);
    await expect.poll(() => texts('referer')).toEqual(['', 'http://a/b', '']);
    await expect.poll(async () => (await texts('header.content-type'))[1]).toMatch(/^text\/javascript/);
    await get('app.js', { 'User-Agent': 'late' });
    await expect.poll(async () => (await texts('agent'))[3]).toBe('late');
    await window.page.reload();
    await expect.poll(async () => (await texts('header.content-type'))[1]).toMatch(/^text\/javascript/);
    await cell(4, 'agent').click({ button: 'right' });
    await menuItem(/^Filter for this/).click();
    await expect.poll(() => box().inputValue()).toBe('ua=late');
    await shown(1);
    await box().fill('file:docs');
    await shown(1);
    await box().fill('encoding:gzip or referer:/b');
    await shown(1);
    await box().fill('bytes:7465737465722f31');
    await shown(3);
    expect(await seriousWithin(window.page, '.traffic', 'dark')).toEqual([]);
  });

  it('leaves out a header field that is taken off', async () => {
    await choose(async () => {
      await window.page.getByLabel('Name of a header field to add').fill('Date');
      await window.page.keyboard.press('Enter');
      await window.page.getByRole('menuitemcheckbox', { name: 'date' }).click();
      await expect.poll(() => window.page.getByRole('menuitemcheckbox', { name: 'date' }).count()).toBe(0);
      await window.page.getByLabel('Name of a header field to add').fill('no name');
      const add = window.page.getByRole('button', { name: 'Add column' });
      await expect.poll(() => add.isDisabled()).toBe(true);
    });
    await expect.poll(() => window.page.locator('[data-column="header.date"]').count()).toBe(0);
  });

  it('tells times of day, since the first, since a reference, and from row to row', async () => {
    await choose(() => window.page.getByRole('menuitemradio', { name: /first request/ }).click());
    // The column is there before, and told another time.
    const seconds = async () => (await texts('start')).map(Number);
    const isTold = async () => {
      const all = await seconds();
      return all.length === 3 && all.every((each) => each >= 0);
    };
    await expect.poll(isTold).toBe(true);
    const since = await seconds();
    expect(since.every((each, i) => each >= (since[i - 1] ?? 0))).toBe(true);
    await cell(2, 'target').click();
    await window.page.locator('[data-list]').focus();
    await window.page.keyboard.press('t');
    await expect.poll(async () => (await texts('start'))[1]).toBe('ref 0.000000');
    await expect.poll(async () => (await texts('start'))[0]).toMatch(/^−\d+\.\d{6}$/);
    await expect.poll(async () => (await seconds())[2]).toBeCloseTo(since[2]! - since[1]!, 5);
    await window.page.keyboard.press('t');
    await expect.poll(seconds).toEqual(since);
    await window.page.keyboard.press('Escape');
    await choose(() => window.page.getByRole('menuitemradio', { name: /row above/ }).click());
    await expect.poll(async () => (await texts('start'))[0]).toBe('—');
    await expect.poll(async () => (await texts('start'))[1]).toMatch(/^[\d.]+ (?:µs|ms|s)$/);
    await cell(2, 'start').click({ button: 'right' });
    await menuItem(/^Filter for this/).click();
    await expect.poll(() => box().inputValue()).toMatch(/^at>=\d\d:\d\d:\d\d\.\d{6}$/);
    await shown(2);
  });

  it('sends a request again as it was, and shows the new one', async () => {
    await cell(2, 'target').click();
    await window.page.locator('[data-list]').focus();
    const said = await hearToasts(window.page);
    await window.page.keyboard.press('r');
    await shown(4);
    await expect.poll(said).toMatch(/Sent again, as #4/);
    await expect.poll(() => window.page.locator('.detail .place').innerText()).toContain('#4');
    const bytes = () =>
      window.page.getByLabel('Bytes of the request').getByTestId('hex-byte').allInnerTexts();
    await expect.poll(async () => (await bytes()).length).toBeGreaterThan(0);
    await steady(async () => (await bytes()).join(''));
    const again = await bytes();
    await cell(2, 'target').click();
    await expect.poll(() => window.page.locator('.detail .place').innerText()).toContain('#2');
    await expect.poll(bytes).toEqual(again);
  });

  it('sends again what was wrong too, byte for byte', async () => {
    const raw = await RawClient.open(window.port);
    await raw.send('GET /bad HTTP/1.1\r\nHost : a\r\n\r\n');
    await raw.rest();
    await shown(4);
    await cell(4, 'target').click({ button: 'right' });
    await menuItem(/^Send again/).click();
    await shown(5);
    await expect.poll(() => row(5).getAttribute('data-phase')).toBe('malformed');
    await cell(4, 'target').click({ button: 'right' });
    await menuItem(/^Copy or save/).click();
    await expect
      .poll(() => menuItem(/^As /).allInnerTexts())
      .toEqual([expect.stringContaining('printf and nc')]);
    await menuItem(/^As printf/).click();
    await expect.poll(copied).toContain(String.raw`printf 'GET /bad HTTP/1.1\015\012Host : a`);
  });

  it('gives a request away as every command', async () => {
    const forms: readonly (readonly [RegExp, RegExp])[] = [
      [/^As cURL(?! for)/, /^curl http.*app\.js/],
      [/^As cURL for cmd/, /^curl\.exe http.*app\.js/],
      [/^As PowerShell/, /^Invoke-WebRequest .*-UserAgent 'tester\/1'/],
      [/^As fetch/, /^await fetch\("http.*app\.js"/],
      [/^As HTTPie/, /^http --ignore-stdin .*app\.js/],
      [/^As printf/, /^printf 'GET \/app\.js HTTP\/1\.1/],
    ];
    await cell(2, 'target').click();
    for (const [name, text] of forms) await copies(name, text);
  });

  it('gives its messages away as text, and their bytes as files', async () => {
    const parts: readonly (readonly [RegExp, RegExp])[] = [
      [/^URL/, /^http:\/\/127\.0\.0\.1:\d+\/app\.js$/],
      [/^Head of the response/, /^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\n$/],
      [/^Both as text/, /^GET \/app\.js HTTP\/1\.1\r\n[\s\S]*HTTP\/1\.1 200 OK[\s\S]*go\(\);$/],
    ];
    await cell(2, 'target').click();
    for (const [name, text] of parts) await copies(name, text);
    await window.page.getByRole('button', { name: 'Copy', exact: true }).click();
    const download = window.page.waitForEvent('download');
    await menuItem(/^Save the bytes of the response/).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('app.js.response.http');
    expect(readFileSync(await file.path(), 'latin1')).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*go\(\);$/);
  });
});

/** What the list tells of requests beside their first columns, and what can be done with them from it. */
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RawClient } from '../net/raw-client.ts';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { seriousWithin } from './serious.ts';
import { Window } from './window.ts';

const PATIENCE = { timeout: 10_000, interval: 50 };
const files = makeFolder({ 'docs/index.html': '<p>Hello', 'app.js': 'go();' });

let browser: Browser;
let window: Window;
const shown = (count: number) => expect.poll(() => window.rows().count(), PATIENCE).toBe(count);
const cell = (row: number, column: string) => window.rows().nth(row).locator(`[data-column="${column}"]`);
const texts = (column: string) => window.rows().locator(`[data-column="${column}"]`).allInnerTexts();
const copied = () => window.page.evaluate(() => navigator.clipboard.readText());
const toast = () => window.page.locator('.toasts').innerText();
const menuItem = (name: RegExp) => window.page.getByRole('menuitem', { name });
const box = () => window.page.locator('[data-filter]');

async function get(path: string, fields: Record<string, string> = {}): Promise<void> {
  await (await fetch(window.url + path, { headers: { 'User-Agent': 'tester/1', ...fields } })).arrayBuffer();
}

async function copies(name: RegExp, text: RegExp): Promise<void> {
  await window.page.getByRole('button', { name: 'Copy', exact: true }).click();
  await menuItem(name).click();
  await expect.poll(copied, PATIENCE).toMatch(text);
}

async function choose(act: () => Promise<void>): Promise<void> {
  await window.page.locator('.list-head [data-column="status"]').click({ button: 'right' });
  await act();
  await window.page.keyboard.press('Escape');
  await expect.poll(() => window.page.getByRole('menu').count(), PATIENCE).toBe(0);
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
    await expect.poll(() => texts('file'), PATIENCE).toEqual(['docs/index.html', 'app.js', '']);
    await expect.poll(() => texts('agent'), PATIENCE).toEqual(['tester/1', 'tester/1', 'tester/1']);
    expect(await texts('referer')).toEqual(['', 'http://a/b', '']);
    expect((await texts('header.content-type'))[1]).toMatch(/^text\/javascript/);
    await get('app.js', { 'User-Agent': 'late' });
    await expect.poll(async () => (await texts('agent'))[3], PATIENCE).toBe('late');
    await window.page.reload();
    await expect
      .poll(async () => (await texts('header.content-type'))[1], PATIENCE)
      .toMatch(/^text\/javascript/);
    await cell(3, 'agent').click({ button: 'right' });
    await menuItem(/^Filter for this/).click();
    expect(await box().inputValue()).toBe('ua=late');
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
      expect(await window.page.getByRole('menuitemcheckbox', { name: 'date' }).count()).toBe(0);
      await window.page.getByLabel('Name of a header field to add').fill('no name');
      expect(await window.page.getByRole('button', { name: 'Add column' }).isDisabled()).toBe(true);
    });
    expect(await window.page.locator('[data-column="header.date"]').count()).toBe(0);
  });

  it('tells times of day, since the first, since a reference, and from row to row', async () => {
    await choose(() => window.page.getByRole('menuitemradio', { name: /first request/ }).click());
    await expect.poll(async () => (await texts('start')).length, PATIENCE).toBe(3);
    const since = (await texts('start')).map(Number);
    expect(since.every((seconds, i) => seconds >= (since[i - 1] ?? 0))).toBe(true);
    await cell(1, 'target').click();
    await window.page.locator('[data-list]').focus();
    await window.page.keyboard.press('t');
    await expect.poll(async () => (await texts('start'))[1], PATIENCE).toBe('ref 0.000000');
    expect((await texts('start'))[0]).toMatch(/^−0\.\d{6}$/);
    expect(Number((await texts('start'))[2])).toBeCloseTo(since[2]! - since[1]!, 5);
    await window.page.keyboard.press('t');
    await expect.poll(async () => (await texts('start')).map(Number), PATIENCE).toEqual(since);
    await window.page.keyboard.press('Escape');
    await choose(() => window.page.getByRole('menuitemradio', { name: /row above/ }).click());
    await expect.poll(async () => (await texts('start'))[0], PATIENCE).toBe('—');
    expect((await texts('start'))[1]).toMatch(/^[\d.]+ (?:µs|ms|s)$/);
    await cell(1, 'start').click({ button: 'right' });
    await menuItem(/^Filter for this/).click();
    expect(await box().inputValue()).toMatch(/^at>=\d\d:\d\d:\d\d\.\d{6}$/);
    await shown(2);
  });

  it('sends a request again as it was, and shows the new one', async () => {
    await cell(1, 'target').click();
    await window.page.locator('[data-list]').focus();
    await window.page.keyboard.press('r');
    await shown(4);
    await expect.poll(toast, PATIENCE).toMatch(/Sent again, as #4/);
    await expect.poll(() => window.page.locator('.detail .place').innerText(), PATIENCE).toContain('#4');
    const bytes = () =>
      window.page.getByLabel('Bytes of the request').getByTestId('hex-byte').allInnerTexts();
    await expect.poll(async () => (await bytes()).length, PATIENCE).toBeGreaterThan(0);
    const again = await bytes();
    await cell(1, 'target').click();
    await expect.poll(() => window.page.locator('.detail .place').innerText(), PATIENCE).toContain('#2');
    await expect.poll(bytes, PATIENCE).toEqual(again);
  });

  it('sends again what was wrong too, byte for byte', async () => {
    const raw = await RawClient.open(window.port);
    await raw.send('GET /bad HTTP/1.1\r\nHost : a\r\n\r\n');
    await raw.rest();
    await shown(4);
    await cell(3, 'target').click({ button: 'right' });
    await menuItem(/^Send again/).click();
    await shown(5);
    expect(await window.rows().nth(4).getAttribute('data-phase')).toBe('malformed');
    await cell(3, 'target').click({ button: 'right' });
    await menuItem(/^Copy or save/).click();
    expect(await menuItem(/^As /).allInnerTexts()).toEqual([expect.stringContaining('printf and nc')]);
    await menuItem(/^As printf/).click();
    await expect.poll(copied, PATIENCE).toContain(String.raw`printf 'GET /bad HTTP/1.1\015\012Host : a`);
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
    await cell(1, 'target').click();
    for (const [name, text] of forms) await copies(name, text);
  });

  it('gives its messages away as text, and their bytes as files', async () => {
    const parts: readonly (readonly [RegExp, RegExp])[] = [
      [/^URL/, /^http:\/\/127\.0\.0\.1:\d+\/app\.js$/],
      [/^Head of the response/, /^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\n$/],
      [/^Both as text/, /^GET \/app\.js HTTP\/1\.1\r\n[\s\S]*HTTP\/1\.1 200 OK[\s\S]*go\(\);$/],
    ];
    await cell(1, 'target').click();
    for (const [name, text] of parts) await copies(name, text);
    await window.page.getByRole('button', { name: 'Copy', exact: true }).click();
    const download = window.page.waitForEvent('download');
    await menuItem(/^Save the bytes of the response/).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('app.js.response.http');
    expect(readFileSync(await file.path(), 'latin1')).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*go\(\);$/);
  });
});

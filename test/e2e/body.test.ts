import { readFileSync } from 'node:fs';
import type { Download } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER } from '../support/browser.ts';
import { steady } from '../support/steady.ts';
import { Inspected, PATIENCE } from './inspected.ts';
import { LESSONS, SCRIPT } from './origin.ts';
import { seriousWithin } from './serious.ts';
import type { Window } from './window.ts';

let inspected: Inspected;
let window: Window;
const open = (path: string, tab: string) => inspected.open(path, tab);
const panel = () => inspected.panel();
const says = (words: RegExp) => inspected.says(words);
const clipboard = () => inspected.copied();

describe.skipIf(!BROWSER)('the content of messages', () => {
  beforeAll(async () => {
    inspected = await Inspected.start();
    window = inspected.window;
  });
  beforeAll(() => inspected.fill());
  // Large: by itself.
  beforeAll(async () => {
    await (await fetch(`${window.url}large`)).arrayBuffer();
    await window.rows().filter({ hasText: '/large' }).waitFor();
  });
  afterAll(async () => {
    expect(await inspected?.close()).toEqual([]);
  });

  it('JSON is a tree that folds, with paths to copy', async () => {
    await open('/json?lang=en', 'Body');
    const rows = window.page.getByTestId('json-row');
    await expect.poll(() => rows.count(), PATIENCE).toBe(5 + LESSONS.lessons.length * 4);
    await rows.filter({ hasText: 'lessons' }).first().click();
    await expect.poll(() => rows.count(), PATIENCE).toBe(5);
    await rows.last().focus();
    await window.page.keyboard.press('c');
    await expect.poll(clipboard, PATIENCE).toBe('$.exact');
  });

  it('coded and chunked content is shown on the wire, de-chunked and decoded', async () => {
    await open('/script', 'Body');
    await says(/export function total\(items\)\{\s+2?\s*let sum=0;/);
    await window.page.getByRole('button', { name: 'On the wire' }).click();
    await window.page.getByRole('button', { name: 'Hex', exact: true }).click();
    // A chunk size in hex and CR LF, then gzip.
    await says(/^[\s\S]*0000\s*(?:3\d )+0d 0a 1f 8b/);
    await window.page.getByRole('button', { name: 'De-chunked' }).click();
    await says(/0000\s*1f 8b 08/);
    await window.page.getByRole('button', { name: 'Decoded' }).click();
    await window.page.getByRole('button', { name: 'Pretty' }).click();
    await says(/export function t/);
  });

  async function save(): Promise<Download> {
    const download = window.page.waitForEvent('download', { timeout: 0 });
    await window.page.getByRole('button', { name: 'Save the content' }).click();
    return download;
  }

  it('is saved undone as far as it is shown', async () => {
    await open('/script', 'Body');
    await says(/export function t/);
    expect(readFileSync(await (await save()).path()).toString()).toBe(SCRIPT);
  });

  describe('of a hundred megabytes', () => {
    let download: Download;
    // Each takes a busy machine long: the page pulls it whole, and then the browser writes it.
    it('it is pulled whole to be saved, though only its beginning is shown', async () => {
      await open('/large', 'Body');
      await says(/2\.10 MB of 100 MB/);
      download = await save();
    });

    it('it is saved whole', async () => {
      expect(readFileSync(await download.path())).toHaveLength(100_000_000);
    });
  });

  it('a picture is shown from a blob of a fixed type', async () => {
    await open('/picture', 'Body');
    const image = panel().locator('img');
    await expect.poll(() => image.getAttribute('src'), PATIENCE).toMatch(/^blob:/);
    await expect.poll(() => image.evaluate((e) => (e as HTMLImageElement).naturalWidth), PATIENCE).toBe(16);
    await says(/image\/png, 16 × 16 px/);
  });

  it('sound is played and a font is shown, out of captured bytes alone', async () => {
    await open('/tone', 'Body');
    const audio = panel().locator('audio');
    await expect
      .poll(() => audio.evaluate((element) => (element as HTMLAudioElement).duration), PATIENCE)
      .toBeCloseTo(0.1);
    await open('/font', 'Body');
    await says(/AaBbCc/);
    const fonts = () =>
      window.page.evaluate(() => [...document.fonts].filter((f) => /^captured-/.test(f.family)).length);
    await expect.poll(fonts, PATIENCE).toBe(1);
    await open('/picture', 'Body');
    await expect.poll(fonts, PATIENCE).toBe(0);
  });

  it('a page is text at first', async () => {
    await open('/page', 'Body');
    await says(/<h1>Shop<\/h1>[\s\S]*alert\("must not run"\)/);
    expect(await panel().locator('h1, script, iframe').count()).toBe(0);
  });

  it('a page can be laid out as it would look; nothing in it runs, loads or leads away', async () => {
    const { page } = window;
    const asked: string[] = [];
    const dialogs: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    await open('/hostile', 'Body');
    await panel().getByRole('button', { name: 'Page', exact: true }).click();
    // Asked of the frame from outside: it runs no scripts, those of a test included.
    const seen = () =>
      page.evaluate(() => {
        const shown = document.querySelector('iframe')?.contentDocument;
        const colour = (of: string) => {
          const element = shown?.querySelector(of);
          return element ? getComputedStyle(element).color : '';
        };
        return {
          colours: [colour('p'), colour('b')],
          held: shown?.querySelector<HTMLImageElement>('#held')?.naturalWidth,
          left: shown?.querySelectorAll('script, link, iframe, object, base, form, a[href]').length,
          places: ['#a', '#lost', 'button'].map((of) => {
            const { x = 0, y = 0 } = shown?.querySelector(of)?.getBoundingClientRect() ?? {};
            return { x: x + 4, y: y + 4 };
          }),
        };
      });
    await expect
      .poll(seen, PATIENCE)
      .toMatchObject({ colours: ['rgb(255, 0, 0)', 'rgb(0, 0, 255)'], held: 16, left: 0 });
    const boxOf = () => panel().locator('iframe').boundingBox();
    await steady(async () => JSON.stringify([await boxOf(), (await seen()).places]));
    const frame = (await boxOf())!;
    for (const { x, y } of (await seen()).places) await page.mouse.click(frame.x + x, frame.y + y);
    // Anything that was asked for would have been by the time the window itself has drawn again.
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100))),
    );
    // The window itself may still load a part of its own.
    expect(asked.filter((url) => !/^data:|\/assets\/[\w-]+\.js$/.test(url))).toEqual([]);
    expect(dialogs).toEqual([]);
    expect(page.url()).not.toMatch(/hostile/);
    expect((await seen()).colours[0]).toBe('rgb(255, 0, 0)');
    for (const theme of ['dark', 'light', 'contrast'])
      expect(await seriousWithin(page, '.page-view', theme)).toEqual([]);
  });

  it('words are found in a tree too, and what they lie in opens', async () => {
    await open('/json?lang=en', 'Body');
    const rows = window.page.getByTestId('json-row');
    await rows.filter({ hasText: 'lessons' }).first().click();
    await expect.poll(() => rows.count(), PATIENCE).toBe(5);
    await panel().locator('[role=tree]').getByRole('treeitem').first().focus();
    await window.page.keyboard.press('Control+f');
    const box = panel().locator('[data-content-find]');
    await expect.poll(() => box.evaluate((e) => e === document.activeElement), PATIENCE).toBe(true);
    await window.page.keyboard.type('RANGES');
    await expect.poll(() => panel().locator('.code-find .found').innerText(), PATIENCE).toMatch(/1$/);
    await window.page.keyboard.press('Enter');
    await expect
      .poll(() => panel().locator('.json-row.found').innerText(), PATIENCE)
      .toMatch(/name: "ranges"/);
    await expect.poll(() => panel().locator('.code-find .found').innerText(), PATIENCE).toBe('1 of 1');
    await window.page.keyboard.press('Escape');
  });

  it('forms fall into fields, uploads into parts', async () => {
    await open('/pairs', 'Body');
    await panel().getByRole('button', { name: 'Request' }).click();
    await says(/name\s+Ada L\s+note\s+a\+b=c & d/);
    await open('/upload', 'Body');
    await panel().getByRole('button', { name: 'Request' }).click();
    await expect
      .poll(() => panel().getByTestId('part').allInnerTexts(), PATIENCE)
      .toEqual([
        expect.stringMatching(/title[\s\S]*Grüße/),
        expect.stringMatching(/dot\.png[\s\S]*image\/png/),
      ]);
  });

  it('a hundred megabytes open at once; a screen of them is drawn, and more is read when asked', async () => {
    await open('/large', 'Body');
    await says(/2\.10 MB of 100 MB/);
    expect(await panel().locator('.code-line').count()).toBeLessThan(200);
    await window.page.getByRole('button', { name: /^Read .* more$/ }).click();
    await says(/10\.5 MB of 100 MB/);
    await window.tab('Bytes');
    const grid = window.page.getByLabel('Bytes of the response');
    const cursor = grid.locator('.cell.cursor');
    // The last byte of the message, far past what a browser could lay out as one box.
    const atEnd = async () => {
      await grid.press('End');
      const offsets = await cursor.evaluateAll((all) => all.map((e) => (e as HTMLElement).dataset['offset']));
      return Math.max(0, ...offsets.map(Number));
    };
    await expect.poll(atEnd).toBeGreaterThan(100_000_000);
    await expect
      .poll(() => cursor.allInnerTexts(), PATIENCE)
      .toEqual([expect.stringMatching(/^[0-9a-f]{2}$/)]);
    expect(await grid.getByTestId('hex-byte').count()).toBeLessThan(3000);
  });
});

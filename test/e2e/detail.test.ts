import { readFileSync } from 'node:fs';
import type axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { RawClient } from '../net/raw-client.ts';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { LESSONS, type Origin, SCRIPT, startOrigin } from './origin.ts';
import { Window } from './window.ts';

const PATIENCE = { timeout: 10_000, interval: 50 };

let browser: Browser;
let origin: Origin;
let window: Window;
let socket: WebSocket;
const events = new AbortController();

async function get(path: string, init?: RequestInit): Promise<void> {
  await (await fetch(window.url + path, init)).arrayBuffer();
}

/** Chooses the latest request for a path, and a tab of its detail. */
async function open(path: string, tab: string): Promise<void> {
  await window.page.keyboard.press('Escape');
  const row = window.rows().filter({ hasText: path }).last();
  await row.click();
  await window.page.getByRole('heading', { name: path }).waitFor();
  await window.tab(tab);
}
const panel = () => window.page.getByRole('tabpanel');
const panelText = () => panel().innerText();
const says = (words: RegExp) => expect.poll(panelText, PATIENCE).toMatch(words);
const chosenTab = () => window.page.locator('.detail').getByRole('tab', { selected: true });
const clipboard = () => window.page.evaluate(() => navigator.clipboard.readText());

describe.skipIf(!BROWSER)('the detail of real traffic', () => {
  beforeAll(async () => {
    origin = await startOrigin();
    browser = await launchBrowser();
    window = await Window.open(browser, [origin.url]);
    await window.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    for (const path of ['picture', 'script', 'page', 'hints', 'odd', 'large', 'tone', 'font'])
      await get(path);
    await get('json?lang=en&q=a%20b', { headers: { Cookie: 'id=7; theme=dark', Accept: 'text/html;q=1.5' } });
    await get('json?lang=de', { headers: { Cookie: 'id=8' } });
    const form = new FormData();
    form.set('title', 'Grüße');
    form.set('file', new Blob(['\x89PNG\r\n\x1a\n'], { type: 'image/png' }), 'dot.png');
    await get('upload', { method: 'POST', body: form });
    await get('pairs', { method: 'POST', body: new URLSearchParams({ name: 'Ada L', note: 'a+b=c & d' }) });
    await fetch(`${window.url}events`, { signal: events.signal });
    socket = new WebSocket(`${window.url.replace('http', 'ws')}socket`, { perMessageDeflate: false });
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send('{"say":"hello"}');
    await new Promise((resolve) => socket.once('pong', resolve).ping('are you there'));
    const raw = await RawClient.open(window.port);
    await raw.send('GET /bad HTTP/1.1\r\nHost : localhost\r\n\r\n');
    await raw.rest();
    await vi.waitFor(async () => expect(await window.rows().count()).toBe(15), PATIENCE);
  });
  afterAll(async () => {
    events.abort();
    socket?.terminate();
    const complaints = window?.complaints ?? [];
    await window?.close();
    await browser?.close();
    await origin?.close();
    expect(complaints).toEqual([]);
  });

  describe('headers', () => {
    it('cookies, the query and remarks are told', async () => {
      await open('/json?lang=en', 'Headers');
      await says(/lang\s+en[\s\S]*q\s+a b[\s\S]*id\s+7[\s\S]*"q=1.5" is not a weight/);
      await says(/Scripts of the page cannot read it[\s\S]*No attributes/);
    });

    it('caching is worked out', async () => {
      await open('/json?lang=en', 'Headers');
      await expect
        .poll(() => window.page.getByTestId('caching').innerText(), PATIENCE)
        .toMatch(/reused for 1 h without asking \(max-age\).*If-None-Match: "v1"[\s\S]*RFC 9111/);
    });

    it('what is odd has a sentence and its clause', async () => {
      await open('/odd', 'Headers');
      await expect
        .poll(async () => (await window.page.getByTestId('remark').allInnerTexts()).join(' '), PATIENCE)
        .toMatch(/"maxage" is no directive[\s\S]*Not a date[\s\S]*without Secure[\s\S]*Not a media type/);
    });

    it('a request that was refused is shown as far as it was read, with its fault', async () => {
      await window.page.locator('[data-testid=row][data-phase=malformed]').click();
      await window.tab('Headers');
      await says(/Whitespace follows a field name/);
    });
  });

  describe('bytes', () => {
    const lit = () => window.page.locator('[data-testid=hex-byte].selected');
    const selected = async () =>
      Buffer.from((await lit().allInnerTexts()).join(''), 'hex').toString('latin1');

    it('are found by text, hex and expression, and stepped through', async () => {
      await open('/json?lang=en', 'Bytes');
      const find = window.page.locator('[data-byte-find]');
      for (const [mode, words, found] of [
        ['text', 'HOST', 'host'],
        ['hex', '0d0a 0d0a', '\r\n\r\n'],
        ['regex', 'v\\d', 'v1'],
      ] as const) {
        await window.page.getByLabel('What to find').selectOption(mode);
        await find.fill(words);
        await expect
          .poll(() => window.page.locator('.byte-tools .found').innerText(), PATIENCE)
          .toMatch(/\d/);
        await find.press('Enter');
        await expect.poll(selected, PATIENCE).toBe(found);
        expect(await window.page.locator('.byte-tools .found').innerText()).toMatch(/^1 of \d+$/);
        await find.press('Shift+Enter');
        expect(await window.page.locator('.byte-tools .found').innerText()).toMatch(/^(\d+) of \1$/);
      }
    });

    it('an offset is gone to, and read as numbers', async () => {
      await open('/json?lang=en', 'Bytes');
      await window.page.getByLabel('Bytes of the response').focus();
      await window.page.keyboard.press('Home');
      await window.page.keyboard.press('Control+g');
      await window.page.keyboard.type('0x9');
      await window.page.keyboard.press('Enter');
      await expect
        .poll(() => window.page.getByTestId('readout').innerText(), PATIENCE)
        .toMatch(/Status code[\s\S]*0009: 32 "2"/);
      await window.page.getByLabel('Show numbers').click();
      // "200 OK" begins with 32 30.
      await expect
        .poll(() => window.page.getByTestId('numbers').innerText(), PATIENCE)
        .toMatch(/u8\s+50[\s\S]*u16\s+12338\s+12848/);
      await window.page.getByLabel('Show numbers').click();
    });

    it('are chosen with the keyboard and by dragging, and copied', async () => {
      await open('/json?lang=en', 'Bytes');
      const grid = window.page.getByLabel('Bytes of the request');
      await grid.locator('[data-offset="0"]').click();
      for (let i = 0; i < 2; i++) await window.page.keyboard.press('Shift+ArrowRight');
      await expect.poll(selected, PATIENCE).toBe('GET');
      await window.page.getByLabel('Copy the chosen bytes as').selectOption('hex');
      await expect.poll(clipboard, PATIENCE).toBe('47 45 54');
      await grid.locator('[data-offset="5"]').hover();
      await window.page.mouse.down();
      await grid.locator('[data-offset="8"]').hover();
      await window.page.mouse.up();
      await expect.poll(selected, PATIENCE).toBe('json');
      await window.page.getByLabel('Copy the chosen bytes as').selectOption('c');
      await expect.poll(clipboard, PATIENCE).toMatch(/data\[4\] = \{\n {2}0x6a, 0x73, 0x6f, 0x6e,/);
    });

    it('chunk lines are parts of their own', async () => {
      await open('/script', 'Bytes');
      const part = window.page.getByTestId('tree-row').filter({ hasText: /^Chunk 1/ });
      await part.locator('.fold').click();
      const data = window.page
        .getByTestId('tree-row')
        .filter({ hasText: /^Content$/ })
        .first();
      await data.click();
      // The data of the first chunk begins as gzip does (RFC 1952 §2.3.1).
      await expect
        .poll(async () => (await lit().allInnerTexts()).slice(0, 3).join(' '), PATIENCE)
        .toBe('1f 8b 08');
    });

    it('an interim response stands before the final one', async () => {
      await open('/hints', 'Bytes');
      await says(/Interim response\s+103 Early Hints[\s\S]*Status line\s+HTTP\/1\.1 200/);
    });

    it('WebSocket frames of both directions are taken apart to the bit', async () => {
      await open('/socket', 'Bytes');
      const frame = window.page
        .getByTestId('tree-row')
        .filter({ hasText: /Frame 1, text\s*\{"say":"hello"\}/ });
      await frame.locator('.fold').click();
      await says(
        /1\.\.\. \.\.\.\.\s+FIN\s+last frame[\s\S]*\.\.\.\. 0001\s+Opcode\s+1, text[\s\S]*MASK\s+masked[\s\S]*Masking key/,
      );
      await expect
        .poll(() => window.page.getByTestId('tree-row').filter({ hasText: 'pong' }).count(), PATIENCE)
        .toBe(1);
    });
  });

  describe('body', () => {
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

    it('is saved whole, undone as far as it is shown', async () => {
      for (const [path, saved] of [
        ['/script', SCRIPT],
        ['/large', undefined],
      ] as const) {
        await open(path, 'Body');
        const download = window.page.waitForEvent('download');
        await window.page.getByRole('button', { name: 'Save the content' }).click();
        const bytes = readFileSync(await (await download).path());
        if (saved === undefined) expect(bytes).toHaveLength(100_000_000);
        else expect(bytes.toString()).toBe(saved);
      }
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
      expect(
        await window.page.evaluate(
          () => [...document.fonts].filter((f) => /^captured-/.test(f.family)).length,
        ),
      ).toBe(1);
      await open('/picture', 'Body');
      expect(
        await window.page.evaluate(
          () => [...document.fonts].filter((f) => /^captured-/.test(f.family)).length,
        ),
      ).toBe(0);
    });

    it('a page is text: nothing in it runs', async () => {
      let ran = false;
      window.page.once('dialog', (dialog) => {
        ran = true;
        void dialog.dismiss();
      });
      await open('/page', 'Body');
      await says(/<h1>Shop<\/h1>[\s\S]*alert\("must not run"\)/);
      expect(ran).toBe(false);
      expect(await panel().locator('h1, script, iframe').count()).toBe(0);
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
      await grid.focus();
      await window.page.keyboard.press('End');
      // The last byte of the message, far past what a browser could lay out as one box.
      await expect.poll(() => grid.locator('.cell.cursor').innerText(), PATIENCE).toMatch(/^[0-9a-f]{2}$/);
      expect(Number(await grid.locator('.cell.cursor').getAttribute('data-offset'))).toBeGreaterThan(
        100_000_000,
      );
      expect(await grid.getByTestId('hex-byte').count()).toBeLessThan(3000);
    });
  });

  describe('messages', () => {
    it('of a WebSocket come as they are sent, and open in full', async () => {
      await open('/socket', 'Messages');
      const rows = window.page.getByTestId('talk-row');
      await expect.poll(() => rows.count(), PATIENCE).toBe(5);
      socket.send('{"live":[1,2]}');
      await expect.poll(() => rows.count(), PATIENCE).toBe(7);
      const kinds = await rows.evaluateAll((all) =>
        all.map(
          (row) => `${(row as HTMLElement).dataset['direction']} ${(row as HTMLElement).dataset['kind']}`,
        ),
      );
      expect([...kinds].sort()).toEqual([
        'in ping',
        'in text',
        'in text',
        'out pong',
        'out text',
        'out text',
        'out text',
      ]);
      await rows.last().click();
      await expect
        .poll(() => window.page.getByTestId('opened-message').innerText(), PATIENCE)
        .toMatch(/live[\s\S]*2 elements/);
    });

    it('compressed ones are inflated, whatever each of them refers to', async () => {
      const packed = new WebSocket(`${window.url.replace('http', 'ws')}packed`, {
        perMessageDeflate: { threshold: 0 },
      });
      await new Promise((resolve) => packed.once('open', resolve));
      expect(packed.extensions).toMatch(/permessage-deflate/);
      for (const text of ['the same words', 'the same words']) {
        await new Promise((resolve) => packed.once('message', resolve) && packed.send(text));
      }
      await open('/packed', 'Messages');
      const rows = window.page.getByTestId('talk-row');
      await expect
        .poll(
          async () =>
            (await rows.allInnerTexts()).filter((row) => /the same words[\s\S]*14 B as/.test(row)).length,
          PATIENCE,
        )
        .toBe(4);
      packed.terminate();
    });

    it('of an event stream are its events', async () => {
      await open('/events', 'Messages');
      const rows = window.page.getByTestId('talk-row');
      await expect
        .poll(() => rows.allInnerTexts(), PATIENCE)
        .toEqual([
          expect.stringMatching(/comment[\s\S]*hello/),
          expect.stringMatching(/tick[\s\S]*\{"n":1\}/),
          expect.stringMatching(/message[\s\S]*two/),
        ]);
    });

    it('the tab is there only where something is said', async () => {
      await open('/picture', 'Body');
      expect(await window.page.getByRole('tab', { name: 'Messages' }).count()).toBe(0);
    });
  });

  it('two exchanges are compared: heads, times and contents', async () => {
    await open('/json?lang=en', 'Headers');
    await window.page.getByRole('button', { name: 'Compare' }).click();
    await window.rows().filter({ hasText: '/json?lang=de' }).click();
    const compare = window.page.getByTestId('compare');
    await expect.poll(() => compare.innerText(), PATIENCE).toMatch(/equal, \d+ B/);
    const changed = await compare.locator('[data-kind=changed]').allInnerTexts();
    expect(changed.join('\n')).toMatch(
      /Start line[\s\S]*lang=en[\s\S]*lang=de[\s\S]*Cookie[\s\S]*id=7[\s\S]*id=8/,
    );
    await window.page.getByRole('button', { name: 'Compare' }).click();
    await expect.poll(() => window.page.getByRole('tab', { name: 'Compare' }).count(), PATIENCE).toBe(0);
  });

  describe('tabs', () => {
    it('follow the arrow keys, and the one that was chosen stays', async () => {
      await open('/json?lang=en', 'Overview');
      await window.page.keyboard.press('ArrowRight');
      await expect.poll(() => chosenTab().innerText()).toBe('Headers');
      await window.page.keyboard.press('End');
      await expect.poll(() => chosenTab().innerText()).toBe('Connection');
      await window.rows().filter({ hasText: '/picture' }).click();
      await expect.poll(() => chosenTab().innerText()).toBe('Connection');
    });

    it.each([
      ['/json?lang=en', 'Overview'],
      ['/odd', 'Headers'],
      ['/script', 'Bytes'],
      ['/socket', 'Bytes'],
      ['/json?lang=en', 'Body'],
      ['/script', 'Body'],
      ['/upload', 'Body'],
      ['/socket', 'Messages'],
      ['/json?lang=en', 'Timing'],
      ['/json?lang=en', 'Why'],
      ['/json?lang=en', 'Connection'],
    ])('%s, %s: nothing serious for axe', async (path, tab) => {
      await open(path, tab);
      await window.page.evaluate(readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8'));
      const serious = await window.page.evaluate(async () => {
        const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run('.detail');
        return violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`);
      });
      expect(serious).toEqual([]);
    });
  });
});

import { execFile } from 'node:child_process';
import { renameSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RawClient } from '../net/raw-client.ts';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { Window } from './window.ts';

const run = promisify(execFile);
const PATIENCE = { interval: 50 };

let browser: Browser;
let folder: ReturnType<typeof makeFolder>;
let window: Window;

describe.skipIf(!BROWSER)('the window in a browser', () => {
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    folder = makeFolder({
      'site/index.html':
        '<!doctype html><title>Site</title><script src="app.js"></script><img src="dot.svg">',
      'site/app.js': "fetch('data.json?x=1').then((r) => r.json());",
      'site/dot.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
      'site/data.json': '{"ok":true}',
      'site/big.bin': Buffer.alloc(3_000_000, 'wirescope '),
    });
    window = await Window.open(browser, [`${folder.path}/site`]);
  });
  afterEach(async () => {
    const complaints = window?.complaints ?? [];
    await window?.close();
    folder.remove();
    expect(complaints).toEqual([]);
  });

  /** Runs in the page: whether anything but one flat colour was drawn. */
  function hasInk(element: Element): boolean {
    const canvas = element as HTMLCanvasElement;
    const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    for (let i = 4; i < data.length; i++) if (data[i] !== data[i % 4]) return true;
    return false;
  }

  const shown = (count: number) => expect.poll(() => window.rows().count(), PATIENCE).toBe(count);

  async function sendRaw(bytes: string | Uint8Array): Promise<string> {
    const client = await RawClient.open(window.port);
    await client.send(bytes);
    const text = await client.rest();
    client.close();
    return text;
  }

  describe('requests', () => {
    it('of a raw socket, curl and a browser appear as they happen, and the ledger adds up', async () => {
      await sendRaw('GET /data.json HTTP/1.1\r\nHost: localhost\r\nX-Raw: yes\r\nConnection: close\r\n\r\n');
      await shown(1);
      await run('curl', ['-sS', `${window.url}big.bin`, '-o', '-'], { maxBuffer: 1e8 });
      await shown(2);
      const visitor = await window.page.context().newPage();
      await visitor.goto(window.url);
      await visitor.evaluate(() => fetch('/nothing-here'));
      for (const [target, status] of [
        ['/data.json', '200'],
        ['/big.bin', '200'],
        ['/', '200'],
        ['/app.js', '200'],
        ['/dot.svg', '200'],
        ['/data.json?x=1', '200'],
        ['/nothing-here', '404'],
      ] as const) {
        await expect.poll(() => window.row(target).first().innerText(), PATIENCE).toContain(status);
      }
      // Only now: what it had not been answered yet would have been broken off.
      await visitor.close();
      const sums = async () => {
        const ledger = await window.ledger();
        const count = await window.rows().count();
        return [ledger.shown + ledger.filtered + ledger.trimmed - ledger.captured, count - ledger.captured];
      };
      await expect.poll(sums, PATIENCE).toEqual([0, 0]);
      expect((await window.ledger()).captured).toBeGreaterThanOrEqual(7);
    });

    it('can be filtered, and the hidden ones are counted', async () => {
      for (const name of ['a', 'b', 'c']) await (await fetch(`${window.url}${name}?q=${name}`)).text();
      await shown(3);
      await window.page.keyboard.press('/');
      const box = window.page.locator('input[data-filter]');
      await expect.poll(() => box.evaluate((e) => e === document.activeElement), PATIENCE).toBe(true);
      await window.page.keyboard.type('q=b');
      await shown(1);
      await expect
        .poll(() => window.ledger(), PATIENCE)
        .toEqual({ captured: 3, shown: 1, filtered: 2, trimmed: 0 });
      await window.page.keyboard.press('Escape');
      await shown(3);
    });

    it('a TLS hello on the plain port has a row that says what came', async () => {
      await sendRaw(Buffer.from('16030100c8010000c40303000102030405', 'hex'));
      await shown(1);
      await expect.poll(() => window.rows().first().getAttribute('data-phase'), PATIENCE).toBe('malformed');
      await window.rows().first().click();
      await expect.poll(() => window.page.locator('body').innerText(), PATIENCE).toMatch(/TLS/);
    });

    it('garbage has a row with its fault', async () => {
      await sendRaw('G@RBAGE!\r\n\r\n');
      await shown(1);
      await expect.poll(() => window.rows().first().getAttribute('data-phase'), PATIENCE).toBe('malformed');
    });

    it('a request that is under way has a row already, which then fills in', async () => {
      const client = await RawClient.open(window.port);
      await client.send('GET /data.json HTTP/1.1\r\nHo');
      await shown(1);
      await expect.poll(() => window.rows().first().getAttribute('data-phase'), PATIENCE).toBe('pending');
      await client.send('st: localhost\r\n\r\n');
      await client.response();
      await expect.poll(() => window.rows().first().getAttribute('data-phase'), PATIENCE).toBe('complete');
      client.close();
    });
  });

  describe('bytes and fields', () => {
    const request =
      'GET /data.json HTTP/1.1\r\nHost: localhost\r\nX-Odd-CASE: one\r\nx-odd-case: two\r\nConnection: close\r\n\r\n';

    beforeEach(async () => {
      await sendRaw(request);
      await shown(1);
      await window.rows().first().click();
    });

    it('headers stand in wire order, with case and duplicates', async () => {
      await window.tab('Headers');
      const text = await expect
        .poll(() => window.page.getByRole('tabpanel').innerText(), PATIENCE)
        .toMatch(/Host[\s\S]*X-Odd-CASE[\s\S]*one[\s\S]*x-odd-case[\s\S]*two[\s\S]*Connection[\s\S]*ETag/);
      return text;
    });

    it('the hex view holds every byte of request and response', async () => {
      await window.tab('Bytes');
      const bytes = window.page.getByTestId('hex-byte');
      const wire = async () => Buffer.from((await bytes.allInnerTexts()).join(''), 'hex').toString('latin1');
      await expect.poll(wire, PATIENCE).toMatch(/HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\n\{"ok":true\}$/);
      await expect.poll(async () => (await wire()).startsWith(request), PATIENCE).toBe(true);
      await expect
        .poll(
          () => bytes.evaluateAll((all) => all.every((byte) => (byte as HTMLElement).dataset.kind !== '')),
          PATIENCE,
        )
        .toBe(true);
    });

    it('pointing at a field lights its bytes; pointing at a byte names its field', async () => {
      await window.tab('Bytes');
      const field = window.page.getByTestId('field-row').filter({ hasText: /X-Odd-CASE/ });
      const lit = window.page.locator('[data-testid=hex-byte].lit');
      const text = async () => Buffer.from((await lit.allInnerTexts()).join(''), 'hex').toString('latin1');
      // What is pointed at may still move away from under the pointer: it is pointed at again.
      await expect
        .poll(async () => {
          await field.hover();
          return text();
        }, PATIENCE)
        .toMatch(/^X-Odd-CASE: one(\r\n)?$/);

      const offset = request.indexOf('localhost');
      await expect
        .poll(async () => {
          await window.page.locator(`[data-testid=hex-byte][data-offset="${offset}"]`).first().hover();
          return window.page.getByTestId('readout').innerText();
        }, PATIENCE)
        .toMatch(/Host/);
      await expect.poll(text, PATIENCE).toMatch(/localhost/);
      await expect
        .poll(() => window.page.locator('[data-testid=field-row].on').allInnerTexts(), PATIENCE)
        .toEqual([expect.stringMatching(/Host/)]);
    });

    it('the request is copied as a curl command that repeats it', async () => {
      await window.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await window.page.getByRole('button', { name: 'Copy', exact: true }).click();
      await window.page.getByRole('menuitem', { name: /^As cURL(?! for)/ }).click();
      const copied = () => window.page.evaluate(() => navigator.clipboard.readText());
      await expect.poll(copied, PATIENCE).toMatch(/^curl .*X-Odd-CASE: one/);
      await run('bash', ['-c', await copied()]);
      await shown(2);
    });

    it('why the server answered so is told step by step', async () => {
      await window.tab('Why');
      await expect
        .poll(() => window.page.getByRole('tabpanel').innerText(), PATIENCE)
        .toMatch(/application\/json[\s\S]*200/);
    });
  });

  describe('timeline and graphs', () => {
    it('has a lane for each connection, and bars for its requests', async () => {
      const clients = await Promise.all([1, 2, 3].map(() => RawClient.open(window.port)));
      for (const client of clients) {
        await client.send('GET /data.json HTTP/1.1\r\nHost: localhost\r\n\r\n');
        await client.response();
      }
      await window.page.keyboard.press('2');
      await window.page.getByTestId('timeline').waitFor();
      // By the time it is drawn they may be older than what is shown at first.
      const fitted = async () => {
        await window.page.getByRole('button', { name: 'Fit', exact: true }).click();
        return window.page.getByTestId('timeline-lane').count();
      };
      await expect.poll(fitted, PATIENCE).toBe(3);
      await expect.poll(() => window.page.locator('canvas').first().evaluate(hasInk), PATIENCE).toBe(true);
      for (const client of clients) client.close();
    });

    it('counts open connections and requests in flight', async () => {
      const clients = await Promise.all([1, 2, 3, 4].map(() => RawClient.open(window.port)));
      for (const client of clients) await client.send('GET /slow HTTP/1.1\r\nHost: loc');
      await window.page.keyboard.press('3');
      const value = (name: string) =>
        window.page.locator(`[data-testid=graph-value][data-track="${name}"]`).innerText();
      await expect.poll(() => value('open'), PATIENCE).toMatch(/^4$/);
      await expect.poll(() => value('in-flight'), PATIENCE).toMatch(/^4$/);
      for (const client of clients) client.close();
      await expect.poll(() => value('open'), PATIENCE).toMatch(/^0$/);
    });
  });

  describe('servers and viewers', () => {
    it('a server is stopped and started from its row', async () => {
      await window.serverRow().getByRole('switch').click();
      await expect.poll(() => window.serverRow().getAttribute('data-status'), PATIENCE).toBe('stopped');
      await expect(fetch(window.url)).rejects.toThrow();
      await window.serverRow().getByRole('switch').click();
      await expect.poll(() => window.serverRow().getAttribute('data-status'), PATIENCE).toBe('running');
      expect((await fetch(window.url)).status).toBe(200);
    });

    it('a folder that goes and comes back is said in its row', async () => {
      renameSync(`${folder.path}/site`, `${folder.path}/away`);
      await expect.poll(() => window.serverRow().getAttribute('data-status'), PATIENCE).toBe('folder-gone');
      await expect.poll(() => window.serverRow().innerText(), PATIENCE).toMatch(/folder is named away now/i);
      expect((await fetch(window.url)).status).toBe(503);
      renameSync(`${folder.path}/away`, `${folder.path}/site`);
      await expect.poll(() => window.serverRow().getAttribute('data-status'), PATIENCE).toBe('running');
    });

    it('a second viewer sees the same, and one that leaves takes nothing with it', async () => {
      for (let i = 0; i < 5; i++) await (await fetch(`${window.url}data.json`)).text();
      const second = await window.page.context().newPage();
      await second.goto(window.address);
      await expect.poll(() => second.getByTestId('row').count(), PATIENCE).toBe(5);
      await second.close();
      await (await fetch(`${window.url}data.json`)).text();
      await shown(6);
    });

    it('a host that ends is said, and what was captured stays on the screen', async () => {
      await (await fetch(`${window.url}data.json`)).text();
      await shown(1);
      await window.program.stop('SIGKILL');
      await expect.poll(() => window.page.getByRole('alert').innerText(), PATIENCE).not.toBe('');
      await shown(1);
      // The page keeps trying to reach its host, which the browser notes in the console: until it is left.
      await window.page.goto('about:blank');
      window.complaints.splice(0);
    });

    it('the token does not stay in the address', async () => {
      await expect.poll(() => window.page.url(), PATIENCE).not.toMatch(/token/);
    });
  });

  it('ten thousand requests: the list holds a screenful of rows, and the ledger all of them', async () => {
    const clients = await Promise.all(Array.from({ length: 10 }, () => RawClient.open(window.port)));
    const batch = 'GET /data.json HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(100);
    // None waits for the others, or it may have been idle for too long.
    await Promise.all(
      clients.map(async (client) => {
        for (let round = 0; round < 10; round++) {
          await client.send(batch);
          for (let i = 0; i < 100; i++) await client.response();
        }
      }),
    );
    for (const client of clients) client.close();
    await expect.poll(async () => (await window.ledger()).captured, { timeout: 20_000 }).toBe(10_000);
    const sum = async () => {
      const { shown: all, filtered, trimmed } = await window.ledger();
      return all + filtered + trimmed;
    };
    await expect.poll(sum, PATIENCE).toBe(10_000);
    expect(await window.rows().count()).toBeLessThan(200);
  });
});

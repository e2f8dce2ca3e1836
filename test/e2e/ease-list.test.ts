/** What a person makes of the list: pins, marks, notes, groups, two beside each other; and rows of what went wrong. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { RawClient } from '../net/raw-client.ts';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { hearToasts } from '../support/toasts.ts';
import { Window } from './window.ts';

let browser: Browser;
let folder: ReturnType<typeof makeFolder>;
let window: Window;
const open: RawClient[] = [];

const ROUTES = `export default ({ route, webSocketResponse, eventStream }) => [
  route('GET', '/never', () => new Promise(() => {})),
  route('GET', '/live', (request) => webSocketResponse(request, { onSession() {} })),
];`;

describe.skipIf(!BROWSER)('the list, made one’s own', () => {
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    folder = makeFolder({
      'site/index.html': '<!doctype html><title>Site</title>',
      'site/css/app.css': 'a{}',
      'site/css/fonts/a.txt': 'x',
      'site/large.bin': 'x'.repeat(30_000_000),
      'routes.mjs': ROUTES,
    });
    window = await Window.open(browser, [`${folder.path}/site`, '--routes', `${folder.path}/routes.mjs`]);
  });
  afterEach(async () => {
    for (const client of open.splice(0)) client.close();
    const complaints = window?.complaints ?? [];
    await window?.close();
    folder.remove();
    expect(complaints).toEqual([]);
  });

  const get = (target: string) => `GET ${target} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
  async function client(): Promise<RawClient> {
    const made = await RawClient.open(window.port);
    open.push(made);
    return made;
  }
  /** One request after the other on one connection, which stays open. */
  async function ask(...targets: readonly string[]): Promise<RawClient> {
    const asking = await client();
    for (const target of targets) {
      await asking.send(get(target));
      await asking.response();
    }
    return asking;
  }
  const press = (key: string) => window.page.keyboard.press(key);
  const shown = (count: number) => expect.poll(() => window.rows().count()).toBe(count);
  const row = (id: number) => window.page.locator(`[data-testid=row][data-id="${id}"]`);
  const filter = (text: string) => window.page.locator('input[data-filter]').fill(text);
  /** The list from top to bottom: numbers of rows, and what stands on the heads of groups. */
  const lines = () =>
    window.page.locator('[data-testid=row], [data-testid=group]').evaluateAll((all) =>
      all
        .map((line) => line as HTMLElement)
        .sort((a, b) => a.offsetTop - b.offsetTop)
        .map(({ dataset, ariaExpanded, children }) => {
          if (dataset['id'] !== undefined) return Number(dataset['id']);
          const count = children[0]!.querySelector('[data-testid=group-count]')!.textContent;
          return `${ariaExpanded === 'true' ? '-' : '+'} ${dataset['group']} ${count}`;
        }),
    );

  describe('what is noted', () => {
    beforeEach(async () => {
      await ask('/', '/css/app.css', '/missing');
      await shown(3);
    });

    it('by keys stands in the row, is found by the filter, and outlives a reload', async () => {
      await row(2).click();
      await press('s');
      await press('m');
      await press('n');
      await window.page.getByRole('textbox', { name: 'Note' }).fill('why so slow');
      await press('Enter');
      await expect.poll(() => row(2).innerText()).toContain('[why so slow]');
      await expect.poll(() => row(2).locator('.pin-sign').count()).toBe(1);
      await expect.poll(() => row(2).locator('.mark-sign').count()).toBe(1);
      await window.page.reload();
      await shown(3);
      await expect.poll(() => row(2).innerText()).toContain('[why so slow]');
      for (const text of ['is:pinned', 'is:marked', 'is:noted', 'note:slow']) {
        await filter(text);
        await expect.poll(lines, { message: text }).toEqual([2]);
      }
      await filter('');
      await expect.poll(lines).toEqual([1, 2, 3]);
      await row(2).click();
      await press('m');
      await expect.poll(() => row(2).locator('.mark-sign').count()).toBe(0);
    });

    it('from the menu of a row is on all rows that are chosen', async () => {
      await row(1).click();
      await row(3).click({ modifiers: ['Control'] });
      await row(3).click({ button: 'right' });
      await window.page.getByRole('menu').waitFor();
      await press('Escape');
      await expect.poll(() => window.page.getByRole('menu').count()).toBe(0);
      await expect.poll(() => window.page.getByTestId('detail').count()).toBe(1);
      await row(3).click({ button: 'right' });
      await window.page.getByRole('menuitemradio', { name: 'leaf' }).click();
      await filter('is:marked');
      await expect.poll(lines).toEqual([1, 3]);
    });

    it('a pinned row stays when the list is cleared, whole, until it is let go', async () => {
      await row(2).click();
      await press('s');
      await expect.poll(() => row(2).locator('.pin-sign').count()).toBe(1);
      await press('Control+l');
      await expect.poll(lines).toEqual([2]);
      await expect.poll(() => window.ledger()).toEqual({ captured: 3, shown: 1, filtered: 0, trimmed: 2 });
      await row(2).click();
      await window.tab('Headers');
      await expect.poll(() => window.page.getByTestId('detail').innerText()).toContain('/css/app.css');
      await window.page.locator('[data-list]').focus();
      await press('s');
      await expect.poll(() => row(2).locator('.pin-sign').count()).toBe(0);
      await press('Control+l');
      await expect.poll(async () => (await window.ledger()).trimmed).toBe(3);
    });

    it('rows that are deleted are gone, those pinned or not over stay, and the ledger has all', async () => {
      const said = await hearToasts(window.page);
      await (await client()).send(get('/never'));
      await shown(4);
      await row(1).click();
      await press('s');
      await expect.poll(() => row(1).locator('.pin-sign').count()).toBe(1);
      await row(2).click({ modifiers: ['Control'] });
      await row(4).click({ modifiers: ['Control'] });
      await expect.poll(() => window.page.locator('[data-testid=row][aria-selected=true]').count()).toBe(3);
      await press('Control+Delete');
      await expect.poll(lines).toEqual([1, 3, 4]);
      await expect
        .poll(said)
        .toContain('1 request deleted from the list; 2 stay: they are pinned, or not over yet');
      await expect.poll(() => window.ledger()).toEqual({ captured: 4, shown: 3, filtered: 0, trimmed: 1 });
      await row(3).click();
      await press('d');
      await expect.poll(lines).toEqual([1, 4]);
      // The row that moved up is looked at now, and the keys go on from there.
      await expect.poll(() => row(4).getAttribute('class')).toContain('current');
      await press('ArrowUp');
      await expect.poll(() => row(1).getAttribute('class')).toContain('current');
      await press('d');
      await expect.poll(said).toContain('Nothing was deleted: it is pinned, or not over yet');
      await expect.poll(() => window.ledger()).toEqual({ captured: 4, shown: 2, filtered: 0, trimmed: 2 });
    });

    it('two that are chosen are compared', async () => {
      await row(1).click();
      await row(2).click({ modifiers: ['Control'] });
      await window.page.locator('.list-chosen').getByRole('button', { name: 'Compare' }).click();
      await expect.poll(() => window.page.getByTestId('compare').innerText()).toMatch(/#1, held[\s\S]*#2/);
      const tab = window.page.getByRole('tab', { name: 'Compare' });
      await expect.poll(() => tab.evaluate((own) => own === document.activeElement)).toBe(true);
    });
  });

  describe('groups', () => {
    const group = async (name: string) => {
      await window.page.getByRole('button', { name: /^Groups:/ }).click();
      await window.page.getByRole('menuitemradio', { name }).click();
    };

    beforeEach(async () => {
      await ask('/', '/css/app.css');
      await ask('/css/fonts/a.txt', '/missing');
      await shown(4);
    });

    it('of connections come with their counts, grow, and are sorted within', async () => {
      await group('By connection');
      await expect.poll(lines).toEqual(['- c1 2', 1, 2, '- c2 2', 3, 4]);
      await open[0]!.send(get('/missing'));
      await expect.poll(lines).toEqual(['- c1 3', 1, 2, 5, '- c2 2', 3, 4]);
      await window.page.locator('[data-column="status"] .column-name').click();
      await window.page.locator('[data-column="status"] .column-name').click();
      await expect.poll(lines).toEqual(['- c2 2', 4, 3, '- c1 3', 5, 1, 2]);
    });

    it('of folders are a tree that keys go through, fold and open, and that is remembered', async () => {
      await group('By folder of the path');
      const all = ['- / 2', 1, 4, '- /css/ 2', '- /css/fonts/ 1', 3, 2];
      await expect.poll(lines).toEqual(all);
      await row(3).click();
      await press('ArrowLeft');
      const current = () =>
        window.page
          .locator('[data-testid=group].current')
          .evaluateAll(([group]) => (group as HTMLElement | undefined)?.dataset['group']);
      await expect.poll(current).toBe('/css/fonts/');
      await press('ArrowLeft');
      await expect.poll(lines).toEqual(['- / 2', 1, 4, '- /css/ 2', '+ /css/fonts/ 1', 2]);
      await press('ArrowLeft');
      await expect.poll(current).toBe('/css/');
      await press('Enter');
      await expect.poll(lines).toEqual(['- / 2', 1, 4, '+ /css/ 2']);
      const list = window.page.locator('[data-list]');
      await expect.poll(() => list.getAttribute('role')).toBe('treegrid');
      const expanded = () =>
        list.evaluate((grid) => {
          const active = document.getElementById(grid.getAttribute('aria-activedescendant') ?? '');
          return active?.getAttribute('aria-expanded');
        });
      await expect.poll(expanded).toBe('false');
      await press('ArrowRight');
      await expect.poll(lines).toEqual(['- / 2', 1, 4, '- /css/ 2', '+ /css/fonts/ 1', 2]);
      await press('ArrowDown');
      await expect.poll(current).toBe('/css/fonts/');
      await press('ArrowRight');
      await expect.poll(lines).toEqual(all);
      await window.page.reload();
      await expect.poll(lines).toEqual(all);
      await window.page.locator('[data-group="/css/"]').click();
      await expect.poll(lines).toEqual(['- / 2', 1, 4, '+ /css/ 2']);
      await window.page.getByRole('button', { name: 'Follow' }).click();
      await expect.poll(lines).toEqual([1, 2, 3, 4]);
    });
  });

  describe('has a row for', () => {
    const phase = (id: number) => row(id).getAttribute('data-phase');

    it('half a head, and says how it ended', async () => {
      const half = await client();
      await half.send('GET /half HTTP/1.1\r\nHos');
      await shown(1);
      await expect.poll(() => phase(1)).toBe('pending');
      await expect.poll(() => row(1).innerText()).toContain('[reading the head]');
      half.reset();
      await expect.poll(() => phase(1)).toBe('aborted');
      await expect
        .poll(() => row(1).innerText())
        .toMatch(/\[(connection closed early|ended within the head)\]/);
    });

    it('a request that waits for its answer, and one whose client went away in the middle of it', async () => {
      await (await client()).send(get('/never'));
      await shown(1);
      await expect.poll(() => phase(1)).toBe('pending');
      await expect.poll(() => row(1).innerText()).toContain('open');
      const gone = await client();
      gone.socket.pause();
      await gone.send(get('/large.bin'));
      await expect.poll(() => phase(2)).toBe('responding');
      gone.reset();
      await expect.poll(() => phase(2)).toBe('aborted');
      await filter('is:aborted');
      await expect.poll(lines).toEqual([2]);
    });

    it('what was no request at all', async () => {
      await (await client()).send('\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03');
      // Two connections at a time may come in any order.
      await shown(1);
      await (await client()).send('GET / HTTP/1.1\r\nHost : a\r\n\r\n');
      await shown(2);
      await expect.poll(() => phase(1)).toBe('malformed');
      await expect.poll(() => phase(2)).toBe('malformed');
      await expect.poll(() => row(2).innerText()).toContain('[space before colon]');
      await filter('is:malformed');
      await shown(2);
    });

    it('a WebSocket, with a chip of its own', async () => {
      await ask('/');
      const socket = new WebSocket(`ws://127.0.0.1:${window.port}/live`);
      await new Promise((resolve) => socket.once('open', resolve));
      await shown(2);
      await window.page.getByRole('button', { name: 'WS', exact: true }).click();
      await expect.poll(lines).toEqual([2]);
      await expect.poll(() => row(2).innerText()).toContain('101');
      socket.terminate();
    });
  });
});

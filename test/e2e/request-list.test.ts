/** The list as a person works with it: sorting, columns, following, choosing several, copying. */
import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RawClient } from '../net/raw-client.ts';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { arrived, steady } from '../support/steady.ts';
import { Window } from './window.ts';

let browser: Browser;
let folder: ReturnType<typeof makeFolder>;
let window: Window;

describe.skipIf(!BROWSER)('the list of requests', () => {
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    folder = makeFolder({
      'site/small.txt': 'x',
      'site/middle.txt': 'x'.repeat(5000),
      'site/large.txt': 'x'.repeat(90_000),
    });
    window = await Window.open(browser, [`${folder.path}/site`]);
  });
  afterEach(async () => {
    const complaints = window?.complaints ?? [];
    await window?.close();
    folder.remove();
    expect(complaints).toEqual([]);
  });

  const shown = (count: number) => expect.poll(() => window.rows().count()).toBe(count);
  const head = (column: string): Locator =>
    window.page.locator(`[role=columnheader][data-column="${column}"]`);
  const nameOf = (column: string): Locator => head(column).locator('.column-name');
  const columns = () =>
    window.page
      .locator('[role=columnheader]')
      .evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset['column']));
  const ids = () =>
    window.rows().evaluateAll((all) =>
      all
        .map((row) => ({
          id: Number((row as HTMLElement).dataset['id']),
          top: (row as HTMLElement).offsetTop,
        }))
        .sort((a, b) => a.top - b.top)
        .map(({ id }) => id),
    );
  const chosen = () =>
    window.page
      .locator('[data-testid=row][aria-selected=true]')
      .evaluateAll((all) =>
        all.map((row) => Number((row as HTMLElement).dataset['id'])).sort((a, b) => a - b),
      );

  /** One request after the other on one connection, so that their order is known. */
  async function ask(...names: readonly string[]): Promise<void> {
    const client = await RawClient.open(window.port);
    for (const name of names) {
      await client.send(`GET /${name} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
      await client.response();
    }
    client.close();
  }

  describe('is sorted', () => {
    it('by a click on a name: up, down, and back to the order of time', async () => {
      await ask('middle.txt', 'large.txt', 'small.txt');
      await shown(3);
      await nameOf('size').click();
      await expect.poll(ids).toEqual([3, 1, 2]);
      await expect.poll(() => head('size').getAttribute('aria-sort')).toBe('ascending');
      await nameOf('size').click();
      await expect.poll(ids).toEqual([2, 1, 3]);
      await expect.poll(() => head('size').getAttribute('aria-sort')).toBe('descending');
      await nameOf('size').click();
      await expect.poll(ids).toEqual([1, 2, 3]);
      await expect.poll(() => head('size').getAttribute('aria-sort')).toBe('none');
    });

    it('by two clicks as by one after the other, before the rows have come', async () => {
      await ask('middle.txt', 'large.txt', 'small.txt');
      await shown(3);
      const clicks = (count: number) =>
        nameOf('size').evaluate((name, times) => {
          for (let i = 0; i < times; i++) (name as HTMLElement).click();
        }, count);
      await clicks(2);
      await expect.poll(ids).toEqual([2, 1, 3]);
      await expect.poll(() => head('size').getAttribute('aria-sort')).toBe('descending');
      await clicks(2);
      await expect.poll(ids).toEqual([3, 1, 2]);
    });

    it('and what comes takes its place', async () => {
      await ask('large.txt', 'small.txt');
      await shown(2);
      await nameOf('target').click();
      await expect.poll(ids).toEqual([1, 2]);
      await ask('middle.txt', 'large.txt');
      await expect.poll(ids).toEqual([1, 4, 3, 2]);
    });
  });

  describe('has columns', () => {
    const places = () =>
      window.page
        .locator('[role=columnheader]')
        .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().left).join());

    beforeEach(async () => {
      await ask('small.txt', 'middle.txt');
      await shown(2);
    });

    it('that are chosen in a menu and remembered', async () => {
      expect(await columns()).not.toContain('wait');
      await head('status').click({ button: 'right' });
      await window.page.getByRole('menuitemcheckbox', { name: 'Wait' }).click();
      await window.page.getByRole('menuitemcheckbox', { name: 'Status' }).click();
      await window.page.keyboard.press('Escape');
      await expect.poll(() => window.page.getByRole('menu').count()).toBe(0);
      await expect.poll(columns).toContain('wait');
      await expect.poll(columns).not.toContain('status');
      await window.page.reload();
      await shown(2);
      await expect.poll(columns).toContain('wait');
      await expect.poll(columns).not.toContain('status');
    });

    it('that are moved by drag and by key', async () => {
      await steady(places);
      const [from, to] = [await nameOf('size').boundingBox(), await nameOf('method').boundingBox()];
      await window.page.mouse.move(from!.x + 20, from!.y + 10);
      await window.page.mouse.down();
      await window.page.mouse.move(to!.x + 4, to!.y + 10, { steps: 4 });
      await window.page.mouse.up();
      const apart = async () => {
        const all = await columns();
        return all.indexOf('size') - all.indexOf('method');
      };
      await expect.poll(apart).toBe(-1);
      await expect.poll(() => head('size').getAttribute('aria-sort')).toBe('none');
      await nameOf('size').focus();
      await window.page.keyboard.press('Shift+ArrowRight');
      await expect.poll(apart).toBe(1);
      await window.page.keyboard.press('ArrowLeft');
      const focused = () =>
        window.page.evaluate(
          () => document.activeElement?.closest<HTMLElement>('[role=columnheader]')?.dataset['column'] ?? '',
        );
      await expect.poll(focused).toBe('method');
      await window.page.keyboard.press('Enter');
      await expect.poll(() => head('method').getAttribute('aria-sort')).toBe('ascending');
    });

    it('whose edges are dragged, moved by key, and fitted by a double click', async () => {
      const width = async (column: string) => Math.round((await head(column).boundingBox())!.width);
      await steady(places);
      const edge = (await head('status').locator('.column-edge').boundingBox())!;
      const [status, type] = [await width('status'), await width('type')];
      await window.page.mouse.move(edge.x + 5, edge.y + 10);
      await window.page.mouse.down();
      await window.page.mouse.move(edge.x + 25, edge.y + 10, { steps: 4 });
      await window.page.mouse.up();
      await expect.poll(() => width('status')).toBe(status + 20);
      await expect.poll(() => width('type')).toBe(type - 20);
      await nameOf('status').focus();
      await window.page.keyboard.press('Alt+ArrowLeft');
      await expect.poll(() => width('status')).toBe(status + 12);
      await head('status').locator('.column-edge').dblclick();
      await expect.poll(() => width('status')).toBeLessThan(status + 12);
      const isCut = () => head('status').evaluate((cell) => cell.scrollWidth > cell.clientWidth + 10);
      await expect.poll(isCut).toBe(false);
    });
  });

  describe('with more than fits', () => {
    const COUNT = 3000;

    beforeEach(async () => {
      const client = await RawClient.open(window.port);
      await client.send('GET /small.txt HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(COUNT));
      for (let i = 0; i < COUNT; i++) await client.response();
      client.close();
      const count = async () => (await window.ledger()).shown;
      await arrived(count, COUNT);
      expect(await count()).toBe(COUNT);
      await expect.poll(async () => (await ids()).at(-1)).toBe(COUNT);
    });

    /** Moves the wheel until the newest row is out of sight. */
    async function scrollAway(by: number): Promise<void> {
      await window.rows().first().hover();
      const isLatestShown = async () => {
        const isShown = (await ids()).includes(COUNT);
        if (isShown) await window.page.mouse.wheel(0, by);
        return isShown;
      };
      await expect.poll(isLatestShown).toBe(false);
    }

    it('follows the newest until one scrolls up, and goes back to it', async () => {
      await expect.poll(async () => (await ids()).at(-1)).toBe(COUNT);
      await scrollAway(-4000);
      await ask('middle.txt', 'large.txt');
      await expect.poll(() => window.page.getByTestId('latest').innerText()).toMatch(/2 newer/);
      await window.page.getByTestId('latest').click();
      await expect.poll(async () => (await ids()).at(-1)).toBe(COUNT + 2);
      await expect.poll(() => window.page.getByTestId('latest').count()).toBe(0);
    });

    it('does not call newer what only another filter hid', async () => {
      const filter = window.page.locator('input[data-filter]');
      await scrollAway(-4000);
      await window.page.getByTestId('latest').waitFor();
      await filter.fill('path:/nothing');
      await expect.poll(async () => (await window.ledger()).shown).toBe(0);
      await filter.fill('');
      await expect.poll(() => window.page.getByTestId('latest').allInnerTexts()).toEqual(['Newest']);
    });

    it('goes to the very first and last row by key, and by pages between', async () => {
      const current = () =>
        window.page
          .locator('[data-testid=row].current')
          .evaluateAll(([row]) => (row as HTMLElement | undefined)?.dataset['id']);
      await window.page.locator('[data-list]').focus();
      await window.page.keyboard.press('Home');
      await expect.poll(current).toBe('1');
      await window.page.keyboard.press('PageDown');
      await expect.poll(async () => Number(await current())).toBeGreaterThan(20);
      await steady(current);
      const page = Number(await current()) - 1;
      await window.page.keyboard.press('PageDown');
      await expect.poll(current).toBe(String(1 + 2 * page));
      await window.page.keyboard.press('End');
      await expect.poll(current).toBe(String(COUNT));
    });

    it('newest first keeps the row that is read where it is', async () => {
      await nameOf('id').click();
      await expect.poll(async () => (await ids())[0]).toBe(COUNT);
      await scrollAway(2000);
      const place = (id: number) =>
        window.page
          .locator(`[data-testid=row][data-id="${id}"]`)
          .evaluate((row) => row.getBoundingClientRect().top);
      await steady(async () => (await ids()).join());
      const read = (await ids())[20]!;
      await steady(() => place(read));
      const before = await place(read);
      await ask('middle.txt', 'large.txt');
      await expect.poll(async () => (await window.ledger()).shown).toBe(COUNT + 2);
      await expect.poll(() => place(read)).toBe(before);
    });
  });

  describe('lets one choose several', () => {
    const row = (id: number) => window.page.locator(`[data-testid=row][data-id="${id}"]`);
    const count = () => window.page.getByTestId('chosen-count').innerText();

    beforeEach(async () => {
      await ask(...Array.from({ length: 8 }, (_, i) => `small.txt?n=${i + 1}`));
      await shown(8);
    });

    it('with Shift and Ctrl, by pointer and by key', async () => {
      await row(2).click();
      await row(5).click({ modifiers: ['Shift'] });
      await expect.poll(chosen).toEqual([2, 3, 4, 5]);
      await expect.poll(count).toMatch(/^4 chosen/);
      await row(3).click({ modifiers: ['Control'] });
      await row(8).click({ modifiers: ['Control'] });
      await expect.poll(chosen).toEqual([2, 4, 5, 8]);
      await window.page.keyboard.press('Escape');
      await expect.poll(chosen).toEqual([2]);
      await row(2).click();
      await window.page.keyboard.press('Shift+ArrowDown');
      await expect.poll(chosen).toEqual([2, 3]);
      await window.page.keyboard.press('Shift+ArrowDown');
      await expect.poll(chosen).toEqual([2, 3, 4]);
      await window.page.keyboard.press('Shift+ArrowUp');
      await expect.poll(chosen).toEqual([2, 3]);
      await window.page.keyboard.press('Control+a');
      await expect.poll(chosen).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    });

    it('and copies them, as a table and as commands', async () => {
      await window.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      const copied = () => window.page.evaluate(() => navigator.clipboard.readText());
      await row(2).click();
      await row(4).click({ modifiers: ['Shift'] });
      await expect.poll(chosen).toEqual([2, 3, 4]);
      await window.page.keyboard.press('Control+c');
      await expect.poll(copied).toMatch(/^number\tmethod\ttarget/);
      const lines = (await copied()).trimEnd().split('\n');
      expect(lines.slice(1).map((line) => line.split('\t').slice(0, 4))).toEqual([
        ['2', 'GET', '/small.txt?n=2', '200'],
        ['3', 'GET', '/small.txt?n=3', '200'],
        ['4', 'GET', '/small.txt?n=4', '200'],
      ]);
      await window.page.getByRole('button', { name: 'Copy as cURL' }).click();
      await expect.poll(copied).toMatch(/^curl .*n=2[\s\S]*curl .*n=3[\s\S]*curl .*n=4/);
    });
  });
});

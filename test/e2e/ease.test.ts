/** The window by keys alone: every action by its name, every pane within reach, and all of it remembered. */
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { steady } from '../support/steady.ts';
import { Window } from './window.ts';

let browser: Browser;
let folder: ReturnType<typeof makeFolder>;
let window: Window;

describe.skipIf(!BROWSER)('the window by keys', () => {
  beforeAll(async () => {
    browser = await launchBrowser();
    folder = makeFolder({ 'site/a.html': '<!doctype html><title>A</title>', 'site/b.css': 'b{}' });
    window = await Window.open(browser, [`${folder.path}/site`]);
    for (const target of ['a.html', 'b.css', 'missing']) await (await fetch(window.url + target)).text();
  });
  afterAll(async () => {
    const complaints = window?.complaints ?? [];
    await window?.close();
    await browser?.close();
    folder?.remove();
    expect(complaints).toEqual([]);
  });

  beforeEach(async () => {
    await window.page.evaluate(() => localStorage.clear());
    await window.page.setViewportSize({ width: 1440, height: 900 });
    await window.page.reload();
    await expect.poll(() => window.rows().count()).toBe(3);
  });

  const press = (key: string) => window.page.keyboard.press(key);
  const active = () =>
    window.page.evaluate(() => {
      const element = document.activeElement;
      return element?.closest('[data-pane]')?.className ?? element?.tagName;
    });

  const dialog = () => window.page.getByRole('dialog', { name: 'Actions' });
  const box = () => window.page.getByRole('combobox', { name: 'Action' });
  async function run(text: string): Promise<void> {
    await press('Control+k');
    await box().fill(text);
    await press('Enter');
    await expect.poll(() => dialog().count()).toBe(0);
  }

  describe('the palette', () => {
    const options = () => dialog().getByRole('option');
    const chosen = () => dialog().locator('[role=option][aria-selected=true] .palette-title').innerText();

    it('does what a few letters mean, and gives the focus back', async () => {
      await window.page.locator('[data-list]').focus();
      await press('Control+k');
      await expect.poll(() => box().evaluate((input) => input === document.activeElement)).toBe(true);
      await box().fill('gbc');
      await expect.poll(chosen).toBe('Group by connection');
      await press('Enter');
      await expect.poll(() => window.page.getByTestId('group').count()).toBeGreaterThan(0);
      await expect.poll(active).toBe('list-frame');
    });

    it('is a combobox: arrows go round, and it says what is chosen', async () => {
      await press('Control+Shift+P');
      const named = () =>
        box().evaluate((input) => {
          const option = document.getElementById(input.getAttribute('aria-activedescendant') ?? '');
          return option?.querySelector<HTMLElement>('.palette-title')?.innerText;
        });
      const isNamed = async () => (await named()) === (await chosen());
      await steady(chosen);
      const first = await chosen();
      await expect.poll(named).toBe(first);
      await press('ArrowUp');
      await expect.poll(() => options().last().getAttribute('aria-selected')).toBe('true');
      await press('ArrowDown');
      await expect.poll(named).toBe(first);
      await press('ArrowDown');
      await expect.poll(named).not.toBe(first);
      await expect.poll(isNamed).toBe(true);
      await box().fill('zzzz');
      await expect.poll(() => dialog().innerText()).toContain('Nothing is called that');
      await press('Enter');
      await press('Escape');
      await expect.poll(() => dialog().count()).toBe(0);
    });

    it('names keys, and offers what was used last first', async () => {
      await run('compose');
      await expect.poll(() => window.page.locator('.compose').count()).toBe(1);
      await press('Control+k');
      await expect.poll(chosen).toBe('Compose');
      const line = options().filter({ hasText: 'Hold the picture' });
      await expect.poll(() => line.locator('kbd').allInnerTexts()).toEqual(['Ctrl', 'E']);
    });

    it('goes to servers and filters by their names', async () => {
      await run('show only site');
      await expect.poll(() => window.page.locator('.server .name').getAttribute('aria-pressed')).toBe('true');
      await run('show all servers');
      await window.page.locator('input[data-filter]').fill('status:404');
      await press('Enter');
      await expect.poll(() => window.rows().count()).toBe(1);
      await run('clear the filter');
      await expect.poll(() => window.rows().count()).toBe(3);
      await run('status:404');
      await expect.poll(() => window.rows().count()).toBe(1);
      await run('clear the filter');
    });

    it('offers an act on requests only where some are chosen', async () => {
      await press('Control+k');
      await options().first().waitFor();
      await expect.poll(() => options().filter({ hasText: 'Write a note' }).count()).toBe(0);
      await press('Escape');
      await expect.poll(() => dialog().count()).toBe(0);
      await window.rows().first().click();
      await run('note');
      await expect.poll(() => window.page.getByRole('textbox', { name: 'Note' }).count()).toBe(1);
    });
  });

  describe('F6', () => {
    it('goes through the panes and back, each to where one was', async () => {
      await window.rows().first().click();
      await window.page.getByTestId('detail').waitFor();
      await window.page.locator('[data-list]').focus();
      await expect.poll(active).toBe('list-frame');
      for (const pane of ['detail', 'status', 'bar', 'rail', 'tools filter-row', 'list-frame']) {
        await press('F6');
        await expect.poll(active).toBe(pane);
      }
      await press('Shift+F6');
      await expect.poll(active).toBe('tools filter-row');
    });

    it('passes over what is not shown', async () => {
      await press('3');
      await expect
        .poll(() => window.page.locator('.concurrency, [data-testid=graphs]').count())
        .toBeGreaterThan(0);
      await window.page.locator('.rail.narrow').waitFor();
      const seen = new Set<string | undefined>();
      for (let i = 0; i < 5; i++) {
        const before = await active();
        await press('F6');
        await expect.poll(active).not.toBe(before);
        seen.add(await active());
      }
      expect([...seen].toSorted()).toEqual(['bar', 'rail narrow', 'status', 'view']);
    });
  });

  describe('panes', () => {
    const width = async (selector: string) =>
      Math.round((await window.page.locator(selector).boundingBox())!.width);
    const edge = (name: string): Locator => window.page.getByRole('separator', { name });

    it('are moved by pointer and key, remembered, and put back by a double click', async () => {
      await steady(() => width('.rail'));
      const before = await width('.rail');
      const box = (await edge('Width of the servers').boundingBox())!;
      await window.page.mouse.move(box.x, 300);
      await window.page.mouse.down();
      await window.page.mouse.move(box.x + 60, 300, { steps: 4 });
      await window.page.mouse.up();
      await expect.poll(() => width('.rail')).toBeGreaterThan(before + 50);
      await edge('Width of the servers').focus();
      await steady(() => width('.rail'));
      const dragged = await width('.rail');
      await press('ArrowLeft');
      await expect.poll(() => width('.rail')).toBe(dragged - 8);
      await window.page.reload();
      await expect.poll(() => width('.rail')).toBe(dragged - 8);
      await edge('Width of the servers').dblclick();
      await expect.poll(() => width('.rail')).toBe(before);
    });

    it('stand below each other on wish, and the other way where there is no room', async () => {
      await window.rows().first().click();
      const tops = async () => {
        const list = (await window.page.locator('.list-frame').boundingBox())!;
        const detail = (await window.page.getByTestId('detail').boundingBox())!;
        return { below: detail.y > list.y, beside: detail.x > list.x };
      };
      await expect.poll(tops).toEqual({ below: false, beside: true });
      await window.page.getByRole('button', { name: 'Detail below the list' }).click();
      await expect.poll(tops).toEqual({ below: true, beside: false });
      await window.page.reload();
      await window.rows().first().click();
      await expect.poll(tops).toEqual({ below: true, beside: false });
      const height = async () => (await window.page.getByTestId('detail').boundingBox())!.height;
      await steady(height);
      const before = await height();
      await edge('Size of the detail').focus();
      await press('ArrowUp');
      await expect.poll(height).toBeGreaterThan(before);
      await press('Enter');
      await expect.poll(height).toBe(before);
      // As large as at 200 %: the detail has the whole place, and Escape gives it back.
      await window.page.setViewportSize({ width: 720, height: 450 });
      await expect.poll(() => window.page.locator('.list-frame').isVisible()).toBe(false);
      await press('Escape');
      await expect.poll(() => window.page.locator('.list-frame').isVisible()).toBe(true);
    });
  });

  it('comes back in the view, the tab and the theme in which it was left', async () => {
    await window.rows().first().click();
    const theme = () => window.page.evaluate(() => document.documentElement.dataset['theme']);
    const isSelected = async (tab: string) =>
      (await window.page.getByRole('tab', { name: tab }).getAttribute('aria-selected')) === 'true';
    await window.tab('Why');
    await expect.poll(() => isSelected('Why')).toBe(true);
    await run('high contrast');
    await expect.poll(theme).toBe('contrast');
    await press('2');
    await expect.poll(() => isSelected('Timeline')).toBe(true);
    await window.page.reload();
    await expect.poll(() => isSelected('Timeline')).toBe(true);
    await expect.poll(theme).toBe('contrast');
    await press('1');
    await window.rows().first().click();
    await expect.poll(() => isSelected('Why')).toBe(true);
  });

  it('takes the theme of high contrast where the system asks for it', async () => {
    const theme = () => window.page.evaluate(() => document.documentElement.dataset['theme']);
    await window.page.emulateMedia({ contrast: 'more' });
    await expect.poll(theme).toBe('contrast');
    await window.page.emulateMedia({ contrast: 'no-preference', colorScheme: 'dark' });
    await expect.poll(theme).toBe('dark');
  });

  it('takes the scheme of the system where that forces its colours, whatever theme was chosen', async () => {
    const theme = () => window.page.evaluate(() => document.documentElement.dataset['theme']);
    await run('theme: dark');
    await window.page.emulateMedia({ forcedColors: 'active', colorScheme: 'light' });
    await expect.poll(theme).toBe('light');
    await window.page.emulateMedia({ forcedColors: 'none' });
    await expect.poll(theme).toBe('dark');
  });

  it('leaves by Escape what was opened last: a menu, a choice of rows, the detail, the filter', async () => {
    const list = window.page.locator('[data-list]');
    await window.page.locator('input[data-filter]').fill('method:get');
    await press('Enter');
    await window.rows().first().click();
    await press('Shift+ArrowDown');
    await window.page.getByTestId('chosen-count').waitFor();
    await window.rows().first().click({ button: 'right' });
    const left = async () => ({
      menu: await window.page.getByRole('menu').count(),
      chosen: await window.page.getByTestId('chosen-count').count(),
      detail: await window.page.getByTestId('detail').count(),
      filter: await window.page.locator('input[data-filter]').inputValue(),
    });
    const all = { menu: 1, chosen: 1, detail: 1, filter: 'method:get' };
    await expect.poll(left).toEqual(all);
    await press('Escape');
    await expect.poll(left).toEqual({ ...all, menu: 0 });
    await list.focus();
    await press('Escape');
    await expect.poll(left).toEqual({ ...all, menu: 0, chosen: 0 });
    await press('Escape');
    await expect.poll(left).toEqual({ ...all, menu: 0, chosen: 0, detail: 0 });
    await press('Escape');
    await expect.poll(left).toEqual({ menu: 0, chosen: 0, detail: 0, filter: '' });
  });

  it('moves nothing by itself where the system asks for less motion', async () => {
    await window.page.emulateMedia({ reducedMotion: 'reduce' });
    const moving = () =>
      window.page.evaluate(() =>
        [...document.querySelectorAll('*')]
          .map((element) => getComputedStyle(element))
          .flatMap(({ transitionDuration, animationDuration }) => [transitionDuration, animationDuration])
          .filter((duration) => duration.split(', ').some((each) => Number.parseFloat(each) > 0)),
      );
    await expect.poll(moving).toEqual([]);
    await window.page.emulateMedia({ reducedMotion: 'no-preference' });
  });
});

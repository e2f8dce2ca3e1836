import { readFileSync } from 'node:fs';
import type axe from 'axe-core';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { Window } from './window.ts';

let browser: Browser;
let folder: ReturnType<typeof makeFolder>;
let window: Window;
let box: Locator;

describe.skipIf(!BROWSER)('the filter box', () => {
  beforeAll(async () => {
    browser = await launchBrowser();
    folder = makeFolder({
      'site/index.html': '<!doctype html><title>Site</title>',
      'site/app.js': 'let a;',
      'site/style.css': 'a{}',
      'site/two words.txt': 'x',
    });
    window = await Window.open(browser, [`${folder.path}/site`]);
    await window.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    box = window.page.getByRole('combobox', { name: 'Filter' });
    const targets = [
      '',
      'app.js',
      'app.js?v=2',
      'style.css',
      'two%20words.txt',
      'missing',
      'missing',
      'missing',
    ];
    for (const target of targets) await (await fetch(window.url + target)).text();
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
    await window.page.reload();
    await shown(8);
  });

  const shown = (count: number) => expect.poll(() => window.rows().count()).toBe(count);
  const press = (key: string) => window.page.keyboard.press(key);
  const options = () => window.page.getByRole('option');
  const labels = async () => (await options().locator('.label').allInnerTexts()).map((text) => text.trim());
  const activeLabel = () =>
    box.evaluate((input) => {
      const option = document.getElementById(input.getAttribute('aria-activedescendant') ?? '');
      return option?.querySelector<HTMLElement>('.label')?.innerText ?? '';
    });
  async function type(text: string): Promise<void> {
    await box.fill('');
    await box.focus();
    await window.page.keyboard.type(text);
  }

  describe('completion', () => {
    it('goes from a field to its values with their counts, by keys alone', async () => {
      await type('pat');
      await expect.poll(labels).toContain('path:');
      await expect.poll(() => box.getAttribute('aria-expanded')).toBe('true');
      await press('ArrowDown');
      await expect.poll(activeLabel).toBe('path:');
      await press('Enter');
      await expect.poll(() => box.inputValue()).toBe('path:');
      await expect.poll(labels).toEqual(['/missing', '/app.js', '/', '/style.css', '/two%20words.txt']);
      await expect.poll(() => options().first().locator('.count').innerText()).toBe('3');
      await window.page.keyboard.type('wor');
      await expect.poll(labels).toEqual(['/two%20words.txt']);
      await expect.poll(() => options().locator('mark').innerText()).toBe('wor');
      await press('Tab');
      await expect.poll(() => box.inputValue()).toBe('path:/two%20words.txt');
      await expect.poll(() => box.getAttribute('aria-expanded')).toBe('false');
      await shown(1);
    });

    it('offers the operators of a field, and takes a choice by the pointer', async () => {
      await type('status');
      await expect.poll(labels).toContain('status>=');
      await options().filter({ hasText: 'status>=' }).click();
      await expect.poll(() => box.inputValue()).toBe('status>=');
      await expect.poll(labels).toContain('404');
      await options().filter({ hasText: '404' }).click();
      await expect.poll(() => box.inputValue()).toBe('status>=404');
      await shown(3);
    });

    it('replaces the piece at the caret and leaves the rest', async () => {
      await type('meth -css');
      for (let i = 0; i < ' -css'.length; i++) await press('ArrowLeft');
      await press('Control+Space');
      await expect.poll(labels).toContain('method:');
      await press('Tab');
      await expect.poll(() => box.inputValue()).toBe('method: -css');
      await expect.poll(labels).toEqual(['GET']);
      await press('ArrowDown');
      await expect.poll(activeLabel).toBe('GET');
      await press('Tab');
      await expect.poll(() => box.inputValue()).toBe('method:GET -css');
      await shown(7);
    });

    it('is closed by Escape first; the next one clears, the last leaves the box', async () => {
      await type('st');
      await expect.poll(() => options().count()).toBeGreaterThan(0);
      await press('Escape');
      await expect.poll(() => options().count()).toBe(0);
      await expect.poll(() => box.inputValue()).toBe('st');
      await press('Escape');
      await expect.poll(() => box.inputValue()).toBe('');
      await press('Escape');
      await expect
        .poll(() => window.page.evaluate(() => document.activeElement?.getAttribute('role')))
        .toBe('grid');
    });
  });

  describe('a text that makes no sense', () => {
    it('says so at its place, and the last good filter stays in force', async () => {
      await type('missing');
      await shown(3);
      await window.page.keyboard.type(' stauts:404');
      const message = window.page.locator('.filter-message');
      await expect.poll(() => message.innerText()).toContain('stauts is no field; did you mean status?');
      await expect.poll(() => message.innerText()).toContain('Until then missing stauts is in force');
      await expect.poll(() => box.getAttribute('aria-invalid')).toBe('true');
      await expect.poll(() => window.page.locator('.inks .wrong').innerText()).toBe('stauts');
      await message.getByRole('button', { name: 'Use status' }).click();
      await expect.poll(() => box.inputValue()).toBe('missing status:404');
      await expect.poll(() => box.getAttribute('aria-invalid')).toBe('false');
      await shown(3);
    });

    it('but may yet, filters by what is finished and raises no alarm', async () => {
      await type('missing status:');
      await shown(3);
      await expect.poll(() => box.getAttribute('aria-invalid')).toBe('false');
      await window.page.keyboard.type('9');
      await expect.poll(() => box.getAttribute('aria-invalid')).toBe('false');
      await shown(0);
    });

    it('does not undo what is set elsewhere meanwhile', async () => {
      await type('(app');
      await window.page.getByRole('button', { name: 'JS', exact: true }).click();
      await shown(2);
      await expect.poll(() => box.inputValue()).toBe('(app');
      await box.focus();
      await press('End');
      await window.page.keyboard.type(' v=2)');
      await shown(1);
    });
  });

  it('reads the bytes of messages where it asks for them', async () => {
    await box.fill('response.content-type:javascript');
    await shown(2);
    await box.fill('ua:node or body:"a{}"');
    await shown(8);
    await box.fill('body:"a{}"');
    await shown(1);
    await expect.poll(() => window.page.getByTestId('filter-count').innerText()).toBe('1 of 8');
  });

  it('lies over its coloured copy sign by sign, scrolled and at any zoom', async () => {
    await box.fill(`-(path:"a b" or /x+/i) ${'method=GET status:200..299 '.repeat(12)}end`);
    await box.focus();
    const offsets = () =>
      window.page.evaluate(() => {
        const input = document.querySelector<HTMLInputElement>('input[data-filter]')!;
        const inks = input.previousElementSibling as HTMLElement;
        const style = (of: Element) => {
          const { fontFamily, fontSize, letterSpacing, fontFeatureSettings, paddingLeft } =
            getComputedStyle(of);
          return { fontFamily, fontSize, letterSpacing, fontFeatureSettings, paddingLeft };
        };
        return {
          scrolled: input.scrollLeft,
          apart: Math.abs(input.scrollLeft - inks.scrollLeft),
          wider: Math.abs(input.scrollWidth - inks.scrollWidth),
          same: JSON.stringify(style(input)) === JSON.stringify(style(inks)),
          text: inks.textContent === input.value,
        };
      });
    for (const zoom of ['1', '2', '1.1']) {
      await window.page.evaluate((to) => document.documentElement.style.setProperty('zoom', to), zoom);
      const scrolledBy = async (key: string) => {
        await press(key);
        return (await offsets()).scrolled;
      };
      await expect.poll(() => scrolledBy('Home')).toBeLessThan(1);
      await expect.poll(() => scrolledBy('End')).toBeGreaterThan(100);
      await expect.poll(offsets).toMatchObject({ same: true, text: true });
      // The copy follows with the next frame.
      await expect.poll(async () => (await offsets()).apart).toBeLessThanOrEqual(1);
      await expect.poll(async () => (await offsets()).wider).toBeLessThanOrEqual(2);
    }
    await window.page.evaluate(() => document.documentElement.style.setProperty('zoom', '1'));
  });

  it('keeps what was used and what was saved, over a reload too', async () => {
    await type('missing');
    await press('Enter');
    await type('-type:js');
    await press('Enter');
    await window.page.getByRole('button', { name: 'Save the filter' }).click();
    await window.page.getByLabel('Name').fill('No scripts');
    await press('Enter');
    await expect.poll(() => window.page.getByRole('button', { name: 'Saved filter' }).count()).toBe(1);
    await window.page.reload();
    await shown(8);
    await box.focus();
    await press('ArrowUp');
    await expect.poll(labels).toEqual(['No scripts', 'missing']);
    await expect.poll(activeLabel).toBe('No scripts');
    await press('Enter');
    await expect.poll(() => box.inputValue()).toBe('-type:js');
    await shown(6);
    await window.page.getByRole('button', { name: 'Saved filter' }).click();
    await window.page.getByRole('button', { name: 'Remove' }).click();
    await press('Escape');
    await box.click();
    await expect.poll(labels).toEqual(['-type:js', 'missing']);
  });

  it('has nothing serious for axe, whatever hangs below it', async () => {
    await window.page.evaluate(readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8'));
    const serious = () =>
      window.page.evaluate(async () => {
        const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run('.filter-row');
        return violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`);
      });
    await type('st');
    await expect.poll(() => options().count()).toBeGreaterThan(1);
    await press('ArrowDown');
    await expect.poll(activeLabel).not.toBe('');
    expect(await serious()).toEqual([]);
    await box.fill('css stauts:404');
    await window.page.locator('.filter-message.wrong').waitFor();
    expect(await serious()).toEqual([]);
    await box.fill('css');
    await window.page.getByRole('button', { name: 'Save the filter' }).click();
    await window.page.getByLabel('Name').waitFor();
    expect(await serious()).toEqual([]);
    await press('Escape');
    await window.page.getByRole('button', { name: 'How to filter' }).click();
    await window.page.getByRole('region', { name: 'How to filter' }).waitFor();
    expect(await serious()).toEqual([]);
  });

  it('has examples that can be tried', async () => {
    await window.page.getByRole('button', { name: 'How to filter' }).click();
    await window.page.getByRole('region', { name: 'How to filter' }).getByText('type:css or type:js').click();
    await expect.poll(() => box.inputValue()).toBe('type:css or type:js');
    await shown(3);
  });

  it('stands beside chips, of which Ctrl takes several', async () => {
    const chip = (name: string) => window.page.getByRole('button', { name, exact: true });
    await chip('JS').click();
    await shown(2);
    await chip('CSS').click({ modifiers: ['Control'] });
    await shown(3);
    await type('-v=2');
    await shown(2);
    await chip('JS').click({ modifiers: ['Control'] });
    await shown(1);
    await expect.poll(() => chip('CSS').getAttribute('aria-pressed')).toBe('true');
    await chip('All').click();
    await shown(7);
  });

  describe('the menu of a cell', () => {
    const menu = () => window.page.getByRole('menu');
    const pick = (name: string) =>
      menu()
        .getByRole('menuitem', { name: new RegExp(`^${name}`) })
        .click();
    const cell = (id: number, column: string) =>
      window.page.locator(`[data-testid=row][data-id="${id}"] [data-column="${column}"]`);

    it('filters for its value, then for the contrary', async () => {
      await cell(6, 'status').click({ button: 'right' });
      await pick('Filter for this');
      await expect.poll(() => box.inputValue()).toBe('status:404');
      await shown(3);
      await cell(6, 'status').click({ button: 'right' });
      await pick('Filter out');
      await expect.poll(() => box.inputValue()).toBe('-status:404');
      await shown(5);
      await cell(2, 'target').click({ button: 'right' });
      await pick('Filter out');
      await expect.poll(() => box.inputValue()).toBe('-status:404 -path=/app.js');
      await shown(4);
    });

    it('copies its value and the request', async () => {
      await cell(3, 'target').click({ button: 'right' });
      await pick('Copy value');
      const copied = () => window.page.evaluate(() => navigator.clipboard.readText());
      await expect.poll(copied).toBe('/app.js?v=2');
      await cell(3, 'target').click({ button: 'right' });
      await pick('Copy or save');
      await menu()
        .getByRole('menuitem', { name: /^As cURL(?! for)/ })
        .click();
      await expect.poll(copied).toMatch(/^curl .*app\.js\?v=2/s);
      await cell(3, 'target').click({ button: 'right' });
      await pick('Copy or save');
      await pick('URL');
      await expect.poll(copied).toBe(`${window.url}app.js?v=2`);
    });

    it('opens by the keyboard on the chosen row, and shows its connection', async () => {
      await cell(2, 'target').click();
      await window.page.locator('[data-list]').focus();
      await press('Shift+F10');
      await expect.poll(() => menu().innerText()).toContain('path=/app.js');
      await press('ArrowUp');
      await press('Enter');
      await expect
        .poll(() => window.page.getByRole('tab', { selected: true }).allInnerTexts())
        .toContain('Connection');
      await press('Escape');
      await expect.poll(() => menu().count()).toBe(0);
    });
  });
});

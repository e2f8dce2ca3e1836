/** Presenting: large type, a spotlight, and notes pinned to what was captured, as slides. */
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSlides, type Slide } from '../../renderer/learn/slides.ts';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { seriousWithin } from './serious.ts';
import { Window } from './window.ts';

const PATIENCE = { timeout: 15_000, interval: 50 };

let browser: Browser;
let folder: ReturnType<typeof makeFolder>;
let window: Window;
let file: string;

const button = (name: string) => window.page.getByRole('button', { name, exact: true });
const text = () => window.page.getByTestId('slide-text').innerText();
const at = () => window.page.getByTestId('slide-at').innerText();
const zoom = () => window.page.evaluate(() => Number(document.documentElement.style.zoom || 1));
const press = (key: string) => window.page.keyboard.press(key);

/** What is said after a click; what was said is gone after a while. */
async function told(name: string): Promise<string[]> {
  await button(name).click();
  return window.page.locator('.toast').allInnerTexts();
}

async function pin(words: string): Promise<void> {
  await button('Pin a note').click();
  await window.page.getByRole('textbox', { name: 'Text of the note' }).fill(words);
  await button('Pin it').click();
}

/** What the spotlight leaves lit, in the page's own pixels. */
const lit = async () => (await window.page.getByTestId('spotlight').boundingBox())!;

describe.skipIf(!BROWSER)('presenting', () => {
  beforeAll(async () => {
    folder = makeFolder({ 'index.html': '<!doctype html><title>Site</title>', 'a.txt': 'A', 'b.txt': 'B' });
    browser = await launchBrowser();
    window = await Window.open(browser, [folder.path]);
    await window.page.setViewportSize({ width: 1920, height: 1080 });
    for (const path of ['a.txt', 'b.txt']) await (await fetch(`${window.url}${path}`)).text();
    await window.row('/b.txt').waitFor();
  });
  afterAll(async () => {
    const complaints = window?.complaints ?? [];
    await window?.close();
    await browser?.close();
    folder.remove();
    expect(complaints).toEqual([]);
  });

  it('draws the whole window larger, as large as there is room', async () => {
    await press('Shift+P');
    await window.page.getByTestId('present').waitFor();
    await expect.poll(zoom, PATIENCE).toBe(1.5);
    await button('Larger').click();
    await expect.poll(zoom, PATIENCE).toBe(1.75);
    await window.page.setViewportSize({ width: 1100, height: 720 });
    await expect.poll(zoom, PATIENCE).toBe(1.1);
    await window.page.setViewportSize({ width: 1920, height: 1080 });
    await button('Smaller').click();
    await expect.poll(zoom, PATIENCE).toBe(1.5);
  });

  it('says what a note can be pinned to, while nothing is chosen', async () => {
    await expect
      .poll(() => told('Pin a note'), PATIENCE)
      .toContainEqual(expect.stringMatching(/Choose a request, bytes of one, or a span of time/));
  });

  it('pins notes to a request and to bytes of another', async () => {
    await window.row('/a.txt').click();
    await window.tab('Bytes');
    await pin('One request');
    await expect.poll(async () => [await at(), await text()], PATIENCE).toEqual(['1 / 1', 'One request']);
    await window.row('/b.txt').click();
    const byte = (offset: number) => window.page.locator(`.hex.in [data-offset="${offset}"]`);
    // The "b" of its target: the bytes of the one before stand there until its own have come.
    await expect.poll(() => byte(5).innerText(), PATIENCE).toBe('62');
    const selected = async () => {
      await byte(0).click();
      await byte(2).click({ modifiers: ['Shift'] });
      return window.page.locator('.hex .cell.selected').allInnerTexts();
    };
    await expect.poll(selected, PATIENCE).toEqual(['47', '45', '54']);
    await pin('Its method');
    await expect.poll(at, PATIENCE).toBe('2 / 2');
  });

  it('steps through them by the keys of a remote control, each in its place', async () => {
    await press('PageUp');
    await expect.poll(text, PATIENCE).toBe('One request');
    await expect
      .poll(() => window.page.getByTestId('detail').getByRole('heading').first().innerText(), PATIENCE)
      .toMatch(/\/a\.txt/);
    await press('PageDown');
    await expect.poll(text, PATIENCE).toBe('Its method');
    const chosen = window.page.locator('.hex .cell.selected');
    await expect.poll(() => chosen.allInnerTexts(), PATIENCE).toEqual(['47', '45', '54']);
    // Around the three cells and their text, and no more than their line.
    const around = async () => {
      const [cell, light] = [(await chosen.first().boundingBox())!, await lit()];
      return [Math.abs(light.y - cell.y) < cell.height, light.height < 3 * cell.height];
    };
    await expect.poll(around, PATIENCE).toEqual([true, true]);
  });

  it('the light follows the pointer, where it points to while all is large', async () => {
    const pointed = async () => {
      const row = (await window.row('/a.txt').boundingBox())!;
      await window.page.mouse.move(row.x + 40, row.y + row.height / 2);
      return Math.abs((await lit()).y - row.y) < row.height / 2;
    };
    await expect.poll(pointed, PATIENCE).toBe(true);
    await button('Spotlight').click();
    await expect.poll(() => window.page.getByTestId('spotlight').isVisible(), PATIENCE).toBe(false);
    await button('Spotlight').click();
  });

  it('pins to a span of time that was dragged where the pointer is', async () => {
    await press('Escape');
    const strip = (await window.page.locator('.overview-plot, .overview').last().boundingBox())!;
    const y = strip.y + strip.height / 3;
    await window.page.mouse.move(strip.x + strip.width * 0.3, y);
    await window.page.mouse.down();
    await window.page.mouse.move(strip.x + strip.width * 0.9, y, { steps: 4 });
    await window.page.mouse.up();
    await pin('A moment');
    await press('PageUp');
    await expect.poll(text, PATIENCE).toBe('Its method');
    await press('PageDown');
    await expect.poll(text, PATIENCE).toBe('A moment');
    await window.page.locator('.timeline').waitFor();
  });

  it('takes in the notes of the list, each once', async () => {
    await window.tab('Traffic');
    // The detail, and then the filter by time.
    await press('Escape');
    await press('Escape');
    await window.row('/b.txt').click();
    await window.page.locator('[data-list]').focus();
    await press('n');
    const note = window.page.getByRole('dialog', { name: /^Note on #/ });
    await note.getByRole('textbox').fill('Asked second');
    await note.getByRole('textbox').press('Enter');
    await button('Take in the notes of the list').click();
    await expect.poll(text, PATIENCE).toBe('Asked second');
    await expect.poll(at, PATIENCE).toBe('4 / 4');
    await expect
      .poll(() => told('Take in the notes of the list'), PATIENCE)
      .toContainEqual(expect.stringMatching(/no note that is not here/));
    await expect.poll(at, PATIENCE).toBe('4 / 4');
    await button('Remove the note').click();
  });

  it('saves the notes as a file', async () => {
    const [download] = await Promise.all([
      window.page.waitForEvent('download'),
      button('Save notes').click(),
    ]);
    file = await download.path();
    const slides = readSlides(readFileSync(file, 'utf8')) as readonly Slide[];
    expect(slides.map((slide) => [slide.text, slide.place.kind])).toEqual([
      ['One request', 'exchange'],
      ['Its method', 'bytes'],
      ['A moment', 'time'],
    ]);
  });

  it('moves and removes them, and opens the file again', async () => {
    await button('Move it forward').click();
    await expect.poll(async () => [await at(), await text()], PATIENCE).toEqual(['2 / 3', 'A moment']);
    await button('Remove the note').click();
    await expect.poll(at, PATIENCE).toBe('1 / 2');
    const chooser = window.page.waitForEvent('filechooser');
    await button('Open notes').click();
    await (await chooser).setFiles(file);
    await expect.poll(at, PATIENCE).toBe('1 / 3');
  });

  it.each(['dark', 'light'])('nothing serious for axe, %s', async (theme) => {
    expect(await seriousWithin(window.page, '.present', theme)).toEqual([]);
  });

  it('keeps them over a reload, and ends as it began', async () => {
    await window.page.reload();
    await window.serverRow().first().waitFor();
    await expect.poll(zoom, PATIENCE).toBe(1);
    await press('Shift+P');
    await expect.poll(at, PATIENCE).toBe('0 / 3');
    await button('End presenting').click();
    await expect.poll(() => window.page.getByTestId('present').count(), PATIENCE).toBe(0);
    await expect.poll(zoom, PATIENCE).toBe(1);
  });
});

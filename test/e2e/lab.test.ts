/** A person goes to Load: the same requests under two models, side by side, and takes the results along. */
import { readFile } from 'node:fs/promises';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { seriousWithin } from './serious.ts';
import { unreadable } from './text-boxes.ts';
import { Window } from './window.ts';

// A busy machine takes seconds to start a process, and axe looks at thousands of elements.
vi.setConfig({ testTimeout: 60_000 });

let browser: Browser;
let folder: ReturnType<typeof makeFolder>;
let window: Window;
let lab: Locator;

beforeAll(async () => {
  browser = await launchBrowser();
  folder = makeFolder({ 'a.txt': 'A' });
  window = await Window.open(browser, [folder.path]);
  lab = window.page.getByRole('region', { name: 'Load' });
  await window.tab('Load');
});
afterAll(async () => {
  await window.close();
  await browser.close();
  folder.remove();
  expect(window.complaints).toEqual([]);
});

const button = (name: string) => lab.getByRole('button', { name, exact: true });
const status = () => lab.getByRole('status').innerText();
/** The figure of a row under a model, of the first group that has such a row. */
const figure = async (row: string, model: string) => {
  const heads = await lab.getByRole('columnheader').allInnerTexts();
  const place = heads.findIndex((text) => text.startsWith(model));
  return lab.getByRole('row', { name: row }).first().getByRole('cell').nth(place).innerText();
};

describe('the lab', () => {
  it('says what it does before anything was run', async () => {
    await expect.poll(() => lab.textContent()).toContain('Nothing was run yet');
    const scenarios = window.page.getByRole('navigation', { name: 'Scenarios' }).getByRole('button');
    await expect.poll(() => scenarios.count()).toBe(7);
  });

  it('runs a scenario under the models that were chosen, and shows them side by side', async () => {
    for (const model of ['process', 'prefork', 'threads']) await lab.getByLabel(model).uncheck();
    await lab.getByLabel('Requests').fill('10');
    await lab.getByLabel('The handler waits').fill('20');
    await button('Run').click();
    await expect.poll(status, { timeout: 50_000 }).toBe('In turn against at once: 2 of 2 models done');
    await expect.poll(() => lab.getByRole('columnheader').count()).toBe(2);
    for (const model of ['iterative', 'event-loop']) {
      await expect.poll(() => figure('Answered', model)).toBe('10 of 10');
      await expect.poll(() => figure('Median, p50', model)).toMatch(/^\d[\d.]* (?:m?s)$/);
      await expect.poll(() => figure('Peak memory', model)).toMatch(/^\d[\d.]* MB$/);
      await expect.poll(() => figure('Processes, threads', model)).toBe('1, none');
    }
  });

  it('reads out a lane under the pointer, and by keys', async () => {
    const lanes = lab.getByRole('slider', { name: 'At once under iterative, request by request' });
    await lanes.hover({ position: { x: 10, y: 60 } });
    const reading = lab.getByTestId('lab-reading');
    await expect
      .poll(() => reading.innerText())
      .toMatch(/^iterative at once: request \d+ of 10 · 200 · waited /);
    await window.page.mouse.move(0, 0);
    await lanes.focus();
    await window.page.keyboard.press('ArrowDown');
    await window.page.keyboard.press('ArrowDown');
    await expect.poll(() => lanes.getAttribute('aria-valuetext')).toMatch(/^request 2 of 10 · 200 · waited /);
  });

  it('has a cursor in its graphs', async () => {
    const graph = lab.getByRole('slider', { name: 'Completed over time' });
    await graph.focus();
    const text = () => graph.getAttribute('aria-valuetext');
    await window.page.keyboard.press('End');
    await expect.poll(text).toMatch(/: iterative 10, event-loop 10$/);
    // The scale begins at the last round figure before the first answer, or at that.
    await window.page.keyboard.press('Home');
    await expect.poll(text).toMatch(/: iterative [01], event-loop [01]$/);
    const began = await text();
    await window.page.keyboard.press('ArrowRight');
    await expect.poll(text).not.toBe(began);
    await graph.hover({ position: { x: (await graph.boundingBox())!.width - 1, y: 60 } });
    await expect.poll(text).toMatch(/: iterative 10, event-loop 10$/);
    await window.page.mouse.move(0, 0);
  });

  it.each([
    ['Figures CSV', /\.csv$/, /^model,group,.*\r\niterative,In turn,10,10,/],
    ['Every request CSV', /-requests\.csv$/, /^model,group,request,.*(\r\n[^\r]+){40}\r\n$/],
    ['Picture SVG', /\.svg$/, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[\s\S]*<\/svg>\n$/],
    ['Picture PNG', /\.png$/, /^\x89PNG\r\n\x1a\n/],
  ])('saves %s', async (item, name, content) => {
    await button('Save').click();
    const [download] = await Promise.all([
      window.page.waitForEvent('download'),
      window.page.getByRole('menuitem', { name: item }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(name);
    expect((await readFile(await download.path())).toString('latin1')).toMatch(content);
  });

  it.each(['dark', 'light', 'contrast'])('is within reach, %s', async (theme) => {
    expect(await seriousWithin(window.page, 'body', theme)).toEqual([]);
  });

  it.each([
    [1440, 900],
    [1100, 720],
    [720, 450],
  ])('can be read at %d by %d', async (width, height) => {
    await window.page.setViewportSize({ width, height });
    await expect.poll(() => unreadable(window.page)).toEqual([]);
    await window.page.setViewportSize({ width: 1440, height: 900 });
  });

  it('stops in the middle when it is told to, by its key', async () => {
    await window.page.getByRole('button', { name: /^Slowloris/ }).click();
    await lab.getByLabel('iterative').uncheck();
    await lab.getByLabel('Time for a head').fill('30');
    await lab.getByLabel('Time for a head').press('Control+Enter');
    await expect.poll(status).toMatch(/^event-loop, 1 of 1: [1-9]/);
    await button('Stop').click();
    await expect.poll(status).toBe('Slowloris: 0 of 1 models done');
    await expect
      .poll(() => lab.getByRole('columnheader').first().innerText())
      .toContain('Stopped before its end');
  });

  it('shows its traffic, which was captured like any', async () => {
    await button('Show its traffic').click();
    await window.rows().first().waitFor();
    await expect.poll(() => window.serverRow().filter({ hasText: 'LOAD' }).count()).toBe(1);
  });

  it('has what was run last when the page is loaded again', async () => {
    await window.page.reload();
    await window.tab('Load');
    await expect.poll(() => lab.getByRole('columnheader').count()).toBe(1);
  });

  it('says what is wrong with a plan before it is run', async () => {
    await window.page.getByRole('button', { name: /^Large file/ }).click();
    await lab.getByLabel('Slow readers').fill('32');
    await lab.getByLabel('Size').fill('16');
    await expect.poll(status).toContain('at most 64 MiB');
    await expect.poll(() => button('Run').isDisabled()).toBe(true);
  });
});

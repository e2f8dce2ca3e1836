/** From the first start to the first lab that is done, as somebody goes who has never seen the window. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Download } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtInLabs } from '../../renderer/learn/labs.ts';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { Learner } from './lab-learner.ts';
import { seriousWithin } from './serious.ts';

const FIRST = builtInLabs()[0]!;
const EXAMPLE = join(import.meta.dirname, '../../server-core/notes/lab-example.json');

describe.skipIf(!BROWSER)('a newcomer', () => {
  let browser: Browser;
  let learner: Learner;
  beforeAll(async () => {
    browser = await launchBrowser();
    learner = await Learner.arrive(browser);
  });
  afterAll(async () => {
    const complaints = learner?.window.complaints ?? [];
    await learner?.leave();
    await browser?.close();
    expect(complaints).toEqual([]);
  });

  const button = (name: string | RegExp) => learner.window.page.getByRole('button', { name });
  const text = (name: RegExp) => learner.window.page.getByText(name);
  const save = async (name: string): Promise<Download> => {
    const [download] = await Promise.all([
      learner.window.page.waitForEvent('download'),
      button(name).click(),
    ]);
    return download;
  };
  const read = async (download: Download) => readFile(await download.path(), 'utf8');

  it('is shown where to begin', async () => {
    const { page } = learner.window;
    await expect.poll(() => page.locator('.lab-name.next').innerText()).toContain(FIRST.title);
    await expect.poll(() => page.locator('.lab-name').count()).toBe(builtInLabs().length);
    await page.locator('.lab-name.next').click();
    await expect.poll(() => page.locator('.step.in-hand').innerText()).toContain(FIRST.tasks[0]!.task);
    await button('Open the page').waitFor();
  });

  it('sees the first task ticked by opening the page', async () => {
    await learner.visit('/');
    await learner.ticked(FIRST.tasks[0]!);
    await expect
      .poll(() => learner.window.page.locator('.step.done .seen').first().innerText())
      .toMatch(/^\d\d:\d\d:\d\d, #\d+: GET \/\S* 200$/);
  });

  it('sends what Compose offers, and is told there that it was right', async () => {
    for (const _ of [1, 2]) await learner.get('/');
    await learner.ticked(FIRST.tasks[1]!);
    await button('Begin anew').click();
    await expect.poll(() => learner.done()).toBe('0 of 3');
    for (const _ of [1, 2]) await learner.get('/api/time', 'X-Number: 1');
    await button('Labs').click();
    await learner.window.page.locator('[data-lab="by-hand"]').click();
    await button('Open in Compose').click();
    await button(/^Send$/).click();
    await text(/^Lab, 1 of 3 done: Send the shortest request/).waitFor();
    await learner.window.tab('Learn');
    await expect.poll(() => learner.done()).toBe('1 of 3');
  });

  it('is told after a reload, too, where the lab was never looked at', async () => {
    await button('Begin anew').click();
    await learner.window.tab('Compose');
    await learner.window.page.reload();
    await button(/^Send$/).click();
    await text(/^Lab, 1 of 3 done: Send the shortest request/).waitFor();
    await learner.window.tab('Learn');
    await expect.poll(() => learner.done()).toBe('1 of 3');
  });

  it('finishes the first lab, reads what it shows, and goes on', async () => {
    await button('Labs').click();
    await learner.window.page.locator(`[data-lab="${FIRST.id}"]`).click();
    await learner.get('/');
    await learner.finished(FIRST);
    await text(/binds it to an address and a port/).waitFor();
    for (const theme of ['light', 'dark']) {
      expect(await seriousWithin(learner.window.page, '.labs', theme)).toEqual([]);
    }
    await button(/^Next: /).waitFor();
  });

  it('is led to what a task was done by', async () => {
    await learner.window.page.locator('.step.done .seen').last().click();
    const detail = learner.window.page.getByTestId('detail');
    await expect.poll(() => detail.innerText()).toMatch(/ on c\d+/);
    await learner.window.tab('Learn');
  });

  it('takes a worksheet and the answers along', async () => {
    await learner.window.page.locator('summary', { hasText: 'Questions' }).click();
    await learner.window.page.locator('.question textarea').first().fill('Two addresses and two ports');
    const sheet = await save('Worksheet');
    expect(sheet.suggestedFilename()).toBe(`${FIRST.id}-worksheet.html`);
    expect(await read(sheet)).toMatch(/<h2>Questions<\/h2>[\s\S]*Two addresses and two ports/);
    const answers = await save('Answers');
    expect(answers.suggestedFilename()).toBe(`${FIRST.id}-answers.json`);
    expect(JSON.parse(await read(answers))).toMatchObject({ lab: FIRST.id, done: 3, of: 3 });
  });

  it('finds it as it was after a reload', async () => {
    await learner.window.page.reload();
    await learner.window.tab('Learn');
    await expect.poll(() => learner.done()).toBe('3 of 3');
  });

  describe('and a teacher’s file', () => {
    const add = (name: string, content: string) =>
      learner.window.page
        .getByLabel('Lab file')
        .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) });

    it('is refused with the place of what is wrong', async () => {
      await button('Labs').click();
      const wrong = (await readFile(EXAMPLE, 'utf8')).replace('"hint"', '"hnit"');
      await add('wrong.json', wrong);
      await text(
        /^wrong\.json: Line 11, column \d+: tasks 1, hint is missing$|^wrong\.json: Line \d+, column \d+: tasks 1/,
      ).waitFor();
    });

    it('is opened, done like any other, and kept', async () => {
      await add('right.json', await readFile(EXAMPLE, 'utf8'));
      await expect.poll(() => learner.done()).toBe('0 of 3');
      await learner.get('/api/arrived?name=wire');
      await expect.poll(() => learner.done()).toBe('1 of 3');
      await learner.get('/api/arrived?name=two+words');
      await expect.poll(() => learner.done()).toBe('2 of 3');
      await learner.get('/api/arrived?name=wire');
      await expect.poll(() => learner.done()).toBe('3 of 3');
      await learner.window.page.reload();
      await learner.window.tab('Learn');
      await expect.poll(() => learner.done()).toBe('3 of 3');
    });

    it('is removed, and taken again when it is dropped on the window', async () => {
      await button('Remove this lab').click();
      const content = await readFile(EXAMPLE, 'utf8');
      await learner.window.page.evaluate((text) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([text], 'dropped.json', { type: 'application/json' }));
        window.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }));
      }, content);
      await text(/^dropped\.json: the lab is open in Learn/).waitFor();
      await expect.poll(() => learner.done()).toBe('0 of 3');
      await button('Remove this lab').click();
      await expect.poll(() => learner.window.page.locator('[data-lab="search-form"]').count()).toBe(0);
      for (const theme of ['light', 'dark']) {
        expect(await seriousWithin(learner.window.page, '.labs', theme)).toEqual([]);
      }
    });
  });
});

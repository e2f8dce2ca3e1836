import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { RawClient } from '../net/raw-client.ts';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { seriousWithin } from './serious.ts';
import { Window } from './window.ts';

const PATIENCE = { timeout: 15_000, interval: 50 };

let browser: Browser;
let folder: ReturnType<typeof makeFolder>;
let window: Window;

const machine = () => window.page.getByTestId('machine');
const position = () => machine().getAttribute('data-position').then(Number);
const slider = () => window.page.getByRole('slider', { name: 'Position' });
const state = () => window.page.getByTestId('state').innerText();
const rows = () => window.page.getByTestId('byte-row');
const button = (name: string | RegExp, exact = false) => window.page.getByRole('button', { name, exact });

async function step(target: string): Promise<void> {
  await window.tab('Traffic');
  await window.row(target).first().click();
  await button('Step through it').click();
  await machine().waitFor();
}

async function typed(specimen: string): Promise<void> {
  await button(/^(Type|Edit) bytes$/).click();
  await button(specimen).click();
  await button('Step through it').last().click();
}

describe.skipIf(!BROWSER)('learning', () => {
  beforeAll(async () => {
    folder = makeFolder({ 'index.html': '<!doctype html><title>Site</title>' });
    browser = await launchBrowser();
    window = await Window.open(browser, [folder.path]);
    const client = await RawClient.open(window.port);
    await client.send(
      `POST /notes HTTP/1.1\r\nHost: 127.0.0.1:${window.port}\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n`,
    );
    // What is shown was read, so that the rest comes as a read of its own.
    await vi.waitFor(async () => expect(await window.rows().count()).toBe(1), PATIENCE);
    await client.send('0\r\n\r\n');
    client.finish();
    await client.rest();
  });
  afterAll(async () => {
    const complaints = window?.complaints ?? [];
    await window?.close();
    await browser?.close();
    folder.remove();
    expect(complaints).toEqual([]);
  });

  describe('the parser time machine', () => {
    it('takes a captured request, in lines that say what they are', async () => {
      await step('/notes');
      await expect
        .poll(() => rows().allInnerTexts(), PATIENCE)
        .toContainEqual(expect.stringMatching(/chunk 1: 0x5 = 5 bytes/));
      await expect.poll(position, PATIENCE).toBe(0);
      await expect.poll(state, PATIENCE).toBe('idle');
    });

    it('steps by byte and by state, to both ends, by keyboard', async () => {
      await machine().getByRole('group', { name: 'Bytes of the message' }).focus();
      const { keyboard } = window.page;
      const stands = async () => [await position(), await state()];
      await keyboard.press('ArrowRight');
      await expect.poll(stands, PATIENCE).toEqual([1, 'method']);
      await keyboard.press('Shift+ArrowRight');
      await expect.poll(stands, PATIENCE).toEqual([5, 'target']);
      await keyboard.press('ArrowLeft');
      await expect.poll(stands, PATIENCE).toEqual([4, 'method']);
      await keyboard.press('End');
      await expect.poll(stands, PATIENCE).toEqual([Number(await slider().getAttribute('max')), 'idle']);
      await keyboard.press('Home');
      await expect.poll(position, PATIENCE).toBe(0);
    });

    it('scrubs, and the bytes read so far take the colours of their tokens', async () => {
      await slider().fill('5');
      const runs = rows().first().locator('[data-phase]');
      const kinds = () =>
        runs.evaluateAll((all) =>
          all
            .map((run) => `${(run as HTMLElement).dataset['phase']} ${(run as HTMLElement).dataset['kind']}`)
            .slice(0, 3),
        );
      await expect.poll(kinds, PATIENCE).toEqual(['read method', 'read sp', 'next unread']);
    });

    it('plays to a stop that was set, and on to the end', async () => {
      await button('To the start').click();
      await button('Stop at…').click();
      await window.page.getByRole('checkbox', { name: 'chunk-size', exact: true }).check();
      await window.page.keyboard.press('Escape');
      await window.page.getByLabel('Speed').selectOption('1000');
      await button('Play', true).click();
      await expect.poll(state, PATIENCE).toBe('chunk-size');
      await button('Play', true).waitFor();
      const first = await position();
      await button('Run to stop').click();
      await expect.poll(position, PATIENCE).toBeGreaterThan(first);
      await expect.poll(state, PATIENCE).toBe('chunk-size');
    });

    it('says where and why a byte is refused, and what a leniency makes of it', async () => {
      await typed('LF without CR');
      await button('To the end').click();
      const fault = window.page.getByTestId('parser-fault');
      await expect
        .poll(() => fault.innerText(), PATIENCE)
        .toMatch(/bare-lf[\s\S]*at 000e[\s\S]*RFC 9112 §2\.2/);
      await button('Run it so').click();
      await fault.waitFor({ state: 'detached' });
      await button('To the end').click();
      await expect.poll(position, PATIENCE).not.toBe(0);
      await expect.poll(state, PATIENCE).toBe('idle');
      const leniency = window.page.getByRole('checkbox', { name: 'Bare LF' });
      await expect.poll(() => leniency.isChecked(), PATIENCE).toBe(true);
    });

    it('goes on into frames after a handshake', async () => {
      await typed('A WebSocket handshake');
      await button('To the end').click();
      await expect.poll(state, PATIENCE).toBe('ws-opcode');
      await expect.poll(() => machine().innerText(), PATIENCE).toMatch(/text: "Hello"/);
    });

    it('what may come next is that of the state', async () => {
      await typed('The shortest request');
      await slider().fill('15');
      await expect.poll(state, PATIENCE).toBe('start-line-lf');
      await expect.poll(() => machine().innerText(), PATIENCE).toMatch(/1 of 256[\s\S]*LF\s+field-line/);
      await expect.poll(() => machine().innerText(), PATIENCE).toMatch(/all but LF\s+bare-cr, answered 400/);
    });

    it('takes what is chosen of the latest exchanges, and edits it', async () => {
      const choice = window.page.getByRole('combobox', { name: 'Exchange' });
      await expect.poll(() => choice.innerText(), PATIENCE).toMatch(/#1 POST \/notes 405/);
      await choice.selectOption('1');
      await expect.poll(() => machine().innerText(), PATIENCE).toMatch(/chunk 1: 0x5/);
      await button('Edit bytes').click();
      const editor = window.page.getByRole('textbox', { name: 'Bytes to step through' });
      await expect.poll(() => editor.inputValue(), PATIENCE).toContain('\n5\\r');
      await editor.fill((await editor.inputValue()).replace('\n5\\r', '\n6\\r'));
      await button('Step through it').last().click();
      await button('To the end').click();
      await expect
        .poll(() => window.page.getByTestId('parser-fault').innerText(), PATIENCE)
        .toMatch(/chunk-end-missing/);
      expect(await seriousWithin(window.page, '.learn', 'light')).toEqual([]);
    });

    it('reads responses too', async () => {
      await step('/notes');
      await button('Response').click();
      await button('To the end').click();
      await expect.poll(() => machine().innerText(), PATIENCE).toMatch(/405 Method Not Allowed/);
    });

    it.each(['light', 'dark'])('nothing serious for axe, %s', async (theme) => {
      expect(await seriousWithin(window.page, '.learn', theme)).toEqual([]);
    });
  });

  describe('the ladder', () => {
    it('draws the connection of a request from what the server saw', async () => {
      await window.tab('Traffic');
      await window.row('/notes').first().click();
      await window.tab('Connection');
      await button('Draw it as a ladder').click();
      const ladder = window.page.getByRole('group', { name: 'Ladder of the connection' });
      const words = () => ladder.locator('text').allTextContents();
      await expect
        .poll(words, PATIENCE)
        .toEqual(expect.arrayContaining(['accepted', 'POST /notes', 'answer 405']));
      await expect.poll(() => ladder.locator('.arrow.in').count(), PATIENCE).toBeGreaterThanOrEqual(2);
      await expect.poll(() => window.page.getByText('[the client is not ours').count(), PATIENCE).toBe(1);
    });

    it('is saved as a drawing of its own', async () => {
      const [download] = await Promise.all([
        window.page.waitForEvent('download'),
        button('Save as SVG').click(),
      ]);
      expect(download.suggestedFilename()).toMatch(/^connection-\d+\.svg$/);
      const stream = await download.createReadStream();
      let text = '';
      for await (const chunk of stream) text += String(chunk);
      expect(text).toMatch(/^<svg[\s\S]*POST \/notes[\s\S]*<\/svg>$/);
      expect(text).not.toMatch(/class=|var\(/);
    });
  });

  describe('the fault bench', () => {
    const row = () => window.serverRow().first().innerText();

    it('makes a server answer wrongly, and says so as long as it does', async () => {
      await button('Fault bench').click();
      await button('Every third fails').click();
      await window.page.getByLabel('503, one request in').fill('1');
      await button('Switch on').click();
      await expect
        .poll(() => window.page.getByRole('status').allInnerTexts(), PATIENCE)
        .toContain('Faults are on');
      expect((await fetch(`${window.url}?fault`, { headers: { Connection: 'close' } })).status).toBe(503);
      await window.tab('Traffic');
      await expect.poll(row, PATIENCE).toMatch(/FAULTS/);
      await window.row('/?fault').click();
      await window.tab('Why');
      const why = () => window.page.getByRole('tabpanel').innerText();
      await expect.poll(why, PATIENCE).toMatch(/On purpose: every 1\. request is answered 503/);
    });

    it('is switched off again', async () => {
      await window.tab('Learn');
      await button('Switch off').click();
      await expect
        .poll(() => window.page.getByRole('status').allInnerTexts(), PATIENCE)
        .toContain('No faults');
      expect((await fetch(`${window.url}?after`, { headers: { Connection: 'close' } })).status).toBe(200);
      expect(await seriousWithin(window.page, '.learn', 'light')).toEqual([]);
    });
  });
});

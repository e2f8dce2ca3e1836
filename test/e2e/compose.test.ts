import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { seriousWithin } from './serious.ts';
import { Window } from './window.ts';

const PATIENCE = { interval: 50 };

let browser: Browser;
let folder: ReturnType<typeof makeFolder>;
let window: Window;

const button = (name: string | RegExp, exact = false) => window.page.getByRole('button', { name, exact });
const editor = () => window.page.getByRole('textbox', { name: 'Bytes to send' });
const answer = () => window.page.getByRole('region', { name: 'Answer' }).innerText();
const says = (words: RegExp) => expect.poll(answer, PATIENCE).toMatch(words);

async function send(): Promise<void> {
  await button('Send', true).click();
  await button('Send', true).waitFor();
}

describe.skipIf(!BROWSER)('composing', () => {
  beforeAll(async () => {
    folder = makeFolder({ 'index.html': '<!doctype html><title>Site</title>', 'a.txt': 'A file' });
    browser = await launchBrowser();
    window = await Window.open(browser, [folder.path]);
    await window.tab('Compose');
  });
  afterAll(async () => {
    const complaints = window?.complaints ?? [];
    await window?.close();
    await browser?.close();
    folder.remove();
    expect(complaints).toEqual([]);
  });

  it('sends what stands in the editor, and shows the answer byte for byte', async () => {
    await expect
      .poll(() => editor().inputValue(), PATIENCE)
      .toContain(`Host: 127.0.0.1:${window.port}\\r\\n`);
    await send();
    await says(/connected[\s\S]*wrote \d+ B[\s\S]*read[\s\S]*200 OK[\s\S]*<title>Site<\/title>/);
  });

  it('what was sent is traffic like any other', async () => {
    await button('Show in Traffic').click();
    await window.page.getByTestId('detail').waitFor();
    await expect.poll(() => window.rows().count(), PATIENCE).toBe(1);
    await window.tab('Compose');
  });

  it('Enter types CRLF, Shift Enter LF alone, and Ctrl Enter sends', async () => {
    await editor().fill('');
    await editor().focus();
    const { keyboard } = window.page;
    await keyboard.type('GET /typed HTTP/1.1');
    await keyboard.press('Enter');
    await keyboard.type('Host: a');
    await keyboard.press('Shift+Enter');
    await expect.poll(() => editor().inputValue(), PATIENCE).toBe('GET /typed HTTP/1.1\\r\\n\nHost: a\\n\n');
    await keyboard.press('Control+Enter');
    await says(/400 Bad Request[\s\S]*bare-lf/);
  });

  it('hex is the same bytes, and what is no hex is said', async () => {
    await editor().fill('GET /\\r\\n');
    await button('Hex', true).click();
    await expect.poll(() => editor().inputValue(), PATIENCE).toBe('47 45 54 20 2f 0d 0a');
    await editor().fill('47 4');
    await expect
      .poll(() => window.page.getByRole('status').allInnerTexts(), PATIENCE)
      .toContainEqual(expect.stringMatching(/not hex/));
    await expect.poll(() => button('Send', true).isDisabled(), PATIENCE).toBe(true);
    await editor().fill('47 45 54 20 2f 0d 0a');
    await button('Text', true).click();
    await expect.poll(() => editor().inputValue(), PATIENCE).toBe('GET /\\r\\n\n');
  });

  it('a bad request of the gallery is sent as it is, with what to watch for', async () => {
    await button('Content-Length and chunked').click();
    await expect
      .poll(() => window.page.getByTestId('specimen').innerText(), PATIENCE)
      .toMatch(/smuggled[\s\S]*RFC 9112 §6\.3/);
    await send();
    await says(/400 Bad Request/);
  });

  it('goes out in pieces, and on several connections', async () => {
    await button('The shortest request').click();
    await window.page.getByLabel('Writes').selectOption('lines');
    await window.page.getByLabel('Pause, ms').fill('20');
    await window.page.getByLabel('Connections').fill('3');
    await send();
    await says(/(wrote[\s\S]*){3}200 OK/);
    const connections = window.page.getByRole('group', { name: 'Connection' }).getByRole('button');
    await expect.poll(() => connections.count(), PATIENCE).toBe(3);
    await connections.nth(2).click();
    await says(/200 OK/);
  });

  it('its ladder has both ends', async () => {
    await button('Ladder').click();
    const ladder = window.page.getByRole('group', { name: 'Ladder of the connection' });
    const words = () => ladder.locator('text').allTextContents();
    await expect
      .poll(words, PATIENCE)
      .toEqual(expect.arrayContaining(['connected', 'accepted', 'GET /', 'answer 200']));
    await expect.poll(() => ladder.locator('.arrow.in').count(), PATIENCE).toBe(3);
    await expect.poll(() => ladder.locator('.guessed').count(), PATIENCE).toBe(0);
  });

  it('a captured request is taken, changed and sent again', async () => {
    await (await fetch(`${window.url}a.txt`, { headers: { 'X-Mark': 'before' } })).text();
    await window.tab('Traffic');
    await window.row('/a.txt').first().click();
    await button('Edit and resend').click();
    await expect.poll(() => editor().inputValue(), PATIENCE).toContain('before');
    await editor().fill((await editor().inputValue()).replace('before', 'after'));
    await send();
    await says(/200 OK[\s\S]*A·file/);
    await window.tab('Traffic');
    await expect.poll(() => window.row('/a.txt').count(), PATIENCE).toBe(2);
    await window.tab('Compose');
  });

  it('what was sent is kept across a reload, and can be forgotten', async () => {
    await window.page.reload();
    await window.tab('Compose');
    await button('Sent before').click();
    await button(/^GET \/a\.txt HTTP\/1\.1/)
      .first()
      .click();
    await expect.poll(() => editor().inputValue(), PATIENCE).toContain('after');
    await button('Forget them').click();
    await expect.poll(() => window.page.getByText('kept here').count(), PATIENCE).toBe(1);
  });

  it.each(['light', 'dark'])('nothing serious for axe, %s', async (theme) => {
    await button('Gallery', true).click();
    expect(await seriousWithin(window.page, '.compose', theme)).toEqual([]);
  });
});

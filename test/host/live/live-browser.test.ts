import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { makeFolder } from '../../support/folder.ts';
import { Program } from '../../support/program.ts';

const PIXEL = (colour: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><path fill="${colour}" d="M0 0h8v8H0z"/></svg>`;

const FILES = {
  'index.html':
    '<!doctype html><html><head><link rel="stylesheet" href="css/a.css"></head><body><h1>One</h1>' +
    '<img src="pixel.svg" alt=""><script>"</body>"</script></body></html>',
  'fragment.html': '<h1>Fragment</h1>',
  'open.html': '<h1>Open</h1><script>let a = "',
  'frames.html': '<html><frameset cols="*"><frame src="fragment.html"></frameset></html>',
  'gallery.html':
    '<link rel="stylesheet" href="css/a.css"><h1>Around</h1>' +
    '<iframe src="framed.html"></iframe>'.repeat(8),
  'framed.html': '<link rel="stylesheet" href="css/a.css"><h1>Framed</h1>',
  'strict.html': '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'"><h1>Strict</h1>',
  'css/a.css': '@import "b.css"; h1 { color: rgb(1, 0, 0) }',
  'css/b.css': 'h1 { margin: 1px }',
  'pixel.svg': PIXEL('red'),
};

let browser: Browser;
let folder: ReturnType<typeof makeFolder>;
let program: Program;
let page: Page;
let url: string;
const complaints: string[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  folder = makeFolder(FILES);
  program = new Program([folder.path, '--port', '0', '--no-ui', '--live']);
  url = await program.find(/^listening (http:\S+)$/m);
  page = await browser.newPage();
  page.on('console', (message) => complaints.push(message.text()));
});
afterEach(async () => {
  await page.close();
  await program.stop();
  folder.remove();
  complaints.length = 0;
});

/** A mark that only lives as long as the document does. */
const visit = async (path: string) => {
  const listening = page.waitForResponse((response) => response.url().includes('/.wirescope/live?'));
  await page.goto(url + path);
  await listening;
  await page.evaluate(() => Object.assign(window, { mark: true }));
};
const isSameDocument = () => page.evaluate(() => 'mark' in window);
const colour = () => page.evaluate(() => getComputedStyle(document.querySelector('h1')!).color);

/** Writes until it is noticed: watching begins a moment after the server listens. */
async function save(name: string, content: string, seen: () => Promise<boolean>): Promise<void> {
  let written = 0;
  await expect
    .poll(async () => {
      if (performance.now() - written > 1000) {
        writeFileSync(join(folder.path, name), content);
        written = performance.now();
      }
      // The document may be on its way out.
      return seen().catch(() => false);
    })
    .toBe(true);
}

describe('a page that is open in a browser', () => {
  it('gets a new style without being loaded again', async () => {
    await visit('');
    expect(await colour()).toBe('rgb(1, 0, 0)');
    await save('css/a.css', 'h1 { color: rgb(2, 0, 0) }', async () => (await colour()) === 'rgb(2, 0, 0)');
    expect(await isSameDocument()).toBe(true);
    await expect.poll(() => page.locator('link').count()).toBe(1);
  });

  it('gets a new picture without being loaded again', async () => {
    await visit('');
    const swapped = () => page.evaluate(() => document.querySelector('img')!.src.includes('?wirescope='));
    await save('pixel.svg', PIXEL('blue'), swapped);
    await expect.poll(() => page.evaluate(() => document.querySelector('img')!.complete)).toBe(true);
    expect(await isSameDocument()).toBe(true);
  });

  it('is loaded again when a style that it imports changes', async () => {
    await visit('');
    await save('css/b.css', 'h1 { margin: 2px }', async () => !(await isSameDocument()));
  });

  it.each([
    ['', 'index.html'],
    ['fragment.html', 'fragment.html'],
    ['open.html', 'open.html'],
    ['frames.html', 'fragment.html'],
  ])('/%s is loaded again when its text changes', async (path, file) => {
    await visit(path);
    await save(file, '<h1>Two</h1>', async () => !(await isSameDocument()));
    const [frame] = page.frames().slice(-1);
    expect(await frame!.locator('h1').innerText()).toBe('Two');
  });

  it('with more frames than a browser opens connections is loaded, and all of them hear of a change', async () => {
    await visit('gallery.html');
    const frames = () => page.frames().slice(1);
    expect(frames()).toHaveLength(8);
    const colours = () =>
      Promise.all(
        frames().map((frame) => frame.evaluate(() => getComputedStyle(document.querySelector('h1')!).color)),
      );
    await save('css/a.css', 'h1 { color: rgb(2, 0, 0) }', async () =>
      (await colours()).every((colour) => colour === 'rgb(2, 0, 0)'),
    );
    expect(await isSameDocument()).toBe(true);
  });

  it('that was missing appears when its file is made', async () => {
    await visit('later.html');
    await save('later.html', '<h1>Here</h1>', async () => (await page.locator('h1').innerText()) === 'Here');
  });

  it('says in its console when its own policy forbids it', async () => {
    await page.goto(`${url}strict.html`);
    await expect
      .poll(() => complaints.join('\n'))
      .toMatch(/Wirescope: the Content-Security-Policy of this page forbids/);
  });

  it('shows what a module of routes fails with, until that is put right', async () => {
    await program.stop();
    const routes = join(folder.path, 'routes.mjs');
    writeFileSync(routes, 'export default [1, 2 3];');
    program = new Program([folder.path, '--port', '0', '--no-ui', '--live', '--routes', routes]);
    url = await program.find(/^listening (http:\S+)$/m);
    await visit('api');
    expect(await page.locator('h1').innerText()).toMatch(/^500\s+routes\.mjs failed$/);
    expect(await page.locator('.here').innerText()).toMatch(/^1\s+export default \[1, 2 3\];$/);
    const right = `export default ({ htmlResponse }) => () => htmlResponse('<h1>Right</h1>');`;
    await save('routes.mjs', right, async () => (await page.locator('h1').innerText()) === 'Right');
    const wrong = `export default ({ htmlResponse }) => (request) => nope;`;
    await save('routes.mjs', wrong, async () =>
      (await page.locator('.what').innerText()).includes('nope is not defined'),
    );
  });

  it('comes back after the server was started again', async () => {
    await visit('');
    await program.stop();
    writeFileSync(join(folder.path, 'index.html'), '<h1>After</h1>');
    program = new Program([folder.path, '--port', new URL(url).port, '--no-ui', '--live']);
    await program.find(/^listening/m);
    await expect
      .poll(() =>
        page
          .locator('h1')
          .innerText()
          .catch(() => ''),
      )
      .toBe('After');
  });
});

/**
 * Pictures of the window with real traffic: every view and what opens in it, in each theme and size.
 *
 *   npm run pictures -- [scene…] [--theme dark] [--size 1440x900]     into out/pictures
 *   npm run pictures -- [scene…] --readme                             those of the README, into build/pictures
 *
 * Themes are those of the window, and `forced`: colours that the system forces on pages.
 */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { Window } from '../e2e/window.ts';
import { launchBrowser } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { SCENES, type Scene } from './scenes.ts';
import { LARGE, makeLoad, makeTraffic, ROUTES, runLab } from './traffic.ts';

const TOP = join(import.meta.dirname, '..', '..');
const OUT = join(TOP, 'out', 'pictures');
const README = join(TOP, 'build', 'pictures');
/** As sharp as the lettering needs, at half the size of a PNG. */
const WEBP = { format: 'webp', quality: 90 } as const;
/** Until the answers of the worker are painted. */
const SETTLED_MS = 400;
const PATIENCE_MS = 20_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    theme: { type: 'string', multiple: true, default: ['dark', 'light'] },
    size: { type: 'string', multiple: true, default: ['1440x900', '1100x720'] },
    readme: { type: 'boolean', default: false },
  },
});
const chosen = SCENES.filter(
  ({ name, readme }) =>
    (positionals.length === 0 || positionals.includes(name)) && (!values.readme || readme),
);
const unknown = positionals.filter((name) => SCENES.every((scene) => scene.name !== name));
if (unknown.length > 0) throw new Error(`There is no scene ${unknown.join(', ')}`);

const folder = makeFolder({ 'routes.mjs': ROUTES });
const site = join(folder.path, 'www');
cpSync(join(TOP, 'www'), site, { recursive: true });
writeFileSync(join(site, 'video.bin'), Buffer.alloc(LARGE, 'frame'));
const browser = await launchBrowser();
const open = (...options: readonly string[]) =>
  Window.open(browser, [site, '--routes', join(folder.path, 'routes.mjs'), ...options], {
    WIRESCOPE_HOME: join(folder.path, 'home'),
  });
const busy = await open();
const quiet = await open();
/** Made when the first picture asks for them, so that what they show is fresh. */
const made: Partial<Record<'loaded' | 'lab', Promise<Window>>> = {};
try {
  const going = await makeTraffic(browser, busy);
  if (values.readme) await takeAll('dark', '1440x900', README);
  else {
    for (const theme of values.theme)
      for (const size of values.size) await takeAll(theme, size, join(OUT, `${theme}-${size}`));
  }
  going.close();
} finally {
  const windows = await Promise.all([busy, quiet, made.loaded, made.lab]);
  await Promise.all(windows.map((window) => window?.close()));
  await browser.close();
  folder.remove();
}

async function takeAll(theme: string, size: string, into: string): Promise<void> {
  const [width = 0, height = 0] = size.split('x').map(Number);
  mkdirSync(into, { recursive: true });
  for (const scene of chosen) {
    const context = await browser.newContext({
      viewport: { width, height },
      reducedMotion: 'reduce',
      forcedColors: theme === 'forced' ? 'active' : 'none',
    });
    await context.addInitScript((name) => localStorage.setItem('wirescope.theme', name), theme);
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    try {
      await showOn(page, scene);
    } catch (error) {
      process.exitCode = 1;
      console.error(`${scene.name}, ${theme} ${size}: ${error instanceof Error ? error.message : error}`);
    }
    await page.waitForTimeout(SETTLED_MS);
    await save(page, join(into, scene.name));
    await context.close();
  }
}

async function showOn(page: Page, { on = 'busy', show }: Scene): Promise<void> {
  const window = await windowOf(on);
  await page.goto(window.address);
  await page
    .getByTestId(on === 'quiet' || on === 'ended' ? 'server-row' : 'row')
    .first()
    .waitFor();
  if (on === 'ended') await window.close();
  await show(page);
}

function windowOf(on: NonNullable<Scene['on']>): Window | Promise<Window> {
  switch (on) {
    case 'busy':
      return busy;
    case 'quiet':
      return quiet;
    case 'ended':
      return open();
    case 'loaded':
      made.loaded ??= open('--workers', '3').then(after(makeLoad));
      return made.loaded;
    case 'lab':
      made.lab ??= open().then(after(runLab));
      return made.lab;
  }
}

function after(act: (window: Window) => Promise<void>) {
  return async (window: Window) => {
    await act(window);
    return window;
  };
}

async function save(page: Page, file: string): Promise<void> {
  if (!values.readme) return void (await page.screenshot({ path: `${file}.png` }));
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', WEBP);
  writeFileSync(`${file}.webp`, Buffer.from(data, 'base64'));
}

/** What the desktop remembers from one start to the next, and tells the system of what it serves. */
import { mkdirSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findBrowser } from '../../build/find-browser.ts';
import { OUT } from '../../build/project.ts';
import { makeFolder } from '../support/folder.ts';
import { BUILD_MS, buildStale } from './build-stale.ts';
import { type DoubleApp, launchDouble } from './double/launch.ts';

/** For several starts of the app on a busy machine. */
const STARTS_MS = 120_000;

describe.skipIf(!findBrowser())('the desktop', () => {
  let folder: ReturnType<typeof makeFolder>;
  let app: DoubleApp | undefined;
  beforeAll(buildStale, BUILD_MS);
  beforeEach(() => {
    folder = makeFolder({ 'one/index.html': 'one', 'two/index.html': 'two' });
  });
  afterEach(async () => {
    await app?.close();
    app = undefined;
    folder.remove();
  });

  async function launch(...args: string[]): Promise<Page> {
    app = await launchDouble({
      main: join(OUT, 'main', 'main.mjs'),
      args: [`--user-data-dir=${join(folder.path, 'user')}`, ...args],
    });
    return app.firstWindow();
  }
  const rowOf = (page: Page, name: string) =>
    page
      .getByTestId('server-row')
      .filter({ has: page.getByRole('switch', { name: `Serve ${name}`, exact: true }) });
  const addressOf = (page: Page, name: string) =>
    // While it starts, a row has no port yet.
    rowOf(page, name)
      .and(page.locator(':not([data-status=starting])'))
      .getByTitle('Copy http')
      .getAttribute('title');

  it(
    'has its servers again, with their ports and settings, those that are off as well',
    async () => {
      let page = await launch(join(folder.path, 'one'), '--port', '0');
      await app?.evaluate(
        ({ app: main }, path) => {
          main.emit('second-instance', {}, [], '/', { paths: [path], args: ['--port=0'] });
        },
        join(folder.path, 'two'),
      );
      await rowOf(page, 'two').getByTitle('Settings').click();
      await page.getByRole('switch', { name: 'CORS' }).click();
      await page.getByRole('button', { name: 'Apply' }).click();
      await page.getByText('Remembered for the next start.').waitFor();
      await page.getByRole('button', { name: 'Close' }).click();
      await page.getByRole('switch', { name: 'Serve one' }).click();
      await page.locator('[data-testid=server-row][data-status=stopped]').waitFor();
      const addresses = [await addressOf(page, 'one'), await addressOf(page, 'two')];
      expect(await app?.close()).toBe(0);

      page = await launch();
      await rowOf(page, 'two').getByText('CORS', { exact: true }).waitFor();
      await expect
        .poll(async () => [await addressOf(page, 'one'), await addressOf(page, 'two')])
        .toEqual(addresses);
      await expect
        .poll(() => page.getByRole('switch', { name: 'Serve one' }).getAttribute('aria-checked'))
        .toBe('false');
      const url = (addresses[1] as string).slice('Copy '.length);
      // A row may be there before its server listens.
      await expect.poll(() => fetch(url).then((answer) => answer.text(), String)).toBe('two');
    },
    STARTS_MS,
  );

  it(
    'understands what an older version remembered, which had fewer settings',
    async () => {
      const switches = {
        ...{ port: 0, lan: false, https: false, live: false, spa: true, cleanUrls: false, listing: true },
        ...{ dotfiles: false, compress: true, cors: false, isolate: false, cache: '60', model: 'event-loop' },
      };
      mkdirSync(join(folder.path, 'user'));
      writeFileSync(
        join(folder.path, 'user', 'settings.json'),
        JSON.stringify({
          servers: [{ what: realpathSync(join(folder.path, 'one')), switches, serves: true }],
        }),
      );
      const page = await launch();
      await rowOf(page, 'one').getByText('SPA', { exact: true }).waitFor();
      const url = ((await addressOf(page, 'one')) as string).slice('Copy '.length);
      await expect
        .poll(() => fetch(url).then(({ headers }) => headers.get('cache-control'), String))
        .toBe('max-age=60');
    },
    STARTS_MS,
  );

  it(
    'waits for a folder that is gone, and lets options win over what was remembered',
    async () => {
      let page = await launch(join(folder.path, 'one'), '--port', '0', '--spa');
      await rowOf(page, 'one').getByText('SPA', { exact: true }).waitFor();
      await app?.close();
      renameSync(join(folder.path, 'one'), join(folder.path, 'away'));

      page = await launch();
      await page.locator('[data-testid=server-row][data-status=folder-gone]').waitFor();
      mkdirSync(join(folder.path, 'one'));
      await page.locator('[data-testid=server-row][data-status=running]').waitFor();
      await app?.close();

      page = await launch(join(folder.path, 'one'), '--port', '0', '--cors');
      await rowOf(page, 'one').getByText('CORS', { exact: true }).waitFor();
      await expect.poll(() => rowOf(page, 'one').locator('.tag').allInnerTexts()).toEqual(['CORS']);
    },
    STARTS_MS,
  );

  it(
    'has a server again with its password, which only the user can read',
    async () => {
      let page = await launch(join(folder.path, 'one'), '--port', '0', '--auth', 'ann:secret');
      await rowOf(page, 'one').getByText('AUTH', { exact: true }).waitFor();
      await app?.close();
      expect(statSync(join(folder.path, 'user', 'settings.json')).mode & 0o777).toBe(0o600);
      page = await launch();
      const url = ((await addressOf(page, 'one')) as string).slice('Copy '.length);
      await expect.poll(async () => (await fetch(url).catch(() => undefined))?.status).toBe(401);
    },
    STARTS_MS,
  );

  it('lists what is served behind its mark beside the clock, and tells of what stops', async () => {
    // A menu takes an ampersand for the sign of a key, unless there are two.
    renameSync(join(folder.path, 'one'), join(folder.path, 'R&D'));
    const page = await launch(join(folder.path, 'R&D'), '--port', '0');
    const url = ((await addressOf(page, 'R&D')) as string).slice('Copy '.length);
    const items = () =>
      app?.evaluate(
        (_electron, _arg, { trayMenu }) => trayMenu.current?.items.map(({ label }) => label),
        undefined,
      );
    await expect.poll(items).toEqual([`R&&D  ${url}`, '', 'Show Wirescope', 'Quit']);
    await app?.evaluate((_electron, _arg, { trayMenu }) => trayMenu.current?.items[0]?.click(), undefined);
    renameSync(join(folder.path, 'R&D'), join(folder.path, 'away'));
    const recorded = (name: string) =>
      app?.evaluate((_electron, wanted, inside) => inside.recorded.filter(([what]) => what === wanted), name);
    await expect
      .poll(() => recorded('notification'))
      .toEqual([['notification', 'R&D', expect.stringContaining('The folder is named away now')]]);
    await expect.poll(() => recorded('open-external')).toEqual([['open-external', url]]);
    await expect.poll(items).toContain('R&&D  (folder gone)');
  });

  it('keeps the place of its window, and the ground of the system’s theme', async () => {
    await launch('--port', '0');
    const found = await app?.evaluate(({ nativeTheme }, _arg, { recorded }) => {
      const [, options] = recorded.find(([what]) => what === 'window') as [string, Record<string, unknown>];
      Object.assign(nativeTheme, { shouldUseDarkColors: false });
      nativeTheme.emit('updated');
      return [options.windowStatePersistence, options.backgroundColor, recorded.at(-1)];
    }, undefined);
    expect(found).toEqual([true, '#161819', ['background', '#f0f0ec']]);
  });

  it('opens its logs, and says its versions', async () => {
    await launch('--port', '0');
    await app?.evaluate(
      ({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('open-logs')?.click(),
      undefined,
    );
    const found = () =>
      app?.evaluate(
        (_electron, _arg, { recorded }) =>
          recorded.filter(([what]) => what === 'open-path' || what === 'about').map(([, detail]) => detail),
        undefined,
      );
    await expect.poll(found).toEqual([
      expect.objectContaining({
        applicationName: 'Wirescope',
        copyright: expect.stringContaining('Chromium'),
      }),
      join(folder.path, 'user', 'logs'),
    ]);
  });
});

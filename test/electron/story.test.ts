/** A day with the desktop, over the built bundles: what is dropped, switched, quit, killed and crashed, and is there again. */
import { writeFileSync } from 'node:fs';
import { get as secureGet } from 'node:https';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findBrowser } from '../../build/find-browser.ts';
import { OUT } from '../../build/project.ts';
import { makeFolder } from '../support/folder.ts';
import { ANSWERED, ASKED, handshaken, pcap } from '../support/packets.ts';
import { BUILD_MS, buildStale } from './build-stale.ts';
import { type DoubleApp, launchDouble } from './double/launch.ts';
import { dropOn } from './drop-on.ts';

/** For several starts of the app on a busy machine. */
const STARTS_MS = 120_000;

describe.skipIf(!findBrowser())('the desktop', () => {
  let folder: ReturnType<typeof makeFolder>;
  let app: DoubleApp | undefined;
  let page: Page;
  beforeAll(buildStale, BUILD_MS);
  beforeEach(() => {
    folder = makeFolder({ 'one/index.html': 'one', 'two/index.html': 'two' });
  });
  afterEach(async () => {
    await app?.close();
    app = undefined;
    folder.remove();
  });

  async function launch(...args: string[]): Promise<void> {
    app = await launchDouble({
      main: join(OUT, 'main', 'main.mjs'),
      args: [`--user-data-dir=${join(folder.path, 'user')}`, ...args],
      env: { WIRESCOPE_HOME: join(folder.path, 'home') },
    });
    page = await app.firstWindow();
    // Before that nobody takes what is dropped.
    await page.getByText('Drop a folder anywhere').waitFor();
  }
  const rowOf = (name: string) =>
    page
      .getByTestId('server-row')
      .filter({ has: page.getByRole('switch', { name: `Serve ${name}`, exact: true }) });
  const urlOf = async (name: string) =>
    // While it starts, a row has no port yet.
    (
      (await rowOf(name)
        .and(page.locator(':not([data-status=starting])'))
        .getByTitle('Copy http')
        .getAttribute('title')) as string
    ).slice('Copy '.length);
  /** Again where the page was not ready to take it: a folder that is served already stays one server. */
  const drop = (name: string) =>
    expect
      .poll(
        async () => {
          await app?.announcePaths([join(folder.path, name)]);
          await dropOn(page, join(folder.path, name));
          return rowOf(name)
            .waitFor({ timeout: 5000 })
            .then(
              () => 'served',
              () => 'not yet',
            );
        },
        { timeout: 30_000 },
      )
      .toBe('served');
  const clickMenu = (id: string) =>
    app?.evaluate(({ Menu }, wanted) => Menu.getApplicationMenu()?.getMenuItemById(wanted)?.click(), id);
  const recorded = (what: string) =>
    app?.evaluate((_electron, wanted, inside) => inside.recorded.filter(([name]) => name === wanted), what);
  const recents = () =>
    app?.evaluate(
      ({ Menu }) =>
        Menu.getApplicationMenu()
          ?.getMenuItemById('recent')
          ?.submenu?.items.map(({ label }) => label),
      undefined,
    );
  const pid = () => app?.evaluate(({ app: main }) => main.getAppMetrics()[0]?.pid ?? 0, undefined) ?? 0;

  it(
    'serves two folders that are dropped, one by HTTPS and another model, and has both again after a restart and a kill',
    async () => {
      await launch('--port', '0');
      await drop('one');
      await drop('two');
      await rowOf('two').getByTitle('Settings').click();
      await page.getByRole('switch', { name: 'HTTPS' }).click();
      await page.getByLabel('Model').selectOption('prefork');
      await page.getByLabel('Workers').fill('1');
      await page.getByLabel('Headers').fill('X-Kept: yes');
      await page.getByRole('button', { name: 'Apply' }).click();
      await page.getByText('Remembered for the next start.').waitFor();
      await page.getByRole('button', { name: 'Close' }).click();
      await expect.poll(() => urlOf('two')).toMatch(/^https:/);
      const urls = [await urlOf('one'), await urlOf('two')] as const;
      await expect.poll(() => fetchedSecurely(urls[1]).catch(String)).toBe('yes two');
      expect(await app?.close()).toBe(0);

      await launch();
      await rowOf('two').getByText('TLS', { exact: true }).waitFor();
      await expect.poll(async () => [await urlOf('one'), await urlOf('two')]).toEqual(urls);
      // A row may be there before its server listens.
      await expect.poll(() => fetchedSecurely(urls[1]).catch(() => '')).toBe('yes two');
      await expect.poll(() => fetch(urls[0]).then((answer) => answer.text(), String)).toBe('one');
      await expect.poll(() => rowOf('two').locator('.model').innerText()).toContain('prefork');

      const killed = await pid();
      // It is said for a moment, unless a pointer is on it.
      const told = page
        .getByText(/^The server process ended \(exit code \d+\) and was started again$/)
        .hover();
      process.kill(killed, 'SIGKILL');
      await told;
      await page.getByRole('button', { name: 'Copy a report' }).click();
      await expect.poll(() => recorded('clipboard')).toHaveLength(1);
      const [[, report]] = (await recorded('clipboard')) as [[string, string]];
      expect(report).toMatch(
        /^Wirescope \d+\.\d+\.\d+, not packaged\nElectron .*, Chromium .*, Node .*, V8 /,
      );
      expect(report).toContain('The server process ended');
      await expect.poll(() => fetchedSecurely(urls[1]).catch(() => '')).toBe('yes two');
      await expect
        .poll(() =>
          fetch(urls[0]).then(
            (answer) => answer.text(),
            () => '',
          ),
        )
        .toBe('one');
    },
    STARTS_MS,
  );

  it(
    'serves all folders that are given or chosen, and has them in the list of recent ones',
    async () => {
      const [one, two] = ['one', 'two'].map((name) => join(folder.path, name)) as [string, string];
      await launch(one, two, '--port', '0');
      await rowOf('one').waitFor();
      await rowOf('two').waitFor();
      await expect.poll(recents).toEqual([two, one, '', 'Forget These']);
      await rowOf('one').getByRole('switch').click();
      await rowOf('one').getByTitle('Remove from the list').click();
      await rowOf('one').waitFor({ state: 'detached' });
      await app?.evaluate(
        ({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('recent')?.submenu?.items[1]?.click(),
        undefined,
      );
      await rowOf('one').waitFor();
      await app?.close();
      await launch();
      await rowOf('one').waitFor();
      await expect.poll(recents).toContain(one);
      await clickMenu('forget-recents');
      await expect.poll(recents).toEqual(['Nothing yet']);
    },
    STARTS_MS,
  );

  it('opens captures of other programs that the system hands over', async () => {
    await launch('--port', '0');
    const entry = {
      ...{ startedDateTime: '2024-01-02T03:04:05Z', time: 1 },
      request: { method: 'GET', url: 'http://a/from-a-browser', headers: [] },
      response: { status: 204, headers: [] },
    };
    writeFileSync(join(folder.path, 'theirs.har'), JSON.stringify({ log: { entries: [entry] } }));
    writeFileSync(join(folder.path, 'theirs.pcap'), pcap(handshaken([{ in: ASKED }, { out: ANSWERED }])));
    for (const [name, target] of [
      ['theirs.har', '/from-a-browser'],
      ['theirs.pcap', '/x'],
    ] as const) {
      const kept = await app?.evaluate(
        ({ app: main, BrowserWindow }, path) => {
          const did: string[] = [];
          BrowserWindow.getAllWindows()[0]?.once('focus', () => did.push('focus'));
          main.emit('open-file', { preventDefault: () => did.push('prevented') }, path);
          return did;
        },
        join(folder.path, name),
      );
      expect(kept).toEqual(['prevented', 'focus']);
      await page.getByTestId('capture-strip').getByText(name).waitFor();
      await page
        .getByTestId('row')
        .filter({ has: page.getByTitle(target) })
        .waitFor();
    }
    await expect.poll(() => page.getByTestId('capture-row').count()).toBe(2);
  });

  it('asks before it serves the whole disk, and takes no for an answer', async () => {
    await launch('--port', '0');
    const answered = (response: number) =>
      app?.evaluate(({ app: main, dialog }, chosen) => {
        const { promise, resolve } = Promise.withResolvers<unknown>();
        dialog.showMessageBox = async (...args: unknown[]) => {
          resolve(Reflect.get(args[0] as object, 'detail'));
          return { response: chosen, checkboxChecked: false };
        };
        main.emit('second-instance', {}, [], '/', { paths: ['/'], args: ['--port=0'] });
        return promise;
      }, response);
    expect(await answered(1)).toContain('This serves the whole disk');
    await drop('one');
    await expect.poll(() => page.getByTestId('server-row').count()).toBe(1);
    await answered(0);
    await rowOf('/').waitFor();
  });

  it('opens the settings of a server by a key, and from the menu', async () => {
    await launch(join(folder.path, 'one'), '--port', '0');
    await rowOf('one').waitFor();
    const dialog = page.getByRole('dialog', { name: 'Settings of one' });
    const opened = async () => {
      if ((await dialog.count()) === 0) await page.keyboard.press('Control+,');
      return dialog.count();
    };
    await expect.poll(opened).toBe(1);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await dialog.waitFor({ state: 'detached' });
    await clickMenu('settings');
    await dialog.waitFor();
  });

  it('loads the window again when its process ends, says so, and asks when that goes on', async () => {
    await launch(join(folder.path, 'one'), '--port', '0');
    await fetch(`${await urlOf('one')}?before`);
    await page.getByTestId('row').first().waitFor();
    const crash = () =>
      app?.evaluate(({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as NodeJS.EventEmitter;
        contents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
      }, undefined);
    await crash();
    await page.getByText('The window’s process ended (crashed, exit code 5) and was started again').waitFor();
    await page.getByTestId('row').first().waitFor();
    await app?.evaluate(({ dialog }) => {
      dialog.showMessageBox = async (...args: unknown[]) => {
        Object.assign(globalThis, { asked: Reflect.get(args[0] as object, 'message') });
        return new Promise(() => {});
      };
    }, undefined);
    // Two more are enough, unless this machine took so long that the page counts as one that lived.
    const question = async () => {
      await crash();
      return app?.evaluate(() => Reflect.get(globalThis, 'asked'), undefined);
    };
    await expect.poll(question).toBe('The window’s process stopped several times in a row');
  });
});

/** A field of the answer, and its content; the certificate is by an authority that was made for this test. */
function fetchedSecurely(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    secureGet(url, { agent: false, rejectUnauthorized: false }, (answer) => {
      let text = `${answer.headers['x-kept']} `;
      answer.on('data', (data) => {
        text += String(data);
      });
      answer.on('end', () => resolve(text));
    }).on('error', reject);
  });
}

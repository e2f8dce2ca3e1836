/**
 * What the desktop shell must do, written once: it runs over the built bundles, in the test double and, where there is
 * one, in the true Electron.
 */
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { basename, join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DesktopBridge } from '../../electron/channels.ts';
import { makeFolder } from '../support/folder.ts';
import { isRunning } from '../support/is-running.ts';
import { steady } from '../support/steady.ts';
import { isolationCases } from './isolation.cases.ts';

declare global {
  interface Window {
    readonly wirescope?: DesktopBridge;
  }
}

/** A running desktop app, in the shape of Playwright's ElectronApplication. */
export interface Shell {
  firstWindow(): Promise<Page>;
  windows(): Page[];
  /** Runs in the main process; must not use anything from around it. */
  evaluate<R, A>(run: (electron: typeof Electron, arg: A) => R, arg: A): Promise<Awaited<R>>;
  /** Drops a file or folder of this machine on the middle of the page. */
  drop(page: Page, path: string): Promise<void>;
  output(): string;
  /** Quits; resolves to the exit code. */
  close(): Promise<number | null>;
}

/** `out` is the folder of the bundles. Servers take any free port, as the ones people use may be taken. */
export type Launch = (args: readonly string[]) => Promise<Shell>;

/** More than the sockets on both sides hold by themselves. */
const LARGE = 32 * 1024 * 1024;

export function shellCases(launch: Launch, out: string): void {
  const given = makeFolder({ 'index.html': '<title>given</title>', 'large.bin': new Uint8Array(LARGE) });
  const dropped = makeFolder({ 'my site/hello.txt': 'dropped' });
  const chosen = makeFolder({ 'page.txt': 'chosen' });
  let shell: Shell;
  let page: Page;

  beforeAll(async () => {
    shell = await launch([given.path, '--port', '0']);
    page = await shell.firstWindow();
  });
  afterAll(async () => {
    await shell?.close();
    for (const folder of [given, dropped, chosen]) folder.remove();
  });

  describe('serving', () => {
    it('opens one window, shown, with the page of the bundle', async () => {
      await page.getByText('Wirescope').first().waitFor();
      const visible = await shell.evaluate(
        ({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.isVisible()),
        undefined,
      );
      expect(visible).toEqual([true]);
    });

    it('serves the folder of the command line', async () => {
      // A row may be there before its server listens.
      await expect
        .poll(async () => fetched(await urlOf(page, basename(given.path))).catch(String))
        .toContain('<title>given</title>');
    });

    it('shows what was asked as a row', async () => {
      await fetched(`${await urlOf(page, basename(given.path))}?a-row`);
      await rowFor(page, '?a-row').waitFor();
    });

    it('serves a folder that is dropped on the window', async () => {
      await shell.drop(page, join(dropped.path, 'my site'));
      const url = await urlOf(page, 'my site');
      await expect.poll(() => fetched(`${url}hello.txt`).catch(String)).toBe('dropped');
      await rowFor(page, 'hello.txt').waitFor();
    });

    it('serves the folder that is chosen in the dialog of the menu', async () => {
      await shell.evaluate(({ dialog }, path) => {
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
      }, chosen.path);
      await clickMenu(shell, 'choose-folder');
      const url = await urlOf(page, basename(chosen.path));
      await expect.poll(() => fetched(`${url}page.txt`).catch(String)).toBe('chosen');
    });

    it('does nothing when the dialog is cancelled', async () => {
      await shell.evaluate(({ dialog }) => {
        dialog.showOpenDialog = async () => ({ canceled: true, filePaths: [] });
      }, undefined);
      const before = await page.getByTestId('server-row').count();
      expect(await page.evaluate(() => window.wirescope?.chooseFolders())).toEqual([]);
      expect(await page.getByTestId('server-row').count()).toBe(before);
    });

    it('saves the capture to a file, and opens it beside the servers', async () => {
      await fetched(`${await urlOf(page, basename(given.path))}?saved`);
      await rowFor(page, '?saved').waitFor();
      const file = `${given.path}/one.wirescope`;
      await shell.evaluate(({ dialog }, path) => {
        dialog.showSaveDialog = async () => ({ canceled: false, filePath: path });
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
      }, file);
      await clickMenu(shell, 'save-capture');
      await page.getByText(`to ${file}`).waitFor();
      await fetched(`${await urlOf(page, basename(given.path))}?after-save`);
      await rowFor(page, '?after-save').waitFor();
      await clickMenu(shell, 'open-capture');
      await page.getByTestId('capture-strip').waitFor();
      await rowFor(page, '?saved').waitFor();
      await expect.poll(() => rowFor(page, '?after-save').count()).toBe(0);
      await page.getByRole('button', { name: 'Back to live' }).click();
      await rowFor(page, '?after-save').waitFor();
      await page.getByTestId('capture-row').getByTitle('Remove from the list').click();
      await page.getByTestId('capture-row').waitFor({ state: 'detached' });
    });

    it('clears the list from the menu', async () => {
      await fetched(`${await urlOf(page, basename(given.path))}?to-be-cleared`);
      await rowFor(page, '?to-be-cleared').waitFor();
      await clickMenu(shell, 'clear');
      await rowFor(page, '?to-be-cleared').waitFor({ state: 'detached' });
    });

    it('opens its own servers in the browser, by their address', async () => {
      await shell.evaluate(({ shell: system }) => {
        const { promise, resolve } = Promise.withResolvers<string>();
        system.openExternal = async (address) => resolve(address);
        Object.assign(globalThis, { opened: promise });
      }, undefined);
      await serverRow(page, basename(given.path)).getByTitle('Open in the browser').click();
      const opened = await shell.evaluate(
        () => Reflect.get(globalThis, 'opened') as Promise<string>,
        undefined,
      );
      expect(opened).toBe(await urlOf(page, basename(given.path)));
    });

    it('shows a served file in its folder, and no other', async () => {
      await shell.evaluate(({ shell: system }) => {
        const shown: string[] = [];
        system.showItemInFolder = (path) => void shown.push(path);
        Object.assign(globalThis, { shown });
      }, undefined);
      const file = join(given.path, 'index.html');
      const reveal = (path: string) =>
        page.evaluate((each) => window.wirescope!.reveal(each).then(String, String), path);
      expect(await reveal(file)).toBe('undefined');
      for (const other of [join(given.path, '..'), '/etc/hosts', join(given.path, 'no-such-file')]) {
        expect(await reveal(other)).toMatch(/Only served files can be shown/);
      }
      const shown = await shell.evaluate(() => Reflect.get(globalThis, 'shown') as string[], undefined);
      expect(shown).toEqual([file]);
    });

    it.each(['process', 'prefork', 'threads'])('serves by the model %s', async (model) => {
      const button = page
        .getByTestId('server-row')
        .filter({ hasText: basename(given.path) })
        .locator('.model');
      await button.click();
      await page.getByRole('menuitemradio', { name: new RegExp(`^${model}`) }).click();
      await expect.poll(() => button.textContent()).toMatch(new RegExp(`${model}$`));
      expect(await fetched(await urlOf(page, basename(given.path)))).toContain('<title>given</title>');
    });
  });

  describe('the lab', () => {
    it('runs, with its generator and a process for each connection', async () => {
      await page.getByRole('tab', { name: /^Load/ }).click();
      const lab = page.getByRole('region', { name: 'Load' });
      for (const model of ['iterative', 'prefork', 'threads']) await lab.getByLabel(model).uncheck();
      await lab.getByLabel('Requests').fill('2');
      await lab.getByRole('button', { name: 'Run', exact: true }).click();
      const answered = lab.getByRole('row', { name: 'Answered 2 of 2 2 of 2' });
      // In turn, and at once; each starts processes of its own.
      await expect.poll(() => answered.count(), { timeout: 45_000 }).toBe(2);
      await page.getByRole('tab', { name: /^Traffic/ }).click();
    });
  });

  isolationCases(out, () => ({ shell, page }));

  describe('recovery', () => {
    it('gives a reloaded page a new port, and everything again', async () => {
      await fetched(`${await urlOf(page, basename(given.path))}?before-reload`);
      await rowFor(page, '?before-reload').waitFor();
      await page.reload();
      await rowFor(page, '?before-reload').waitFor();
      await fetched(`${await urlOf(page, basename(given.path))}?after-reload`);
      await rowFor(page, '?after-reload').waitFor();
    });

    it('starts the process that serves again when it dies, with all that it served, and keeps the rows', async () => {
      // One folder came from the command line, one by a drop; each is on its own port again.
      const urls = await Promise.all([basename(given.path), 'my site'].map((name) => urlOf(page, name)));
      await fetched(`${urls[0]}?before-crash`);
      await rowFor(page, '?before-crash').waitFor();
      await steady(() => statusNumber(page, 'captured'));
      const captured = await statusNumber(page, 'captured');
      const killed = await serverPid(shell);
      process.kill(killed, 'SIGKILL');
      await expect.poll(() => serverPid(shell), { timeout: 15_000 }).not.toBe(killed);
      await page.getByText(/^The server process ended \(exit code \d+\) and was started again$/).waitFor();
      for (const url of urls) {
        await expect
          .poll(() => fetched(`${url}?after-crash`).catch(() => 'not yet'), { timeout: 15_000 })
          .not.toBe('not yet');
      }
      await rowFor(page, '?after-crash').waitFor();
      await rowFor(page, '?before-crash').waitFor();
      await page.getByText('restarted', { exact: true }).waitFor();
      await expect.poll(() => statusNumber(page, 'captured')).toBe(captured + 2);
      await expect.poll(() => page.locator('.link-lost').count()).toBe(0);
    });

    it('quits with exit code 0 and what it started, after what is in flight', async () => {
      const pid = await serverPid(shell);
      const url = await urlOf(page, basename(given.path));
      const [download] = (await once(get(`${url}large.bin`, { agent: false }), 'response')) as [
        IncomingMessage,
      ];
      download.pause();
      const closed = shell.close();
      // It takes nothing new from here on, and yet the download goes on.
      await expect.poll(() => fetched(url).catch((error: Error) => error.message)).toContain('ECONNREFUSED');
      let length = 0;
      for await (const chunk of download) length += (chunk as Buffer).length;
      expect(length).toBe(LARGE);
      expect(await closed).toBe(0);
      await expect.poll(() => isRunning(pid)).toBe(false);
    });
  });
}

function serverRow(page: Page, name: string) {
  return page
    .getByTestId('server-row')
    .filter({ has: page.getByRole('switch', { name: `Serve ${name}`, exact: true }) });
}

function rowFor(page: Page, target: string) {
  return page
    .getByTestId('row')
    .filter({ has: page.getByTitle(target, { exact: false }) })
    .first();
}

/** The address that the window shows for a server. */
async function urlOf(page: Page, name: string): Promise<string> {
  // While it starts, a row has no port yet.
  const started = serverRow(page, name).and(page.locator(':not([data-status=starting])'));
  const copy = await started.getByTitle('Copy http').first().getAttribute('title');
  return (copy as string).slice('Copy '.length);
}

async function clickMenu(shell: Shell, id: string): Promise<void> {
  await shell.evaluate(({ Menu }, wanted) => Menu.getApplicationMenu()?.getMenuItemById(wanted)?.click(), id);
}

async function statusNumber(page: Page, name: string): Promise<number> {
  return Number((await page.getByTestId(`status-${name}`).innerText()).replaceAll(/\D/g, ''));
}

function serverPid(shell: Shell): Promise<number> {
  return shell.evaluate(
    ({ app }) => app.getAppMetrics().find(({ name }) => name === 'Wirescope server')?.pid ?? 0,
    undefined,
  );
}

function fetched(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { agent: false }, (response) => {
      let text = '';
      response.on('data', (data) => {
        text += String(data);
      });
      response.on('end', () => resolve(text));
    }).on('error', reject);
  });
}

/** What keeps a page of the desktop to itself. Part of shell.cases.ts, in the same running app. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Shell } from './shell.cases.ts';

/** `out` is the folder of the bundles; `running` is asked once the app is there. */
export function isolationCases(
  out: string,
  running: () => { readonly shell: Shell; readonly page: Page },
): void {
  describe('isolation', () => {
    let shell: Shell;
    let page: Page;
    beforeAll(() => {
      ({ shell, page } = running());
    });

    it('gives the page a few verbs and nothing of Node or Electron', async () => {
      const found = await page.evaluate(() => ({
        globals: ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron'].filter(
          (name) => name in window,
        ),
        verbs: Object.keys(window.wirescope ?? {}).sort(),
        frozen: Object.isFrozen(window.wirescope),
      }));
      expect(found).toEqual({
        globals: [],
        verbs: [
          'chooseCapture',
          'chooseFolders',
          'chooseSavePath',
          'connect',
          'copyReport',
          'lastCrash',
          'onCommand',
          'pathForFile',
          'platform',
          'reveal',
        ],
        frozen: true,
      });
    });

    it('lets no script, request or style in that is not its own', async () => {
      const refused = await page.evaluate(async () => {
        const directives = new Set<string>();
        const three = new Promise<string[]>((resolve) => {
          document.addEventListener('securitypolicyviolation', (event) => {
            directives.add(event.effectiveDirective);
            if (directives.size === 3) resolve([...directives].sort());
          });
        });
        const script = document.createElement('script');
        script.textContent = 'window.intruder = true';
        const style = document.createElement('style');
        style.textContent = 'body { display: none }';
        document.head.append(script, style);
        await fetch('https://example.com/').catch(() => {});
        return { directives: await three, ran: 'intruder' in window, secure: isSecureContext };
      });
      expect(refused).toEqual({
        directives: ['connect-src', 'script-src-elem', 'style-src-elem'],
        ran: false,
        secure: true,
      });
    });

    it('stays where it is when the page is sent elsewhere', async () => {
      const before = page.url();
      await shell.evaluate(({ BrowserWindow }) => {
        const { promise, resolve } = Promise.withResolvers<boolean>();
        // Heard after the app's own listener, and so with its decision.
        BrowserWindow.getAllWindows()[0]?.webContents.once('will-navigate', (event) =>
          resolve(event.defaultPrevented),
        );
        Object.assign(globalThis, { refused: promise });
      }, undefined);
      await page.evaluate(() => {
        location.href = 'https://example.com/';
      });
      expect(
        await shell.evaluate(() => Reflect.get(globalThis, 'refused') as Promise<boolean>, undefined),
      ).toBe(true);
      expect(page.url()).toBe(before);
    });

    it('serves the files of the page and no others', async () => {
      const answers = await page.evaluate(async () => {
        const paths = [
          '/',
          '/mark.svg',
          '/missing.js',
          '/%2e%2e%2fmain%2fmain.mjs',
          '/..%5cmain%5cmain.mjs',
          '/%zz',
        ];
        const statuses = await Promise.all(paths.map(async (path) => (await fetch(path)).status));
        const { headers } = await fetch('/mark.svg');
        const types = [headers.get('content-type'), headers.get('x-content-type-options')];
        return { statuses, types, posted: (await fetch('/', { method: 'POST' })).status };
      });
      expect(answers).toEqual({
        statuses: [200, 200, 404, 404, 404, 404],
        types: ['image/svg+xml', 'nosniff'],
        posted: 404,
      });
    });

    it('opens no second window', async () => {
      const opened = await page.evaluate(async () => {
        const link = document.createElement('a');
        link.href = 'https://example.com/';
        link.target = '_blank';
        document.body.append(link);
        link.click();
        link.remove();
        const other = window.open('https://example.com/');
        // Messages keep their order: once this is answered, main has decided.
        await window.wirescope?.lastCrash();
        return other;
      });
      expect(opened).toBeNull();
      const windows = await shell.evaluate(
        ({ BrowserWindow }) => BrowserWindow.getAllWindows().length,
        undefined,
      );
      expect([windows, shell.windows().length]).toEqual([1, 1]);
    });

    it('answers no page but the one in its own window', async () => {
      const preload = join(out, 'preload', 'preload.cjs');
      const known = shell.windows();
      await shell.evaluate(async ({ BrowserWindow }, script) => {
        const stranger = new BrowserWindow({
          show: false,
          webPreferences: { preload: script, sandbox: true },
        });
        await stranger.loadURL('app://bundle/mark.svg');
      }, preload);
      const others = () => shell.windows().filter((window) => !known.includes(window));
      await expect.poll(others).toHaveLength(1);
      const [stranger] = others() as [Page];
      await stranger.waitForURL(/mark\.svg$/);
      const answers = await stranger.evaluate(async () => {
        let ports = 0;
        window.addEventListener('message', () => ports++);
        window.wirescope?.connect('stranger');
        // Messages keep their order: a port would be here before this is refused.
        const refused = await window.wirescope?.chooseFolders().catch((error: Error) => error.message);
        return { ports, refused };
      });
      expect(answers).toEqual({ ports: 0, refused: expect.stringContaining('This page may not ask that') });
      await shell.evaluate(({ BrowserWindow }) => {
        for (const window of BrowserWindow.getAllWindows()) {
          if (window.webContents.getURL().endsWith('mark.svg')) window.close();
        }
      }, undefined);
    });

    it('ignores what has another shape', async () => {
      const refused = await page.evaluate(async () => {
        let ports = 0;
        const count = (event: MessageEvent) => {
          if (event.data?.wirescope === 'port') ports++;
        };
        window.addEventListener('message', count);
        const bridge = window.wirescope as unknown as Record<string, (value: unknown) => unknown>;
        for (const nonce of ['', 'x'.repeat(65), 7, { toString: 'x' }]) bridge.connect?.(nonce);
        // Messages keep their order: a port would be here before this is answered.
        await bridge.lastCrash?.(undefined);
        window.removeEventListener('message', count);
        return ports;
      });
      expect(refused).toBe(0);
    });
  });
}

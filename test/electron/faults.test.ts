/** Main with a process that serves which is not the real one: what it must survive and refuse. */
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findBrowser } from '../../build/find-browser.ts';
import { OUT, ROOT } from '../../build/project.ts';
import { makeFolder } from '../support/folder.ts';
import { isRunning } from '../support/is-running.ts';
import { BUILD_MS, buildStale } from './build-stale.ts';
import { type DoubleApp, launchDouble } from './double/launch.ts';

describe.skipIf(!findBrowser())('main, beside a process that misbehaves', () => {
  let folder: ReturnType<typeof makeFolder>;
  let app: DoubleApp | undefined;

  beforeAll(buildStale, BUILD_MS);
  beforeEach(() => {
    folder = makeFolder();
  });
  afterEach(async () => {
    await app?.close();
    app = undefined;
    folder.remove();
  });

  /** For processes that are not about how they end. */
  const ENDS_WHEN_TOLD =
    "process.parentPort.on('message', ({ data }) => data.t === 'shutdown' && process.exit(0));\n";

  /** The built main, preload and page, and this text as the process that serves. */
  async function launchWith(utility: string): Promise<DoubleApp> {
    for (const part of ['main', 'preload', 'renderer']) {
      cpSync(join(OUT, part), join(folder.path, 'out', part), { recursive: true });
    }
    cpSync(join(ROOT, 'package.json'), join(folder.path, 'package.json'));
    mkdirSync(join(folder.path, 'out', 'utility'));
    writeFileSync(join(folder.path, 'out', 'utility', 'utility.mjs'), utility);
    app = await launchDouble({
      main: join(folder.path, 'out', 'main', 'main.mjs'),
      args: [`--user-data-dir=${join(folder.path, 'user')}`],
    });
    return app;
  }

  it('asks before it starts a process again that dies time after time', async () => {
    // A path that kills it is given to it again after each start.
    const running = await launchWith(
      "process.parentPort.on('message', ({ data }) => data.t === 'serve' && process.exit(1));",
    );
    const asked = await running.evaluate(({ app: main, dialog }) => {
      const { promise, resolve } = Promise.withResolvers<unknown>();
      const questions: unknown[] = [];
      dialog.showMessageBox = async (...args: unknown[]) => {
        questions.push([Reflect.get(args[0] as object, 'message'), main.getAppMetrics().length]);
        // The first answer is to start again; the second question shows that it was.
        if (questions.length === 2) resolve(questions);
        return questions.length === 1 ? { response: 0, checkboxChecked: false } : new Promise(() => {});
      };
      main.emit('second-instance', {}, [], '/', { paths: ['/srv/site'] });
      return promise;
    }, undefined);
    const question = ['The server process stopped several times in a row', 0];
    expect(asked).toEqual([question, question]);
  });

  it('ends one that does not stop when it is told to', async () => {
    const running = await launchWith("process.parentPort.on('message', () => {});");
    const pid = () => running.evaluate(({ app: main }) => main.getAppMetrics()[0]?.pid ?? 0, undefined);
    await expect.poll(pid).not.toBe(0);
    const stubborn = await pid();
    expect(await running.close()).toBe(0);
    // Who ends it does not wait until it has gone.
    await expect.poll(() => isRunning(stubborn)).toBe(false);
  });

  it('opens nothing but an address of its own servers', async () => {
    const running = await launchWith(`${ENDS_WHEN_TOLD}
      const urls = ['https://example.com/', 'file:///etc/passwd', 'http://127.0.0.1@example.com/', 'http://127.0.0.1:8080/'];
      process.parentPort.on('message', () => {
        for (const message of [null, 7, {}, { t: 'open' }, { t: 'open', url: 7 }, { t: 'other' }]) process.parentPort.postMessage(message);
        for (const url of urls) process.parentPort.postMessage({ t: 'open', url });
      });`);
    await expect
      .poll(() =>
        running.evaluate(
          (_electron, _arg, { recorded }) => recorded.filter(([what]) => what === 'open-external'),
          undefined,
        ),
      )
      .not.toHaveLength(0);
    const opened = await running.evaluate(
      (_electron, _arg, { recorded }) => recorded.filter(([what]) => what === 'open-external'),
      undefined,
    );
    expect(new Set(opened.map(([, url]) => url))).toEqual(new Set(['http://127.0.0.1:8080/']));
  });

  it('takes nothing that has another shape, and goes on', async () => {
    // Taken at its word, each would end the app, open a dialog, or be written into the settings.
    const running = await launchWith(`${ENDS_WHEN_TOLD}
      const server = { name: 'x', url: 'http://127.0.0.1:1/', status: 'running' };
      const wrong = [
        { t: 'usage', text: 7 },
        { t: 'problem', text: ['wrong'] },
        { t: 'warning', path: ['/wrong'], text: 'wrong' },
        { t: 'sources', sources: 'wrong' },
        { t: 'sources', sources: [{ what: 7 }] },
        { t: 'sources', sources: [{ what: '/wrong', server: { ...server, switches: { port: [1] } } }] },
      ];
      process.parentPort.on('message', ({ data }) => {
        if (data.t !== 'serve') return;
        for (const message of [...wrong, { t: 'problem', text: 'right' }]) process.parentPort.postMessage(message);
      });`);
    const told = await running.evaluate(({ app: main, dialog }) => {
      const { promise, resolve } = Promise.withResolvers<unknown>();
      const details: unknown[] = [];
      dialog.showMessageBox = async (...args: unknown[]) => {
        details.push(Reflect.get(args[0] as object, 'detail'));
        if (details.at(-1) === 'right') resolve(details);
        return { response: 1, checkboxChecked: false };
      };
      main.emit('second-instance', {}, [], '/', { paths: ['/srv/site'] });
      return promise;
    }, undefined);
    expect(told).toEqual(['right']);
    expect(existsSync(join(folder.path, 'user', 'settings.json'))).toBe(false);
  });

  it('grants copying and no other permission', async () => {
    const running = await launchWith(ENDS_WHEN_TOLD);
    const granted = await running.evaluate((_electron, _arg, { permissionHandlers: { request, check } }) => {
      const names = [
        'clipboard-sanitized-write',
        'clipboard-read',
        'geolocation',
        'media',
        'notifications',
        'openExternal',
      ];
      return names.map((name) => {
        let asked: boolean | undefined;
        request?.(
          null as never,
          name as 'media',
          (answer) => {
            asked = answer;
          },
          {} as never,
        );
        return [name, asked, check?.(null, name as 'media', '', {} as never)];
      });
    }, undefined);
    expect(granted.filter(([, asked, checked]) => asked || checked)).toEqual([
      ['clipboard-sanitized-write', true, true],
    ]);
    expect(granted).toHaveLength(6);
  });

  it('hands over the folder of a second start, and shows what is wrong with it in a dialog', async () => {
    // It answers with what it was told.
    const running = await launchWith(
      `${ENDS_WHEN_TOLD}
      process.parentPort.on('message', ({ data }) => {
        if (data.t === 'serve') process.parentPort.postMessage({ t: 'problem', text: 'told ' + data.path });
      });`,
    );
    const said = await running.evaluate(({ app: main, dialog, BrowserWindow }) => {
      const { promise, resolve } = Promise.withResolvers<unknown>();
      dialog.showMessageBox = async (...args: unknown[]) => {
        resolve([args[0], BrowserWindow.getAllWindows().length]);
        return { response: 0, checkboxChecked: false };
      };
      main.emit('second-instance', {}, [], '/', { paths: [7] });
      main.emit('second-instance', {}, [], '/', { paths: ['/srv/site'] });
      return promise;
    }, undefined);
    expect(said).toEqual([expect.objectContaining({ detail: 'told /srv/site' }), 1]);
  });
});

/** Lines of Electron's security checklist that no other spec holds; server-core/notes/desktop.md has all of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../build/find-browser.ts';
import { OUT, ROOT } from '../../build/project.ts';
import type { DesktopBridge } from '../../electron/channels.ts';
import { BUILD_MS, buildStale } from './build-stale.ts';
import { type DoubleApp, launchDouble } from './double/launch.ts';

/** The text of every source file below a folder, by its path from there. */
function sources(folder: string): [path: string, text: string][] {
  const found = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile() && /\.(ts|tsx|css|html)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path.slice(ROOT.length + 1), readFileSync(path, 'utf8')]);
}
const naming = (folder: string, pattern: RegExp) =>
  sources(folder)
    .filter(([, text]) => pattern.test(text))
    .map(([path]) => path);

describe('the sources', () => {
  it('never make markup or code of text, so that captured bytes stay text', () => {
    const ways =
      /dangerouslySetInnerHTML|\.(inner|outer)HTML\b|insertAdjacentHTML|document\.write|srcdoc|<iframe|<webview|<embed|<object|\beval\(|new Function\(/i;
    expect(ways.test('<div dangerouslySetInnerHTML={x} />')).toBe(true);
    // A captured page is laid out in a frame without scripts, forms, windows or network.
    expect(naming('renderer', ways)).toEqual(['renderer/views/detail/page-view.tsx']);
    const frame = readFileSync(join(ROOT, 'renderer/views/detail/page-view.tsx'), 'utf8');
    expect(frame.match(/sandbox="[^"]*"/g)).toEqual(['sandbox="allow-same-origin"']);
  });

  it('load nothing from elsewhere in the page', () => {
    expect(
      naming('renderer', /(?:src|href)="(?:https?:)?\/\/|url\(["']?(?:https?:)?\/\/|@import\s+["']http/),
    ).toEqual([]);
  });

  it('listen to pages in one place, which checks who speaks', () => {
    expect(naming('electron', /\bipcMain\b/)).toEqual(['electron/ipc.ts']);
  });

  it('know no file: page', () => {
    expect(naming('electron', /loadFile|file:\/\/|pathToFileURL/)).toEqual([]);
  });

  it('pin Electron to one version, of a line that is kept up', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>;
    };
    expect(devDependencies.electron).toMatch(/^\d+\.\d+\.\d+$/);
    expect(Number.parseInt(devDependencies.electron as string, 10)).toBeGreaterThanOrEqual(45);
  });
});

describe.skipIf(!findBrowser())('the running app', () => {
  let app: DoubleApp;
  beforeAll(async () => {
    buildStale();
    app = await launchDouble({ main: join(OUT, 'main', 'main.mjs'), args: ['--port', '0'] });
    await app.firstWindow();
  }, BUILD_MS);
  afterAll(async () => {
    await app?.close();
  });

  it('puts every renderer into the sandbox, before there is one', async () => {
    const events = await app.evaluate(
      (_electron, _arg, { recorded }) => recorded.map(([what]) => what),
      undefined,
    );
    expect(events).toContain('enable-sandbox');
    expect(events.indexOf('enable-sandbox')).toBeLessThan(events.indexOf('window'));
  });

  it('asks for isolation by name in its window', async () => {
    const given = await app.evaluate(
      (_electron, _arg, { recorded }) => recorded.find(([what]) => what === 'window')?.[1],
      undefined,
    );
    expect(given).toMatchObject({
      webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false },
    });
  });

  it('lets no page, frame or redirect leave the page’s own origin', async () => {
    const urls = [
      'https://example.com/',
      'file:///etc/passwd',
      'app://bundle.evil/',
      'app://bundle/index.html',
    ];
    const refused = await app.evaluate(({ BrowserWindow }, asked) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as NodeJS.EventEmitter;
      return ['will-navigate', 'will-frame-navigate', 'will-redirect'].map((name) =>
        asked.map((url) => {
          let prevented = false;
          contents.emit(name, { url, preventDefault: () => (prevented = true) });
          return prevented;
        }),
      );
    }, urls);
    expect(refused).toEqual(Array(3).fill([true, true, true, false]));
  });

  it('attaches no webview', async () => {
    const prevented = await app.evaluate(({ BrowserWindow }) => {
      let refused = false;
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as NodeJS.EventEmitter;
      contents.emit('will-attach-webview', { preventDefault: () => (refused = true) }, {}, {});
      return refused;
    }, undefined);
    expect(prevented).toBe(true);
  });

  it('asks for a place to save only what it writes', async () => {
    const page = await app.firstWindow();
    await app.evaluate(({ dialog }) => {
      const asked: unknown[] = [];
      dialog.showSaveDialog = async (...args: unknown[]) => {
        asked.push(Reflect.get(args.at(-1) as object, 'defaultPath'));
        return { canceled: true, filePath: '' };
      };
      Object.assign(globalThis, { asked });
    }, undefined);
    const answers = await page.evaluate(async () => {
      const { chooseSavePath } = (window as unknown as { wirescope: DesktopBridge }).wirescope;
      const ask = (ending: unknown) =>
        chooseSavePath(ending as string).then(
          () => 'asked',
          () => 'refused',
        );
      return [await ask('sh'), await ask('har/../../x'), await ask(undefined), await ask('har')];
    });
    expect(answers).toEqual(['refused', 'refused', 'refused', 'asked']);
    expect(await app.evaluate(() => Reflect.get(globalThis, 'asked'), undefined)).toEqual(['capture.har']);
  });

  it('sends the page with a policy that lets in nothing but itself', async () => {
    const page = await app.firstWindow();
    const policy = await page.evaluate(async () => (await fetch('/')).headers.get('content-security-policy'));
    const directives = Object.fromEntries(
      (policy as string).split('; ').map((directive) => {
        const [name, ...values] = directive.split(' ');
        return [name, values.join(' ')];
      }),
    );
    expect(directives).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'worker-src': "'self'",
      'style-src': "'self'",
      'img-src': "'self' data: blob:",
      'media-src': 'blob:',
      'font-src': "'self'",
      'connect-src': "'self'",
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
    });
  });
});

/** Options of the command line, through the window and the process that serves, to what is served. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { basename, join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findBrowser } from '../../build/find-browser.ts';
import { OUT, ROOT } from '../../build/project.ts';
import { CERTIFICATE, KEY } from '../support/certificate.ts';
import { makeFolder } from '../support/folder.ts';
import { BUILD_MS, buildStale } from './build-stale.ts';
import { type DoubleApp, launchDouble } from './double/launch.ts';

const MAIN = join(OUT, 'main', 'main.mjs');

describe.skipIf(!findBrowser())('options of the desktop', () => {
  let folder: ReturnType<typeof makeFolder>;
  let app: DoubleApp | undefined;

  beforeAll(buildStale, BUILD_MS);
  beforeEach(() => {
    folder = makeFolder({
      'site/index.html': '<title>secure</title>',
      'other/index.html': '<title>other</title>',
      'routes.mjs':
        "export default ({ route, textResponse }) => [route('GET', '/api', () => textResponse('by a module'))];",
    });
  });
  afterEach(async () => {
    await app?.close();
    app = undefined;
    folder.remove();
  });

  function launch(...args: string[]): Promise<DoubleApp> {
    // Where the authority is made.
    const env = { WIRESCOPE_HOME: join(folder.path, 'home') };
    return launchDouble({ main: MAIN, args, env });
  }

  it('reach the server, and its address over TLS can be opened', async () => {
    app = await launch(
      join(folder.path, 'site'),
      '--port',
      '0',
      '--https',
      '--live',
      '--routes',
      join(folder.path, 'routes.mjs'),
    );
    const page = await app.firstWindow();
    const row = page.getByTestId('server-row').filter({ hasText: basename('site') });
    await row.getByText('LIVE', { exact: true }).waitFor();
    await row.getByText('TLS', { exact: true }).waitFor();
    const address = async () =>
      (await row.getByTitle('Copy https').getAttribute('title'))?.slice('Copy '.length) as string;
    // Until it listens, the row says where it will, without the port that is free.
    await expect.poll(async () => fetched(`${await address()}api`).catch(String)).toBe('by a module');
    const url = await address();

    await row.getByTitle('Settings').click();
    await page
      .getByText('Remembered for the next start, but for its module of routes, given on the command line.')
      .waitFor();
    await page.getByRole('button', { name: 'Close' }).click();

    await row.getByTitle('Open in the browser').click();
    const opened = () =>
      app?.evaluate(
        (_electron, _arg, { recorded }) => recorded.filter(([what]) => what === 'open-external'),
        undefined,
      );
    await expect.poll(opened).toEqual([['open-external', url]]);
  });

  it('that name a certificate are not remembered, and the settings of the server say so', async () => {
    const [cert, key] = ['cert.pem', 'key.pem'].map((name) => join(folder.path, name)) as [string, string];
    writeFileSync(cert, CERTIFICATE);
    writeFileSync(key, KEY);
    app = await launch(join(folder.path, 'site'), '--port', '0', '--cert', cert, '--key', key);
    const page = await app.firstWindow();
    const row = page.getByTestId('server-row').filter({ hasText: 'site' });
    await row.getByText('TLS', { exact: true }).waitFor();
    await row.getByTitle('Settings').click();
    await page
      .getByText('Remembered for the next start, but for its certificate, given on the command line.')
      .waitFor();
  });

  it('may come from a file, with the folder that it names', async () => {
    writeFileSync(join(folder.path, 'wirescope.json'), '{"path": "site", "port": 0, "cors": true}');
    app = await launch('--config', join(folder.path, 'wirescope.json'));
    const row = (await app.firstWindow()).getByTestId('server-row').filter({ hasText: 'site' });
    await row.getByText('CORS', { exact: true }).waitFor();
    const page = async () => {
      const title = (await row.getByTitle('Copy http').getAttribute('title')) as string;
      return (await fetch(title.slice('Copy '.length))).text();
    };
    await expect.poll(() => page().catch(String)).toBe('<title>secure</title>');
  });

  it('of a second start are for its folder alone', async () => {
    app = await launch(join(folder.path, 'site'), '--port', '0');
    const page = await app.firstWindow();
    await page.getByTestId('server-row').waitFor();
    await app.evaluate(
      ({ app: main }, path) => {
        main.emit('second-instance', {}, [], '/', { paths: [path], args: ['--port=0', '--spa'] });
      },
      join(folder.path, 'other'),
    );
    const rows = page.getByTestId('server-row');
    await rows.filter({ hasText: 'other' }).getByText('SPA', { exact: true }).waitFor();
    expect(await rows.count()).toBe(2);
    expect(await rows.filter({ hasText: 'site' }).getByText('SPA', { exact: true }).count()).toBe(0);
  });

  /** Without a test beside it: it may be gone before one could take hold. */
  async function alone(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<[number, string]> {
    const double = join(ROOT, 'test', 'electron', 'double', 'register.ts');
    const child = spawn(process.execPath, ['--import', double, MAIN, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data) => {
        said += String(data);
      });
    }
    const [code] = (await once(child, 'close')) as [number];
    return [code, said];
  }

  it('that make no sense end the app with one sentence and exit code 2', async () => {
    const [code, said] = await alone(['--cache', 'sometimes']);
    expect(code).toBe(2);
    expect(said).toContain(
      'wirescope: --cache takes development, production, off or a number of seconds, not "sometimes" (see wirescope --help)\n',
    );
  });

  it('go to the instance that runs already: a second one serves nothing and ends', async () => {
    expect(await alone([join(folder.path, 'site')], { DOUBLE_LOCK: 'taken' })).toEqual([0, '']);
  });
});

function fetched(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { agent: false, rejectUnauthorized: false }, (response) => {
      let text = '';
      response.on('data', (data) => {
        text += String(data);
      });
      response.on('end', () => resolve(text));
    }).on('error', reject);
  });
}

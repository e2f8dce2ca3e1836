/** Everything that a person may take to the window, in one drag. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../build/find-browser.ts';
import { OUT } from '../../build/project.ts';
import { makeFolder } from '../support/folder.ts';
import { BUILD_MS, buildStale } from './build-stale.ts';
import { type DoubleApp, launchDouble } from './double/launch.ts';
import { dropOn } from './drop-on.ts';

const ENTRY = {
  ...{ startedDateTime: '2024-01-02T03:04:05Z', time: 1 },
  request: { method: 'GET', url: 'http://a/from-a-browser', headers: [] },
  response: { status: 204, headers: [] },
};

describe.skipIf(!findBrowser())('what is dropped on the window', () => {
  let folder: ReturnType<typeof makeFolder>;
  let origin: Server;
  let app: DoubleApp;
  beforeAll(async () => {
    buildStale();
    origin = createServer((_request, response) => response.end('the other server'));
    await new Promise<void>((resolve) => origin.listen(0, '127.0.0.1', resolve));
    const { port } = origin.address() as AddressInfo;
    folder = makeFolder({
      'one/index.html': 'one',
      'two/index.html': 'two',
      'three/page.html': 'three',
      'theirs.har': JSON.stringify({ log: { entries: [ENTRY] } }),
      'other.url': `[InternetShortcut]\r\nURL=http://127.0.0.1:${port}/\r\n`,
    });
    app = await launchDouble({ main: join(OUT, 'main', 'main.mjs'), args: ['--port', '0'] });
  }, BUILD_MS);
  afterAll(async () => {
    await app?.close();
    origin?.close();
    folder?.remove();
  });

  it('is served or opened, each by what it is: folders, a file, a shortcut and a capture', async () => {
    const page = await app.firstWindow();
    await page.getByText('Drop a folder anywhere').waitFor();
    const paths = ['one', 'two', 'three/page.html', 'other.url', 'theirs.har'].map((name) =>
      join(folder.path, name),
    );
    const rows = page.getByTestId('server-row');
    await expect
      .poll(
        async () => {
          await app.announcePaths(paths);
          if ((await rows.count()) === 0) await dropOn(page, ...paths);
          return rows.count();
        },
        { timeout: 30_000, interval: 3000 },
      )
      .toBe(4);
    await page.getByTestId('capture-row').getByText('theirs.har').waitFor();
    const fetched = async (name: string, path = '') => {
      const row = rows.filter({ has: page.getByRole('switch', { name: `Serve ${name}`, exact: true }) });
      const url = (await row.getByTitle('Copy http').getAttribute('title'))?.slice('Copy '.length);
      return fetch(new URL(path, url)).then((answer) => answer.text(), String);
    };
    const { port } = origin.address() as AddressInfo;
    // A row may be there before its server listens.
    const contents = async () => [
      await fetched('one'),
      await fetched('two'),
      await fetched('three', 'page.html'),
      await fetched(`127.0.0.1:${port}`),
    ];
    await expect.poll(contents).toEqual(['one', 'two', 'three', 'the other server']);
  });
});

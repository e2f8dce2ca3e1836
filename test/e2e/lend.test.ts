/** A folder dropped on the window in a browser, which knows no path of it: served through the page. */
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dropOn } from '../electron/drop-on.ts';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { Window } from './window.ts';

const LARGE = Buffer.alloc(5 << 20, 'large file ');

describe.skipIf(!BROWSER)('a folder that is dropped on the window in a browser', () => {
  let browser: Browser;
  let folder: ReturnType<typeof makeFolder>;
  let window: Window;
  let url: string;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    folder = makeFolder({
      'site/index.html': 'home',
      'photos/index.html': '<title>photos</title>',
      'photos/large.bin': LARGE,
      'photos/sub/one.txt': 'one',
      'secret.txt': 'secret',
    });
    symlinkSync('../secret.txt', join(folder.path, 'photos', 'link.txt'));
    symlinkSync('..', join(folder.path, 'photos', 'up'));
    window = await Window.open(browser, [join(folder.path, 'site')]);
    // It is said for a moment only, so it is looked for from the start.
    const said = window.page
      .getByText('photos is served through this page, for as long as the page stays open')
      .waitFor();
    await Promise.all([said, dropOn(window.page, join(folder.path, 'photos'))]);
    const row = window.serverRow().filter({ hasText: 'photos' });
    url = ((await row.getByTitle('Copy http').getAttribute('title')) as string).slice('Copy '.length);
  });
  afterEach(async () => {
    expect(window.complaints).toEqual([]);
    await window.close();
    folder.remove();
  });

  const read = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(new URL(path, url), { headers: { connection: 'close', ...headers } });
    return { status: answer.status, etag: answer.headers.get('etag') ?? '', text: await answer.text() };
  };

  it('is served, large files and parts of them too, and it is said for how long', async () => {
    // `beforeEach` has seen it said.
    await window.serverRow().getByText('LENT', { exact: true }).waitFor();
    expect(await read('')).toMatchObject({ status: 200, text: '<title>photos</title>' });
    expect((await read('large.bin')).text).toBe(String(LARGE));
    expect(await read('large.bin', { range: 'bytes=4000000-4000009' })).toMatchObject({
      status: 206,
      text: String(LARGE.subarray(4_000_000, 4_000_010)),
    });
    expect((await read('sub/')).text).toContain('one.txt');
    await window.row('/large.bin').first().waitFor();
  });

  it('is read anew when a file is written', async () => {
    const { etag } = await read('');
    expect((await read('', { 'if-none-match': etag })).status).toBe(304);
    writeFileSync(join(folder.path, 'photos', 'index.html'), '<title>other photos</title>');
    await expect.poll(async () => (await read('', { 'if-none-match': etag })).text).toContain('other photos');
  });

  it('lends nothing that a link leads out to', async () => {
    for (const path of ['link.txt', 'up/secret.txt', 'up/site/index.html', '..%2fsecret.txt']) {
      expect((await read(path)).text, path).not.toMatch(/secret$|home/);
    }
  });

  it('may also be picked, in the dialog of browsers that have one', async () => {
    // The dialog is the system's; what it gives is a folder of the page's own, by the very same kind of handle.
    await window.page.evaluate(async () => {
      const album = await (await navigator.storage.getDirectory()).getDirectoryHandle('album', {
        create: true,
      });
      const write = async (folder: FileSystemDirectoryHandle, name: string, text: string) => {
        const file = await (await folder.getFileHandle(name, { create: true })).createWritable();
        await file.write(text);
        await file.close();
      };
      await write(album, 'cover.txt', 'cover');
      await write(await album.getDirectoryHandle('inner', { create: true }), 'one.txt', 'one');
      Object.assign(globalThis, { showDirectoryPicker: async () => album });
    });
    await window.page.getByRole('button', { name: 'Add a folder' }).click();
    await window.page.getByRole('button', { name: 'Choose one on this computer…' }).click();
    const row = window.serverRow().filter({ hasText: 'album' });
    url = ((await row.getByTitle('Copy http').getAttribute('title')) as string).slice('Copy '.length);
    expect((await read('cover.txt')).text).toBe('cover');
    expect((await read('inner/one.txt')).text).toBe('one');
    expect((await read('')).text).toContain('cover.txt');
    expect((await read('none.txt')).status).toBe(404);
    expect((await read('cover.txt/below')).status).toBe(404);
  });

  it('is answered 503 for once the page is closed, and goes on when it is dropped again', async () => {
    await read('');
    await window.page.reload();
    await window.serverRow().first().waitFor();
    await expect.poll(async () => (await read('')).status).toBe(503);
    await window.serverRow().getByText('The page that lent it is closed').waitFor();
    await dropOn(window.page, join(folder.path, 'photos'));
    await expect.poll(async () => (await read('')).status).toBe(200);
    await expect.poll(() => window.serverRow().count()).toBe(2);
  });
});

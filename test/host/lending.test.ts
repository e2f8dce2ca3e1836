/** A folder that a page lends, served over real sockets; the page here is a few lines that read a real folder. */
import { once } from 'node:events';
import { openAsBlob, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lendFolder } from '../../renderer/lend/lend-folder.ts';
import { type FolderEntry, folderEntry, type SharedFolder } from '../../renderer/lend/shared-folder.ts';
import { portTransport } from '../../server-core/capture/port-transport.ts';
import type { Transport } from '../../server-core/capture/transport.ts';
import { ViewerLink } from '../../server-core/capture/viewer-link.ts';
import { Engine } from '../../server-core/host/engine.ts';
import { makeFolder } from '../support/folder.ts';

const LARGE = Buffer.alloc(3 << 20, 'large file ');

let folder: ReturnType<typeof makeFolder>;
let engine: Engine;
let asked: string[];
let page: Transport;

beforeEach(() => {
  folder = makeFolder({
    'index.html': '<title>lent</title>',
    'style.css': 'body { color: red }',
    'sub/one.txt': 'one',
    '.env': 'KEY=1',
    'large.bin': LARGE,
  });
  asked = [];
  engine = new Engine({ host: 'browser', tour: folder.path, openUrl: () => {} }, { port: 0, spa: false });
});
afterEach(async () => {
  await engine.stop();
  folder.remove();
});

/** As a page has it: nothing but what the folder's own entries lead to. */
function shared(): SharedFolder {
  const at = (path: readonly string[]) => join(folder.path, ...path);
  const entryOf = (path: readonly string[]) => statSync(at(path), { throwIfNoEntry: false });
  return {
    name: 'photos',
    async file(path) {
      asked.push(path.join('/'));
      const found = entryOf(path);
      if (!found?.isFile()) return undefined;
      return new File([await openAsBlob(at(path))], path.at(-1) ?? '', { lastModified: found.mtimeMs });
    },
    isFolder: async (path) => entryOf(path)?.isDirectory() ?? false,
    list: async (path) =>
      readdirSync(at(path)).map((name): FolderEntry => {
        const found = statSync(join(at(path), name));
        if (found.isDirectory()) return folderEntry(name);
        return { name, kind: 'file', size: found.size, modifiedMs: found.mtimeMs };
      }),
  };
}

async function lend(): Promise<{ server: number; url: string }> {
  const { port1, port2 } = new MessageChannel();
  engine.lend(portTransport(port1));
  page = portTransport(port2);
  return lendFolder(shared(), page);
}

async function ask(url: string, path: string, headers: Record<string, string> = {}) {
  const [answer] = (await once(get(new URL(path, url), { agent: false, headers }), 'response')) as [
    IncomingMessage,
  ];
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return { status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks) };
}
function watch(): ViewerLink {
  const { port1, port2 } = new MessageChannel();
  engine.attach(portTransport(port1));
  const nothing = () => {};
  return new ViewerLink(portTransport(port2), { onHello: nothing, onBatch: nothing, onClose: nothing });
}

const stateOf = (id: number) => engine.servers.find((server) => server.id === id);

describe('a folder that a page lends', () => {
  it('is served with types, sizes and times, and says that it is lent', async () => {
    const { server, url } = await lend();
    const home = await ask(url, '/');
    expect([home.status, String(home.body)]).toEqual([200, '<title>lent</title>']);
    const style = await ask(url, '/style.css');
    expect(style.headers).toMatchObject({
      'content-type': 'text/css; charset=utf-8',
      'content-length': '19',
    });
    expect(style.headers['last-modified']).toBe(
      new Date(Math.floor(statSync(join(folder.path, 'style.css')).mtimeMs / 1000) * 1000).toUTCString(),
    );
    expect(stateOf(server)).toMatchObject({ name: 'photos', tags: ['LENT'], status: 'running' });
  });

  it('answers 304 while a file is as it was, and anew when it was written', async () => {
    const { url } = await lend();
    const { etag } = (await ask(url, '/style.css')).headers as { etag: string };
    expect((await ask(url, '/style.css', { 'if-none-match': etag })).status).toBe(304);
    writeFileSync(join(folder.path, 'style.css'), 'body { color: green; }');
    const changed = await ask(url, '/style.css', { 'if-none-match': etag });
    expect([changed.status, String(changed.body)]).toEqual([200, 'body { color: green; }']);
  });

  it('gives parts, and all of a large file, in pieces that are asked for', async () => {
    const { url } = await lend();
    const part = await ask(url, '/large.bin', { range: 'bytes=1000000-1000009' });
    expect([part.status, part.headers['content-range'], String(part.body)]).toEqual([
      206,
      `bytes 1000000-1000009/${LARGE.length}`,
      String(LARGE.subarray(1_000_000, 1_000_010)),
    ]);
    expect((await ask(url, '/large.bin')).body.equals(LARGE)).toBe(true);
  });

  it('is not read further than a client takes it', async () => {
    writeFileSync(join(folder.path, 'huge.bin'), Buffer.alloc(64 << 20));
    const { url } = await lend();
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write('GET /huge.bin HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(socket, 'data');
    socket.pause();
    const reads = () => asked.filter((path) => path === 'huge.bin').length;
    let before = -1;
    const still = () => {
      const now = reads();
      const same = now === before;
      before = now;
      return same;
    };
    await expect.poll(still, { interval: 300 }).toBe(true);
    expect(reads()).toBeLessThan(200);
    socket.destroy();
  });

  it('lists folders, without what is hidden, and goes to them with a slash', async () => {
    const { url } = await lend();
    rmSync(join(folder.path, 'index.html'));
    const page = String((await ask(url, '/', { accept: 'text/html' })).body);
    expect(page).toContain('large.bin');
    expect(page).not.toContain('.env');
    expect((await ask(url, '/.env')).status).toBe(404);
    expect((await ask(url, '/sub')).headers.location).toBe('/sub/');
    expect(String((await ask(url, '/sub/one.txt')).body)).toBe('one');
    expect((await ask(url, '/none.txt')).status).toBe(404);
  });

  it.each(['/../secret', '/%2e%2e/secret', '/..%2fsecret', '/sub/..%5c..%5csecret'])(
    'keeps to itself: %s',
    async (path) => {
      const { url } = await lend();
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      socket.end(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
      const [answer] = await once(socket, 'data');
      expect(String(answer)).toMatch(/^HTTP\/1\.1 40[04] /);
      expect(asked.filter((name) => name.includes('..') || name.includes('secret/'))).toEqual([]);
    },
  );

  it('has settings as others have, but for other processes to serve it', async () => {
    const { server, url } = await lend();
    expect((await ask(url, '/orders/7', { accept: 'text/html' })).status).toBe(404);
    const viewer = watch();
    const { settings } = await viewer.call({ op: 'settings', server });
    await viewer.call({ op: 'configure', server, settings: { ...settings, spa: true, fields: 'X-A: 1' } });
    const shell = await ask(url, '/orders/7', { accept: 'text/html' });
    expect([shell.status, shell.headers['x-a'], String(shell.body)]).toEqual([
      200,
      '1',
      '<title>lent</title>',
    ]);
    await expect(viewer.call({ op: 'model', server, model: 'threads' })).rejects.toThrow(
      'What a page lends can be served by the event loop only',
    );
    expect((await ask(url, '/')).status).toBe(200);
  });

  it('is answered 503 for when the page is gone, and is back when the page is', async () => {
    const { server, url } = await lend();
    page.close();
    await expect.poll(async () => (await ask(url, '/')).status).toBe(503);
    await expect.poll(() => stateOf(server)?.problem).toContain('The page that lent it is closed');
    const again = await lend();
    expect(again).toMatchObject({ server, url });
    expect((await ask(url, '/')).status).toBe(200);
    await expect.poll(() => stateOf(server)?.status).toBe('running');
  });

  it('ends a download in the middle when the page goes', async () => {
    writeFileSync(join(folder.path, 'huge.bin'), Buffer.alloc(64 << 20));
    const { url } = await lend();
    const [answer] = (await once(get(new URL('/huge.bin', url), { agent: false }), 'response')) as [
      IncomingMessage,
    ];
    await once(answer, 'readable');
    page.close();
    const ended = new Promise((resolve) => answer.on('error', () => {}).on('close', resolve));
    answer.resume();
    await ended;
    expect(answer.complete).toBe(false);
  });

  it('is not begun without a name', async () => {
    const { port1, port2 } = new MessageChannel();
    engine.lend(portTransport(port1));
    await expect(lendFolder({ ...shared(), name: '' }, portTransport(port2))).rejects.toThrow('has a name');
    expect(engine.servers).toEqual([]);
  });
});

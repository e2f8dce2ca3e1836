/** Settings that are changed while a server runs, by the calls of a viewer. */
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { get as secureGet } from 'node:https';
import { connect, createServer } from 'node:net';
import { homedir } from 'node:os';
import { parse } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ServeReply, SettingsReply } from '../../server-core/capture/feed-messages.ts';
import { portTransport } from '../../server-core/capture/port-transport.ts';
import { DEFAULT_SERVER_SETTINGS, type ServerSettings } from '../../server-core/capture/server-settings.ts';
import { ViewerLink } from '../../server-core/capture/viewer-link.ts';
import { Engine, type ServedSource } from '../../server-core/host/engine.ts';
import { makeFolder } from '../support/folder.ts';

let folder: ReturnType<typeof makeFolder>;
let engine: Engine;
let link: ViewerLink;
let told: readonly ServedSource[];

beforeEach(() => {
  folder = makeFolder({
    'site/index.html': '<title>home</title>',
    'site/large.bin': new Uint8Array(16 << 20),
  });
  engine = new Engine(
    {
      host: 'browser',
      tour: folder.path,
      home: `${folder.path}/home`,
      openUrl: () => {},
      onSources: (sources) => {
        told = sources;
      },
    },
    { port: 0 },
  );
  const { port1, port2 } = new MessageChannel();
  engine.attach(portTransport(port1));
  link = new ViewerLink(portTransport(port2), { onHello: () => {}, onBatch: () => {}, onClose: () => {} });
});
afterEach(async () => {
  await engine.stop();
  folder.remove();
});

async function served(): Promise<{ id: number; url: string; settings: ServerSettings }> {
  const { server } = (await link.call({ op: 'serve', path: `${folder.path}/site` })) as ServeReply;
  const { settings } = (await link.call({ op: 'settings', server: server.id })) as SettingsReply;
  return { id: server.id, url: server.url, settings };
}
/** On a connection of its own. */
async function ask(url: string, { path = '', accept = '*/*' }): Promise<IncomingMessage> {
  const request = get(new URL(path, url), { agent: false, headers: { accept } });
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  answer.resume();
  return answer;
}
const change = (server: number, settings: ServerSettings) => link.call({ op: 'configure', server, settings });
const stateOf = (id: number) => engine.servers.find((server) => server.id === id);

describe('settings of a server', () => {
  it('are told as they are in force, with the port that was found', async () => {
    const { url, settings } = await served();
    expect(settings).toEqual({ ...DEFAULT_SERVER_SETTINGS, port: Number(new URL(url).port) });
  });

  it.each(['event-loop', 'prefork', 'threads'] as const)(
    'set deadlines, under the model %s',
    async (model) => {
      const { id, url, settings } = await served();
      await change(id, { ...settings, model, workers: 1, headSeconds: 1 });
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      socket.write('GET / HT');
      const [answer] = await once(socket, 'data');
      expect(String(answer)).toMatch(/^HTTP\/1\.1 408 /);
    },
  );

  it('let no more connections in than they say', async () => {
    const { id, url, settings } = await served();
    await change(id, { ...settings, maxConnections: 1 });
    const first = connect(Number(new URL(url).port), '127.0.0.1');
    await once(first, 'connect');
    const second = connect(Number(new URL(url).port), '127.0.0.1');
    second.on('error', () => {});
    await once(second, 'close');
    first.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(String((await once(first, 'data'))[0])).toMatch(/^HTTP\/1\.1 200 /);
    first.destroy();
  });

  it.each([
    [{ fields: 'no colon' }, 'A header takes "Name: value", not "no colon"'],
    [{ fields: 'Content-Length: 7' }, "A header: Content-Length is the server's own to set"],
    [{ types: 'glb' }, 'A type takes EXT=TYPE, such as glb=model/gltf-binary, not "glb"'],
    [{ auth: 'nobody' }, 'Password takes a user and a password with a colon between them'],
    [{ notFoundPage: '../oops.html' }, 'The page for 404 takes a path below the folder, not "../oops.html"'],
  ])('that say nothing are refused in one sentence, and nothing changes: %j', async (wrong, sentence) => {
    const { id, url, settings } = await served();
    await expect(change(id, { ...settings, cors: true, ...wrong })).rejects.toThrow(sentence);
    expect((await ask(url, {})).headers['access-control-allow-origin']).toBeUndefined();
    expect(await link.call({ op: 'settings', server: id })).toMatchObject({ settings });
  });

  it('change on the same port, and tags with them', async () => {
    const { id, url, settings } = await served();
    const route = { path: 'a/route', accept: 'text/html' };
    expect((await ask(url, route)).statusCode).toBe(404);
    expect(await change(id, { ...settings, spa: true, cors: true, cache: '60' })).toEqual({ notes: [] });
    const { statusCode, headers } = await ask(url, route);
    expect([statusCode, headers['access-control-allow-origin']]).toEqual([200, '*']);
    expect((await ask(url, { path: 'large.bin' })).headers['cache-control']).toBe('max-age=60');
    expect(stateOf(id)).toMatchObject({ status: 'running', url, tags: ['SPA', 'CORS'] });
  });

  it('end connections that are idle, so that the next request meets them', async () => {
    const { id, url, settings } = await served();
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write(`GET / HTTP/1.1\r\nHost: ${new URL(url).host}\r\n\r\n`);
    await once(socket, 'data');
    await change(id, { ...settings, cors: true });
    await once(socket.resume(), 'end');
    socket.destroy();
  });

  it('let what is in flight be finished', async () => {
    const { id, url, settings } = await served();
    const [download] = (await once(get(`${url}large.bin`, { agent: false }), 'response')) as [
      IncomingMessage,
    ];
    download.pause();
    await change(id, { ...settings, cors: true });
    let length = 0;
    for await (const chunk of download) length += (chunk as Buffer).length;
    expect(length).toBe(16 << 20);
  });

  it('put it behind TLS and out of it again', async () => {
    const { id, url, settings } = await served();
    await change(id, { ...settings, https: true });
    const secure = stateOf(id)?.url as string;
    expect(secure).toBe(url.replace('http:', 'https:'));
    const [answer] = (await once(
      secureGet(secure, { agent: false, rejectUnauthorized: false }),
      'response',
    )) as [IncomingMessage];
    expect(answer.statusCode).toBe(200);
    answer.resume();
    await change(id, settings);
    expect((await fetch(url)).status).toBe(200);
  });

  it('move it to another port', async () => {
    const { id, url, settings } = await served();
    await change(id, { ...settings, port: 0 });
    const moved = stateOf(id)?.url as string;
    expect(moved).not.toBe(url);
    expect((await fetch(moved)).status).toBe(200);
    await expect(fetch(url)).rejects.toThrow();
  });

  it('open it to the network, and say under which addresses', async () => {
    const { id, settings } = await served();
    await change(id, { ...settings, lan: true });
    expect(stateOf(id)).toMatchObject({ host: '0.0.0.0', tags: ['LAN'] });
    const { reach } = (await link.call({ op: 'settings', server: id })) as SettingsReply;
    expect(reach.length).toBeGreaterThan(0);
    for (const url of reach) expect(new URL(url).port).toBe(String(stateOf(id)?.port));
  });

  it('of one that is switched off count from its next start', async () => {
    const { id, settings, url } = await served();
    await link.call({ op: 'stop', server: id });
    await change(id, { ...settings, dotfiles: true });
    expect(stateOf(id)).toMatchObject({ status: 'stopped', tags: ['DOTFILES'] });
    await link.call({ op: 'start', server: id });
    expect((await fetch(url)).status).toBe(200);
  });

  it('name the program that has the port, and take the next one', async () => {
    const { id, settings } = await served();
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    try {
      const { notes } = (await change(id, { ...settings, port })) as { notes: string[] };
      const owner = process.platform === 'linux' ? ' by another server here' : '';
      expect(notes[0]).toMatch(new RegExp(`^Port ${port} is taken${owner}.*, so \\d+ is used$`));
    } finally {
      other.close();
    }
  });

  it('that make no sense are refused in one sentence', async () => {
    const { id, settings } = await served();
    const wrong = { ...settings, cache: 'sometimes' };
    await expect(change(id, wrong)).rejects.toThrow('The setting `cache` is development, production, off');
    await expect(change(99, settings)).rejects.toThrow('That server is no longer here');
    expect((await link.call({ op: 'settings', server: id })) as SettingsReply).toMatchObject({ settings });
  });
});

describe('what few people mean to share', () => {
  it.each([
    ['the whole disk', parse(homedir()).root, 'This serves the whole disk'],
    ['a home folder', homedir(), 'This serves your whole home folder'],
  ])('is %s: a viewer is warned first', async (_what, path, sentence) => {
    expect(await link.call({ op: 'serve', path })).toEqual({ warning: expect.stringContaining(sentence) });
    expect(engine.servers).toEqual([]);
    const reply = (await link.call({ op: 'serve', path, sure: true })) as ServeReply;
    expect(reply.server.status).toBe('running');
  });
});

describe('what is told to be remembered', () => {
  it('brings servers back in another engine, those that were off as well', async () => {
    const { id, settings } = await served();
    await change(id, { ...settings, spa: true });
    const [source] = told;
    await link.call({ op: 'stop', server: id });
    const stopped = told[0];
    expect([source?.what, source?.server?.settings.spa, stopped?.server?.state.status]).toEqual([
      `${folder.path}/site`,
      true,
      'stopped',
    ]);

    const next = new Engine({ host: 'desktop', tour: folder.path, openUrl: () => {} });
    const state = await next.restore(
      source?.what as string,
      source?.server?.settings as ServerSettings,
      true,
    );
    expect(state).toMatchObject({ status: 'running', port: settings.port, tags: ['SPA'] });
    const off = await next.restore(folder.path, settings, false);
    expect(off).toMatchObject({ status: 'stopped' });
    await next.stop();
  });

  it('brings back a folder that is gone as one that is waited for', async () => {
    const { settings } = await served();
    const state = await engine.restore(`${folder.path}/gone`, { ...settings, port: 0 }, true);
    const status = () => stateOf(state.id)?.status;
    await expect.poll(status).toBe('folder-gone');
  });
});

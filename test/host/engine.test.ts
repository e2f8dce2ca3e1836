import { chmodSync, renameSync } from 'node:fs';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaptureEvent, ServerStatus } from '../../server-core/capture/events.ts';
import type { Hello } from '../../server-core/capture/feed-messages.ts';
import { portTransport } from '../../server-core/capture/port-transport.ts';
import { ViewerLink } from '../../server-core/capture/viewer-link.ts';
import { Engine } from '../../server-core/host/engine.ts';
import { eventsIn, eventsOf } from '../support/events-of.ts';
import { makeFolder } from '../support/folder.ts';

let folder: ReturnType<typeof makeFolder>;
let engine: Engine;
const opened: string[] = [];

beforeEach(() => {
  folder = makeFolder({ 'a.txt': 'A', 'sub/b.txt': 'B' });
  engine = new Engine(
    { host: 'browser', tour: folder.path, openUrl: (url) => void opened.push(url) },
    { port: 0 },
  );
});
afterEach(async () => {
  await engine.stop();
  folder.remove();
  opened.length = 0;
});

async function until(fits: () => boolean): Promise<void> {
  while (!fits()) await new Promise((resolve) => setTimeout(resolve, 10));
}
const statusOf = (id: number): ServerStatus | undefined =>
  engine.servers.find((server) => server.id === id)?.status;

/** A viewer over a real port, with all events it was fed. */
function watch(): { link: ViewerLink; events: CaptureEvent[]; hello: Promise<Hello> } {
  const { port1, port2 } = new MessageChannel();
  const events: CaptureEvent[] = [];
  let greet: (hello: Hello) => void;
  const hello = new Promise<Hello>((resolve) => {
    greet = resolve;
  });
  engine.attach(portTransport(port1));
  const link = new ViewerLink(portTransport(port2), {
    onHello: (message) => greet(message),
    onBatch: (batch) => void events.push(...eventsIn(batch)),
    onClose: () => {},
  });
  return { link, events, hello };
}

describe('servers', () => {
  it('serves a folder, and the same folder only once', async () => {
    const first = await engine.serve(folder.path);
    const again = await engine.serve(`${folder.path}/`);
    expect(again.server.id).toBe(first.server.id);
    expect(await (await fetch(`${first.server.url}a.txt`)).text()).toBe('A');
  });

  it('serves several folders at once', async () => {
    const one = await engine.serve(folder.path);
    const two = await engine.serve(`${folder.path}/sub`);
    expect(await (await fetch(`${two.server.url}b.txt`)).text()).toBe('B');
    expect(one.server.port).not.toBe(two.server.port);
  });

  it('a file opens itself in its folder', async () => {
    const reply = await engine.serve(`${folder.path}/sub/b.txt`);
    expect(reply.server.root).toBe(`${folder.path}/sub`);
    expect(reply.open).toBe('/b.txt');
    expect(reply.notes).toHaveLength(1);
  });

  it.each([
    ['missing', /There is no folder/],
    ['a.txt/x', /is a file, not a folder/],
  ])('%s is refused in words', async (name, words) => {
    await expect(engine.serve(`${folder.path}/${name}`)).rejects.toThrow(words);
  });

  // Root reads everything.
  it.skipIf(process.getuid?.() === 0)('a folder that may not be read is refused in words', async () => {
    chmodSync(`${folder.path}/sub`, 0);
    await expect(engine.serve(`${folder.path}/sub`)).rejects.toThrow('may not be read by this user');
    chmodSync(`${folder.path}/sub`, 0o755);
  });

  it('says when the folder goes, answers meanwhile, and recovers when it is back', async () => {
    const { server } = await engine.serve(`${folder.path}/sub`);
    renameSync(`${folder.path}/sub`, `${folder.path}/elsewhere`);
    await until(() => statusOf(server.id) === 'folder-gone');
    expect((await fetch(`${server.url}b.txt`)).status).toBe(503);
    renameSync(`${folder.path}/elsewhere`, `${folder.path}/sub`);
    await until(() => statusOf(server.id) === 'running');
    expect(await (await fetch(`${server.url}b.txt`)).text()).toBe('B');
  });
});

it('what was switched on for a server stands beside it', async () => {
  const { server } = await engine.serve(folder.path, { spa: true, cors: true });
  expect(server.tags).toEqual(['SPA', 'CORS']);
  const front = await engine.serve(server.url);
  expect(front.server).toMatchObject({ root: server.url, tags: ['PROXY'] });
});

describe('a viewer', () => {
  it('tells the files of a folder, and that a proxy has none', async () => {
    const { link } = watch();
    const { server } = await engine.serve(folder.path);
    expect(await link.call({ op: 'tree', server: server.id })).toEqual({
      nodes: [
        { name: 'a.txt', bytes: 1 },
        { name: 'sub', nodes: [{ name: 'b.txt', bytes: 1 }] },
      ],
      complete: true,
    });
    const proxy = await engine.serve(server.url);
    await expect(link.call({ op: 'tree', server: proxy.server.id })).rejects.toThrow(
      'It passes requests on, and has no files of its own',
    );
  });

  it('is greeted, sees what happens, and controls the servers', async () => {
    const { link, events, hello } = watch();
    expect(await hello).toMatchObject({ host: 'browser', tour: folder.path });
    const { server } = (await link.call({ op: 'serve', path: folder.path })) as {
      server: { id: number; url: string };
    };
    await (await fetch(`${server.url}a.txt`)).text();
    await until(() => events.some((event) => event.kind === 'response-end'));
    expect(events.find((event) => event.kind === 'request')).toMatchObject({
      method: 'GET',
      target: '/a.txt',
    });

    await link.call({ op: 'open', server: server.id, path: '/sub/b.txt' });
    expect(opened).toEqual([`${server.url}sub/b.txt`]);
    await expect(link.call({ op: 'open', server: server.id, path: '//elsewhere.example/' })).rejects.toThrow(
      'not below',
    );

    await link.call({ op: 'stop', server: server.id });
    await expect(fetch(server.url)).rejects.toThrow();
    await link.call({ op: 'start', server: server.id });
    expect((await fetch(`${server.url}a.txt`)).status).toBe(200);
    await link.call({ op: 'remove', server: server.id });
    await until(() => events.some((event) => event.kind === 'server' && event.state.status === 'removed'));
    await expect(link.call({ op: 'start', server: server.id })).rejects.toThrow('no longer here');
  });

  it('pulls the bytes that its feed left out', async () => {
    const { link, events } = watch();
    const { server } = await engine.serve(folder.path);
    await (await fetch(`${server.url}a.txt`)).text();
    await until(() => events.some((event) => event.kind === 'response-end'));
    const out = events.filter((event) => event.kind === 'bytes' && event.direction === 'out');
    expect(out.every((event) => event.kind === 'bytes' && event.data === undefined)).toBe(true);
    const raw = (await link.call({
      op: 'pull',
      positions: out.map((event) => event.position),
    })) as Uint8Array;
    expect(Buffer.from(raw).toString()).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\nA$/);
  });

  it('that goes away leaves the others and the server alone', async () => {
    const leaver = watch();
    const stayer = watch();
    await Promise.all([leaver.hello, stayer.hello]);
    leaver.link.close();
    const { server } = await engine.serve(folder.path);
    await (await fetch(`${server.url}a.txt`)).text();
    await until(() => stayer.events.some((event) => event.kind === 'response-end'));
  });

  it('that comes late sees the same as one that was there', async () => {
    const early = watch();
    const { server } = await engine.serve(folder.path);
    for (let i = 0; i < 20; i++) await (await fetch(`${server.url}a.txt`)).text();
    const late = watch();
    const ends = (events: CaptureEvent[]) => events.filter((event) => event.kind === 'response-end').length;
    await until(() => ends(early.events) === 20 && ends(late.events) === 20);
    const exchanges = (events: CaptureEvent[]) =>
      events.flatMap((event) => (event.kind === 'begin' ? [event.exchange] : []));
    expect(exchanges(late.events)).toEqual(exchanges(early.events));
  });
});

it('capture off keeps nothing', async () => {
  const silent = new Engine(
    { host: 'browser', tour: folder.path, capture: false, openUrl: () => {} },
    { port: 0 },
  );
  const { server } = await silent.serve(folder.path);
  expect((await fetch(`${server.url}a.txt`)).status).toBe(200);
  expect(eventsOf(silent.log)).toEqual([]);
  await silent.stop();
});

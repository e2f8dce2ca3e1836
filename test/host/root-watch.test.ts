/** A folder that gets another name, goes and comes back while it is served. */
import { once } from 'node:events';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { portTransport } from '../../server-core/capture/port-transport.ts';
import { ViewerLink } from '../../server-core/capture/viewer-link.ts';
import { Engine } from '../../server-core/host/engine.ts';
import { makeFolder } from '../support/folder.ts';

let folder: ReturnType<typeof makeFolder>;
let engine: Engine;
let link: ViewerLink;

beforeEach(() => {
  folder = makeFolder({ 'site/index.html': 'home', 'other/index.html': 'other' });
  engine = new Engine({ host: 'browser', tour: folder.path, openUrl: () => {} }, { port: 0 });
  const { port1, port2 } = new MessageChannel();
  engine.attach(portTransport(port1));
  link = new ViewerLink(portTransport(port2), { onHello: () => {}, onBatch: () => {}, onClose: () => {} });
});
afterEach(async () => {
  await engine.stop();
  folder.remove();
});

const state = () => engine.servers[0];

/** On a connection of its own. */
async function ask(url: string): Promise<string> {
  const [answer] = (await once(get(url, { agent: false }), 'response')) as [IncomingMessage];
  let text = `${answer.statusCode} `;
  for await (const chunk of answer) text += String(chunk);
  return text;
}

it('is told apart from one that is gone, and can be followed, on the same port', async () => {
  const { server } = await engine.serve(join(folder.path, 'site'));
  const later = join(folder.path, 'renamed');
  await expect(link.call({ op: 'follow', server: server.id })).rejects.toThrow('The folder was not renamed');
  // It is looked at when it starts and then each second.
  expect(await ask(server.url)).toBe('200 home');
  renameSync(join(folder.path, 'site'), later);
  await expect.poll(() => state()?.movedTo).toBe(later);
  expect(state()).toMatchObject({
    status: 'folder-gone',
    problem: expect.stringContaining('is named renamed now'),
  });
  expect(await ask(server.url)).toMatch(/^503 /);
  await link.call({ op: 'follow', server: server.id });
  expect(await ask(server.url)).toBe('200 home');
  expect(state()).toMatchObject({ status: 'running', name: 'renamed', root: later, url: server.url });
  expect(state()?.movedTo).toBeUndefined();
  expect(state()?.problem).toBeUndefined();
});

it('is served again when it has its name back, and is gone when it is removed', async () => {
  const { server } = await engine.serve(join(folder.path, 'site'));
  await ask(server.url);
  rmSync(join(folder.path, 'site'), { recursive: true });
  await expect.poll(() => state()?.problem).toContain('The folder is gone');
  expect(state()?.movedTo).toBeUndefined();
  mkdirSync(join(folder.path, 'site'));
  await expect.poll(() => state()?.status).toBe('running');
});

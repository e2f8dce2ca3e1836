/** Processes that serve: how many, how they end, and what is seen when one is killed. */
import { once } from 'node:events';
import { connect } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { CaptureEvent } from '../../server-core/capture/events.ts';
import { RawClient } from '../net/raw-client.ts';
import { makeFolder } from '../support/folder.ts';
import { Program } from '../support/program.ts';
import { childrenOf, hasProc, isAlive } from './child-processes.ts';
import { get, type ModelledSite, modelledSite } from './modelled-site.ts';

let site: ModelledSite | undefined;
afterEach(async () => {
  await site?.stop();
  site = undefined;
});

const HOST = 'Host: localhost\r\n';
const workers = () => childrenOf(process.pid);

async function whoServes(path = '/who'): Promise<number> {
  const { text } = await get(site!, path);
  return JSON.parse(text).pid;
}

function closedEvents(events: readonly CaptureEvent[]) {
  return events.flatMap((event) => (event.kind === 'closed' ? [event] : []));
}

describe('process', () => {
  it('starts a process for each connection, and leaves none behind', async () => {
    site = await modelledSite('process');
    const pids = new Set([await whoServes(), await whoServes()]);
    expect(pids.size).toBe(2);
    expect(pids.has(process.pid)).toBe(false);
    if (hasProc) await expect.poll(workers).toEqual([]);
  });

  it('keeps one process for all requests of a connection', async () => {
    site = await modelledSite('process');
    const client = await RawClient.open(site.port);
    const pids = [];
    for (let i = 0; i < 3; i++) {
      await client.send(`GET /who HTTP/1.1\r\n${HOST}\r\n`);
      pids.push(JSON.parse((await client.response()).body).pid);
    }
    client.close();
    expect(new Set(pids).size).toBe(1);
  });

  it('has connections beyond the most wait, and makes room for them', async () => {
    site = await modelledSite('process', { workers: 1 });
    const first = await RawClient.open(site.port);
    await first.send(`GET /a.txt HTTP/1.1\r\n${HOST}\r\n`);
    expect((await first.response()).head).not.toContain('Connection: close');
    // Nobody has closed the first, which is idle; it has to go.
    expect((await get(site, '/a.txt')).status).toBe(200);
    expect(await first.rest()).toBe('');
    first.close();
  });

  it('makes room though the oldest connection cannot', async () => {
    site = await modelledSite('process', { workers: 2 });
    const holder = new WebSocket(`ws://127.0.0.1:${site.port}/echo`);
    await once(holder, 'open');
    const idle = await RawClient.open(site.port);
    await idle.send(`GET /a.txt HTTP/1.1\r\n${HOST}\r\n`);
    await idle.response();
    const both = await Promise.all([get(site, '/a.txt'), get(site, '/a.txt')]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    idle.close();
    holder.terminate();
  });

  it('answers 503 to who waited for too long', async () => {
    site = await modelledSite('process', { workers: 1 });
    const holder = new WebSocket(`ws://127.0.0.1:${site.port}/echo`);
    await once(holder, 'open');
    const refused = await get(site, '/a.txt');
    expect(refused).toMatchObject({ status: 503, text: expect.stringContaining('All 1 processes') });
    holder.close();
    await once(holder, 'close');
    expect((await get(site, '/a.txt')).status).toBe(200);
  });

  it('tells in the capture of a process that was killed', async () => {
    site = await modelledSite('process');
    const client = await RawClient.open(site.port);
    await client.send(`GET /who HTTP/1.1\r\n${HOST}\r\n`);
    const { pid } = JSON.parse((await client.response()).body);
    process.kill(pid, 'SIGKILL');
    await client.rest().catch(() => {});
    await expect
      .poll(() => closedEvents(site!.events()))
      .toEqual([
        expect.objectContaining({ reason: 'worker-died', detail: `Process ${pid} was killed by SIGKILL` }),
      ]);
    expect(await whoServes()).not.toBe(pid);
  });
});

describe('prefork', () => {
  it('serves by as many processes as it was told, and none of its own', async () => {
    site = await modelledSite('prefork', { workers: 3 });
    if (hasProc) await expect.poll(() => workers().length).toBe(3);
    const pids = await Promise.all(Array.from({ length: 30 }, () => whoServes()));
    expect(pids).not.toContain(process.pid);
  });

  it('replaces one that is killed, and says in the capture what ended with it', async () => {
    site = await modelledSite('prefork');
    const client = await RawClient.open(site.port);
    await client.send(`GET /who HTTP/1.1\r\n${HOST}\r\n`);
    const { pid } = JSON.parse((await client.response()).body);
    await client.send(`GET /wait/60000 HTTP/1.1\r\n${HOST}\r\n`);
    await expect
      .poll(() => site!.events().some((event) => event.kind === 'request' && event.target === '/wait/60000'))
      .toBe(true);
    process.kill(pid, 'SIGKILL');
    await client.rest().catch(() => {});
    await expect
      .poll(() => closedEvents(site!.events()))
      .toContainEqual(expect.objectContaining({ reason: 'worker-died', bytesIn: expect.any(Number) }));
    expect((await get(site, '/a.txt')).status).toBe(200);
    if (!hasProc) return;
    await expect.poll(() => workers().filter(({ state }) => state !== 'Z').length).toBe(2);
    expect(isAlive(pid)).toBe(false);
  });

  it('survives a handler that ends its process', async () => {
    site = await modelledSite('prefork');
    const client = await RawClient.open(site.port);
    await client.send(`GET /exit HTTP/1.1\r\n${HOST}\r\n`);
    await client.rest().catch(() => {});
    await expect
      .poll(() => closedEvents(site!.events()).map(({ detail }) => detail))
      .toEqual([expect.stringMatching(/^Process \d+ ended with exit code 3$/)]);
    expect((await get(site, '/a.txt')).status).toBe(200);
  });

  it('speaks TLS in each process', async () => {
    site = await modelledSite('prefork', { https: 'local' });
    const socket = connect({ port: site.port, host: '127.0.0.1', rejectUnauthorized: false });
    socket.end(`GET /who HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`);
    let text = '';
    for await (const piece of socket) text += piece;
    expect(JSON.parse(text.slice(text.indexOf('\r\n\r\n'))).pid).not.toBe(process.pid);
    await expect.poll(() => site!.events().filter(({ kind }) => kind === 'tls')).toHaveLength(1);
  });
});

describe.each(['process', 'prefork'] as const)('%s', (model) => {
  it('ends its processes with the server', async () => {
    site = await modelledSite(model);
    const idle = await RawClient.open(site.port);
    await idle.send(`GET /who HTTP/1.1\r\n${HOST}\r\n`);
    const { pid } = JSON.parse((await idle.response()).body);
    await site.stop();
    site = undefined;
    expect(await idle.rest()).toBe('');
    if (!hasProc) return;
    expect(workers()).toEqual([]);
    expect(isAlive(pid)).toBe(false);
  });

  it.runIf(hasProc)('ends its processes when the server is killed', async () => {
    const folder = makeFolder({ 'a.txt': 'A' });
    const program = new Program([folder.path, '--no-ui', '--port', '0', '--model', model, '--workers', '2']);
    const port = Number(await program.find(/:(\d+)\/$/m));
    const client = await RawClient.open(port);
    await client.send(`GET /a.txt HTTP/1.1\r\n${HOST}\r\n`);
    expect((await client.response()).status).toBe(200);
    const pids = childrenOf(program.child.pid!).map(({ pid }) => pid);
    expect(pids.length).toBeGreaterThan(0);
    await program.stop('SIGKILL');
    await expect.poll(() => pids.filter(isAlive)).toEqual([]);
    folder.remove();
  });
});

/** What the capture tells of processes and threads: when they came and went, what they used, and who waits. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import type { CaptureEvent } from '../../server-core/capture/events.ts';
import { RawClient } from '../net/raw-client.ts';
import { get, type ModelledSite, modelledSite } from './modelled-site.ts';

let site: ModelledSite;
afterEach(() => site.stop());

const HOST = 'Host: localhost\r\n';

const CLIENTS_AFTER_MS = 300;
/** Says that it is there, and connects a while later. */
const CLIENTS = `
const { connect } = require('node:net');
const [port, count] = process.argv.slice(1).map(Number);
console.log('here');
setTimeout(() => {
  for (let i = 0; i < count; i++) connect(port, '127.0.0.1');
}, ${CLIENTS_AFTER_MS});
`;

type Of<K extends CaptureEvent['kind']> = Extract<CaptureEvent, { readonly kind: K }>;
function events<K extends CaptureEvent['kind']>(kind: K): Of<K>[] {
  return site.events().filter((event): event is Of<K> => event.kind === kind);
}

/** What computing for 400 ms takes at the least, on a machine that is busy with other things. */
const LEAST_CPU_MICROS = 20_000;

function cpuOf(kind: string): number {
  const used = events('usage').filter(({ name }) => name.startsWith(kind));
  return used.reduce((sum, { cpuMicros }) => sum + cpuMicros, 0);
}

/** Names and stages, in their order. */
const lives = () => events('worker-life').map(({ name, stage, detail }) => [name, stage, detail]);

describe('the main process', () => {
  it('tells what it uses while something happens, and then falls silent', async () => {
    site = await modelledSite('event-loop');
    await get(site, '/compute/400');
    await expect.poll(() => cpuOf('main')).toBeGreaterThan(LEAST_CPU_MICROS);
    const [usage] = events('usage');
    expect(usage).toMatchObject({ name: 'main', server: 0, id: process.pid });
    expect(usage!.rssBytes).toBeGreaterThan(10e6);
    for (const { spanMicros, utilization } of events('usage')) {
      expect(spanMicros).toBeGreaterThan(0);
      expect(utilization).toBeLessThanOrEqual(1);
    }
    // A beat that went on would fill the capture of an idle server.
    let before = -1;
    await expect
      .poll(
        () => {
          const now = events('usage').length;
          const isSilent = now === before;
          before = now;
          return isSilent;
        },
        { interval: 1500, timeout: 14_000 },
      )
      .toBe(true);
  });
});

describe.each(['process', 'prefork'] as const)('%s', (model) => {
  it('tells when each process began, could serve and ended, and what it used', async () => {
    site = await modelledSite(model, { workers: 1 });
    expect((await get(site, '/compute/400')).status).toBe(200);
    await expect.poll(() => cpuOf('process')).toBeGreaterThan(LEAST_CPU_MICROS);
    const worker = events('usage').find(({ server }) => server !== 0)!;
    expect(worker.name).toBe(`process ${worker.id}`);
    expect(worker.id).not.toBe(process.pid);
    expect(worker.rssBytes).toBeGreaterThan(10e6);
    await site.engine.stop();
    expect(lives()).toEqual([
      [worker.name, 'started', ''],
      [worker.name, 'ready', ''],
      [worker.name, 'ended', ''],
    ]);
  });

  it('tells how a process died that nobody had told to', async () => {
    site = await modelledSite(model, { workers: 1 });
    await get(site, '/exit').catch(() => {});
    await expect
      .poll(lives)
      .toContainEqual([expect.stringMatching(/^process \d+$/), 'ended', 'ended with exit code 3']);
  });

  it('counts in the metrics the processes and what they use', async () => {
    site = await modelledSite(model, { workers: 1 });
    const value = (name: string) =>
      Number(new RegExp(`^wirescope_${name}\\{[^}]*\\} (\\S+)$`, 'm').exec(site.engine.metrics())?.[1]);
    const client = await RawClient.open(site.port);
    await client.send(`GET /compute/300 HTTP/1.1\r\n${HOST}\r\n`);
    await client.response();
    await expect.poll(() => value('workers_cpu_seconds_total')).toBeGreaterThan(LEAST_CPU_MICROS / 1e6);
    await expect.poll(() => value('workers_resident_memory_bytes')).toBeGreaterThan(10e6);
    expect(value('workers')).toBe(1);
    client.close();
  });
});

describe('threads', () => {
  it('tell what they use, also while they compute', async () => {
    site = await modelledSite('threads', { workers: 2 });
    const computing = get(site, '/compute/900');
    await expect.poll(() => events('usage').find(({ name }) => name.startsWith('thread'))).toBeDefined();
    // It has not answered, and so could not have told by itself.
    expect(events('response')).toEqual([]);
    await computing;
    await expect.poll(() => cpuOf('thread')).toBeGreaterThan(LEAST_CPU_MICROS);
    const used = events('usage').filter(({ name }) => name.startsWith('thread'));
    expect(used.every(({ rssBytes, heapBytes }) => rssBytes === 0 && heapBytes > 0)).toBe(true);
    expect(lives().filter(([, stage]) => stage === 'ready')).toHaveLength(2);
  });
});

describe('connections that wait', () => {
  it('are counted under iterative, where they are served when the one before has ended', async () => {
    site = await modelledSite('iterative');
    const first = await RawClient.open(site.port);
    await first.send(`GET /until-abort HTTP/1.1\r\n${HOST}\r\n`);
    await expect.poll(() => events('request')).toHaveLength(1);
    const others = await Promise.all([RawClient.open(site.port), RawClient.open(site.port)]);
    await expect
      .poll(() => events('metrics').map(({ waitingConnections }) => waitingConnections))
      .toContain(2);
    expect(site.engine.metrics()).toMatch(/^wirescope_connections_waiting\{[^}]*\} 2$/m);
    for (const other of others) await other.send(`GET /a.txt HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`);
    expect(events('request')).toHaveLength(1);
    first.reset();
    for (const other of others) expect((await other.response()).status).toBe(200);
    const [held, ...served] = events('opened').map(({ conn }) => conn);
    const ended = events('closed').find(({ conn }) => conn === held)!;
    const begun = events('begin').filter(({ conn }) => served.includes(conn));
    expect(begun.every(({ time }) => time > ended.time)).toBe(true);
    await expect.poll(() => events('metrics').at(-1)?.waitingConnections).toBe(0);
  });

  it('are counted under process, where all processes are taken', async () => {
    site = await modelledSite('process', { workers: 1 });
    const first = await RawClient.open(site.port);
    await first.send(`GET /until-abort HTTP/1.1\r\n${HOST}\r\n`);
    await expect.poll(() => events('request')).toHaveLength(1);
    const other = await RawClient.open(site.port);
    await expect
      .poll(() => events('metrics').map(({ waitingConnections }) => waitingConnections))
      .toContain(1);
    first.reset();
    other.close();
  });

  it.runIf(process.platform === 'linux')('are counted before they are accepted', async () => {
    site = await modelledSite('event-loop');
    await get(site, '/a.txt');
    await expect.poll(() => events('metrics').at(-1)?.acceptQueue).toBe(0);
    expect(site.engine.metrics()).toMatch(/^wirescope_accept_queue_connections\{[^}]*\} 0$/m);
  });

  it.runIf(process.platform === 'linux')('are counted after the loop was held up', async () => {
    site = await modelledSite('event-loop');
    await get(site, '/a.txt');
    await expect.poll(() => events('metrics').at(-1)?.acceptQueue).toBe(0);
    const waiting = 5;
    const clients = spawn(process.execPath, ['-e', CLIENTS, String(site.port), String(waiting)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(clients.stdout, 'data');
    // They come while nobody accepts.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 4 * CLIENTS_AFTER_MS);
    await expect.poll(() => events('metrics').map(({ acceptQueue }) => acceptQueue)).toContain(waiting);
    clients.kill();
    await once(clients, 'exit');
  });
});

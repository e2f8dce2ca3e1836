/** A server changes its model while it serves. */
import { MessageChannel } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import type { Call } from '../../server-core/capture/feed-messages.ts';
import { portTransport } from '../../server-core/capture/port-transport.ts';
import { ViewerLink } from '../../server-core/capture/viewer-link.ts';
import { MODEL_NAMES, type ModelName } from '../../server-core/concurrency/model.ts';
import { RawClient } from '../net/raw-client.ts';
import { makeFolder } from '../support/folder.ts';
import { childrenOf, hasProc } from './child-processes.ts';
import { get, type ModelledSite, modelledSite } from './modelled-site.ts';

const HOST = 'Host: localhost\r\n';
let site: ModelledSite;
afterEach(() => site.stop());

/** Starts many processes. */
const SLOW_MS = 90_000;

/** As the window does it. */
async function ask(call: Call): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  site.engine.attach(portTransport(port1));
  const link = new ViewerLink(portTransport(port2), { onHello() {}, onBatch() {}, onClose() {} });
  await link.call(call);
  link.close();
}

const switchTo = (model: ModelName) => ask({ op: 'model', server: site.id, model });

/** Sends requests one behind the other, on one connection for as long as it persists. */
async function keepAsking(until: () => boolean, persist: boolean): Promise<number[]> {
  const statuses: number[] = [];
  while (!until()) {
    const client = await RawClient.open(site.port);
    for (let goOn = true; goOn; ) {
      await client.send(`GET /a.txt HTTP/1.1\r\n${HOST}${persist ? '' : 'Connection: close\r\n'}\r\n`);
      const { status, head } = await client.response();
      statuses.push(status);
      goOn = !until() && !head.includes('\r\nConnection: close');
    }
    client.close();
  }
  return statuses;
}

describe('switching', () => {
  it.each([
    ['a connection for each request', false, MODEL_NAMES],
    // Under `iterative` an idle connection is closed as soon as another waits, so a request may meet that.
    ['connections that persist', true, MODEL_NAMES.filter((name) => name !== 'iterative')],
  ])(
    'fails no request, with %s',
    async (_, persist, models) => {
      // More processes than clients: where connections wait for one, an idle one is closed.
      site = await modelledSite('event-loop', { routes: undefined, workers: 4 });
      let done = false;
      const clients = Array.from({ length: 3 }, () => keepAsking(() => done, persist));
      const asked = () => site.engine.log.totals.exchanges;
      try {
        for (const model of [...models.slice(1), 'event-loop'] as const) {
          await switchTo(model);
          expect(site.engine.servers[0]?.model).toBe(model);
          const before = asked();
          await expect.poll(() => asked() - before, { timeout: SLOW_MS }).toBeGreaterThan(3);
        }
      } finally {
        done = true;
        await Promise.allSettled(clients);
      }
      const statuses = (await Promise.all(clients)).flat();
      expect(statuses.filter((status) => status !== 200)).toEqual([]);
      if (hasProc) await expect.poll(() => childrenOf(process.pid)).toEqual([]);
    },
    SLOW_MS,
  );

  it('finishes under the old model what was begun there', async () => {
    site = await modelledSite('prefork');
    const client = await RawClient.open(site.port);
    await client.send(`GET /wait/400 HTTP/1.1\r\n${HOST}\r\n`);
    await expect.poll(() => site.events().some(({ kind }) => kind === 'request')).toBe(true);
    await switchTo('event-loop');
    expect(JSON.parse((await get(site, '/who')).text).pid).toBe(process.pid);
    expect(await client.response()).toMatchObject({
      body: 'waited',
      head: expect.stringContaining('Connection: close'),
    });
    client.close();
    const closed = site.events().filter(({ kind }) => kind === 'closed');
    expect(closed.map((event) => event.kind === 'closed' && event.reason)).not.toContain('worker-died');
    if (hasProc) await expect.poll(() => childrenOf(process.pid)).toEqual([]);
  });

  it('keeps telling what is wrong with a module of routes, once for all processes', async () => {
    const folder = makeFolder({ 'broken.mjs': 'export default nonsense;' });
    const said: string[] = [];
    const write = process.stderr.write.bind(process.stderr);
    process.stderr.write = (text: string | Uint8Array) => said.push(String(text)) > 0;
    try {
      site = await modelledSite('prefork', { workers: 3, routes: `${folder.path}/broken.mjs` });
    } finally {
      process.stderr.write = write;
    }
    const problem = () => site.engine.servers[0]?.problem;
    expect(problem()).toMatch(/nonsense is not defined/);
    expect(said.filter((text) => text.includes('nonsense'))).toHaveLength(1);
    await switchTo('threads');
    expect(problem()).toMatch(/nonsense is not defined/);
    folder.remove();
  });

  it('is done to a stopped server as well', async () => {
    site = await modelledSite('event-loop');
    await ask({ op: 'stop', server: site.id });
    await switchTo('prefork');
    await ask({ op: 'start', server: site.id });
    expect(site.engine.servers[0]).toMatchObject({ model: 'prefork', status: 'running' });
    expect(JSON.parse((await get(site, '/who')).text).pid).not.toBe(process.pid);
  });
});

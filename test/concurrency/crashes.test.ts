/** What a handler that crashes takes with it: its connection, its process or thread, and never the server. */
import { afterEach, describe, expect, it } from 'vitest';
import { RawClient } from '../net/raw-client.ts';
import { childrenOf, hasProc } from './child-processes.ts';
import { get, type ModelledSite, modelledSite } from './modelled-site.ts';

let site: ModelledSite;
afterEach(() => site.stop());

const request = (path: string) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;

/** A client that was answered once, and who answered. */
async function served(): Promise<{ readonly client: RawClient; readonly pid: number }> {
  const client = await RawClient.open(site.port);
  await client.send(request('/who'));
  return { client, pid: JSON.parse((await client.response()).body).pid };
}

async function crash({ client }: { readonly client: RawClient }): Promise<string> {
  await client.send(request('/exit'));
  return client.rest().catch(() => '');
}

const isAnswered = async ({ client }: { readonly client: RawClient }) => {
  await client.send(request('/a.txt'));
  return (await client.response()).status === 200;
};

describe('a handler that ends its process', () => {
  it('ends its own connection under process, and none beside it', async () => {
    site = await modelledSite('process', { workers: 4 });
    const all = await Promise.all([served(), served(), served()]);
    expect(new Set(all.map(({ pid }) => pid)).size).toBe(3);
    const [crashing, ...others] = all;
    expect(await crash(crashing!)).toBe('');
    for (const other of others) expect(await isAnswered(other)).toBe(true);
    expect((await get(site, '/a.txt')).status).toBe(200);
    for (const { client } of others) client.close();
    if (hasProc) await expect.poll(() => childrenOf(process.pid)).toEqual([]);
  });

  it('ends the connections of its process under prefork, and none of another', async () => {
    site = await modelledSite('prefork', { workers: 2 });
    const all = [await served()];
    // Who accepts is up to the system: until both have something, and one of them two.
    while (new Set(all.map(({ pid }) => pid)).size < 2 || all.length < 3) all.push(await served());
    const [crashing] = all;
    const beside = all.slice(1).filter(({ pid }) => pid === crashing!.pid);
    const others = all.filter(({ pid }) => pid !== crashing!.pid);
    expect(await crash(crashing!)).toBe('');
    for (const { client } of beside) expect(await client.rest().catch(() => '')).toBe('');
    for (const other of others) expect(await isAnswered(other)).toBe(true);
    expect((await get(site, '/a.txt')).status).toBe(200);
    for (const { client } of others) client.close();
  });

  it('ends its thread under threads, which costs those it worked on their answer and nobody a connection', async () => {
    site = await modelledSite('threads', { workers: 2 });
    const [crashing, other] = await Promise.all([served(), served()]);
    await crashing!.client.send(request('/exit'));
    expect((await crashing!.client.response()).status).toBe(500);
    expect(await isAnswered(other!)).toBe(true);
    other!.client.close();
    crashing!.client.close();
  });
});

describe.each(['event-loop', 'iterative', 'process', 'prefork', 'threads'] as const)('%s', (model) => {
  it('answers 500 for a handler that throws, and goes on with the same connection', async () => {
    site = await modelledSite(model);
    const client = await RawClient.open(site.port);
    await client.send(request('/throw'));
    expect((await client.response()).status).toBe(500);
    await client.send(request('/a.txt'));
    expect((await client.response()).status).toBe(200);
    client.close();
  });
});

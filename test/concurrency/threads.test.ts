/** Handlers on threads: what computes holds up its thread and nothing else. */

import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { RawClient } from '../net/raw-client.ts';
import { get, type ModelledSite, modelledSite } from './modelled-site.ts';

let site: ModelledSite;
afterEach(() => site.stop());

const HOST = 'Host: localhost\r\n';
const COMPUTE = '/compute/700';

/** Which of a request that computes and one sent behind it is answered first. */
async function firstAnswered(): Promise<string> {
  // Both connections are open before: else the second would wait for its accept.
  const [slow, quick] = await Promise.all([RawClient.open(site.port), RawClient.open(site.port)]);
  await slow.send(`GET ${COMPUTE} HTTP/1.1\r\n${HOST}\r\n`);
  await Promise.race([begun(), slow.response()]);
  await quick.send(`GET /who HTTP/1.1\r\n${HOST}\r\n`);
  const first = await Promise.race([
    slow.response().then(() => 'the one that computes'),
    quick.response().then(() => 'the quick one'),
  ]);
  slow.close();
  quick.close();
  return first;
}

async function givenBytes(): Promise<number> {
  return JSON.parse((await get(site, '/given')).text).given;
}

async function begun(): Promise<void> {
  await expect.poll(() => site.events().some((event) => event.kind === 'worker'), { interval: 5 }).toBe(true);
}

describe('threads', () => {
  it('answers others while a handler computes', async () => {
    site = await modelledSite('threads');
    expect(await firstAnswered()).toBe('the quick one');
  });

  it('spreads requests over its threads', async () => {
    site = await modelledSite('threads', { workers: 3 });
    const all = Array.from({ length: 3 }, () => get(site, '/wait/300'));
    await expect
      .poll(() => new Set(site.events().map((event) => event.kind === 'worker' && event.name)))
      .toEqual(new Set([false, 'thread 1', 'thread 2', 'thread 3']));
    await Promise.all(all);
  });

  it('answers for a thread that ended, and starts another', async () => {
    site = await modelledSite('threads', { workers: 1 });
    const socket = new WebSocket(`ws://127.0.0.1:${site.port}/echo`);
    await once(socket, 'open');
    socket.on('error', () => {});
    const closed = once(socket, 'close');
    expect((await get(site, '/exit')).status).toBe(500);
    await closed;
    const notes = site.events().flatMap((event) => (event.kind === 'mark' ? [event.detail] : []));
    expect(notes).toContain('The thread 1 that had it ended');
    expect((await get(site, '/a.txt')).status).toBe(200);
  });

  it('reads a source no faster than its client does', async () => {
    site = await modelledSite('threads', { workers: 1 });
    const client = await RawClient.open(site.port);
    client.socket.pause();
    await client.send(`GET /endless HTTP/1.1\r\n${HOST}\r\n`);
    const waits = () => site.events().some((event) => event.kind === 'mark' && event.mark === 'drain-wait');
    await expect.poll(waits).toBe(true);
    // What the sockets of both sides hold, and a few pieces on the way; it would go on for ever otherwise.
    const before = await givenBytes();
    expect(before).toBeLessThan(32 * 1024 * 1024);
    expect(await givenBytes()).toBe(before);
    client.reset();
  });

  it('asks a WebSocket that sends faster than its client reads to wait, and tells when it may go on', async () => {
    site = await modelledSite('threads', { workers: 1 });
    const socket = new WebSocket(`ws://127.0.0.1:${site.port}/flood`);
    await once(socket, 'open');
    await expect.poll(async () => JSON.parse((await get(site, '/given')).text).drained).toBe(1);
    expect(await givenBytes()).toBeLessThan(32 * 1024 * 1024);
    socket.terminate();
  });

  it('tells a handler that its client is gone', async () => {
    site = await modelledSite('threads', { workers: 1 });
    const client = await RawClient.open(site.port);
    await client.send(`GET /until-abort HTTP/1.1\r\n${HOST}\r\n`);
    await begun();
    client.reset();
    await expect.poll(async () => (await get(site, '/aborts')).text).toBe('1');
  });
});

describe('event-loop', () => {
  it('has others wait while a handler computes', async () => {
    site = await modelledSite('event-loop');
    const [slow, quick] = await Promise.all([RawClient.open(site.port), RawClient.open(site.port)]);
    await slow.send(`GET ${COMPUTE} HTTP/1.1\r\n${HOST}\r\n`);
    const order: string[] = [];
    // The loop of this very process computes: nothing here runs until it is done.
    const answers = [
      slow.response().then(() => order.push('slow')),
      quick.send(`GET /who HTTP/1.1\r\n${HOST}\r\n`),
    ];
    await Promise.all(answers);
    await quick.response().then(() => order.push('quick'));
    expect(order).toEqual(['slow', 'quick']);
    slow.close();
    quick.close();
  });
});

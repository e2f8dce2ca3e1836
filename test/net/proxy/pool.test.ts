import { describe, expect, it } from 'vitest';
import type { RawClient } from '../raw-client.ts';
import type { OriginSide } from './raw-origin.ts';
import { get, proxied, rawOrigin } from './setup.ts';

const ok = (more = '', body = 'ok') =>
  `HTTP/1.1 200 OK\r\n${more}Content-Length: ${body.length}\r\n\r\n${body}`;

async function exchange(client: RawClient, side: OriginSide, response = ok()): Promise<string> {
  await client.send(get());
  await side.head();
  side.say(response);
  return (await client.response()).body;
}

async function first(options = {}) {
  const origin = await rawOrigin();
  const setup = await proxied(origin.url, options);
  const client = await setup.client();
  await client.send(get());
  const side = await origin.accept();
  await side.head();
  return { ...setup, origin, client, side, newClient: setup.client };
}

describe('a connection to the origin', () => {
  it('is used again, for another client too', async () => {
    const { origin, client, side, marks, ...setup } = await first();
    side.say(ok());
    await client.response();
    const other = await setup.newClient();
    expect(await exchange(other, side)).toBe('ok');
    expect(await exchange(client, side)).toBe('ok');
    expect(origin.connections).toBe(1);
    expect(marks()).toContainEqual(expect.stringMatching(/over a kept connection, its request no\. 3$/));
  });

  it.each([
    ['that the origin said it would close', ok('Connection: close\r\n')],
    ['that had bytes behind its response', `${ok()}HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison`],
    ['of an origin that keeps it for no time', ok('Keep-Alive: timeout=1\r\n')],
    ['of HTTP/1.0', 'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok'],
  ])('%s is not', async (_, response) => {
    const { origin, client, side } = await first();
    side.say(response);
    expect((await client.response()).body).toBe('ok');
    await side.closed();
    await client.send(get());
    const next = await origin.accept();
    await next.head();
    next.say(ok('', 'fresh'));
    expect((await client.response()).body).toBe('fresh');
  });

  it('on which the origin speaks unasked is closed, and nobody gets what it said', async () => {
    const { origin, client, side } = await first();
    side.say(ok());
    await client.response();
    side.say('HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison');
    await side.closed();
    await client.send(get());
    const next = await origin.accept();
    await next.head();
    next.say(ok());
    expect((await client.response()).body).toBe('ok');
  });

  it('whose request was answered before its end is not', async () => {
    const origin = await rawOrigin();
    const client = await (await proxied(origin.url)).client();
    await client.send(`${get('/', 'Content-Length: 100\r\n', 'POST')}some`);
    const side = await origin.accept();
    await side.until('some');
    side.say(ok());
    expect((await client.response()).body).toBe('ok');
    await side.closed();
  });

  it('is closed when nobody has used it for a while', async () => {
    const { client, side } = await first({ idleMs: 1 });
    side.say(ok());
    await client.response();
    await side.closed();
  });

  it('is closed with the proxy, when it is free', async () => {
    const { client, side, handler } = await first();
    side.say(ok());
    await client.response();
    handler.close();
    await side.closed();
  });
});

describe('the number of connections', () => {
  it('is bounded, and whoever waits goes in turn', async () => {
    const { origin, client, side, ...setup } = await first({ maxConnections: 1 });
    const others = [await setup.newClient(), await setup.newClient()];
    for (const [i, other] of others.entries()) {
      await other.send(get(`/${i}`));
      await setup.served.until((event) => event.kind === 'request' && event.target === `/${i}`);
    }
    side.say(ok('', 'a'));
    expect((await client.response()).body).toBe('a');
    for (const [i, other] of others.entries()) {
      expect(await side.head()).toMatch(new RegExp(`^GET /${i} `));
      side.say(ok('', `b${i}`));
      expect((await other.response()).body).toBe(`b${i}`);
    }
    expect(origin.connections).toBe(1);
  });

  it('lets the next one in when a connection closes, and passes over who has gone', async () => {
    const { origin, client, side, ...setup } = await first({ maxConnections: 1 });
    const gone = await setup.newClient();
    const last = await setup.newClient();
    await gone.send(get('/gone'));
    await setup.served.until((event) => event.kind === 'request' && event.target === '/gone');
    await last.send(get('/last'));
    await setup.served.until((event) => event.kind === 'request' && event.target === '/last');
    gone.reset();
    await setup.served.until((event) => event.kind === 'closed');
    side.say(ok('Connection: close\r\n'));
    await client.response();
    const next = await origin.accept();
    expect(await next.head()).toMatch(/^GET \/last /);
    next.say(ok());
    expect((await last.response()).body).toBe('ok');
    expect(origin.connections).toBe(2);
  });

  it('that are kept free is bounded', async () => {
    const { origin, client, side, ...setup } = await first({ maxIdle: 1 });
    const other = await setup.newClient();
    await other.send(get());
    const second = await origin.accept();
    await second.head();
    side.say(ok());
    await client.response();
    second.say(ok());
    await other.response();
    await second.closed();
    expect(await exchange(client, side)).toBe('ok');
  });
});

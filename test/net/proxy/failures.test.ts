import { describe, expect, it } from 'vitest';
import { get, type Proxied, proxied, rawOrigin } from './setup.ts';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

/** The status and the sentence of the error page, for the next request of a new client. */
async function refusal(setup: Proxied, request = get()): Promise<string> {
  const client = await setup.client();
  await client.send(request);
  const { status, body } = await client.response();
  return `${status} ${body.split('\n')[1]}`;
}

describe('no connection', () => {
  it('is 502, saying that nothing listens', async () => {
    const origin = await rawOrigin();
    const url = origin.url;
    await origin.close();
    const setup = await proxied(url);
    expect(await refusal(setup)).toBe(
      '502 The origin server refuses the connection: nothing listens on its port.',
    );
    expect(setup.marks()).toContainEqual(expect.stringContaining('(ECONNREFUSED)'));
  });

  it('for a name that is none is 502', async () => {
    // RFC 6761 §6.4: no name under it ever exists.
    expect(await refusal(await proxied('http://nobody.invalid'))).toMatch(
      /^502 The name of the origin server/,
    );
  });

  it('leaves the client’s connection in order', async () => {
    const origin = await rawOrigin();
    const url = origin.url;
    await origin.close();
    const client = await (await proxied(url)).client();
    for (let i = 0; i < 2; i++) {
      await client.send(get());
      const { status, head } = await client.response();
      expect(status).toBe(502);
      expect(head).not.toMatch(/^Connection:/m);
    }
  });

  it('has a page for who asks for HTML', async () => {
    const origin = await rawOrigin();
    const url = origin.url;
    await origin.close();
    const client = await (await proxied(url)).client();
    await client.send(get('/', 'Accept: text/html\r\n'));
    expect((await client.response()).body).toContain('<span class="mono">502</span> Bad Gateway');
  });
});

describe('no response', () => {
  it('because the origin closes is 502', async () => {
    const origin = await rawOrigin();
    const setup = await proxied(origin.url);
    const refused = refusal(setup);
    const side = await origin.accept();
    await side.head();
    side.socket.end();
    expect(await refused).toBe('502 The origin server closed the connection instead of answering.');
  });

  it('because the origin resets is 502', async () => {
    const origin = await rawOrigin();
    const setup = await proxied(origin.url);
    const refused = refusal(setup);
    const side = await origin.accept();
    await side.head();
    side.socket.resetAndDestroy();
    expect(await refused).toBe('502 The origin server reset the connection instead of answering.');
  });

  it('in time is 504, and the connection to the origin is closed', async () => {
    const origin = await rawOrigin();
    const setup = await proxied(origin.url, { answerMs: 1 });
    const refused = refusal(setup);
    const side = await origin.accept();
    expect(await refused).toBe('504 The origin server accepted the request but did not answer in time.');
    await side.closed();
    expect(setup.served.events()).toContainEqual(expect.objectContaining({ kind: 'mark', mark: 'timeout' }));
  });

  it.each([
    [
      'not HTTP',
      'SSH-2.0-OpenSSH_9.2\r\n',
      'The HTTP version is not written as HTTP/digit.digit',
      'version-invalid',
    ],
    [
      'a length twice',
      'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
      'There is more than one Content-Length field',
      'content-length-duplicate',
    ],
    [
      'a length and chunks',
      'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
      'Content-Length and Transfer-Encoding contradict each other',
      'content-length-with-transfer-encoding',
    ],
    ['a folded field', 'HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n', 'A field value is folded', 'obs-fold'],
  ])('that could be understood, but %s, is 502 with the fault', async (_, bytes, sentence, code) => {
    const origin = await rawOrigin();
    const client = await (await proxied(origin.url)).client();
    await client.send(get());
    const side = await origin.accept();
    await side.head();
    side.say(bytes);
    const { status, body } = await client.response();
    expect(status).toBe(502);
    expect(body).toContain(`cannot be understood: ${sentence}`);
    expect(body).toMatch(new RegExp(`^${code} at byte \\d+$`, 'm'));
    await side.closed();
  });

  it('but a switch of protocols that nobody asked for is 502', async () => {
    const origin = await rawOrigin();
    const refused = refusal(await proxied(origin.url));
    const side = await origin.accept();
    await side.head();
    side.say('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    expect(await refused).toMatch(/^502 The origin server switched to a protocol/);
    await side.closed();
  });
});

describe('a response that breaks off', () => {
  it.each([
    ['before its length', 'Content-Length: 10\r\n\r\nhalf', false],
    ['in a chunk', 'Transfer-Encoding: chunked\r\n\r\n9\r\nhalf', false],
    ['by a reset', 'Content-Length: 10\r\n\r\nhalf', true],
  ])('%s reaches the client as one that breaks off', async (_, rest, reset) => {
    const origin = await rawOrigin();
    const client = await (await proxied(origin.url)).client();
    await client.send(get());
    const side = await origin.accept();
    await side.head();
    side.say(`HTTP/1.1 200 OK\r\n${rest}`);
    await client.atLeast(80);
    if (reset) side.socket.resetAndDestroy();
    else side.socket.end();
    const text = await client.rest();
    expect(text).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(text).not.toMatch(/0\r\n\r\n$/);
    expect(text.length).toBeLessThan(250);
  });

  it('because the origin falls silent is given up', async () => {
    const origin = await rawOrigin();
    const setup = await proxied(origin.url, { silenceMs: 1 });
    const client = await setup.client();
    await client.send(get());
    const side = await origin.accept();
    await side.head();
    side.say('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf');
    expect(await client.rest()).toMatch(/half$/);
    await side.closed();
    expect(setup.marks()).toContainEqual('The origin server stopped in the middle of its response');
  });
});

describe('a kept connection that is dead', () => {
  /** A first exchange, then the origin closes as soon as it has read the second request. */
  async function dying(second: string, before = '') {
    const origin = await rawOrigin();
    const setup = await proxied(origin.url);
    const client = await setup.client();
    await client.send(get('/first'));
    const side = await origin.accept();
    await side.head();
    side.say(OK);
    await client.response();
    await client.send(second);
    await side.head();
    side.say(before);
    side.socket.end();
    return { ...setup, origin, client };
  }

  it.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])('has %s tried again on a new one', async (method) => {
    const { origin, client, marks } = await dying(get('/again', '', method));
    const fresh = await origin.accept();
    expect(await fresh.head()).toMatch(new RegExp(`^${method} /again HTTP`));
    fresh.say(method === 'HEAD' ? OK.slice(0, -2) : OK);
    expect((await client.response({ toHead: method === 'HEAD' })).status).toBe(200);
    expect(marks()).toContainEqual(expect.stringMatching(/on a kept connection: tried again on a new one$/));
  });

  it.each([
    ['POST', get('/again', '', 'POST')],
    ['PATCH', get('/again', '', 'PATCH')],
    ['a method of unknown meaning', get('/again', '', 'BREW')],
    ['PUT with content, some of which is gone', `${get('/again', 'Content-Length: 1\r\n', 'PUT')}x`],
  ])('does not have %s tried again', async (_, second) => {
    const { origin, client } = await dying(second);
    expect((await client.response()).status).toBe(502);
    expect(origin.connections).toBe(1);
  });

  it('does not have a request tried again that was answered in part', async () => {
    const { origin, client } = await dying(get(), 'HTTP/1.1 2');
    expect((await client.response()).status).toBe(502);
    expect(origin.connections).toBe(1);
  });

  it('has a request tried again once only, and never on a new connection', async () => {
    const { origin, client } = await dying(get());
    const fresh = await origin.accept();
    await fresh.head();
    fresh.socket.end();
    expect((await client.response()).status).toBe(502);
    expect(origin.connections).toBe(2);
  });
});

describe('a client that goes', () => {
  it.each([
    ['before the response', ''],
    ['in the response', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf'],
  ])('%s takes the request at the origin with it', async (_, sent) => {
    const origin = await rawOrigin();
    const { client, served } = await proxied(origin.url);
    const caller = await client();
    await caller.send(get());
    const side = await origin.accept();
    await side.head();
    side.say(sent);
    if (sent !== '') await caller.atLeast(80);
    caller.reset();
    await side.closed();
    await served.until((event) => event.kind === 'closed');
    expect(served.counters.inFlight).toBe(0);
  });

  it('in the middle of its content takes the request with it, and the origin sees it broken off', async () => {
    const origin = await rawOrigin();
    const { client } = await proxied(origin.url);
    const caller = await client();
    await caller.send(`${get('/', 'Transfer-Encoding: chunked\r\n', 'POST')}3\r\nabc\r\n`);
    const side = await origin.accept();
    await side.until('3\r\nabc\r\n');
    caller.reset();
    await side.closed();
    await expect(side.until('0\r\n\r\n')).rejects.toThrow('The proxy closed');
  });

  it('breaks off its content by a fault: 400, and the origin sees it broken off', async () => {
    const origin = await rawOrigin();
    const { client } = await proxied(origin.url);
    const caller = await client();
    await caller.send(`${get('/', 'Transfer-Encoding: chunked\r\n', 'POST')}3\r\nabc\r\nxyz\r\n`);
    const side = await origin.accept();
    await side.closed();
    await expect(side.until('0\r\n\r\n')).rejects.toThrow('The proxy closed');
    expect((await caller.response()).status).toBe(400);
  });
});

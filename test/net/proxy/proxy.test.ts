import { describe, expect, it } from 'vitest';
import { get, proxied, rawOrigin } from './setup.ts';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

describe('a request', () => {
  it('reaches the origin with its own Host, Via and X-Forwarded fields, and comes back', async () => {
    const origin = await rawOrigin();
    const { client } = await proxied(origin.url);
    const caller = await client();
    await caller.send(get('/a?b=c', 'Accept: text/x\r\n'));
    const side = await origin.accept();
    expect(await side.head()).toBe(
      [
        'GET /a?b=c HTTP/1.1',
        `Host: 127.0.0.1:${origin.port}`,
        'Accept: text/x',
        'X-Forwarded-For: 127.0.0.1',
        'X-Forwarded-Host: localhost:8080',
        'X-Forwarded-Proto: http',
        'Via: 1.1 scope',
        '\r\n',
      ].join('\r\n'),
    );
    side.say('HTTP/1.1 200 Fine\r\nX-A: 1\r\nContent-Length: 2\r\nX-B: 2\r\n\r\nok');
    const answer = await caller.response();
    expect(answer.body).toBe('ok');
    expect(answer.head).toMatch(
      /^HTTP\/1\.1 200 Fine\r\nDate: [^\r]+\r\nX-A: 1\r\nX-B: 2\r\nVia: 1\.1 scope\r\n/,
    );
  });

  it('in absolute form goes on in origin form, below the base path', async () => {
    const origin = await rawOrigin();
    const { client } = await proxied(`${origin.url}/app/`);
    await (await client()).send(get('http://shop.example/cart?id=1'));
    const head = await (await origin.accept()).head();
    expect(head).toMatch(/^GET \/app\/cart\?id=1 HTTP\/1\.1\r\n/);
    expect(head).toContain('X-Forwarded-Host: shop.example\r\n');
  });

  it.each([
    ['a length', 'Content-Length: 5\r\n', 'abcde', /\r\nContent-Length: 5\r\n\r\n$/, 'abcde'],
    [
      'chunks',
      'Transfer-Encoding: chunked\r\n',
      '2\r\nab\r\n3;x=y\r\ncde\r\n0\r\n\r\n',
      /\r\nTransfer-Encoding: chunked\r\n\r\n$/,
      '2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n',
    ],
  ])('has its content sent on by %s', async (_, field, content, framing, sent) => {
    const origin = await rawOrigin();
    const { client } = await proxied(origin.url);
    const caller = await client();
    await caller.send(get('/', field, 'POST') + content);
    const side = await origin.accept();
    expect(await side.head()).toMatch(framing);
    expect(await side.until(sent)).toBe(sent);
    side.say(OK);
    expect((await caller.response()).body).toBe('ok');
  });

  it.each([
    ['CONNECT', 'CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443\r\n\r\n', 501],
    ['TRACE', get('/', '', 'TRACE'), 405],
    ['OPTIONS with Max-Forwards 0', get('*', 'Max-Forwards: 0\r\n', 'OPTIONS'), 204],
    ['one that was here before', get('/', 'Via: 1.0 other, 1.1 SCOPE (x)\r\n'), 508],
  ])('by %s is answered without the origin', async (_, request, status) => {
    const origin = await rawOrigin();
    const { client } = await proxied(origin.url);
    const caller = await client();
    await caller.send(request);
    expect((await caller.response()).status).toBe(status);
    expect(origin.connections).toBe(0);
  });

  it('is sent on where another proxy of another name was before, with Max-Forwards counted down', async () => {
    const origin = await rawOrigin();
    const { client } = await proxied(origin.url);
    await (await client()).send(get('*', 'Via: 1.1 scope-2\r\nMax-Forwards: 3\r\n', 'OPTIONS'));
    const head = await (await origin.accept()).head();
    expect(head).toMatch(/^OPTIONS \* HTTP/);
    expect(head).toContain('\r\nVia: 1.1 scope-2\r\n');
    expect(head).toContain('\r\nMax-Forwards: 2\r\n');
  });
});

describe('a response', () => {
  const answered = async (response: string, request = get(), end = false) => {
    const origin = await rawOrigin();
    const { client, marks } = await proxied(origin.url);
    const caller = await client();
    await caller.send(request);
    const side = await origin.accept();
    await side.head();
    side.say(response);
    if (end) side.socket.end();
    return { caller, marks };
  };

  it('in chunks is sent on in chunks, with the trailers that may stand there', async () => {
    const { caller } = await answered(
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n3\r\nabc\r\n0\r\nX-Sum: 1\r\nAge: 7\r\n\r\n',
    );
    const end = '3\r\nabc\r\n0\r\nX-Sum: 1\r\n\r\n';
    await caller.atLeast(60);
    caller.finish();
    const text = await caller.rest();
    expect(text).toContain('\r\nTransfer-Encoding: chunked\r\n');
    expect(text).not.toMatch(/^(Trailer|Age):/m);
    expect(text.endsWith(end)).toBe(true);
  });

  it('that lasts until the origin closes is sent on in chunks and whole', async () => {
    const { caller } = await answered('HTTP/1.0 200 OK\r\n\r\nto the end', get(), true);
    caller.finish();
    expect(await caller.rest()).toMatch(
      /\r\nVia: 1\.0 scope\r\nTransfer-Encoding: chunked\r\n\r\na\r\nto the end\r\n0\r\n\r\n$/,
    );
  });

  it('to HEAD keeps the length that a GET would have', async () => {
    const { caller } = await answered('HTTP/1.1 200 OK\r\nContent-Length: 123\r\n\r\n', get('/', '', 'HEAD'));
    expect((await caller.response({ toHead: true })).head).toMatch(/^Content-Length: 123$/m);
  });

  it('to HEAD without a length gets none', async () => {
    const { caller } = await answered('HTTP/1.1 200 OK\r\n\r\n', get('/', '', 'HEAD'));
    expect((await caller.response({ toHead: true })).head).not.toMatch(/^Content-Length:/m);
  });

  it.each([
    ['204', 'HTTP/1.1 204 No Content\r\n\r\n'],
    ['304', 'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n'],
  ])('of %s has no content, and the connection goes on', async (_, response) => {
    const { caller } = await answered(response);
    expect((await caller.response()).head).not.toMatch(/^(Content-Length|Transfer-Encoding|Connection):/m);
  });

  it.each([
    [
      'the origin itself',
      (port: number) => `http://127.0.0.1:${port}/app/login?x`,
      'http://localhost:8080/login?x',
    ],
    ['a path of the origin', () => '/app/login', '/login'],
    ['its base path', () => '/app', '/'],
    ['another host', () => 'http://127.0.0.1.example/app/', 'http://127.0.0.1.example/app/'],
    ['a path that only begins like the base path', () => '/application', '/application'],
    ['another scheme’s host', () => '//127.0.0.1/app', '//127.0.0.1/app'],
  ])('that redirects to %s leads back to the proxy where it must', async (_, location, expected) => {
    const origin = await rawOrigin();
    const { client } = await proxied(`${origin.url}/app`);
    const caller = await client();
    await caller.send(get());
    const side = await origin.accept();
    await side.head();
    side.say(`HTTP/1.1 302 Found\r\nLocation: ${location(origin.port)}\r\nContent-Length: 0\r\n\r\n`);
    expect((await caller.response()).head).toContain(`\r\nLocation: ${expected}\r\n`);
  });

  it('after interim ones comes behind them', async () => {
    const { caller } = await answered(
      `HTTP/1.1 103 Early Hints\r\nConnection: x\r\nX: y\r\nLink: </a>\r\n\r\n${OK}`,
    );
    expect((await caller.response()).head).toBe('HTTP/1.1 103 Early Hints\r\nLink: </a>');
    expect((await caller.response()).status).toBe(200);
  });
});

describe('Expect: 100-continue', () => {
  const expecting = get('/', 'Expect: 100-continue\r\nContent-Length: 4\r\n', 'PUT');

  it('is asked of the origin, whose 100 is the client’s', async () => {
    const origin = await rawOrigin();
    const { client } = await proxied(origin.url, { continueMs: 60_000 });
    const caller = await client();
    await caller.send(expecting);
    const side = await origin.accept();
    expect(await side.head()).toContain('\r\nExpect: 100-continue\r\n');
    side.say('HTTP/1.1 100 Continue\r\n\r\n');
    expect((await caller.response()).status).toBe(100);
    await caller.send('data');
    expect(await side.until('data')).toBe('data');
    side.say(OK);
    expect((await caller.response()).body).toBe('ok');
  });

  it('that the origin refuses keeps the content with the client, and closes both ways', async () => {
    const origin = await rawOrigin();
    const { client } = await proxied(origin.url, { continueMs: 60_000 });
    const caller = await client();
    await caller.send(expecting);
    const side = await origin.accept();
    await side.head();
    side.say('HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n');
    const answer = await caller.response();
    expect(answer.status).toBe(413);
    expect(answer.head).toMatch(/^Connection: close$/m);
    await side.closed();
  });

  it('that the origin does not know has the content sent all the same', async () => {
    const origin = await rawOrigin();
    const { client } = await proxied(origin.url, { continueMs: 5 });
    const caller = await client();
    await caller.send(expecting);
    const side = await origin.accept();
    await side.head();
    expect((await caller.response()).status).toBe(100);
    await caller.send('data');
    expect(await side.until('data')).toBe('data');
    side.say(OK);
    expect((await caller.response()).body).toBe('ok');
  });
});

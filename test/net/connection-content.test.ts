import { describe, expect, it } from 'vitest';
import type { ByteSource } from '../../server-core/http/response.ts';
import { echoBody, get, setup } from './connection-setup.ts';
import { hello, type Served } from './serve.ts';

const { start, open } = setup();
let served: Served;

describe('content', () => {
  it.each([
    ['a length', 'Content-Length: 5\r\n', 'abcde'],
    ['chunks', 'Transfer-Encoding: chunked\r\n', '2\r\nab\r\n3;x=y\r\ncde\r\n0\r\nX-Sum: t\r\n\r\n'],
  ])('with %s reaches the handler', async (_, field, content) => {
    served = await start(echoBody);
    const client = await open();
    await client.send(`POST / HTTP/1.1\r\nHost: localhost\r\n${field}\r\n${content}`);
    expect((await client.response()).body).toBe('abcde');
    await client.send(get('/'));
    expect((await client.response()).status).toBe(200);
  });

  it('that nobody reads is dropped, and the next request is found', async () => {
    served = await start(hello);
    const client = await open();
    await client.send(
      `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50000\r\n\r\n${'x'.repeat(50_000)}${get('/next')}`,
    );
    expect((await client.response()).status).toBe(200);
    expect((await client.response()).status).toBe(200);
  });

  it('gets 100 (Continue) when the client waits for it and the handler reads', async () => {
    served = await start(echoBody);
    const client = await open();
    await client.send(
      'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n',
    );
    expect((await client.response()).head).toBe('HTTP/1.1 100 Continue');
    await client.send('abc');
    expect((await client.response()).body).toBe('abc');
  });

  it('is not asked for when the answer does not need it, and the connection closes', async () => {
    served = await start(hello);
    const client = await open();
    await client.send(
      'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n',
    );
    expect(await client.rest()).toMatch(/^HTTP\/1\.1 200 [\s\S]*Connection: close/);
  });

  it('longer than a handler accepts is 413', async () => {
    served = await start(async (request) => ({ status: 200, fields: [], body: await request.body.bytes(2) }));
    const client = await open();
    await client.send('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc');
    expect((await client.response()).status).toBe(413);
  });

  it('of a slow handler pauses a fast client', async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    served = await start(
      async (request) => {
        await gate;
        let length = 0;
        for await (const part of request.body.chunks()) length += part.length;
        return { status: 200, fields: [], body: Buffer.from(String(length)) };
      },
      { limits: { maxUnreadBodyBytes: 10_000 } },
    );
    const client = await open();
    const length = 30_000_000;
    await client.send(`POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${length}\r\n\r\n`);
    const sent = client.send(Buffer.alloc(length));
    await served.until((event) => event.kind === 'request');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(served.log.totals.bytes).toBeLessThan(20_000_000);
    release();
    await sent;
    expect((await client.response()).body).toBe(String(length));
  });
});

describe('sources', () => {
  function source(
    pieces: readonly string[],
    length: number | undefined,
    seen: { closed: number; read: number },
  ): ByteSource {
    return {
      length,
      async *chunks() {
        for (const piece of pieces) {
          seen.read++;
          yield Buffer.from(piece);
        }
      },
      close: () => {
        seen.closed++;
      },
    };
  }

  it('of known length goes out with Content-Length', async () => {
    const seen = { closed: 0, read: 0 };
    served = await start(() => ({ status: 200, fields: [], body: source(['ab', 'cde'], 5, seen) }));
    const client = await open();
    await client.send(get('/'));
    expect((await client.response()).body).toBe('abcde');
    await served.until((event) => event.kind === 'response-end');
    expect(seen.closed).toBe(1);
  });

  it('of unknown length goes out chunked, and the connection stays', async () => {
    const seen = { closed: 0, read: 0 };
    served = await start(() => ({ status: 200, fields: [], body: source(['ab', 'cde'], undefined, seen) }));
    const client = await open();
    await client.send(get('/') + get('/', 'Connection: close\r\n'));
    const text = await client.rest();
    expect(text.match(/\r\n\r\n2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n/g)).toHaveLength(2);
    expect(seen.closed).toBe(2);
  });

  it('of unknown length ends by close for HTTP/1.0', async () => {
    const seen = { closed: 0, read: 0 };
    served = await start(() => ({ status: 200, fields: [], body: source(['ab', 'cde'], undefined, seen) }));
    const client = await open();
    await client.send('GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n');
    expect(await client.rest()).toMatch(/Connection: close\r\n\r\nabcde$/);
  });

  it('that ends short breaks the connection, so that the client can tell', async () => {
    const seen = { closed: 0, read: 0 };
    served = await start(() => ({ status: 200, fields: [], body: source(['ab'], 5, seen) }));
    const client = await open();
    await client.send(get('/'));
    await client.rest().catch(() => {});
    expect(await served.until((event) => event.kind === 'response-end')).toMatchObject({ complete: false });
    expect(seen.closed).toBe(1);
  });

  it('is not read for HEAD, and closed', async () => {
    const seen = { closed: 0, read: 0 };
    served = await start(() => ({ status: 200, fields: [], body: source(['abcde'], 5, seen) }));
    const client = await open();
    await client.send('HEAD / HTTP/1.1\r\nHost: a\r\n\r\n');
    expect((await client.response({ toHead: true })).head).toMatch(/Content-Length: 5/);
    expect(seen).toEqual({ closed: 1, read: 0 });
  });

  it('waits for a client that does not read, and is closed when it goes', async () => {
    const seen = { closed: 0, given: 0 };
    served = await start(() => ({
      status: 200,
      fields: [],
      body: {
        length: undefined,
        async *chunks() {
          for (;;) {
            seen.given += 65_536;
            yield Buffer.alloc(65_536);
          }
        },
        close: () => {
          seen.closed++;
        },
      },
    }));
    const client = await open();
    client.socket.pause();
    await client.send(get('/'));
    await served.until((event) => event.kind === 'mark' && event.mark === 'drain-wait');
    const given = seen.given;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(seen.given).toBe(given);
    expect(served.listener.waitingBytes).toBeLessThan(300_000);
    client.reset();
    await served.until((event) => event.kind === 'closed');
    expect(seen.closed).toBe(1);
  });
});

describe('bad input', () => {
  it.each([
    ['garbage', 'nonsense\r\n\r\n', 400],
    ['no Host', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab', 400],
    [
      'length and chunked',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['HTTP/2 preface', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 505],
    ['a version of the future', 'GET / HTTP/3.0\r\nHost: a\r\n\r\n', 505],
    ['an unknown coding', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n', 501],
    ['a very long target', `GET /${'x'.repeat(200_000)} HTTP/1.1\r\n`, 414],
    ['a very long head', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(200_000)}\r\n`, 431],
    ['a target of the wrong form', 'GET * HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    ['chunk size of letters', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n', 400],
  ])('%s is answered %#: %s', async (_, bytes, status) => {
    served = await start(echoBody);
    const client = await open();
    await client.send(`${bytes}${get('/smuggled')}`);
    const text = await client.rest();
    expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(text.match(/^HTTP\/1\.1 \d/gm)).toHaveLength(1);
    expect(text).toMatch(/^Connection: close\r?$/m);
    client.close();
    await served.until((event) => event.kind === 'closed');
    expect(served.events().filter((event) => event.kind === 'fault')).toHaveLength(1);
  });

  it('a TLS hello gets a row that says what came', async () => {
    served = await start(hello);
    const client = await open();
    await client.send(Buffer.from('16030100c8010000c40303', 'hex'));
    await client.rest();
    const fault = await served.until((event) => event.kind === 'fault');
    expect(fault).toMatchObject({ code: 'tls-on-plain-port', exchange: 1 });
  });

  it('noise of a megabyte ends with one answer and a close', async () => {
    served = await start(hello);
    const client = await open();
    client.socket.on('error', () => {});
    client.socket.write(Buffer.alloc(1_000_000, 0x80));
    await served.until((event) => event.kind === 'fault');
    client.close();
    await served.until((event) => event.kind === 'closed');
    expect(served.listener.openConnections).toBe(0);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import type { ByteSource, Handler } from '../../server-core/http/response.ts';
import { RawClient } from './raw-client.ts';
import { hello, type Served, serve } from './serve.ts';

let served: Served;
const clients: RawClient[] = [];

async function open(): Promise<RawClient> {
  const client = await RawClient.open(served.port);
  clients.push(client);
  return client;
}

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await served?.stop();
});

const get = (target: string, more = '') => `GET ${target} HTTP/1.1\r\nHost: localhost\r\n${more}\r\n`;
const echoTarget: Handler = (request) => ({
  status: 200,
  fields: [],
  body: Buffer.from(request.head.target, 'latin1'),
});
const echoBody: Handler = async (request) => ({
  status: 200,
  fields: [],
  body: await request.body.bytes(1_000_000),
});

describe('one request', () => {
  it('is answered with Date and Content-Length, and the connection stays', async () => {
    served = await serve(hello);
    const client = await open();
    await client.send(get('/'));
    const { status, head, body } = await client.response();
    expect(status).toBe(200);
    expect(head).toMatch(/^Date: \w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/m);
    expect(head).toMatch(/^Content-Length: 5$/m);
    expect(head).not.toMatch(/^Connection:/m);
    expect(body).toBe('hello');
    await client.send(get('/again'));
    expect((await client.response()).body).toBe('hello');
  });

  it('may come one byte at a time', async () => {
    served = await serve(echoTarget);
    const client = await open();
    for (const byte of get('/slowly')) await client.send(byte);
    expect((await client.response()).body).toBe('/slowly');
  });

  it('with Connection: close is answered and the connection ends', async () => {
    served = await serve(hello);
    const client = await open();
    await client.send(get('/', 'Connection: close\r\n'));
    expect(await client.rest()).toMatch(/^Connection: close\r\n\r\nhello$/m);
  });

  it.each([
    ['closes by default', '', /Connection: close/],
    ['stays when asked to', 'Connection: keep-alive\r\n', /Connection: keep-alive/],
  ])('of HTTP/1.0 %s', async (_, field, expected) => {
    served = await serve(hello);
    const client = await open();
    await client.send(`GET / HTTP/1.0\r\n${field}\r\n`);
    expect((await client.response()).head).toMatch(expected);
  });

  it('by HEAD gets the head of a GET and no content', async () => {
    served = await serve(hello);
    const client = await open();
    await client.send('HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    const answer = await client.response({ toHead: true });
    expect(answer.head).toMatch(/^Content-Length: 5$/m);
    await client.send(get('/'));
    expect((await client.response()).body).toBe('hello');
  });
});

describe('pipelining', () => {
  it('answers 50 requests of one write in order', async () => {
    served = await serve(echoTarget);
    const client = await open();
    await client.send(Array.from({ length: 50 }, (_, i) => get(`/${i}`)).join(''));
    for (let i = 0; i < 50; i++) expect((await client.response()).body).toBe(`/${i}`);
  });

  it('keeps the order when an earlier answer takes longer', async () => {
    let release = () => {};
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    served = await serve(async (request) => {
      if (request.head.target === '/slow') await slow;
      return echoTarget(request);
    });
    const client = await open();
    await client.send(get('/slow') + get('/fast'));
    await served.until((event) => event.kind === 'request');
    release();
    expect((await client.response()).body).toBe('/slow');
    expect((await client.response()).body).toBe('/fast');
  });

  it('pauses a client that sends without end while an answer is due', async () => {
    let release = () => {};
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    served = await serve(
      async (request) => {
        await slow;
        return echoTarget(request);
      },
      { limits: { maxPipelinedBytes: 1000 } },
    );
    const client = await open();
    const flood = get('/x').repeat(400_000);
    const sent = client.send(flood);
    await served.until((event) => event.kind === 'request');
    await new Promise((resolve) => setTimeout(resolve, 200));
    const read = served
      .events()
      .reduce(
        (sum, event) => (event.kind === 'bytes' && event.direction === 'in' ? sum + event.length : sum),
        0,
      );
    expect(read).toBeLessThan(1_000_000);
    release();
    client.close();
    await sent;
  });
});

describe('content', () => {
  it.each([
    ['a length', 'Content-Length: 5\r\n', 'abcde'],
    ['chunks', 'Transfer-Encoding: chunked\r\n', '2\r\nab\r\n3;x=y\r\ncde\r\n0\r\nX-Sum: t\r\n\r\n'],
  ])('with %s reaches the handler', async (_, field, content) => {
    served = await serve(echoBody);
    const client = await open();
    await client.send(`POST / HTTP/1.1\r\nHost: localhost\r\n${field}\r\n${content}`);
    expect((await client.response()).body).toBe('abcde');
    await client.send(get('/'));
    expect((await client.response()).status).toBe(200);
  });

  it('that nobody reads is dropped, and the next request is found', async () => {
    served = await serve(hello);
    const client = await open();
    await client.send(
      `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50000\r\n\r\n${'x'.repeat(50_000)}${get('/next')}`,
    );
    expect((await client.response()).status).toBe(200);
    expect((await client.response()).status).toBe(200);
  });

  it('gets 100 (Continue) when the client waits for it and the handler reads', async () => {
    served = await serve(echoBody);
    const client = await open();
    await client.send(
      'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n',
    );
    expect((await client.response()).head).toBe('HTTP/1.1 100 Continue');
    await client.send('abc');
    expect((await client.response()).body).toBe('abc');
  });

  it('is not asked for when the answer does not need it, and the connection closes', async () => {
    served = await serve(hello);
    const client = await open();
    await client.send(
      'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n',
    );
    expect(await client.rest()).toMatch(/^HTTP\/1\.1 200 [\s\S]*Connection: close/);
  });

  it('longer than a handler accepts is 413', async () => {
    served = await serve(async (request) => ({ status: 200, fields: [], body: await request.body.bytes(2) }));
    const client = await open();
    await client.send('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc');
    expect((await client.response()).status).toBe(413);
  });

  it('of a slow handler pauses a fast client', async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    served = await serve(
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
    served = await serve(echoBody);
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
    served = await serve(hello);
    const client = await open();
    await client.send(Buffer.from('16030100c8010000c40303', 'hex'));
    await client.rest();
    const fault = await served.until((event) => event.kind === 'fault');
    expect(fault).toMatchObject({ code: 'tls-on-plain-port', exchange: 1 });
  });

  it('noise of a megabyte ends with one answer and a close', async () => {
    served = await serve(hello);
    const client = await open();
    client.socket.on('error', () => {});
    client.socket.write(Buffer.alloc(1_000_000, 0x80));
    await served.until((event) => event.kind === 'fault');
    client.close();
    await served.until((event) => event.kind === 'closed');
    expect(served.listener.openConnections).toBe(0);
  });
});

describe('leaving early', () => {
  it('a FIN before anything leaves a connection without a row', async () => {
    served = await serve(hello);
    const client = await open();
    client.finish();
    expect(await client.rest()).toBe('');
    await served.until((event) => event.kind === 'closed');
    expect(served.events().some((event) => event.kind === 'begin')).toBe(false);
  });

  it('a FIN within the head leaves a row with a fault', async () => {
    served = await serve(hello);
    const client = await open();
    await client.send('GET / HT');
    client.finish();
    await client.rest();
    expect(await served.until((event) => event.kind === 'fault')).toMatchObject({
      code: 'connection-closed-early',
    });
    await served.until((event) => event.kind === 'closed');
  });

  it('a half-closed client still gets its answer', async () => {
    served = await serve(async (request) => {
      await new Promise((resolve) => setImmediate(resolve));
      return echoTarget(request);
    });
    const client = await open();
    await client.send(get('/late'));
    client.finish();
    expect(await client.rest()).toMatch(/\/late$/);
  });

  it('a reset frees the handler', async () => {
    let aborted = () => {};
    const gone = new Promise<void>((resolve) => {
      aborted = resolve;
    });
    served = await serve((request) => {
      request.onAbort(aborted);
      return new Promise(() => {});
    });
    const client = await open();
    await client.send(get('/'));
    await served.until((event) => event.kind === 'request');
    client.reset();
    await gone;
    expect(await served.until((event) => event.kind === 'closed')).toMatchObject({ reason: 'client-reset' });
    expect(served.counters.inFlight).toBe(0);
  });

  it('a reset while content is awaited ends the handler with an error', async () => {
    let failure: unknown;
    served = await serve((request) => echoBody(request) as Promise<never>);
    const spied = await serve(async (request) => {
      try {
        return { status: 200, fields: [], body: await request.body.bytes(1000) };
      } catch (error) {
        failure = error;
        throw error;
      }
    });
    const client = await RawClient.open(spied.port);
    await client.send('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc');
    await spied.until((event) => event.kind === 'request');
    client.reset();
    await spied.until((event) => event.kind === 'closed');
    await new Promise((resolve) => setImmediate(resolve));
    expect(failure).toBeInstanceOf(Error);
    await spied.stop();
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
    served = await serve(() => ({ status: 200, fields: [], body: source(['ab', 'cde'], 5, seen) }));
    const client = await open();
    await client.send(get('/'));
    expect((await client.response()).body).toBe('abcde');
    await served.until((event) => event.kind === 'response-end');
    expect(seen.closed).toBe(1);
  });

  it('of unknown length goes out chunked, and the connection stays', async () => {
    const seen = { closed: 0, read: 0 };
    served = await serve(() => ({ status: 200, fields: [], body: source(['ab', 'cde'], undefined, seen) }));
    const client = await open();
    await client.send(get('/') + get('/', 'Connection: close\r\n'));
    const text = await client.rest();
    expect(text.match(/\r\n\r\n2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n/g)).toHaveLength(2);
    expect(seen.closed).toBe(2);
  });

  it('of unknown length ends by close for HTTP/1.0', async () => {
    const seen = { closed: 0, read: 0 };
    served = await serve(() => ({ status: 200, fields: [], body: source(['ab', 'cde'], undefined, seen) }));
    const client = await open();
    await client.send('GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n');
    expect(await client.rest()).toMatch(/Connection: close\r\n\r\nabcde$/);
  });

  it('that ends short breaks the connection, so that the client can tell', async () => {
    const seen = { closed: 0, read: 0 };
    served = await serve(() => ({ status: 200, fields: [], body: source(['ab'], 5, seen) }));
    const client = await open();
    await client.send(get('/'));
    await client.rest().catch(() => {});
    expect(await served.until((event) => event.kind === 'response-end')).toMatchObject({ complete: false });
    expect(seen.closed).toBe(1);
  });

  it('is not read for HEAD, and closed', async () => {
    const seen = { closed: 0, read: 0 };
    served = await serve(() => ({ status: 200, fields: [], body: source(['abcde'], 5, seen) }));
    const client = await open();
    await client.send('HEAD / HTTP/1.1\r\nHost: a\r\n\r\n');
    expect((await client.response({ toHead: true })).head).toMatch(/Content-Length: 5/);
    expect(seen).toEqual({ closed: 1, read: 0 });
  });

  it('waits for a client that does not read, and is closed when it goes', async () => {
    const seen = { closed: 0, given: 0 };
    served = await serve(() => ({
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

describe('deadlines', () => {
  it('a head that never ends is 408', async () => {
    served = await serve(hello, { limits: { headMs: 50 } });
    const client = await open();
    await client.send('GET / HTTP/1.1\r\nX: ');
    expect(await client.rest()).toMatch(/^HTTP\/1\.1 408 /);
    client.close();
    expect(await served.until((event) => event.kind === 'closed')).toMatchObject({ reason: 'head-timeout' });
  });

  it('content that never ends is 408', async () => {
    served = await serve(echoBody, { limits: { bodyMs: 50 } });
    const client = await open();
    await client.send('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc');
    expect(await client.rest()).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('an idle connection is closed without an answer', async () => {
    served = await serve(hello, { limits: { idleMs: 50 } });
    const client = await open();
    await client.send(get('/'));
    await client.response();
    expect(await client.rest()).toBe('');
    client.close();
    expect(await served.until((event) => event.kind === 'closed')).toMatchObject({ reason: 'idle-timeout' });
  });

  it('a client that takes nothing is cut off', async () => {
    served = await serve(() => ({ status: 200, fields: [], body: Buffer.alloc(50_000_000) }), {
      limits: { writeMs: 50 },
    });
    const client = await open();
    client.socket.pause();
    client.socket.on('error', () => {});
    await client.send(get('/'));
    expect(await served.until((event) => event.kind === 'closed')).toMatchObject({ reason: 'write-timeout' });
  });
});

describe('handlers that fail', () => {
  it.each([
    [
      'throw',
      () => {
        throw new Error('secret');
      },
    ],
    ['reject', () => Promise.reject(new Error('secret'))],
    ['return a reason with a line break', () => ({ status: 200, reason: 'OK\r\nY: b', fields: [] })],
    ['return a field with a line break', () => ({ status: 200, fields: [['X', 'a\r\nY: b']] as const })],
  ])('%s: 500 without details', async (_, handler) => {
    served = await serve(handler as Handler);
    const client = await open();
    await client.send(get('/'));
    const { status, head, body } = await client.response();
    expect(status).toBe(500);
    expect(head + body).not.toMatch(/secret|Y: b/);
  });
});

describe('stopping', () => {
  it('finishes what is in flight and closes what is idle', async () => {
    let release = () => {};
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    served = await serve(async (request) => {
      if (request.head.target === '/slow') await slow;
      return echoTarget(request);
    });
    const idle = await open();
    const busy = await open();
    await idle.send(get('/'));
    await idle.response();
    await busy.send(get('/slow'));
    await served.until((event) => event.kind === 'request' && event.target === '/slow');
    const stopped = served.listener.stop(60_000);
    expect(await idle.rest()).toBe('');
    idle.close();
    release();
    expect(await busy.rest()).toMatch(/Connection: close[\s\S]*\/slow$/);
    busy.close();
    await stopped;
  });
});

describe('the capture', () => {
  it('holds every byte that crossed, exactly and in order', async () => {
    served = await serve(echoTarget);
    const client = await open();
    await client.send(get('/a'));
    const first = await client.response();
    await client.send(get('/b', 'Connection: close\r\n'));
    const rest = await client.rest();
    client.close();
    await served.until((event) => event.kind === 'closed');
    const stream = (direction: string) =>
      served
        .events()
        .flatMap((event) =>
          event.kind === 'bytes' && event.direction === direction ? [Buffer.from(event.data ?? [])] : [],
        )
        .map((bytes) => bytes.toString('latin1'))
        .join('');
    expect(stream('in')).toBe(get('/a') + get('/b', 'Connection: close\r\n'));
    expect(stream('out')).toBe(`${first.head}\r\n\r\n${first.body}${rest}`);
  });

  it('tells the life of an exchange in order', async () => {
    served = await serve(hello);
    const client = await open();
    await client.send(get('/'));
    await client.response();
    const kinds = served.events().map((event) => event.kind);
    expect(kinds).toEqual([
      'opened',
      'bytes',
      'begin',
      'request',
      'response',
      'bytes',
      'response-end',
      'request-end',
    ]);
  });
});

it('keeps the Date that a handler gives, and sends no second one', async () => {
  const date = 'Sun, 06 Nov 1994 08:49:37 GMT';
  served = await serve(() => ({ status: 200, fields: [['date', date]] }));
  const client = await open();
  await client.send(get('/'));
  const { head } = await client.response();
  expect(head.match(/^date: .*$/gim)).toEqual([`date: ${date}`]);
});

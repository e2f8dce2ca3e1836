import { describe, expect, it } from 'vitest';
import type { Request } from '../../server-core/http/request.ts';
import type { Handler } from '../../server-core/http/response.ts';
import { echoTarget, get, setup } from './connection-setup.ts';
import { hello, type Served } from './serve.ts';

const { start, open } = setup();
let served: Served;

describe('one request', () => {
  it('is answered with Date and Content-Length, and the connection stays', async () => {
    served = await start(hello);
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
    served = await start(echoTarget);
    const client = await open();
    for (const byte of get('/slowly')) await client.send(byte);
    expect((await client.response()).body).toBe('/slowly');
  });

  it('with Connection: close is answered and the connection ends', async () => {
    served = await start(hello);
    const client = await open();
    await client.send(get('/', 'Connection: close\r\n'));
    expect(await client.rest()).toMatch(/^Connection: close\r\n\r\nhello$/m);
  });

  it.each([
    ['closes by default', '', /Connection: close/],
    ['stays when asked to', 'Connection: keep-alive\r\n', /Connection: keep-alive/],
  ])('of HTTP/1.0 %s', async (_, field, expected) => {
    served = await start(hello);
    const client = await open();
    await client.send(`GET / HTTP/1.0\r\n${field}\r\n`);
    expect((await client.response()).head).toMatch(expected);
  });

  it('by HEAD gets the head of a GET and no content', async () => {
    served = await start(hello);
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
    served = await start(echoTarget);
    const client = await open();
    await client.send(Array.from({ length: 50 }, (_, i) => get(`/${i}`)).join(''));
    for (let i = 0; i < 50; i++) expect((await client.response()).body).toBe(`/${i}`);
  });

  it('keeps the order when an earlier answer takes longer', async () => {
    let release = () => {};
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    served = await start(async (request) => {
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
    served = await start(
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
    ['return a length of their own', () => ({ status: 200, fields: [['content-length', '3']] as const })],
    ['return a coding of their own', () => ({ status: 200, fields: [['Transfer-Encoding', 'x']] as const })],
    ['return a status that ends nothing', () => ({ status: 103, fields: [] })],
    ['return 101 without a way to go on', () => ({ status: 101, fields: [] })],
    [
      'inform of a final status',
      (request: Request) => {
        request.inform(204, []);
        return { status: 200, fields: [] };
      },
    ],
    [
      'inform with a line break',
      (request: Request) => {
        request.inform(103, [['Link', 'a\r\nY: b']]);
        return { status: 200, fields: [] };
      },
    ],
    ['return a field with a line break', () => ({ status: 200, fields: [['X', 'a\r\nY: b']] as const })],
  ])('%s: 500 without details', async (_, handler) => {
    served = await start(handler as Handler);
    const client = await open();
    await client.send(get('/'));
    const { status, head, body } = await client.response();
    expect(status).toBe(500);
    expect(head + body).not.toMatch(/secret|Y: b/);
  });
});

describe('the capture', () => {
  it('holds every byte that crossed, exactly and in order', async () => {
    served = await start(echoTarget);
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
    served = await start(hello);
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
  served = await start(() => ({ status: 200, fields: [['date', date]] }));
  const client = await open();
  await client.send(get('/'));
  const { head } = await client.response();
  expect(head.match(/^date: .*$/gim)).toEqual([`date: ${date}`]);
});

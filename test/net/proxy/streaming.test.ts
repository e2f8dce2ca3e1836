/** Both directions stream, and the slower side sets the pace. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { OriginSide } from './raw-origin.ts';
import { get, proxied, rawOrigin } from './setup.ts';

const PIECE = 'x'.repeat(64 * 1024);
const PIECES = 1024;

/** Writes 64 MiB, waiting for each drain; `sent()` says how far it came. */
function flood(side: { socket: OriginSide['socket'] }) {
  let pieces = 0;
  const write = () => {
    while (pieces < PIECES) {
      pieces++;
      if (!side.socket.write(PIECE, 'latin1')) return;
    }
    side.socket.off('drain', write);
  };
  side.socket.on('drain', write);
  write();
  return { sent: () => pieces * PIECE.length };
}

/** Resolves once the figure has not changed over many turns of the event loop. */
async function settled(figure: () => number): Promise<number> {
  for (let last = figure(), same = 0; ; ) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    const now = figure();
    same = now === last ? same + 1 : 0;
    last = now;
    if (same === 12) return now;
  }
}

/** Resolves when the socket has received this text, beside whoever else listens. */
function seen(socket: OriginSide['socket'], text: string): Promise<void> {
  return new Promise((resolve) => {
    let received = '';
    socket.on('data', (chunk: Buffer) => {
      received = received.slice(-text.length) + chunk.toString('latin1');
      if (received.includes(text)) resolve();
    });
  });
}

describe('a response', () => {
  it('reaches the client piece by piece, as the origin sends it', async () => {
    const origin = await rawOrigin();
    const client = await (await proxied(origin.url)).client();
    const one = seen(client.socket, 'one');
    await client.send(get());
    const side = await origin.accept();
    await side.head();
    side.say('HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\none');
    await one;
    side.say('two');
    expect((await client.response()).body).toBe('onetwo');
  });

  it('is read no faster than the client takes it, and then whole', async () => {
    const origin = await rawOrigin();
    const { client } = await proxied(origin.url);
    const caller = await client();
    caller.socket.pause();
    await caller.send(get());
    const side = await origin.accept();
    await side.head();
    const total = PIECES * PIECE.length;
    side.say(`HTTP/1.1 200 OK\r\nContent-Length: ${total}\r\n\r\n`);
    const { sent } = flood(side);
    // Kernel buffers of four sockets, our two marks, and what is in between: far from 64 MiB.
    expect(await settled(sent)).toBeLessThan(total / 2);
    let received = 0;
    const whole = new Promise<void>((resolve) => {
      caller.socket.removeAllListeners('data');
      caller.socket.on('data', (chunk: Buffer) => {
        received += chunk.length;
        if (received > total) resolve();
      });
    });
    caller.socket.resume();
    await whole;
    expect(sent()).toBe(total);
  });
});

describe('the deadline for silence', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('does not run while the client is the slow one', async () => {
    // Only the sweep of the deadlines: it passes when the test says so.
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const origin = await rawOrigin();
    const { client, marks } = await proxied(origin.url, { silenceMs: 1000 });
    const caller = await client();
    caller.socket.pause();
    await caller.send(get());
    const side = await origin.accept();
    await side.head();
    side.say('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
    const chunks = `3e8\r\n${'x'.repeat(1000)}\r\n`.repeat(64);
    // Piece by piece, or what was taken of them would not show before all of it was.
    for (let i = 0; i < 250; i++) side.say(chunks);
    side.say('0\r\n\r\n');
    await settled(() => side.socket.bytesWritten - side.socket.writableLength);
    expect(side.socket.writableLength).toBeGreaterThan(0);
    vi.advanceTimersByTime(10_000);
    const whole = seen(caller.socket, '\r\n0\r\n\r\n');
    caller.socket.resume();
    await whole;
    expect(marks()).not.toContainEqual(expect.stringContaining('stopped in the middle'));
  });
});

describe('a request', () => {
  it('reaches the origin piece by piece, and may be answered while it is sent', async () => {
    const origin = await rawOrigin();
    const client = await (await proxied(origin.url)).client();
    const one = seen(client.socket, 'ONE');
    await client.send(`${get('/', 'Transfer-Encoding: chunked\r\n', 'POST')}3\r\none\r\n`);
    const side = await origin.accept();
    await side.until('one\r\n');
    side.say('HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nONE');
    await one;
    await client.send('3\r\ntwo\r\n0\r\n\r\n');
    await side.until('two\r\n0\r\n\r\n');
    side.say('TWO');
    expect((await client.response()).body).toBe('ONETWO');
  });

  it('is read no faster than the origin takes it', async () => {
    const origin = await rawOrigin();
    const { client, marks } = await proxied(origin.url);
    const caller = await client();
    const total = PIECES * PIECE.length;
    await caller.send(get('/', `Content-Length: ${total}\r\n`, 'PUT'));
    const side = await origin.accept();
    side.socket.pause();
    const { sent } = flood(caller);
    expect(await settled(sent)).toBeLessThan(total / 2);
    expect(marks()).toContainEqual(expect.stringMatching(/^The origin does not take the content/));
    let received = 0;
    const whole = new Promise<void>((resolve) => {
      side.socket.removeAllListeners('data');
      side.socket.on('data', (chunk: Buffer) => {
        received += chunk.length;
        if (received >= total) resolve();
      });
    });
    side.socket.resume();
    await whole;
    side.say('HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n');
    expect((await caller.response()).status).toBe(201);
  });

  it('that the origin does not take at all is 504', async () => {
    const origin = await rawOrigin();
    const { client } = await proxied(origin.url, { writeMs: 1 });
    const caller = await client();
    await caller.send(get('/', `Content-Length: ${PIECES * PIECE.length}\r\n`, 'PUT'));
    const side = await origin.accept();
    side.socket.pause();
    flood(caller);
    const { status, body } = await caller.response();
    expect(status).toBe(504);
    expect(body).toContain('The origin server stopped taking the content of the request');
  });
});

import { describe, expect, it, vi } from 'vitest';
import { echoBody, echoTarget, get, setup } from './connection-setup.ts';
import { RawClient } from './raw-client.ts';
import { hello, type Served } from './serve.ts';

const { start, open } = setup();
let served: Served;

describe('leaving early', () => {
  it('a FIN before anything leaves a connection without a row', async () => {
    served = await start(hello);
    const client = await open();
    client.finish();
    expect(await client.rest()).toBe('');
    await served.until((event) => event.kind === 'closed');
    expect(served.events().some((event) => event.kind === 'begin')).toBe(false);
  });

  it('a FIN within the head leaves a row with a fault', async () => {
    served = await start(hello);
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
    served = await start(async (request) => {
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
    served = await start((request) => {
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
    served = await start((request) => echoBody(request) as Promise<never>);
    const spied = await start(async (request) => {
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

describe('deadlines', () => {
  it('a head that never ends is 408', async () => {
    served = await start(hello, { limits: { headMs: 50 } });
    const client = await open();
    await client.send('GET / HTTP/1.1\r\nX: ');
    expect(await client.rest()).toMatch(/^HTTP\/1\.1 408 /);
    client.close();
    expect(await served.until((event) => event.kind === 'closed')).toMatchObject({ reason: 'head-timeout' });
  });

  it('content that never ends is 408', async () => {
    served = await start(echoBody, { limits: { bodyMs: 50 } });
    const client = await open();
    await client.send('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc');
    expect(await client.rest()).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('an idle connection is closed without an answer', async () => {
    served = await start(hello, { limits: { idleMs: 50 } });
    const client = await open();
    await client.send(get('/'));
    await client.response();
    expect(await client.rest()).toBe('');
    client.close();
    expect(await served.until((event) => event.kind === 'closed')).toMatchObject({ reason: 'idle-timeout' });
  });

  it('content that trickles is 408, however steadily', async () => {
    served = await start(echoBody, { limits: { bodyMs: 300, minBytesPerSecond: 1000 } });
    const client = await open();
    await client.send('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9999\r\n\r\n');
    const trickle = setInterval(() => client.socket.write('x'), 50);
    expect(await client.rest()).toMatch(/^HTTP\/1\.1 408 /);
    clearInterval(trickle);
    client.close();
    expect(await served.until((event) => event.kind === 'closed')).toMatchObject({ reason: 'body-timeout' });
  });

  it('content that flows may take as long as it needs', async () => {
    served = await start(echoBody, { limits: { bodyMs: 300, minBytesPerSecond: 1000 } });
    const client = await open();
    await client.send('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4000\r\n\r\n');
    for (let i = 0; i < 20; i++) {
      await client.send('x'.repeat(200));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect((await client.response()).body).toBe('x'.repeat(4000));
  });

  it('a client is not late while its handler does not read', async () => {
    const limits = { bodyMs: 50, maxUnreadBodyBytes: 1000 };
    let read = () => {};
    const asked = new Promise<void>((resolve) => {
      read = resolve;
    });
    served = await start(
      async (request) => {
        await asked;
        return { status: 200, fields: [], body: await request.body.bytes(100_000) };
      },
      { limits },
    );
    const client = await open();
    await client.send(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n${'x'.repeat(3000)}`);
    // Two sweeps of the deadlines and more.
    await new Promise((resolve) => setTimeout(resolve, 800));
    read();
    await client.send('x'.repeat(2000));
    expect((await client.response()).body).toBe('x'.repeat(5000));
  });

  it('a client that takes next to nothing is cut off', async () => {
    // The deadlines' own clock: that of the socket, which tells when nothing moves, stays real and says nothing.
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const limits = { writeMs: 60_000, minBytesPerSecond: 1_000_000 };
      served = await start(() => ({ status: 200, fields: [], body: Buffer.alloc(50_000_000) }), { limits });
      const client = await open();
      client.socket.pause();
      client.socket.on('error', () => {});
      await client.send(get('/'));
      await served.until((event) => event.kind === 'mark' && event.mark === 'drain-wait');
      // At that rate what waits may take so much longer: more than half of it, as sockets hold a few megabytes.
      vi.advanceTimersByTime(60_000 + 25_000);
      await new Promise((resolve) => setImmediate(resolve));
      expect(served.events().some((event) => event.kind === 'closed')).toBe(false);
      vi.advanceTimersByTime(25_000 + 500);
      expect(await served.until((event) => event.kind === 'closed')).toMatchObject({
        reason: 'write-timeout',
      });
    } finally {
      vi.useRealTimers();
    }
  });

  it('a client that takes nothing is cut off', async () => {
    served = await start(() => ({ status: 200, fields: [], body: Buffer.alloc(50_000_000) }), {
      limits: { writeMs: 50 },
    });
    const client = await open();
    client.socket.pause();
    client.socket.on('error', () => {});
    await client.send(get('/'));
    expect(await served.until((event) => event.kind === 'closed')).toMatchObject({ reason: 'write-timeout' });
  });
});

describe('stopping', () => {
  it('finishes what is in flight and closes what is idle', async () => {
    let release = () => {};
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    served = await start(async (request) => {
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

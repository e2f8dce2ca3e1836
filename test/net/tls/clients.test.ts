/** Clients that people use, against a TLS port. */
import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Agent, request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { byteSource } from '../../../server-core/http/byte-source.ts';
import type { Handler } from '../../../server-core/http/response.ts';
import { proxy } from '../../../server-core/net/proxy/proxy.ts';
import { webSocketResponse } from '../../../server-core/net/web-socket.ts';
import { tlsIdentity } from '../../support/tls-identity.ts';
import { hello, type Served, serve } from '../serve.ts';
import { SecureClient } from './secure-client.ts';

const run = promisify(execFile);
const { ca, identity } = tlsIdentity();
const caFile = join(tmpdir(), `wirescope-ca-${process.pid}.pem`);

async function* inPieces(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += 50_000) yield bytes.subarray(at, at + 50_000);
}

let served: Served;
const start = async (handler: Handler) => {
  served = await serve(handler, { identity });
};

beforeEach(() => writeFileSync(caFile, ca));
afterEach(async () => {
  await served.stop();
  rmSync(caFile);
});

describe('over TLS', () => {
  it('curl trusts the authority, and is told https', async () => {
    await start((request) => ({ status: 200, fields: [], body: Buffer.from(String(request.peer.secure)) }));
    for (const host of ['localhost', '127.0.0.1']) {
      const { stdout } = await run('curl', ['-sS', '--cacert', caFile, `https://${host}:${served.port}/`]);
      expect(stdout).toBe('true');
    }
  });

  it('curl without the authority is refused by itself, and the log says why', async () => {
    await start(hello);
    await expect(run('curl', ['-sS', `https://localhost:${served.port}/`])).rejects.toThrow(/certificate/);
    const closed = await served.until((event) => event.kind === 'closed');
    expect(closed).toMatchObject({
      reason: 'tls-error',
      detail: 'The client does not trust the certificate (alert unknown ca)',
      bytesIn: 0,
    });
  });

  it('undici keeps the connection and reads large bodies whole', async () => {
    const large = Buffer.alloc(3_000_000, 'wire');
    await start(() => ({ status: 200, fields: [], body: byteSource(inPieces(large), large.length) }));
    const agent = new Agent({ connect: { ca }, connections: 1 });
    for (let i = 0; i < 3; i++) {
      const { body } = await request(`https://localhost:${served.port}/`, { dispatcher: agent });
      expect(Buffer.from(await body.arrayBuffer()).equals(large)).toBe(true);
    }
    await agent.close();
    await served.until((event) => event.kind === 'closed');
    expect(served.events().filter((event) => event.kind === 'opened')).toHaveLength(1);
  });

  it('an upload comes in whole', async () => {
    await start(async (request) => {
      const bytes = await request.body.bytes(10_000_000);
      return { status: 200, fields: [], body: Buffer.from(String(bytes.length)) };
    });
    const agent = new Agent({ connect: { ca }, connections: 1 });
    const body = Buffer.alloc(2_000_000, 7);
    const answer = await request(`https://localhost:${served.port}/`, {
      method: 'POST',
      body,
      dispatcher: agent,
    });
    expect(await answer.body.text()).toBe('2000000');
    await agent.close();
  });

  it('a client that does not read is waited for, and nothing piles up', async () => {
    const piece = Buffer.alloc(64 * 1024, 'x');
    async function* endless() {
      for (;;) yield piece;
    }
    await start(() => ({ status: 200, fields: [], body: byteSource(endless()) }));
    const client = await SecureClient.open(served.port, { ca });
    client.socket.pause();
    client.send('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await served.until((event) => event.kind === 'mark' && event.mark === 'drain-wait');
    expect(served.listener.waitingBytes).toBeLessThan(300_000);
    client.close();
    await served.until((event) => event.kind === 'closed');
    expect(served.counters.inFlight).toBe(0);
  });

  it('a WebSocket switches and echoes', async () => {
    await start((request) =>
      webSocketResponse(request, {
        onSession: (session) => session.onMessage(() => session.sendText('over TLS')),
      }),
    );
    const socket = new WebSocket(`wss://localhost:${served.port}/`, { ca });
    const echoed = await new Promise<string>((resolve, reject) => {
      socket.on('open', () => socket.send('hello'));
      socket.on('message', (data) => resolve(String(data)));
      socket.on('error', reject);
    });
    expect(echoed).toBe('over TLS');
    socket.terminate();
  });

  it('a proxy tells the origin that the client came by https', async () => {
    const origin = await serve((request) => ({
      status: 200,
      fields: [],
      body: Buffer.from(request.head.fields.get('x-forwarded-proto') ?? 'none'),
    }));
    const relay = proxy(`http://127.0.0.1:${origin.port}`);
    await start(relay);
    const client = await SecureClient.open(served.port, { ca });
    client.send('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(await client.until(/https$/)).toMatch(/^HTTP\/1\.1 200 /);
    client.close();
    relay.close();
    await origin.stop();
  });

  it('an absolute target with https is taken', async () => {
    await start((request) => ({ status: 200, fields: [], body: Buffer.from(request.target.form) }));
    const client = await SecureClient.open(served.port, { ca });
    client.send('GET https://localhost/a HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(await client.until(/absolute$/)).toMatch(/^HTTP\/1\.1 200 /);
    client.close();
  });
});

describe('the capture', () => {
  it('has the bytes inside TLS, between the handshake and the close', async () => {
    await start(hello);
    const client = await SecureClient.open(served.port, { ca, ALPNProtocols: ['http/1.1'] });
    client.send('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    expect(await client.rest()).toMatch(/hello$/);
    client.socket.end();
    await served.until((event) => event.kind === 'closed');
    const events = served.events();
    expect(events.slice(0, 3).map((event) => event.kind)).toEqual(['opened', 'tls', 'bytes']);
    expect(events[1]).toMatchObject({
      version: 'TLSv1.3',
      cipher: expect.stringMatching(/^TLS_/),
      alpn: 'http/1.1',
      serverName: 'localhost',
      resumed: false,
      handshakeMicros: expect.any(Number),
    });
    expect(
      events.flatMap((event) => (event.kind === 'bytes' && event.direction === 'in' ? [event.data] : [])),
    ).toEqual([
      new Uint8Array(Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')),
    ]);
    expect(events.at(-1)).toMatchObject({ kind: 'closed', reason: 'server-fin' });
  });

  it('has no wait for the socket where there was none', async () => {
    await start(hello);
    const client = await SecureClient.open(served.port, { ca });
    for (let i = 0; i < 5; i++) {
      client.send('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
      await client.until(/hello$/);
    }
    client.close();
    await served.until((event) => event.kind === 'closed');
    expect(served.events().filter((event) => event.kind === 'mark')).toEqual([]);
  });
});

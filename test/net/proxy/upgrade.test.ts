import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { afterTest, get, proxied, rawOrigin } from './setup.ts';

/** An echo of the ws package behind the proxy. */
async function echo() {
  const server = new WebSocketServer({
    host: '127.0.0.1',
    port: 0,
    perMessageDeflate: true,
    handleProtocols: () => 'chat',
  });
  await once(server, 'listening');
  server.on('connection', (socket) => {
    socket.on('message', (data, binary) => socket.send(data, { binary }));
  });
  afterTest(() => server.close());
  const setup = await proxied(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const socket = new WebSocket(`ws://127.0.0.1:${setup.served.port}/chat`, 'chat');
  afterTest(() => socket.terminate());
  return { ...setup, server, socket };
}

describe('a WebSocket through the proxy', () => {
  it('is agreed on between client and origin, with subprotocol and extension', async () => {
    const { socket } = await echo();
    await once(socket, 'open');
    expect(socket.protocol).toBe('chat');
    expect(socket.extensions).toContain('permessage-deflate');
  });

  it('carries texts and large messages both ways', async () => {
    const { socket } = await echo();
    await once(socket, 'open');
    socket.send('grüß dich');
    const [text] = await once(socket, 'message');
    expect(String(text)).toBe('grüß dich');
    const large = Buffer.alloc(5_000_000, 'wirescope');
    socket.send(large);
    const [echoed] = await once(socket, 'message');
    expect(large.equals(echoed as Buffer)).toBe(true);
  });

  it('hands on the close of either side, with code and reason', async () => {
    const { socket, server } = await echo();
    const [accepted] = await Promise.all([once(server, 'connection'), once(socket, 'open')]);
    socket.close(4001, 'enough');
    const [code, reason] = await once(accepted[0], 'close');
    expect([code, String(reason)]).toEqual([4001, 'enough']);
    await once(socket, 'close');
  });

  it('ends for the origin when the client breaks off, and for the client when the origin does', async () => {
    const { socket, server, served } = await echo();
    const [accepted] = await Promise.all([once(server, 'connection'), once(socket, 'open')]);
    socket.terminate();
    await once(accepted[0], 'close');

    const other = new WebSocket(`ws://127.0.0.1:${served.port}/`, 'chat');
    const [second] = await Promise.all([once(server, 'connection'), once(other, 'open')]);
    (second[0] as WebSocket).terminate();
    await once(other, 'close');
  });

  it('is captured on the client’s side', async () => {
    const { socket, served, marks } = await echo();
    await once(socket, 'open');
    expect(served.events()).toContainEqual(expect.objectContaining({ kind: 'response', status: 101 }));
    expect(marks()).toContainEqual(
      'The origin switches to websocket: bytes are passed on as they are from here',
    );
  });
});

const HANDSHAKE = get('/', 'Connection: Upgrade\r\nUpgrade: websocket\r\n');
const SWITCHED = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n';

describe('a switched connection', () => {
  it('loses no byte that came right behind either head', async () => {
    const origin = await rawOrigin();
    const client = await (await proxied(origin.url)).client();
    await client.send(`${HANDSHAKE}early from the client`);
    const side = await origin.accept();
    await side.head();
    side.say(`${SWITCHED}X-A: 1\r\n\r\nearly from the origin`);
    expect(await side.until('client')).toBe('early from the client');
    const answer = await client.response();
    expect(answer.head).toMatch(
      /^HTTP\/1\.1 101 [^\r]+\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nX-A: 1\r\nVia: 1\.1 scope$/,
    );
    side.socket.end();
    expect(await client.rest()).toBe('early from the origin');
  });

  it('that was never made is an answer like any other', async () => {
    const origin = await rawOrigin();
    const client = await (await proxied(origin.url)).client();
    await client.send(HANDSHAKE);
    const side = await origin.accept();
    await side.head();
    side.say('HTTP/1.1 426 Upgrade Required\r\nContent-Length: 2\r\n\r\nno');
    expect((await client.response()).body).toBe('no');
    await client.send(get());
    expect(await side.head()).toMatch(/^GET/);
  });

  it('to a protocol other than the one asked for is refused', async () => {
    const origin = await rawOrigin();
    const client = await (await proxied(origin.url)).client();
    await client.send(HANDSHAKE);
    const side = await origin.accept();
    await side.head();
    side.say('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n');
    expect((await client.response()).status).toBe(502);
    await side.closed();
  });

  it('is passed on no faster than the other side takes it', async () => {
    const origin = await rawOrigin();
    const { client } = await proxied(origin.url);
    const caller = await client();
    await caller.send(HANDSHAKE);
    const side = await origin.accept();
    await side.head();
    side.say(`${SWITCHED}\r\n`);
    await caller.response();
    side.socket.pause();
    const piece = Buffer.alloc(1 << 20);
    let written = 0;
    const total = 64 * piece.length;
    const write = () => {
      while (written < total) {
        written += piece.length;
        if (!caller.socket.write(piece)) return;
      }
    };
    caller.socket.on('drain', write);
    write();
    for (let last = -1; last !== written; ) {
      last = written;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(written).toBeLessThan(total / 2);
    let received = 0;
    const whole = new Promise<void>((resolve) => {
      side.socket.removeAllListeners('data');
      side.socket.on('data', (chunk: Buffer) => {
        received += chunk.length;
        if (received === total) resolve();
      });
    });
    side.socket.resume();
    await whole;
  });
});

it('a server of node:http that is asked for a WebSocket it does not know answers, and goes on', async () => {
  const server = createServer((_, response) => response.end('plain'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterTest(() => void server.close());
  const client = await (await proxied(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)).client();
  await client.send(HANDSHAKE);
  expect((await client.response()).body).toBe('plain');
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import type { Transport } from '../../server-core/capture/transport.ts';
import { webSocketResponse } from '../../server-core/net/web-socket.ts';
import { webSocketTransport } from '../../server-core/net/web-socket-transport.ts';
import { type Served, serve } from './serve.ts';
import { closed, openWebSocket } from './web-socket-client.ts';

let served: Served;
let transport: Transport;
let socket: WebSocket;

beforeEach(async () => {
  served = await serve((request) =>
    webSocketResponse(request, {
      onSession: (session) => {
        transport = webSocketTransport(session);
      },
    }),
  );
  socket = await openWebSocket(served.port);
});
afterEach(async () => {
  socket.terminate();
  await served.stop();
});

describe('a transport over a session', () => {
  it('refuses text', async () => {
    const reason = new Promise((resolve) => transport.onClose(resolve));
    socket.send('text');
    expect(await closed(socket)).toEqual([1003, 'Only binary messages are understood here']);
    expect(await reason).toBe('Only binary messages are understood here');
  });

  it('does not read on while nobody listens, and loses nothing', async () => {
    const piece = Buffer.alloc(512 * 1024);
    const count = 64;
    for (let i = 0; i < count; i++) {
      piece[0] = i;
      socket.send(Buffer.from(piece));
    }
    // What the kernel and the transport keep is far less than 32 MiB, so the client is left with the rest.
    const before = await standstill(() => socket.bufferedAmount);
    expect(before).toBeGreaterThan(8 * 1024 * 1024);
    const received = await new Promise<number[]>((resolve) => {
      const firsts: number[] = [];
      transport.onMessage((message) => {
        firsts.push(message[0]!);
        if (firsts.length === count) resolve(firsts);
      });
    });
    expect(received).toEqual(Array.from({ length: count }, (_, i) => i));
  });

  it('tells a client that is gone without a word from one that closed', async () => {
    const reason = new Promise((resolve) => transport.onClose(resolve));
    socket.terminate();
    expect(await reason).toBe('The connection was lost');
  });
});

/** The figure once it has not changed for many turns of the event loop. */
async function standstill(figure: () => number): Promise<number> {
  let last = figure();
  for (let same = 0; same < 500; same++) {
    await new Promise((resolve) => setImmediate(resolve));
    if (figure() !== last) same = 0;
    last = figure();
  }
  return last;
}

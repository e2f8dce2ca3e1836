import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { OPCODE } from '../../server-core/wire/ws/opcode.ts';
import { framesUntilEnd, masked, nextMessage } from './web-socket-client.ts';
import { client, echo, ended, raw, session, start } from './web-socket-setup.ts';

describe('keep-alive', () => {
  it('pings, and a client that answers stays', async () => {
    await start(echo, { pingMs: 10, pongMs: 10_000 });
    const socket = await client();
    for (let pings = 0; pings < 5; pings++) await once(socket, 'ping');
    socket.send('here');
    expect(await nextMessage(socket)).toBe('here');
  });

  it('gives up a client that is silent', async () => {
    await start(() => {}, { pingMs: 10, pongMs: 10 });
    const silent = await raw();
    silent.socket.on('error', () => {});
    expect(await ended).toEqual([1006, 'The peer gave no sign of life']);
  });

  it('takes any byte for life, while a pong is stuck behind a message', async () => {
    await start(echo, { pingMs: 50, pongMs: 5_000 });
    const busy = await raw();
    const long = masked.frame(OPCODE.binary, new Uint8Array(10));
    // Each piece answers the ping before it.
    for (let pings = 1; pings <= 4; pings++) {
      await busy.atLeast(2 * pings);
      await busy.send(long.subarray(4 * (pings - 1), 4 * pings));
    }
    await busy.send(masked.close(1000));
    expect((await framesUntilEnd(busy)).filter((text) => text !== '9 ')).toEqual([
      `2 ${'\0'.repeat(10)}`,
      '8 1000 ',
    ]);
  });

  it('does not take its own deafness for silence', async () => {
    await start((opened) => opened.pause(), { pingMs: 5, pongMs: 5 });
    const quiet = await raw();
    // Ping frames are 2 bytes: several deadlines have passed without an answer.
    await quiet.atLeast(8);
    await quiet.send(masked.close(1000));
    session.resume();
    expect(await framesUntilEnd(quiet)).toContain('8 1000 ');
  });

  it('can be switched off', async () => {
    await start(echo, { pingMs: 0 });
    const socket = await client();
    const pings: unknown[] = [];
    socket.on('ping', () => pings.push(1));
    socket.send('x');
    await nextMessage(socket);
    expect(pings).toEqual([]);
  });
});

import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type WebSocketOptions, webSocketResponse } from '../../server-core/net/web-socket.ts';
import type { WebSocketSession } from '../../server-core/net/web-socket-session.ts';
import { OPCODE } from '../../server-core/wire/ws/opcode.ts';
import { RawClient } from './raw-client.ts';
import { type Served, serve } from './serve.ts';
import {
  closed,
  framesUntilEnd,
  HANDSHAKE,
  masked,
  nextMessage,
  openWebSocket,
  rawWebSocket,
  someBytes,
} from './web-socket-client.ts';

let served: Served;
let session: WebSocketSession;
/** How the session ended. */
let ended: Promise<[code: number, reason: string]>;
const open: { terminate(): void }[] = [];

/** A WebSocket endpoint; the test plays the server's part through `session`. */
async function start(
  onSession: (session: WebSocketSession) => void,
  options: Partial<WebSocketOptions> = {},
) {
  served = await serve((request) =>
    webSocketResponse(request, {
      ...options,
      onSession(opened) {
        session = opened;
        ended = new Promise((resolve) => opened.onClose((code, reason) => resolve([code, reason])));
        onSession(opened);
      },
    }),
  );
}

const echo = (opened: WebSocketSession) => {
  opened.onMessage((message) => {
    if (typeof message === 'string') opened.sendText(message);
    else opened.sendBinary(message);
  });
};

async function client(protocols?: string[]): Promise<WebSocket> {
  const socket = await openWebSocket(served.port, protocols);
  open.push(socket);
  return socket;
}

async function raw(early?: Uint8Array): Promise<RawClient> {
  const opened = await rawWebSocket(served.port, early);
  open.push({ terminate: () => opened.close() });
  return opened;
}

afterEach(async () => {
  for (const one of open.splice(0)) one.terminate();
  await served.stop();
});

describe('messages', () => {
  it.each([
    ['an empty text', ''],
    ['ASCII', 'Hello'],
    ['every plane', 'κόσμε 😀 \u0000 \uFEFF \u{10FFFF}'],
  ])('echo %s', async (_, text) => {
    await start(echo);
    const socket = await client();
    socket.send(text);
    expect(await nextMessage(socket)).toBe(text);
  });

  it.each([0, 1, 125, 126, 127, 65_535, 65_536, 1024 * 1024])('echo %i bytes', async (length) => {
    await start(echo);
    const socket = await client();
    const bytes = someBytes(length);
    socket.send(bytes);
    expect(Buffer.compare((await nextMessage(socket)) as Buffer, bytes)).toBe(0);
  });

  it('come in order, however many', async () => {
    await start(echo);
    const socket = await client();
    const received: string[] = [];
    const all = new Promise<void>((resolve) => {
      socket.on('message', (data) => {
        received.push(String(data));
        if (received.length === 2_000) resolve();
      });
    });
    const sent = Array.from({ length: 2_000 }, (_, i) => `message ${i}`);
    for (const text of sent) socket.send(text);
    await all;
    expect(received).toEqual(sent);
  });

  it('are put together from fragments, with a ping between them', async () => {
    await start(echo);
    const socket = await client();
    const pong = once(socket, 'pong');
    const message = nextMessage(socket);
    socket.send('κόσ', { fin: false });
    socket.ping('still there');
    socket.send('με ', { fin: false });
    socket.send('', { fin: false });
    socket.send('!', { fin: true });
    expect(String((await pong)[0])).toBe('still there');
    expect(await message).toBe('κόσμε !');
  });

  it('may come right behind the handshake', async () => {
    await start(echo);
    const early = await raw(Buffer.concat([masked.text('early'), masked.close(1000)]));
    expect(await framesUntilEnd(early)).toEqual(['1 early', '8 1000 ']);
  });

  it('may come one byte at a time', async () => {
    await start(echo);
    const slow = await raw();
    for (const byte of Buffer.concat([masked.text('slow'), masked.close()]))
      await slow.send(Uint8Array.of(byte));
    expect(await framesUntilEnd(slow)).toEqual(['1 slow', '8 ']);
  });

  it('belong to the listener', async () => {
    const kept: Uint8Array[] = [];
    await start((opened) => opened.onMessage((message) => kept.push(message as Uint8Array)));
    const socket = await client();
    socket.send(Buffer.from('first'));
    socket.send(Buffer.from('other'));
    socket.close();
    await ended;
    expect(kept.map(String)).toEqual(['102,105,114,115,116', '111,116,104,101,114']);
  });

  it('leave the sender its array', async () => {
    await start(() => {});
    const socket = await client();
    const message = nextMessage(socket);
    const bytes = Buffer.from('as it was');
    session.sendBinary(bytes);
    bytes.fill(0);
    expect(String(await message)).toBe('as it was');
  });
});

describe('pushing back', () => {
  it('on the consumer: a paused session is not read, and nothing is lost', async () => {
    const received: string[] = [];
    await start((opened) => {
      opened.onMessage((message) => {
        received.push(message as string);
        opened.pause();
      });
    });
    const socket = await client();
    const sent = Array.from({ length: 50 }, (_, i) => `message ${i}`);
    for (const text of sent) socket.send(text);
    socket.close(1000);
    while (received.length < sent.length) {
      const before = received.length;
      session.resume();
      while (received.length === before) await new Promise((resolve) => setImmediate(resolve));
      expect(received.length).toBe(before + 1);
    }
    session.resume();
    expect(received).toEqual(sent);
    expect(await ended).toEqual([1000, '']);
  });

  it('on the sender: what it holds for a client that does not read goes out once it does', async () => {
    await start(() => {});
    const socket = await client();
    socket.pause();
    const piece = someBytes(256 * 1024);
    let sent = 0;
    while (session.sendBinary(piece)) sent++;
    session.sendBinary(piece);
    session.sendText('last');
    expect(session.waitingBytes).toBeGreaterThan(piece.length);
    const drained = new Promise<void>((resolve) => session.onDrain(resolve));
    let received = 0;
    const last = new Promise<string>((resolve) => {
      socket.on('message', (data: Buffer, isBinary) => {
        if (isBinary) received += data.length;
        else resolve(String(data));
      });
    });
    socket.resume();
    expect(await last).toBe('last');
    await drained;
    expect(received).toBe((sent + 2) * piece.length);
    expect(session.waitingBytes).toBe(0);
    expect(session.sendText('room again')).toBe(true);
  });

  it('has a bound: a client that never reads is given up', async () => {
    await start(() => {}, { maxWaitingBytes: 1024 * 1024, closeMs: 50 });
    const socket = await client();
    socket.pause();
    const piece = someBytes(256 * 1024);
    // The kernel takes some, the session 1 MiB, and not one more.
    let frames = 0;
    while (session.waitingBytes <= 1024 * 1024 && frames < 1_000) {
      session.sendBinary(piece);
      frames++;
    }
    expect(frames).toBeLessThan(1_000);
    expect(session.sendBinary(piece)).toBe(false);
    expect(session.waitingBytes).toBe(0);
    expect(await ended).toEqual([1008, 'Too many messages wait to be read']);
  });

  it('answers only the latest of the pings that it could not answer in time', async () => {
    let readAll = () => {};
    const allRead = new Promise<void>((resolve) => {
      readAll = resolve;
    });
    await start((opened) => opened.onMessage(readAll));
    const flooder = await raw();
    flooder.socket.pause();
    while (session.sendBinary(new Uint8Array(64 * 1024)));
    const pings = Array.from({ length: 500 }, (_, i) => masked.frame(OPCODE.ping, `${i}`));
    await flooder.send(Buffer.concat([...pings, masked.text('that was all')]));
    await allRead;
    flooder.socket.resume();
    await flooder.send(masked.close(1000));
    const frames = await framesUntilEnd(flooder);
    expect(frames.filter((text) => text.startsWith('10 '))).toEqual(['10 499']);
    expect(frames.at(-1)).toBe('8 1000 ');
  });
});

describe('closing', () => {
  it.each([
    [1000, ''],
    [1001, 'off'],
    [3000, 'registered'],
    [4999, 'private'],
  ])('by the client with %i is answered with it', async (code, reason) => {
    await start(echo);
    const socket = await client();
    socket.close(code, reason);
    expect(await closed(socket)).toEqual([code, '']);
    expect(await ended).toEqual([code, reason]);
  });

  it('by the client without a code is answered without one', async () => {
    await start(echo);
    const socket = await client();
    socket.close();
    expect(await closed(socket)).toEqual([1005, '']);
    expect(await ended).toEqual([1005, '']);
  });

  it('by the server reaches the client behind the messages, and its answer comes back', async () => {
    await start((opened) => {
      opened.sendText('first');
      opened.close(4000, 'enough');
      expect(opened.sendText('too late')).toBe(false);
    });
    const socket = new WebSocket(`ws://127.0.0.1:${served.port}/socket`);
    open.push(socket);
    const received: string[] = [];
    socket.on('message', (data) => received.push(String(data)));
    expect(await closed(socket)).toEqual([4000, 'enough']);
    expect(received).toEqual(['first']);
    // The client answers with what it was told.
    expect(await ended).toEqual([4000, 'enough']);
  });

  it('drops messages that come after it, but still hears the answer', async () => {
    const received: unknown[] = [];
    await start((opened) => {
      opened.onMessage((message) => received.push(message));
      opened.close(1000, 'done');
    });
    const late = await raw();
    await late.send(Buffer.concat([masked.text('late'), masked.close(1000, 'also done')]));
    expect(await framesUntilEnd(late)).toEqual(['8 1000 done']);
    late.finish();
    expect(await ended).toEqual([1000, 'also done']);
    expect(received).toEqual([]);
  });

  it('while paused still hears the answer', async () => {
    await start((opened) => opened.pause());
    const socket = await client();
    socket.send('unread');
    session.close();
    expect(await closed(socket)).toEqual([1000, '']);
    expect(await ended).toEqual([1000, '']);
  });

  it('ends the connection of a client that does not answer', async () => {
    await start((opened) => opened.close(1001, 'off'), { closeMs: 50 });
    const deaf = await raw();
    deaf.socket.on('error', () => {});
    expect(await ended).toEqual([1006, '']);
  });

  it('ends the connection of a client that answers but never hangs up', async () => {
    await start(() => {}, { closeMs: 50 });
    const hanging = await raw();
    await hanging.send(masked.close(1000));
    expect(await framesUntilEnd(hanging)).toEqual(['8 1000 ']);
    expect(await ended).toEqual([1000, '']);
  });

  it.each([
    ['hangs up', (gone: RawClient) => gone.finish()],
    ['resets', (gone: RawClient) => gone.reset()],
  ])('is 1006 when the client %s', async (_, leave) => {
    await start(() => {});
    const gone = await raw();
    leave(gone);
    expect(await ended).toEqual([1006, '']);
    expect(session.sendText('anyone?')).toBe(false);
    session.close();
    session.fail(1011);
  });

  it('is told to a listener that comes late', async () => {
    await start(() => {});
    const socket = await client();
    socket.close(1000, 'bye');
    await ended;
    const told: unknown[] = [];
    session.onClose((...how) => told.push(how));
    expect(told).toEqual([[1000, 'bye']]);
  });

  it('refuses what must not be sent', async () => {
    await start(() => {});
    const socket = await client();
    expect(() => session.close(1006)).toThrow(RangeError);
    expect(() => session.close(1000, 'x'.repeat(124))).toThrow(RangeError);
    expect(() => session.fail(1005)).toThrow(RangeError);
    session.close(1000, 'x'.repeat(123));
    expect(await closed(socket)).toEqual([1000, 'x'.repeat(123)]);
  });
});

describe('protocol errors', () => {
  it.each([
    ['a reserved bit', Buffer.from([0xc1, 0x80, 0, 0, 0, 0]), 1002],
    ['an unmasked frame', Buffer.from([0x81, 0x00]), 1002],
    ['a continuation of nothing', masked.frame(OPCODE.continuation, 'x'), 1002],
    ['a close code of none', Buffer.from([0x88, 0x82, 0, 0, 0, 0, 0x03, 0xee]), 1002],
    ['text that is not UTF-8', masked.frame(OPCODE.text, Buffer.from([0xed, 0xa0, 0x80])), 1007],
    ['too long a message', masked.frame(OPCODE.binary, new Uint8Array(1001)), 1009],
    [
      'too many fragments',
      Buffer.concat([
        masked.frame(OPCODE.binary, new Uint8Array(600), false),
        masked.frame(OPCODE.continuation, new Uint8Array(401)),
      ]),
      1009,
    ],
  ])(
    '%s is answered with its code, behind what came before, and ends the session',
    async (_, bytes, code) => {
      await start(echo, { maxMessageBytes: 1000 });
      const bad = await raw();
      await bad.send(Buffer.concat([masked.text('before'), bytes, masked.text('behind')]));
      const frames = await framesUntilEnd(bad);
      expect(frames).toHaveLength(2);
      expect(frames[0]).toBe('1 before');
      expect(frames[1]).toMatch(new RegExp(`^8 ${code} [A-Z]`));
      bad.finish();
      expect((await ended)[0]).toBe(code);
    },
  );

  it('are found as soon as they can be', async () => {
    await start(echo);
    const bad = await raw();
    const frame = masked.frame(OPCODE.text, Buffer.from([0x61, 0xc0, 0x61]));
    await bad.send(frame.subarray(0, frame.length - 1));
    expect(await framesUntilEnd(bad)).toEqual([expect.stringMatching(/^8 1007 /)]);
  });

  it('a message as long as the limit is none', async () => {
    await start(echo, { maxMessageBytes: 1000 });
    const socket = await client();
    socket.send(Buffer.alloc(1000));
    expect(await nextMessage(socket)).toHaveLength(1000);
  });
});

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

describe('the handshake', () => {
  it('answers as in RFC 6455 §1.3', async () => {
    await start(() => {});
    const opened = await RawClient.open(served.port);
    open.push({ terminate: () => opened.close() });
    await opened.send(HANDSHAKE);
    const { head } = await opened.response();
    expect(head.split('\r\n')).toEqual([
      'HTTP/1.1 101 Switching Protocols',
      'Upgrade: websocket',
      'Connection: Upgrade',
      'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
    ]);
  });

  it('chooses the first protocol of the client that the server speaks', async () => {
    await start(() => {}, { protocols: ['a', 'b'] });
    expect((await client(['z', 'b', 'a'])).protocol).toBe('b');
    expect(session.protocol).toBe('b');
  });

  it('refuses another version and names the one it speaks', async () => {
    await start(() => {});
    const socket = new WebSocket(`ws://127.0.0.1:${served.port}/socket`, { protocolVersion: 8 });
    open.push(socket);
    socket.on('error', () => {});
    const [, response] = await once(socket, 'unexpected-response');
    expect(response.statusCode).toBe(426);
    expect(response.headers['sec-websocket-version']).toBe('13');
    expect(response.headers.upgrade).toBe('websocket');
    response.destroy();
  });

  it('refuses a plain request in words, and the connection stays', async () => {
    await start(() => {});
    const plain = await RawClient.open(served.port);
    open.push({ terminate: () => plain.close() });
    for (let round = 0; round < 2; round++) {
      await plain.send('GET /socket HTTP/1.1\r\nHost: localhost\r\n\r\n');
      const { status, body } = await plain.response();
      expect(status).toBe(400);
      expect(body).toContain('does not ask to upgrade to websocket');
    }
  });

  it('captures the frames like all bytes, and says why it switched', async () => {
    await start(echo);
    const seen = await raw();
    await seen.send(Buffer.concat([masked.text('seen'), masked.close(1000)]));
    await framesUntilEnd(seen);
    seen.finish();
    await served.until(({ kind }) => kind === 'closed');
    const events = served.events();
    const bytesOf = (direction: string) =>
      Buffer.concat(
        events.flatMap((event) =>
          event.kind === 'bytes' && event.direction === direction && event.data ? [event.data] : [],
        ),
      ).toString('latin1');
    expect(bytesOf('in').endsWith(Buffer.from(masked.close(1000)).toString('latin1'))).toBe(true);
    expect(bytesOf('out')).toContain('\x81\x04seen\x88\x02\x03\xe8');
    expect(events).toContainEqual(
      expect.objectContaining({ kind: 'mark', mark: 'decision', detail: expect.stringContaining('so 101') }),
    );
  });
});

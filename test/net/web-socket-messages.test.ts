import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { OPCODE } from '../../server-core/wire/ws/opcode.ts';
import { framesUntilEnd, masked, nextMessage, someBytes } from './web-socket-client.ts';
import { client, echo, ended, raw, session, start } from './web-socket-setup.ts';

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

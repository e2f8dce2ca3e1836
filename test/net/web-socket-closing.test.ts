import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { OPCODE } from '../../server-core/wire/ws/opcode.ts';
import type { RawClient } from './raw-client.ts';
import { closed, framesUntilEnd, masked, nextMessage } from './web-socket-client.ts';
import { client, echo, ended, open, raw, served, session, start } from './web-socket-setup.ts';

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

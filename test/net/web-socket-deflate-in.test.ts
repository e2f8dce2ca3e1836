import { describe, expect, it } from 'vitest';
import { OPCODE } from '../../server-core/wire/ws/opcode.ts';
import { framesUntilEnd, masked, nextMessage } from './web-socket-client.ts';
import { client, deflated, packed, raw } from './web-socket-deflate-setup.ts';
import { echo, session, start } from './web-socket-setup.ts';

describe('what comes in', () => {
  it('may be in fragments, and a ping between them is answered before', async () => {
    await start(echo);
    const slow = await raw();
    const payload = deflated(Buffer.from('Hello, compressed world'));
    await slow.send(packed(OPCODE.text, payload.subarray(0, 3), false));
    await slow.send(masked.frame(OPCODE.ping, 'in between'));
    await slow.send(masked.frame(OPCODE.continuation, payload.subarray(3, 4), false));
    await slow.send(masked.frame(OPCODE.continuation, payload.subarray(4)));
    await slow.send(masked.close(1000));
    expect(await framesUntilEnd(slow)).toEqual(['10 in between', '1 Hello, compressed world', '8 1000 ']);
  });

  it('may be marked as compressed or not, message by message', async () => {
    await start(echo);
    const mixed = await raw();
    const first = Buffer.from('first and third');
    await mixed.send(
      Buffer.concat([
        packed(OPCODE.text, deflated(first)),
        masked.text('second'),
        packed(OPCODE.text, deflated(Buffer.from('first and third again'), first)),
        masked.close(1000),
      ]),
    );
    expect(await framesUntilEnd(mixed)).toEqual([
      '1 first and third',
      '1 second',
      '1 first and third again',
      '8 1000 ',
    ]);
  });

  it.each([
    ['one block, RFC 7692 §7.2.3.1', 'f2 48 cd c9 c9 07 00', 'Hello'],
    ['no compression, §7.2.3.3', '00 05 00 fa ff 48 65 6c 6c 6f 00', 'Hello'],
    ['a final block, §7.2.3.4', 'f3 48 cd c9 c9 07 00 00', 'Hello'],
    ['two blocks, §7.2.3.5', 'f2 48 05 00 00 00 ff ff ca c9 c9 07 00', 'Hello'],
    ['an empty message, §7.2.3.6', '00', ''],
  ])('may be %s', async (_, hex, text) => {
    await start(echo);
    const example = await raw();
    const payload = Buffer.from(hex.replaceAll(' ', ''), 'hex');
    await example.send(Buffer.concat([packed(OPCODE.text, payload), masked.close(1000)]));
    expect(await framesUntilEnd(example)).toEqual([`1 ${text}`, '8 1000 ']);
  });

  it('answers pings while it inflates, and reads no further than it must', async () => {
    await start(echo, { pingMs: 0 });
    const busy = await raw();
    const large = packed(OPCODE.binary, deflated(Buffer.alloc(8_000_000, 5)));
    const received: number[] = [];
    session.onMessage((message) => received.push(message.length));
    await busy.send(Buffer.concat([large, masked.frame(OPCODE.ping, 'there?'), large, masked.close(1000)]));
    expect(await framesUntilEnd(busy)).toEqual(['10 there?', '8 1000 ']);
    expect(received).toEqual([8_000_000, 8_000_000]);
  });

  it('waits for a consumer that paused', async () => {
    const received: string[] = [];
    await start((opened) => {
      opened.onMessage((message) => {
        received.push(message as string);
        opened.pause();
      });
    });
    const socket = await client({ threshold: 0 });
    const sent = Array.from({ length: 30 }, (_, i) => `${i} `.repeat(2_000));
    for (const text of sent) socket.send(text);
    for (let count = 1; count <= sent.length; count++) {
      await expect.poll(() => received.length, { interval: 1 }).toBe(count);
      session.resume();
    }
    expect(received).toEqual(sent);
  });

  it('is delivered even when the client is gone before it was inflated', async () => {
    const received: unknown[] = [];
    await start((opened) => opened.onMessage((message) => received.push(message.length)));
    const hasty = await raw();
    await hasty.send(packed(OPCODE.binary, deflated(Buffer.alloc(1_000_000))));
    const code = new Promise((resolve) => session.onClose(resolve));
    hasty.finish();
    expect(await code).toBe(1006);
    expect(received).toEqual([1_000_000]);
  });
});

describe('what is wrong fails the session', () => {
  const bomb = deflated(Buffer.alloc(50_000_000));

  it.each([
    ['a bomb', [packed(OPCODE.binary, bomb)], 1009, 'longer than this end accepts'],
    [
      'a bomb in fragments',
      [packed(OPCODE.text, bomb.subarray(0, 9), false), masked.frame(OPCODE.continuation, bomb.subarray(9))],
      1009,
      'longer than this end accepts',
    ],
    [
      'a payload that is too long before it is inflated',
      [packed(OPCODE.binary, new Uint8Array(100_001))],
      1009,
      'longer than this end accepts',
    ],
    ['noise', [packed(OPCODE.binary, Buffer.alloc(50, 0xff))], 1007, 'cannot be inflated'],
    [
      'text that is no UTF-8',
      [packed(OPCODE.text, deflated(Buffer.of(0x61, 0xff)))],
      1007,
      'not valid UTF-8',
    ],
    [
      'text that ends in a character',
      [packed(OPCODE.text, deflated(Buffer.of(0xc3)))],
      1007,
      'not valid UTF-8',
    ],
    [
      'the mark on a continuation',
      [packed(OPCODE.text, deflated(Buffer.from('a')), false), Buffer.of(0xc0, 0x80, 0, 0, 0, 0)],
      1002,
      'Only the first frame',
    ],
    ['the mark on a ping', [Buffer.of(0xc9, 0x80, 0, 0, 0, 0)], 1002, 'Only the first frame'],
    ['the mark on a Close frame', [Buffer.of(0xc8, 0x80, 0, 0, 0, 0)], 1002, 'Only the first frame'],
    ['another reserved bit', [Buffer.of(0xa1, 0x80, 0, 0, 0, 0)], 1002, 'reserved bit'],
  ])('%s', async (_, frames, code, reason) => {
    const received: unknown[] = [];
    await start((opened) => opened.onMessage((message) => received.push(message)), {
      maxMessageBytes: 100_000,
    });
    const wrong = await raw();
    const ended = new Promise((resolve) => session.onClose((last, why) => resolve([last, why])));
    // What came before is delivered all the same.
    await wrong.send(Buffer.concat([packed(OPCODE.text, deflated(Buffer.from('before'))), ...frames]));
    const [last] = await framesUntilEnd(wrong);
    expect(last).toMatch(new RegExp(`^8 ${code} .*${reason}`));
    wrong.finish();
    expect(await ended).toEqual([code, expect.stringContaining(reason)]);
    expect(received).toEqual(['before']);
  });

  it('the mark without an agreement', async () => {
    await start(echo, { deflate: false });
    const wrong = await raw();
    await wrong.send(packed(OPCODE.text, deflated(Buffer.from('x'))));
    expect(await framesUntilEnd(wrong)).toEqual([expect.stringMatching(/^8 1002 A reserved bit/)]);
  });

  it('a message at the limit passes', async () => {
    await start(echo, { maxMessageBytes: 100_000 });
    const socket = await client({ threshold: 0 });
    socket.send(Buffer.alloc(100_000));
    expect(await nextMessage(socket)).toHaveLength(100_000);
  });
});

import { once } from 'node:events';
import { constants, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { WebSocket as UndiciWebSocket } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { type WebSocketOptions, webSocketResponse } from '../../server-core/net/web-socket.ts';
import { MessageDeflater, MessageInflater } from '../../server-core/net/web-socket-deflate.ts';
import type { WebSocketSession } from '../../server-core/net/web-socket-session.ts';
import { OPCODE, type Opcode } from '../../server-core/wire/ws/opcode.ts';
import { frame } from '../../server-core/wire/ws/writer.ts';
import { RawClient } from './raw-client.ts';
import { type Served, serve } from './serve.ts';
import { closed, framesUntilEnd, HANDSHAKE, masked, nextMessage, someBytes } from './web-socket-client.ts';

let served: Served;
let session: WebSocketSession;
const open: { terminate(): void }[] = [];

async function start(
  onSession: (session: WebSocketSession) => void,
  options: Partial<WebSocketOptions> = {},
): Promise<void> {
  served = await serve((request) =>
    webSocketResponse(request, {
      ...options,
      onSession(opened) {
        session = opened;
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

async function client(perMessageDeflate: ClientOptions['perMessageDeflate']): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${served.port}/`, { perMessageDeflate });
  open.push(socket);
  await once(socket, 'open');
  return socket;
}

/** A client in raw bytes that offers exactly this. */
async function raw(offer = 'permessage-deflate'): Promise<RawClient & { head: string }> {
  const opened = await RawClient.open(served.port);
  open.push({ terminate: () => opened.close() });
  await opened.send(HANDSHAKE.replace('\r\n\r\n', `\r\nSec-WebSocket-Extensions: ${offer}\r\n\r\n`));
  const { status, head } = await opened.response();
  expect(status).toBe(101);
  return Object.assign(opened, { head });
}

const maskingKey = 0x5eed5eed;
/** RFC 7692 §7.2.1: deflated, flushed, and without what a flush ends with. */
const deflated = (bytes: Uint8Array, dictionary?: Uint8Array) =>
  deflateRawSync(bytes, {
    finishFlush: constants.Z_SYNC_FLUSH,
    ...(dictionary?.length ? { dictionary } : {}),
  }).subarray(0, -4);
const packed = (opcode: Opcode, payload: Uint8Array, fin = true) =>
  frame(opcode, payload, { maskingKey, fin, compressed: opcode !== OPCODE.continuation });

/** As the server wrote it: `extensions` of ws says the name alone. */
async function answeredExtensions(): Promise<string | undefined> {
  const sent = await served.until((event) => event.kind === 'bytes' && event.direction === 'out');
  const head = sent.kind === 'bytes' ? Buffer.from(sent.data!).toString('latin1') : '';
  return /^Sec-WebSocket-Extensions: (.*)\r$/m.exec(head)?.[1];
}

afterEach(async () => {
  for (const one of open.splice(0)) one.terminate();
  await served.stop();
});

const KINDS: [string, ClientOptions['perMessageDeflate'], string][] = [
  ['with context on both sides', { threshold: 0 }, 'permessage-deflate'],
  [
    'without context of the server',
    { threshold: 0, serverNoContextTakeover: true },
    'permessage-deflate; server_no_context_takeover',
  ],
  [
    'without context of the client',
    { threshold: 0, clientNoContextTakeover: true },
    'permessage-deflate; client_no_context_takeover',
  ],
  [
    'with the smallest window of ours',
    { threshold: 0, serverMaxWindowBits: 9 },
    'permessage-deflate; server_max_window_bits=9',
  ],
];

describe.each(KINDS)('ws, %s,', (_, options, agreed) => {
  it('gets back what it sent, text and bytes, short and long', async () => {
    await start(echo, { deflate: { threshold: 0 } });
    const socket = await client(options);
    expect(await answeredExtensions()).toBe(agreed);
    const long = 'κόσμε, and the same again. '.repeat(3_000);
    for (const text of ['Hello', '', 'Hello', long, long, 'Hello', '😀']) {
      socket.send(text);
      expect(await nextMessage(socket)).toBe(text);
    }
    for (const bytes of [someBytes(1), Buffer.alloc(70_000, 1), someBytes(1024 * 1024), someBytes(40_000)]) {
      for (let again = 0; again < 2; again++) {
        socket.send(bytes);
        expect(Buffer.compare((await nextMessage(socket)) as Buffer, bytes)).toBe(0);
      }
    }
    socket.close(4001, 'enough');
    expect(await closed(socket)).toEqual([4001, '']);
  });

  it('gets everything in order, however mixed and fast', async () => {
    await start(echo);
    const socket = await client(options);
    const sent = Array.from({ length: 600 }, (_, i) => `${i} `.repeat(i % 7 === 0 ? 4_000 : 3));
    const received: string[] = [];
    const all = new Promise<void>((resolve) => {
      socket.on('message', (data) => {
        received.push(String(data));
        if (received.length === sent.length) resolve();
      });
    });
    sent.forEach((text, i) => {
      socket.send(text, { compress: i % 3 !== 0 });
    });
    await all;
    expect(received).toEqual(sent);
  });
});

it('undici, which offers it, gets back what it sent', async () => {
  await start(echo);
  const socket = new UndiciWebSocket(`ws://127.0.0.1:${served.port}/`);
  open.push({ terminate: () => socket.close() });
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  expect(socket.extensions).toContain('permessage-deflate');
  for (const text of ['short', 'long '.repeat(10_000), 'long '.repeat(10_000)]) {
    const answer = new Promise((resolve) =>
      socket.addEventListener('message', ({ data }) => resolve(data), { once: true }),
    );
    socket.send(text);
    expect(await answer).toBe(text);
  }
});

describe('what is agreed on', () => {
  it('is nothing with a client that offers nothing, or a server that wants nothing', async () => {
    await start(echo, { deflate: false });
    expect((await client({ threshold: 0 })).extensions).toBe('');
    await served.stop();
    await start(echo);
    expect((await client(false)).extensions).toBe('');
  });

  it.each([
    ['an unknown parameter', 'permessage-deflate; unknown'],
    ['a window that cannot be', 'permessage-deflate; server_max_window_bits=99'],
  ])('is nothing after %s, and the session opens', async (_, offer) => {
    await start(echo);
    const plain = await raw(offer);
    expect(plain.head).not.toContain('Extensions');
    await plain.send(Buffer.concat([masked.text('plain'), masked.close(1000)]));
    expect(await framesUntilEnd(plain)).toEqual(['1 plain', '8 1000 ']);
  });

  it('is told in the capture', async () => {
    await start(echo);
    await client({});
    const mark = await served.until((event) => event.kind === 'mark' && event.mark === 'decision');
    expect(mark).toMatchObject({ detail: expect.stringMatching(/, so 101 .*messages compressed$/) });
  });

  it('is nothing that breaks the grammar: 400', async () => {
    await start(echo);
    const broken = await RawClient.open(served.port);
    open.push({ terminate: () => broken.close() });
    await broken.send(HANDSHAKE.replace('\r\n\r\n', '\r\nSec-WebSocket-Extensions: a b\r\n\r\n'));
    const { status, body } = await broken.response();
    expect(status).toBe(400);
    expect(body).toContain('ws-extensions-invalid');
  });
});

describe('what goes out', () => {
  it('is smaller when it repeats, and as it is when it is short', async () => {
    await start(() => {});
    await client({ threshold: 0 });
    const sent = () => served.log.totals.bytes;
    const before = sent();
    session.sendText('x'.repeat(1023));
    expect(sent() - before).toBe(4 + 1023);
    session.sendText('x'.repeat(100_000));
    await expect.poll(sent).toBeGreaterThan(before + 1027);
    expect(sent() - before).toBeLessThan(1027 + 300);
  });

  it('refers back to the message before, unless that was agreed away', async () => {
    const lengths: Record<string, number[]> = {};
    const noise = someBytes(8_000).toString('base64');
    for (const offer of ['permessage-deflate', 'permessage-deflate; server_no_context_takeover']) {
      await start((opened) => {
        opened.sendText(noise);
        opened.sendText(noise);
        opened.close(1000);
      });
      const reader = await raw(offer);
      await reader.send(masked.close(1000));
      lengths[offer] = (await framesUntilEnd(reader, true)).slice(0, 2).map((text) => text.length);
      reader.finish();
      await served.stop();
    }
    const [kept, fresh] = Object.values(lengths) as [number[], number[]];
    expect(kept[1]).toBeLessThan(kept[0]! / 10);
    expect(fresh[1]).toBe(fresh[0]);
  });

  it('keeps the Close frame behind messages that are still being compressed', async () => {
    const long = 'again and '.repeat(100_000);
    await start((opened) => {
      opened.sendText(long);
      opened.sendText('short');
      opened.close(4000, 'done');
    });
    const socket = new WebSocket(`ws://127.0.0.1:${served.port}/`);
    open.push(socket);
    const received: string[] = [];
    socket.on('message', (data) => received.push(String(data)));
    expect(await closed(socket)).toEqual([4000, 'done']);
    expect(received).toEqual([long, 'short']);
  });

  it('asks the sender to wait, and tells it when to go on', async () => {
    await start(() => {});
    const socket = await client({ threshold: 0 });
    let received = 0;
    socket.on('message', () => received++);
    let sent = 0;
    while (session.sendBinary(someBytes(20_000))) sent++;
    expect(sent).toBeLessThan(10);
    expect(session.waitingBytes).toBeGreaterThan(64 * 1024);
    await new Promise<void>((resolve) => session.onDrain(resolve));
    await expect.poll(() => received).toBe(sent + 1);
    expect(session.waitingBytes).toBe(0);
  });

  it('that nobody takes has its bound, and is let go', async () => {
    await start(() => {}, { maxWaitingBytes: 100_000, closeMs: 50 });
    await client({});
    const ended = new Promise((resolve) => session.onClose((code) => resolve(code)));
    while (session.waitingBytes <= 100_000) session.sendBinary(someBytes(50_000));
    expect(session.sendBinary(someBytes(1))).toBe(false);
    expect(await ended).toBe(1008);
    // What zlib had begun on is finished, and dropped.
    await expect.poll(() => session.waitingBytes).toBe(0);
  });
});

describe('the messages before', () => {
  const agreed = {
    serverNoContextTakeover: false,
    clientNoContextTakeover: false,
    serverMaxWindowBits: undefined,
  };
  const noise = someBytes(2_000);

  it('make the next one short, until they are let go', async () => {
    const deflater = new MessageDeflater(agreed, 6);
    const first = await deflater.deflate(noise);
    expect((await deflater.deflate(noise)).length).toBeLessThan(100);
    deflater.release();
    expect(Buffer.compare(await deflater.deflate(noise), first)).toBe(0);
  });

  it('are what the next one refers to, until they are let go', async () => {
    const inflater = new MessageInflater(agreed);
    await inflater.inflate(deflated(noise), 10_000);
    const again = deflated(noise, noise);
    expect(Buffer.compare(await inflater.inflate(again, 10_000), noise)).toBe(0);
    inflater.release();
    await expect(inflater.inflate(again, 10_000)).rejects.toThrow('cannot be inflated');
  });

  it('count back as far as the window reaches, and no further', async () => {
    const inflater = new MessageInflater(agreed);
    const long = someBytes(40_000);
    const near = long.subarray(-32_768);
    await inflater.inflate(deflated(long), 100_000);
    expect(Buffer.compare(await inflater.inflate(deflated(near, near), 100_000), near)).toBe(0);
  });
});

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

it('any messages, packed and cut in any way, come back the same', async () => {
  await start(echo, { deflate: { threshold: 10 } });
  const content = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 400 }),
    fc.uint8Array({ maxLength: 2_000 }),
    fc.tuple(fc.string({ minLength: 1, maxLength: 20 }), fc.nat(3_000)).map(([text, n]) => text.repeat(n)),
  );
  const message = fc.record({ content, compress: fc.boolean(), cuts: fc.array(fc.nat(), { maxLength: 3 }) });
  const takeover = fc.constantFrom('', '; client_no_context_takeover', '; server_no_context_takeover');
  await fc.assert(
    fc.asyncProperty(
      fc.array(message, { minLength: 1, maxLength: 12 }),
      takeover,
      async (messages, offer) => {
        const sender = await raw(`permessage-deflate${offer}`);
        const keeps = !offer.includes('client');
        const received: unknown[] = [];
        session.onMessage((one) =>
          received.push(typeof one === 'string' ? one : Buffer.from(one).toString('hex')),
        );
        let history = Buffer.alloc(0);
        for (const { content, compress, cuts } of messages) {
          const bytes = Buffer.from(content as string);
          let payload: Uint8Array = bytes;
          if (compress) {
            payload = deflated(bytes, history);
            if (keeps) history = Buffer.concat([history, bytes]).subarray(-32_768);
          }
          const places = [...cuts.map((cut) => cut % (payload.length + 1)), payload.length].sort(
            (a, b) => a - b,
          );
          let from = 0;
          for (const [i, to] of places.entries()) {
            const opcode =
              i > 0 ? OPCODE.continuation : typeof content === 'string' ? OPCODE.text : OPCODE.binary;
            const options = { maskingKey, fin: i === places.length - 1, compressed: compress && i === 0 };
            await sender.send(frame(opcode, payload.subarray(from, to), options));
            from = to;
          }
        }
        await sender.send(masked.close(1000));
        expect(await framesUntilEnd(sender)).toEqual(['8 1000 ']);
        sender.close();
        expect(received).toEqual(
          messages.map(({ content: one }) =>
            typeof one === 'string' ? one : Buffer.from(one).toString('hex'),
          ),
        );
      },
    ),
    { numRuns: 60 },
  );
});

import { WebSocket as UndiciWebSocket } from 'undici';
import { describe, expect, it } from 'vitest';
import type { ClientOptions } from 'ws';
import { RawClient } from './raw-client.ts';
import { closed, framesUntilEnd, HANDSHAKE, masked, nextMessage, someBytes } from './web-socket-client.ts';
import { client, raw } from './web-socket-deflate-setup.ts';
import { echo, open, served, start } from './web-socket-setup.ts';

/** As the server wrote it: `extensions` of ws says the name alone. */
async function answeredExtensions(): Promise<string | undefined> {
  const sent = await served.until((event) => event.kind === 'bytes' && event.direction === 'out');
  const head = sent.kind === 'bytes' ? Buffer.from(sent.data!).toString('latin1') : '';
  return /^Sec-WebSocket-Extensions: (.*)\r$/m.exec(head)?.[1];
}

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

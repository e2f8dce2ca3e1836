/** Ends and refusals that fall between two steps of an exchange. */
import { Readable } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { byteSource } from '../../server-core/http/byte-source.ts';
import { echoBody, get, setup } from './connection-setup.ts';
import { HANDSHAKE } from './web-socket-client.ts';

const { start, open } = setup();

describe('a FIN that comes before the protocol is switched', () => {
  it('ends the connection once it is', async () => {
    const served = await start(async () => {
      // The FIN is right behind the request.
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
      return {
        status: 101,
        fields: [
          ['Upgrade', 'x'],
          ['Connection', 'Upgrade'],
        ],
        upgrade: (stream) => stream.write(Buffer.from('hi')),
      };
    });
    const client = await open();
    client.socket.end(HANDSHAKE);
    expect(await client.rest()).toContain('hi');
    await served.until(({ kind }) => kind === 'closed');
  });
});

describe('content that waits for its source', () => {
  it('is let go when the client is gone', async () => {
    const source = new Readable({ read() {} });
    const closed = vi.fn();
    const served = await start(() => ({
      status: 200,
      fields: [],
      body: byteSource(source, undefined, closed),
    }));
    const client = await open();
    await client.send(get('/'));
    await client.atLeast(20);
    client.reset();
    await served.until(({ kind }) => kind === 'closed');
    await expect.poll(() => source.destroyed).toBe(true);
    expect(closed).toHaveBeenCalledTimes(1);
  });
});

describe('a fault within content', () => {
  it.each([
    ['a chunk size that is none', 'x\r\n', 400, 'chunk-size-invalid'],
    ['too many trailers', `0\r\nA: ${'a'.repeat(9000)}`, 431, 'trailers-too-large'],
    ['too large extensions', `1;a=${'a'.repeat(17000)}`, 400, 'chunk-extensions-too-large'],
  ])('is told to the client: %s', async (_what, content, status, code) => {
    await start(echoBody);
    const client = await open();
    await client.send(`POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n${content}`);
    const response = await client.response();
    expect(response.body).toContain(code);
    expect(response.status).toBe(status);
  });
});

describe('an expectation', () => {
  it('that is not met yet makes no client late', async () => {
    const served = await start(
      async (request) => {
        await new Promise((resolve) => setTimeout(resolve, 1500));
        return { status: 200, fields: [], body: await request.body.bytes(10) };
      },
      { limits: { bodyMs: 200 } },
    );
    const client = await open();
    await client.send(
      'POST / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n',
    );
    expect((await client.response()).status).toBe(100);
    await client.send('ok');
    expect((await client.response()).body).toBe('ok');
    expect(served.events().some((event) => event.kind === 'mark' && event.mark === 'timeout')).toBe(false);
  });

  it('of a client that did not wait makes it no later, while its handler has enough', async () => {
    await start(
      async (request) => {
        const pieces: Uint8Array[] = [];
        await new Promise((resolve) => setTimeout(resolve, 100));
        for await (const piece of request.body.chunks()) {
          if (pieces.length === 0) await new Promise((resolve) => setTimeout(resolve, 1200));
          pieces.push(piece);
        }
        return { status: 200, fields: [], body: Buffer.concat(pieces) };
      },
      { limits: { bodyMs: 200, maxUnreadBodyBytes: 1000 } },
    );
    const client = await open();
    const chunk = `1f4\r\n${'x'.repeat(500)}\r\n`;
    await client.send(
      'POST / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n' +
        `${chunk.repeat(20)}`,
    );
    expect((await client.response()).status).toBe(100);
    await client.send('0\r\n\r\n');
    expect((await client.response()).body).toHaveLength(10_000);
  });
});

describe('an answer that is out', () => {
  it('is no abort, though content was still to come', async () => {
    const aborted = vi.fn();
    const served = await start((request) => {
      request.onAbort(aborted);
      return { status: 200, fields: [], body: Buffer.from('early') };
    });
    const client = await open();
    await client.send('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200\r\n\r\nabc');
    expect((await client.response()).body).toBe('early');
    client.reset();
    await served.until(({ kind }) => kind === 'closed');
    expect(aborted).not.toHaveBeenCalled();
  });
});

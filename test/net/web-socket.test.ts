import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { RawClient } from './raw-client.ts';
import { framesUntilEnd, HANDSHAKE, masked } from './web-socket-client.ts';
import { client, echo, open, raw, served, session, start } from './web-socket-setup.ts';

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

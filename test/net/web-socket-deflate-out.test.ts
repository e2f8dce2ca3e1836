import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { MessageDeflater, MessageInflater } from '../../server-core/net/web-socket-deflate.ts';
import { closed, framesUntilEnd, masked, someBytes } from './web-socket-client.ts';
import { client, deflated, raw } from './web-socket-deflate-setup.ts';
import { open, served, session, start } from './web-socket-setup.ts';

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

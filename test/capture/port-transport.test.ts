import { MessageChannel, type MessagePort as ThreadPort } from 'node:worker_threads';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { type PortLike, portTransport } from '../../server-core/capture/port-transport.ts';

/** A port that writes down what is posted to it. */
function recorder() {
  const posted: unknown[] = [];
  let receive: (message: unknown) => void = () => {};
  const port: PortLike = {
    postMessage: (message) => posted.push(message),
    start() {},
    close: () => posted.push('closed'),
    on(event: string, listener: (message?: unknown) => void) {
      if (event === 'message') receive = listener;
    },
  };
  return { port, posted, receive: (message: unknown) => receive(message) };
}

describe('a port', () => {
  it('may be any of the three', () => {
    expectTypeOf<ThreadPort>().toExtend<PortLike>();
    expectTypeOf<Electron.MessagePortMain>().toExtend<PortLike>();
    expectTypeOf<globalThis.MessagePort>().toExtend<PortLike>();
  });

  it.each([
    ['a part of a pool', Buffer.from('pooled')],
    ['a part of an array', Uint8Array.from([0, 1, 2, 3, 4]).subarray(1, 3)],
    ['a whole array', Uint8Array.from([1, 2, 3])],
    ['nothing of a large array', new Uint8Array(1_000).subarray(500, 500)],
    ['shared memory', new Uint8Array(new SharedArrayBuffer(3))],
  ])('is posted %s as a buffer of just that', (_, bytes) => {
    const { port, posted } = recorder();
    portTransport(port).send(bytes);
    expect(posted).toHaveLength(1);
    expect(posted[0]).toBeInstanceOf(ArrayBuffer);
    expect([...new Uint8Array(posted[0] as ArrayBuffer)]).toEqual([...bytes]);
  });

  it('leaves the sender its array', async () => {
    const { port1, port2 } = new MessageChannel();
    const bytes = Uint8Array.from([1, 2, 3]);
    portTransport(port1).send(bytes);
    expect(bytes.length).toBe(3);
    port1.close();
    port2.close();
  });

  it('takes bytes bare or wrapped, as a buffer or a view, and nothing else', () => {
    const { port, receive } = recorder();
    const received: number[][] = [];
    portTransport(port).onMessage((message) => received.push([...message]));
    receive(Uint8Array.of(1).buffer);
    receive(Uint8Array.of(2));
    receive({ data: Uint8Array.of(3).buffer, ports: [] });
    receive({ data: Buffer.of(4), ports: [] });
    for (const other of ['text', 7, null, undefined, {}, { data: null }, [5]]) receive(other);
    expect(received).toEqual([[1], [2], [3], [4]]);
  });

  it('says goodbye before it is closed, once', () => {
    const { port, posted } = recorder();
    const transport = portTransport(port);
    transport.close();
    transport.close();
    transport.send(Uint8Array.of(1));
    expect(posted).toEqual(['\u0004', 'closed']);
  });

  it('closes its own end when it is told goodbye, without an answer', () => {
    const { port, posted, receive } = recorder();
    portTransport(port);
    receive({ data: '\u0004', ports: [] });
    expect(posted).toEqual(['closed']);
  });

  it('is not closed by data that looks like goodbye', () => {
    const { port, posted, receive } = recorder();
    const received: number[][] = [];
    portTransport(port).onMessage((message) => received.push([...message]));
    receive(Uint8Array.of(4).buffer);
    expect(received).toEqual([[4]]);
    expect(posted).toEqual([]);
  });

  it('sees the other one go even without goodbye, where the platform tells', async () => {
    const { port1, port2 } = new MessageChannel();
    const reason = new Promise((resolve) => portTransport(port1).onClose(resolve));
    port2.close();
    expect(await reason).toBe('The other side closed the connection');
  });
});

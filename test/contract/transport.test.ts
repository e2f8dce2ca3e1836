import { MessageChannel, type MessagePort as ThreadPort } from 'node:worker_threads';
import { openTransport } from '../../renderer/link/connect.ts';
import { type PortLike, portTransport } from '../../server-core/capture/port-transport.ts';
import type { Transport } from '../../server-core/capture/transport.ts';
import { webSocketResponse } from '../../server-core/net/web-socket.ts';
import { webSocketTransport as hostTransport } from '../../server-core/net/web-socket-transport.ts';
import { serve } from '../net/serve.ts';
import { type Pair, transportCases } from './transport.cases.ts';

function portPair(shape: (port: ThreadPort) => PortLike): Promise<Pair> {
  const { port1, port2 } = new MessageChannel();
  return Promise.resolve({
    a: portTransport(shape(port1)),
    b: portTransport(shape(port2)),
    release() {},
  });
}

/** As in Chromium: an event target, and no word of the other port's close. */
function asInBrowsers(port: ThreadPort): PortLike {
  return {
    postMessage: (message) => port.postMessage(message),
    start: () => port.start(),
    close: () => port.close(),
    addEventListener(type: string, listener: (event: { data: unknown }) => void) {
      if (type === 'message') port.on('message', (data) => listener({ data }));
    },
  };
}

/** As Electron's MessagePortMain: an emitter whose messages are wrapped, and bytes may come as a view. */
function asInElectron(port: ThreadPort): PortLike {
  return {
    postMessage: (message) => port.postMessage(message),
    start: () => port.start(),
    close: () => port.close(),
    on(event: 'message' | 'close', listener: (message?: unknown) => void) {
      if (event === 'close') return port.on('close', () => listener());
      return port.on('message', (data) =>
        listener({ data: data instanceof ArrayBuffer ? Buffer.from(data) : data, ports: [] }),
      );
    },
  };
}

async function webSocketPair(): Promise<Pair> {
  const token = 'ffee0011';
  let attach: (host: Transport) => void = () => {};
  const host = new Promise<Transport>((resolve) => {
    attach = resolve;
  });
  const served = await serve((request) =>
    webSocketResponse(request, {
      protocols: ['wirescope'],
      onSession: (session) => attach(hostTransport(session)),
    }),
  );
  const a = openTransport({ kind: 'web-socket', url: `ws://127.0.0.1:${served.port}/feed`, token });
  return { a, b: await host, release: () => served.stop() };
}

transportCases('ports of worker threads', () => portPair((port) => port));
transportCases('ports without a close event', () => portPair(asInBrowsers));
transportCases('ports that wrap their messages', () => portPair(asInElectron));
transportCases('a WebSocket', webSocketPair);

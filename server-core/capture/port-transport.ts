/**
 * A Transport over any of the three message ports there are: the browser's, Electron's and that of worker threads.
 *
 * A message is posted as an ArrayBuffer that holds nothing else. A view would be cloned with all of the buffer
 * behind it, and a transfer list makes messages arrive empty on Electron's side. Closing is said in words: not
 * every platform tells a port that the other one is closed.
 */
import { Inbox } from './inbox.ts';
import type { Transport } from './transport.ts';

interface Port {
  /** Clones the message before it returns. */
  postMessage(message: ArrayBuffer | string): void;
  start(): void;
  close(): void;
}

/** Electron's MessagePortMain hands over `{ data }`, a port of worker threads the data itself. */
interface EmitterPort extends Port {
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
}

interface EventTargetPort extends Port {
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close', listener: () => void): void;
}

/** What all three have in common. */
export type PortLike = EmitterPort | EventTargetPort;

/** End of transmission. It is a text, as no data message is. */
const GOODBYE = '\u0004';

/** The port is the transport's from then on, and is started at once. */
export function portTransport(port: PortLike): Transport {
  const inbox = new Inbox();

  const receive = (data: unknown) => {
    if (data === GOODBYE) end();
    else if (data instanceof ArrayBuffer) inbox.deliver(new Uint8Array(data));
    else if (data instanceof Uint8Array) inbox.deliver(data);
  };
  const end = () => {
    if (inbox.closed) return;
    port.close();
    inbox.close('The other side closed the connection');
  };

  if ('on' in port) {
    port.on('message', (message) => receive(dataOf(message)));
    port.on('close', end);
  } else {
    port.addEventListener('message', (event) => receive(event.data));
    // Chromium has the event only where it is switched on, as in Electron.
    port.addEventListener('close', end);
  }
  port.start();

  return {
    send(message) {
      if (!inbox.closed) port.postMessage(exactBuffer(message));
    },
    onMessage: (listener) => inbox.onMessage(listener),
    onClose: (listener) => inbox.onClose(listener),
    close() {
      if (inbox.closed) return;
      port.postMessage(GOODBYE);
      port.close();
      inbox.shut('This side closed the connection');
    },
  };
}

function dataOf(message: unknown): unknown {
  const wrapped = typeof message === 'object' && message !== null && 'data' in message;
  return wrapped ? message.data : message;
}

/** The buffer of these bytes and no others: their own where they fill it, else a copy. */
function exactBuffer(bytes: Uint8Array): ArrayBuffer {
  const { buffer } = bytes;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength) return buffer;
  return new Uint8Array(bytes).buffer;
}

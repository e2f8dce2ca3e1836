import { Inbox } from '../../server-core/capture/inbox.ts';
import type { Transport } from '../../server-core/capture/transport.ts';
import { whyRefused } from './refusal.ts';

/** The subprotocol that the feed speaks. */
const PROTOCOL = 'wirescope';
/** A page whose address has no token is refused like one with a wrong one; an empty protocol cannot be offered. */
const NO_TOKEN = 'none';

/**
 * The browser host's link. `url` is `ws:` or `wss:`. The token goes as a second subprotocol, because a page cannot
 * set fields of a handshake and a URL ends up in histories and logs. Messages sent before the connection is open
 * wait for it.
 */
export function webSocketTransport(url: string, token: string): Transport {
  const socket = new WebSocket(url, [PROTOCOL, token || NO_TOKEN]);
  const inbox = new Inbox();
  let waiting: Uint8Array<ArrayBuffer>[] = [];
  let opened = false;
  socket.binaryType = 'arraybuffer';

  socket.addEventListener('open', () => {
    opened = true;
    for (const message of waiting) socket.send(message);
    waiting = [];
    if (inbox.closed) socket.close(1000);
  });
  socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data instanceof ArrayBuffer) inbox.deliver(new Uint8Array(data));
  });
  socket.addEventListener('close', ({ code, reason }) => {
    if (!opened) void whyRefused(url, token || NO_TOKEN).then((sentence) => inbox.close(sentence));
    else
      inbox.close(
        reason || (code === 1000 ? 'The other side closed the connection' : 'The connection was lost'),
      );
  });

  return {
    send(message) {
      if (inbox.closed) return;
      const copy = new Uint8Array(message);
      if (opened) socket.send(copy);
      else waiting.push(copy);
    },
    onMessage: (listener) => inbox.onMessage(listener),
    onClose: (listener) => inbox.onClose(listener),
    close() {
      if (inbox.closed) return;
      inbox.shut('This side closed the connection');
      // Closing before the connection is open would break it off, and lose what waits to be sent.
      if (opened) socket.close(1000);
    },
  };
}

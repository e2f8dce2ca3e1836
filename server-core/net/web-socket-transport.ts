import { Inbox } from '../capture/inbox.ts';
import type { Transport } from '../capture/transport.ts';
import { CLOSE } from '../wire/ws/close-code.ts';
import type { WebSocketSession } from './web-socket-session.ts';

/** 1 MiB of messages kept for a listener that was not set yet; past it the session is not read. */
const MAX_KEPT_BYTES = 1024 * 1024;

/** A Transport over binary messages. The session is the transport's from then on; a text message fails it. */
export function webSocketTransport(session: WebSocketSession): Transport {
  const inbox = new Inbox();
  session.onMessage((message) => {
    if (typeof message === 'string') {
      session.fail(CLOSE.unsupportedData, 'Only binary messages are understood here');
      return;
    }
    inbox.deliver(message);
    if (inbox.keptBytes > MAX_KEPT_BYTES) session.pause();
  });
  session.onClose((code, reason) => inbox.close(reason || said(code)));

  return {
    send(message) {
      if (!inbox.closed) session.sendBinary(message);
    },
    onMessage(listener) {
      inbox.onMessage(listener);
      session.resume();
    },
    onClose: (listener) => inbox.onClose(listener),
    close() {
      if (inbox.closed) return;
      inbox.shut('This side closed the connection');
      session.close();
    },
  };
}

function said(code: number): string {
  if (code === CLOSE.abnormal) return 'The connection was lost';
  return 'The other side closed the connection';
}

import { afterEach } from 'vitest';
import type { WebSocket } from 'ws';
import { type WebSocketOptions, webSocketResponse } from '../../server-core/net/web-socket.ts';
import type { WebSocketSession } from '../../server-core/net/web-socket-session.ts';
import type { RawClient } from './raw-client.ts';
import { type Served, serve } from './serve.ts';
import { openWebSocket, rawWebSocket } from './web-socket-client.ts';

export let served: Served;
/** The server's side of the connection that was opened last. */
export let session: WebSocketSession;
/** How the session ended. */
export let ended: Promise<[code: number, reason: string]>;
/** Clients that are gone after each test. */
export const open: { terminate(): void }[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) one.terminate();
  await served.stop();
});

/** A WebSocket endpoint; the test plays the server's part through `session`. */
export async function start(
  onSession: (session: WebSocketSession) => void,
  options: Partial<WebSocketOptions> = {},
): Promise<void> {
  served = await serve((request) =>
    webSocketResponse(request, {
      ...options,
      onSession(opened) {
        session = opened;
        ended = new Promise((resolve) => opened.onClose((code, reason) => resolve([code, reason])));
        onSession(opened);
      },
    }),
  );
}

export const echo = (opened: WebSocketSession) => {
  opened.onMessage((message) => {
    if (typeof message === 'string') opened.sendText(message);
    else opened.sendBinary(message);
  });
};

export async function client(protocols?: string[]): Promise<WebSocket> {
  const socket = await openWebSocket(served.port, protocols);
  open.push(socket);
  return socket;
}

export async function raw(early?: Uint8Array): Promise<RawClient> {
  const opened = await rawWebSocket(served.port, early);
  open.push({ terminate: () => opened.close() });
  return opened;
}

import type { Socket } from 'node:net';
import type { UpgradedStream } from '../../http/response.ts';
import type { Detached } from './origin-connection.ts';

/**
 * The origin's side of a switched connection: after 101 the bytes of both sides are passed on as they are, each side
 * read no faster than the other takes them. The client's side is captured, this one is not.
 */
export class Tunnel {
  readonly #socket: Socket;
  readonly #rest: Uint8Array;
  readonly #lingerMs: number;

  /** The socket is the tunnel's. It waits, unread, until `join`. */
  constructor({ socket, rest }: Detached, lingerMs: number) {
    this.#socket = socket;
    this.#rest = rest;
    this.#lingerMs = lingerMs;
    // What went wrong is told by the close that follows.
    socket.on('error', () => {});
  }

  /** Called when there will be no client's side. */
  abandon(): void {
    this.#socket.destroy();
  }

  /** Called once, when the client's side has been switched, too. */
  join(client: UpgradedStream): void {
    const origin = this.#socket;
    let clientGone = false;
    client.onClose(() => {
      clientGone = true;
      // What the client sent last is still for the origin; one that does not take it cannot hold the socket.
      origin.setTimeout(this.#lingerMs, () => origin.destroy());
      origin.resume();
      origin.end();
    });
    origin.on('close', () => client.end());
    if (clientGone) return;
    if (origin.destroyed) return client.end();

    origin.on('drain', () => client.resume());
    client.onDrain(() => origin.resume());
    origin.on('data', (bytes) => {
      if (!clientGone && !client.write(bytes)) origin.pause();
    });
    origin.on('end', () => client.end());
    if (this.#rest.length > 0) client.write(this.#rest);
    client.onData((bytes) => {
      // Copied: it is lent for the call, and the socket may hold it for longer.
      if (!origin.write(Buffer.from(bytes))) client.pause();
    });
    origin.resume();
    // Requests held back behind the handshake may have paused it.
    client.resume();
  }
}

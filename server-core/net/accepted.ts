import type { Socket } from 'node:net';
import type { CloseReason } from '../capture/events.ts';
import { Connection } from './connection.ts';
import type { Site } from './site.ts';
import type { SecureServer } from './tls/secure-server.ts';
import { TlsEntry } from './tls/tls-entry.ts';

/** A connection from accept to close, over TLS or not. */
export interface Accepted {
  /** Called once, when it is this connection's turn to be read. */
  start(): void;
  /** Others wait for it to end: it serves what was asked and no more. */
  makeRoom(): void;
  readonly waitingBytes: number;
  /** Ends after the response in hand; at once when there is none. */
  stop(): void;
  destroy(reason: CloseReason): void;
}

/** @param opened its number, where the capture was told of it before */
export function acceptSocket(
  socket: Socket,
  site: Site,
  secureServer: SecureServer | undefined,
  gone: () => void,
  opened?: number,
): Accepted {
  return secureServer
    ? new TlsEntry(socket, site, secureServer, gone, opened)
    : new Connection(socket, site, gone, opened);
}

/** One connection, and all that happened on it. */
import type { CloseReason, Direction, MarkName } from '../../../server-core/capture/events.ts';
import type { Row } from './list.ts';

/** What a TLS handshake agreed on; texts are '' where there is none. */
export interface TlsView {
  readonly securedTime: number;
  readonly handshakeMicros: number;
  readonly version: string;
  readonly cipher: string;
  readonly alpn: string;
  readonly serverName: string;
  readonly resumed: boolean;
}

export interface ConnectionView {
  readonly conn: number;
  readonly server: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly localPort: number;
  readonly openedTime: number;
  /** The process that has it; '' for the server's own. */
  readonly worker: string;
  readonly closedTime: number | undefined;
  readonly closeReason: CloseReason | undefined;
  /** A sentence beside the reason, '' without one. */
  readonly closeDetail: string;
  /** Undefined without TLS, and until its handshake is done. */
  readonly tls: TlsView | undefined;
  readonly exchanges: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** The connection that carried an exchange, or the one that came from a port at or after a time. */
export type LadderOf = { readonly exchange: number } | { readonly port: number; readonly since: number };

/** One read or write of the server. */
export interface LadderTransfer {
  readonly time: number;
  readonly direction: Direction;
  /** In that direction's stream. */
  readonly offset: number;
  readonly length: number;
}

export interface LadderMark {
  readonly exchange: number;
  readonly time: number;
  readonly mark: MarkName;
  readonly detail: string;
}

/** What a client asked for from a page on: until it paused, or went to the next page. */
export interface PageLoad {
  /** In the order in which they were first used; each with the exchanges of the page alone. */
  readonly connections: readonly LadderResult[];
  readonly from: number;
  readonly to: number;
  /** There were more connections than are told. */
  readonly more: boolean;
}

export interface LadderResult {
  readonly connection: ConnectionView;
  readonly transfers: readonly LadderTransfer[];
  readonly exchanges: readonly Row[];
  readonly marks: readonly LadderMark[];
}

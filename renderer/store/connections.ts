/** The columns of connections, one row a connection. */
import { PAGE_ROWS, type Page, PagedRows } from './paged-rows.ts';

/** Bits of `flags` beside HELD. */
export const CONN_FLAG = { closed: 2, resumed: 4 } as const;

/** Index of a reason that this version does not know: past the end of CLOSE_REASONS. */
export const UNKNOWN_REASON = 255;

export class ConnectionPage implements Page {
  held = 0;
  readonly flags = new Uint8Array(PAGE_ROWS);
  readonly server = new Uint32Array(PAGE_ROWS);
  /** Number in the string table. */
  readonly remoteAddress = new Uint32Array(PAGE_ROWS);
  readonly remotePort = new Uint16Array(PAGE_ROWS);
  readonly localPort = new Uint16Array(PAGE_ROWS);
  readonly opened = new Float64Array(PAGE_ROWS);
  /** Which process has it, as a number in the string table; 0 for the server's own. */
  readonly worker = new Uint32Array(PAGE_ROWS);
  /** When its TLS handshake was done, and how long that took; NaN without TLS. */
  readonly secured = new Float64Array(PAGE_ROWS);
  readonly handshake = new Float64Array(PAGE_ROWS);
  /** Numbers in the string table. */
  readonly tlsVersion = new Uint32Array(PAGE_ROWS);
  readonly cipher = new Uint32Array(PAGE_ROWS);
  readonly alpn = new Uint32Array(PAGE_ROWS);
  readonly serverName = new Uint32Array(PAGE_ROWS);
  /** NaN while open. */
  readonly closed = new Float64Array(PAGE_ROWS);
  /** Log position of its closed record. */
  readonly closedPosition = new Float64Array(PAGE_ROWS);
  /** Index into CLOSE_REASONS, once closed. */
  readonly reason = new Uint8Array(PAGE_ROWS);
  /** A sentence beside the reason; number in the string table. */
  readonly closeDetail = new Uint32Array(PAGE_ROWS);
  /** Exchanges begun on it, also those that were trimmed. */
  readonly exchanges = new Uint32Array(PAGE_ROWS);
  readonly bytesIn = new Float64Array(PAGE_ROWS);
  readonly bytesOut = new Float64Array(PAGE_ROWS);
  /** The chain of its exchanges, by blocks of the exchange chains; the latest one by number. */
  readonly exchangeHead = new Uint32Array(PAGE_ROWS);
  readonly exchangeTail = new Uint32Array(PAGE_ROWS);
  readonly lastExchange = new Uint32Array(PAGE_ROWS);
  /** The exchange whose response was begun last: with pipelining not the latest one. */
  readonly answering = new Uint32Array(PAGE_ROWS);
  /** The chain of its reads and writes. */
  readonly bytesHead = new Uint32Array(PAGE_ROWS);
  readonly bytesTail = new Uint32Array(PAGE_ROWS);
}

/** The columns that hold numbers in the string table: what a row retains there. */
export const CONNECTION_TEXTS = [
  'remoteAddress',
  'worker',
  'tlsVersion',
  'cipher',
  'alpn',
  'serverName',
  'closeDetail',
] as const;

export type Connections = PagedRows<ConnectionPage>;

export function newConnections(): Connections {
  return new PagedRows(() => new ConnectionPage(), blank);
}

function blank(page: ConnectionPage, row: number): void {
  page.server[row] = 0;
  page.remoteAddress[row] = 0;
  page.remotePort[row] = 0;
  page.localPort[row] = 0;
  page.opened[row] = Number.NaN;
  page.worker[row] = 0;
  page.secured[row] = Number.NaN;
  page.handshake[row] = Number.NaN;
  page.tlsVersion[row] = 0;
  page.cipher[row] = 0;
  page.alpn[row] = 0;
  page.serverName[row] = 0;
  page.closed[row] = Number.NaN;
  page.closedPosition[row] = Number.NaN;
  page.reason[row] = 0;
  page.closeDetail[row] = 0;
  page.exchanges[row] = 0;
  page.bytesIn[row] = 0;
  page.bytesOut[row] = 0;
  page.exchangeHead[row] = 0;
  page.exchangeTail[row] = 0;
  page.lastExchange[row] = 0;
  page.answering[row] = 0;
  page.bytesHead[row] = 0;
  page.bytesTail[row] = 0;
}

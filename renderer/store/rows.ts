/** Rows as views see them, put together from the columns when they are asked for. */
import { CLOSE_REASONS } from '../../server-core/capture/events.ts';
import { FAULTS, type FaultCode } from '../../server-core/wire/faults.ts';
import type { Columns } from './columns.ts';
import { CONN_FLAG, type ConnectionPage } from './connections.ts';
import { CONTENT_KINDS } from './content-kind.ts';
import { type ExchangePage, FLAG } from './exchanges.ts';
import { PAGE_MASK } from './paged-rows.ts';
import type { ConnectionView, TlsView } from './queries/connection.ts';
import type { Row, RowPhase } from './queries/list.ts';

/** Undefined when the exchange is not held. A page of the past gives the row as it stood then. */
export function buildRow(columns: Columns, id: number, page = columns.exchanges.page(id)): Row | undefined {
  if (page === undefined) return undefined;
  const row = id & PAGE_MASK;
  const { strings } = columns;
  return {
    id,
    conn: page.conn[row]!,
    server: page.server[row]!,
    worker: strings.text(page.worker[row]!),
    phase: phaseOf(columns, page, row),
    method: strings.text(page.method[row]!),
    target: strings.text(page.target[row]!),
    version: strings.text(page.version[row]!),
    status: page.status[row] === 0 ? undefined : page.status[row],
    mediaType: strings.text(page.mediaType[row]!),
    contentKind: CONTENT_KINDS[page.kind[row]!]!,
    fault: faultCode(strings.text(page.fault[row]!)),
    requestBytes: requestEnd(columns, page, row) - page.inStart[row]!,
    responseBytes: responseBytes(columns, page, row),
    beginTime: page.begin[row]!,
    headTime: known(page.begin[row]! + page.headAfter[row]!),
    responseTime: known(page.begin[row]! + page.responseAfter[row]!),
    endTime: known(page.end[row]!),
    annotation: columns.annotations.of(id),
  };
}

export function phaseOf(columns: Columns, page: ExchangePage, row: number): RowPhase {
  const flags = page.flags[row]!;
  if (isMalformed(columns, page, row)) return 'malformed';
  if ((flags & FLAG.complete) !== 0) return 'complete';
  if ((flags & FLAG.ended) !== 0) return 'aborted';
  return (flags & FLAG.response) !== 0 ? 'responding' : 'pending';
}

/**
 * Whether the request itself was wrong. A peer that went away in the middle of a right one has aborted, and
 * what comes after 101 is no longer the request.
 */
function isMalformed(columns: Columns, page: ExchangePage, row: number): boolean {
  if ((page.flags[row]! & (FLAG.faulted | FLAG.faultOut)) !== FLAG.faulted) return false;
  return page.status[row] !== 101 && columns.strings.text(page.fault[row]!) !== 'connection-closed-early';
}

/** One past the last byte of the request in the in stream, as far as it has come. */
export function requestEnd(columns: Columns, page: ExchangePage, row: number): number {
  if (!Number.isNaN(page.inEnd[row]!)) return page.inEnd[row]!;
  const conn = page.conn[row]!;
  const following = inStartAfter(columns, conn, page.inStart[row]!);
  if (following !== undefined) return following;
  return Math.max(page.inStart[row]!, columns.connections.page(conn)?.bytesIn[conn & PAGE_MASK] ?? 0);
}

/** Where the next exchange on the same connection begins, if there is one. */
function inStartAfter(columns: Columns, conn: number, inStart: number): number | undefined {
  const { connections, exchanges, chains } = columns;
  const connection = connections.page(conn);
  if (connection === undefined) return undefined;
  const startOf = (id: number) => exchanges.page(id)?.inStart[id & PAGE_MASK] ?? Number.NEGATIVE_INFINITY;
  // The usual case, without a walk: it is the connection's latest.
  if (startOf(connection.lastExchange[conn & PAGE_MASK]!) <= inStart) return undefined;
  let found: number | undefined;
  chains.each(
    connection,
    conn & PAGE_MASK,
    (next) => startOf(next) <= inStart,
    (id) => {
      if (startOf(id) > inStart) found = startOf(id);
      return found === undefined;
    },
  );
  return found;
}

/** One past the last byte of the response in the out stream, as far as it was written; undefined without one. */
export function responseEnd(columns: Columns, page: ExchangePage, row: number): number | undefined {
  const start = page.outStart[row]!;
  if (Number.isNaN(start)) return undefined;
  if (!Number.isNaN(page.outEnd[row]!)) return page.outEnd[row]!;
  const conn = page.conn[row]!;
  // A head may be queued before any byte of it was written.
  return Math.max(start, columns.connections.page(conn)?.bytesOut[conn & PAGE_MASK] ?? start);
}

/** Undefined when the connection is not held. */
export function buildConnection(columns: Columns, conn: number): ConnectionView | undefined {
  const page = columns.connections.page(conn);
  if (page === undefined) return undefined;
  const row = conn & PAGE_MASK;
  const isClosed = (page.flags[row]! & CONN_FLAG.closed) !== 0;
  return {
    conn,
    server: page.server[row]!,
    remoteAddress: columns.strings.text(page.remoteAddress[row]!),
    remotePort: page.remotePort[row]!,
    localPort: page.localPort[row]!,
    openedTime: page.opened[row]!,
    worker: columns.strings.text(page.worker[row]!),
    closedTime: known(page.closed[row]!),
    closeReason: isClosed ? CLOSE_REASONS[page.reason[row]!] : undefined,
    closeDetail: columns.strings.text(page.closeDetail[row]!),
    tls: buildTls(columns, page, row),
    exchanges: page.exchanges[row]!,
    bytesIn: page.bytesIn[row]!,
    bytesOut: page.bytesOut[row]!,
  };
}

function buildTls({ strings }: Columns, page: ConnectionPage, row: number): TlsView | undefined {
  if (Number.isNaN(page.secured[row]!)) return undefined;
  return {
    securedTime: page.secured[row]!,
    handshakeMicros: page.handshake[row]!,
    version: strings.text(page.tlsVersion[row]!),
    cipher: strings.text(page.cipher[row]!),
    alpn: strings.text(page.alpn[row]!),
    serverName: strings.text(page.serverName[row]!),
    resumed: (page.flags[row]! & CONN_FLAG.resumed) !== 0,
  };
}

/** The fault code of a text from the log; a newer host may know codes that this table does not. */
export function faultCode(text: string): FaultCode | undefined {
  return Object.hasOwn(FAULTS, text) ? (text as FaultCode) : undefined;
}

function responseBytes(columns: Columns, page: ExchangePage, row: number): number {
  const end = responseEnd(columns, page, row);
  return end === undefined ? 0 : end - page.outStart[row]!;
}

function known(time: number): number | undefined {
  return Number.isNaN(time) ? undefined : time;
}

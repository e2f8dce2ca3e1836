/**
 * All that the store knows, in columns. One method per kind of record brings them up to date; nothing here looks
 * at payloads. Rows that changed are listed once per `takeChanged`, so that a filter looks at those and no others.
 *
 * A row is held from its `begin` until it is trimmed. Numbers have no gaps, so `exchanges.last` is the count of
 * all that was captured, and `last - held` of what was trimmed.
 */
import { CLOSE_REASONS, type CloseReason, type ServerState } from '../../server-core/capture/events.ts';
import { isLoopback } from '../../server-core/capture/loopback.ts';
import type { TlsFacts } from '../../server-core/capture/tap.ts';
import type { Trace, TraceMark } from '../../server-core/capture/traces.ts';
import { Annotations } from './annotations.ts';
import { ByteRecords } from './byte-records.ts';
import {
  CONN_FLAG,
  CONNECTION_TEXTS,
  type ConnectionPage,
  newConnections,
  UNKNOWN_REASON,
} from './connections.ts';
import { CONTENT_KINDS, contentKind, isStream } from './content-kind.ts';
import { ContentSearch } from './content-search.ts';
import { DayClock } from './day-clock.ts';
import { ExchangeChains } from './exchange-chains.ts';
import { type ExchangePage, FLAG, newExchanges } from './exchanges.ts';
import { Marks } from './marks.ts';
import { Metrics, NOT_COUNTED } from './metrics.ts';
import { HELD, PAGE_MASK } from './paged-rows.ts';
import { Past } from './past.ts';
import type { Annotation } from './queries/annotation.ts';
import { StringTable } from './string-table.ts';

/** Enough to say that a server was reached. */
const MOST_VISITORS = 16;

export class Columns {
  readonly strings = new StringTable();
  readonly exchanges = newExchanges();
  readonly connections = newConnections();
  readonly bytes = new ByteRecords();
  readonly chains = new ExchangeChains();
  readonly marks = new Marks();
  readonly metrics = new Metrics();
  readonly servers = new Map<number, ServerState>();
  /** By server, the other machines that connections came from: the first few of them. */
  readonly visitors = new Map<number, string[]>();
  /** Connections that are open, and those that have closed in the order in which they did. */
  readonly open = new Set<number>();
  readonly closedOrder: number[] = [];
  /** Stream offset of the fault, of exchanges that have one: few do. */
  readonly faultAt = new Map<number, number>();
  /** Exchanges held of each server. */
  readonly heldByServer = new Map<number, number>();
  readonly contents = new ContentSearch(this);
  readonly annotations = new Annotations();
  readonly past = new Past(this);
  readonly day = new DayClock();
  inFlight = 0;
  /** Time of the first and the latest record; both 0 before any. */
  firstTime = 0;
  lastTime = 0;
  /** Raised by every change that a view can see. */
  serial = 0;
  /** One past the highest row dropped since the last `takeDropped`; 0 when none was. */
  #dropped = 0;
  #changed: number[] = [];

  /** Notes that a record of this time was read; called for every record. */
  at(time: number): void {
    if (time > this.lastTime) this.lastTime = time;
    this.serial++;
  }

  /** Takes a server's state; undefined is one that this version cannot read. */
  server(state: ServerState | undefined): void {
    if (state === undefined) return;
    if (state.status === 'removed') this.servers.delete(state.id);
    else this.servers.set(state.id, state);
    this.serial++;
  }

  opened(
    conn: number,
    time: number,
    server: number,
    remoteAddress: string,
    remotePort: number,
    localPort: number,
  ): void {
    const row = conn & PAGE_MASK;
    const known = this.connections.page(conn);
    // A snapshot tells again of what this store may have seen open.
    if (known !== undefined && !Number.isNaN(known.opened[row]!) && known.server[row] === server) return;
    const page = known ?? this.#addConnection(conn, time);
    page.server[row] = server;
    page.remoteAddress[row] = this.strings.intern(remoteAddress);
    page.remotePort[row] = remotePort;
    page.localPort[row] = localPort;
    page.opened[row] = time;
    if (!isLoopback(remoteAddress)) this.#visited(server, remoteAddress);
  }

  #visited(server: number, address: string): void {
    const known = this.visitors.get(server) ?? [];
    if (known.length < MOST_VISITORS && !known.includes(address)) {
      this.visitors.set(server, [...known, address]);
    }
  }

  /** The handshake of a connection is done; a snapshot may tell of it again. */
  tls(conn: number, time: number, facts: TlsFacts): void {
    const page = this.connections.page(conn) ?? this.#addConnection(conn, time);
    const row = conn & PAGE_MASK;
    if (!Number.isNaN(page.secured[row]!)) return;
    page.secured[row] = time;
    page.handshake[row] = facts.handshakeMicros;
    page.tlsVersion[row] = this.strings.intern(facts.version);
    page.cipher[row] = this.strings.intern(facts.cipher);
    page.alpn[row] = this.strings.intern(facts.alpn);
    page.serverName[row] = this.strings.intern(facts.serverName);
    if (facts.resumed) page.flags[row]! |= CONN_FLAG.resumed;
  }

  /** A process or thread has a connection from now on, or one exchange; a snapshot may say so again. */
  worker(conn: number, exchange: number, time: number, name: string): void {
    const page =
      exchange === 0
        ? (this.connections.page(conn) ?? this.#addConnection(conn, time))
        : this.exchanges.page(exchange);
    if (page === undefined) return;
    const row = (exchange === 0 ? conn : exchange) & PAGE_MASK;
    const before = page.worker[row]!;
    page.worker[row] = this.strings.intern(name);
    this.strings.release(before);
    this.recheck(exchange);
  }

  byteRecord(
    conn: number,
    time: number,
    out: 0 | 1,
    offset: number,
    length: number,
    position: number,
    continued: boolean,
  ): void {
    const page = this.connections.page(conn) ?? this.#addConnection(conn, time);
    const row = conn & PAGE_MASK;
    this.#reached(conn, out, offset + length);
    this.bytes.append(page, row, time, out, offset, length, position, continued);
    (out === 1 ? this.metrics.bytesOut : this.metrics.bytesIn).add(time, length);
    const grows = (out === 1 ? page.answering : page.lastExchange)[row]!;
    const exchange = this.exchanges.page(grows);
    if (exchange !== undefined && (exchange.flags[grows & PAGE_MASK]! & FLAG.ended) === 0) {
      this.#touch(exchange, grows);
    }
  }

  begin(conn: number, exchange: number, time: number, offset: number, position: number): void {
    if (this.exchanges.page(exchange) !== undefined) return;
    const connection = this.connections.page(conn) ?? this.#addConnection(conn, time);
    const connRow = conn & PAGE_MASK;
    const page = this.exchanges.add(exchange);
    const row = exchange & PAGE_MASK;
    page.conn[row] = conn;
    page.server[row] = connection.server[connRow]!;
    page.begin[row] = time;
    page.inStart[row] = offset;
    page.beginPosition[row] = position;
    page.worker[row] = this.strings.intern(this.strings.text(connection.worker[connRow]!));
    connection.lastExchange[connRow] = exchange;
    connection.exchanges[connRow]!++;
    this.chains.append(connection, connRow, exchange);
    this.#count(page.server[row]!, 1);
    this.inFlight++;
    this.metrics.inFlight.change(time, 1);
    this.metrics.requests.push(time);
    if (connection.exchanges[connRow]! > 1) this.metrics.reusedNow();
    this.#touch(page, exchange);
  }

  request(
    exchange: number,
    time: number,
    headEnd: number,
    method: string,
    target: string,
    version: string,
  ): void {
    const page = this.exchanges.page(exchange);
    const row = exchange & PAGE_MASK;
    if (page === undefined || (page.flags[row]! & FLAG.request) !== 0) return;
    page.flags[row]! |= FLAG.request;
    page.method[row] = this.strings.intern(method);
    page.target[row] = this.strings.intern(target);
    page.version[row] = this.strings.intern(version);
    page.headAfter[row] = time - page.begin[row]!;
    page.kind[row] = CONTENT_KINDS.indexOf(contentKind('', target));
    this.#reached(page.conn[row]!, 0, headEnd);
    this.#touch(page, exchange);
  }

  requestEnd(exchange: number, offset: number): void {
    const page = this.exchanges.page(exchange);
    if (page === undefined) return;
    page.inEnd[exchange & PAGE_MASK] = offset;
    this.#reached(page.conn[exchange & PAGE_MASK]!, 0, offset);
    this.#touch(page, exchange);
  }

  response(exchange: number, time: number, offset: number, status: number, mediaType: string): void {
    const page = this.exchanges.page(exchange);
    if (page === undefined) return;
    const row = exchange & PAGE_MASK;
    page.flags[row]! |= FLAG.response;
    page.status[row] = status;
    page.responseAfter[row] = time - page.begin[row]!;
    page.outStart[row] = offset;
    const conn = page.conn[row]!;
    const connection = this.connections.page(conn);
    if (connection !== undefined) connection.answering[conn & PAGE_MASK] = exchange;
    this.strings.release(page.mediaType[row]!);
    page.mediaType[row] = this.strings.intern(mediaType);
    const target = this.strings.text(page.target[row]!);
    page.kind[row] = CONTENT_KINDS.indexOf(contentKind(mediaType, target));
    this.#touch(page, exchange);
  }

  responseEnd(exchange: number, time: number, offset: number, complete: boolean, position: number): void {
    const page = this.exchanges.page(exchange);
    if (page === undefined) return;
    page.outEnd[exchange & PAGE_MASK] = offset;
    this.#reached(page.conn[exchange & PAGE_MASK]!, 1, offset);
    this.#end(page, exchange, time, complete, position);
  }

  mark(exchange: number, time: number, said: Trace | TraceMark): void {
    const page = this.exchanges.page(exchange);
    if (page === undefined) return;
    this.marks.append(page, exchange & PAGE_MASK, time, said);
    this.#touch(page, exchange);
  }

  /** @param code '' for a fault that this version does not know */
  fault(exchange: number, time: number, code: string, out: boolean, at: number): void {
    const page = this.exchanges.page(exchange);
    if (page === undefined) return;
    const row = exchange & PAGE_MASK;
    this.strings.release(page.fault[row]!);
    page.fault[row] = this.strings.intern(code);
    page.faultAfter[row] = time - page.begin[row]!;
    this.faultAt.set(exchange, at);
    page.flags[row]! |= FLAG.faulted | (out ? FLAG.faultOut : 0);
    this.#touch(page, exchange);
  }

  closed(
    conn: number,
    time: number,
    reason: CloseReason | undefined,
    bytesIn: number,
    bytesOut: number,
    position: number,
    detail = '',
  ): void {
    const page = this.connections.page(conn) ?? this.#addConnection(conn, time);
    const row = conn & PAGE_MASK;
    if ((page.flags[row]! & CONN_FLAG.closed) !== 0) return;
    page.flags[row]! |= CONN_FLAG.closed;
    page.closed[row] = time;
    page.closedPosition[row] = position;
    page.reason[row] = reason === undefined ? UNKNOWN_REASON : CLOSE_REASONS.indexOf(reason);
    page.closeDetail[row] = this.strings.intern(detail);
    page.bytesIn[row] = bytesIn;
    page.bytesOut[row] = bytesOut;
    this.open.delete(conn);
    this.closedOrder.push(conn);
    this.metrics.open.change(time, -1);
    this.chains.each(
      page,
      row,
      () => false,
      (id) => {
        const exchange = this.exchanges.page(id);
        if (exchange !== undefined) this.#end(exchange, id, time, false, position);
        return true;
      },
    );
  }

  /** Stops holding an exchange. */
  dropExchange(page: ExchangePage, exchange: number): void {
    const row = exchange & PAGE_MASK;
    if ((page.flags[row]! & FLAG.ended) === 0) this.inFlight--;
    this.marks.drop(page, row);
    for (const column of ['method', 'target', 'version', 'mediaType', 'fault', 'worker'] as const) {
      this.strings.release(page[column][row]!);
    }
    this.#count(page.server[row]!, -1);
    if ((page.flags[row]! & FLAG.faulted) !== 0) this.faultAt.delete(exchange);
    this.exchanges.drop(exchange);
    this.#dropped = Math.max(this.#dropped, exchange + 1);
    this.serial++;
  }

  /** Stops holding a connection; its exchanges have gone before. */
  dropConnection(conn: number): void {
    const page = this.connections.page(conn);
    if (page === undefined) return;
    const row = conn & PAGE_MASK;
    this.bytes.dropAll(page, row);
    this.chains.dropAll(page, row);
    for (const column of CONNECTION_TEXTS) this.strings.release(page[column][row]!);
    this.open.delete(conn);
    this.connections.drop(conn);
    this.serial++;
  }

  annotate(exchanges: readonly number[], change: Partial<Annotation>): void {
    for (const exchange of exchanges) {
      this.annotations.change(exchange, change);
      this.recheck(exchange);
    }
  }

  /** Has the filter look at a row again, of which more is known now. */
  recheck(exchange: number): void {
    const page = this.exchanges.page(exchange);
    if (page !== undefined) this.#touch(page, exchange);
  }

  /** Numbers of the rows that were added or changed since the last call, each once; some may have gone since. */
  takeChanged(): number[] {
    const taken = this.#changed;
    this.#changed = [];
    for (const id of taken) {
      const page = this.exchanges.page(id);
      if (page !== undefined) page.flags[id & PAGE_MASK]! &= ~FLAG.dirty;
    }
    return taken;
  }

  /** A number below which all rows lie that were dropped since the last call; 0 when none was. */
  takeDropped(): number {
    const taken = this.#dropped;
    this.#dropped = 0;
    return taken;
  }

  #end(page: ExchangePage, exchange: number, time: number, complete: boolean, position: number): void {
    const row = exchange & PAGE_MASK;
    if ((page.flags[row]! & FLAG.ended) !== 0) return;
    page.flags[row]! |= FLAG.ended | (complete ? FLAG.complete : 0);
    page.end[row] = time;
    page.endPosition[row] = position;
    this.inFlight--;
    this.metrics.inFlight.change(time, -1);
    const isAnswer = complete && !isStream(page.status[row]!, this.strings.text(page.mediaType[row]!));
    this.metrics.answers.add(time, isAnswer ? time - page.begin[row]! : NOT_COUNTED);
    this.#touch(page, exchange);
  }

  /** So many bytes have crossed in a direction, also where the records that carried them were trimmed. */
  #reached(conn: number, out: 0 | 1, offset: number): void {
    const page = this.connections.page(conn);
    if (page === undefined) return;
    const total = out === 1 ? page.bytesOut : page.bytesIn;
    total[conn & PAGE_MASK] = Math.max(total[conn & PAGE_MASK]!, offset);
  }

  /** A connection whose `opened` record was missed stands with what is known of it. */
  #addConnection(conn: number, time: number): ConnectionPage {
    const page = this.connections.add(conn);
    page.opened[conn & PAGE_MASK] = time;
    this.open.add(conn);
    this.metrics.open.change(time, 1);
    return page;
  }

  #touch(page: ExchangePage, exchange: number): void {
    const row = exchange & PAGE_MASK;
    this.serial++;
    page.change[row]!++;
    if ((page.flags[row]! & (FLAG.dirty | HELD)) !== HELD) return;
    page.flags[row]! |= FLAG.dirty;
    this.#changed.push(exchange);
  }

  #count(server: number, by: number): void {
    this.heldByServer.set(server, (this.heldByServer.get(server) ?? 0) + by);
  }
}

/** Puts the events of a log together into exchanges, as they end. What it keeps is bounded, whatever the log holds. */
import type {
  BytesEvent,
  CaptureEvent,
  Direction,
  FaultEvent,
  MarkEvent,
  OpenedEvent,
  RequestEvent,
  ResponseEvent,
  ServerState,
  TlsEvent,
} from '../../capture/events.ts';
import type { AssembledExchange, AssembledMessage, AssembledPiece } from './assembled-exchange.ts';

export interface AssemblerLimits {
  /** 32 MiB of one direction of a connection: what is beyond is left out of its message. Chrome's HAR has no more than 10 MiB. */
  readonly maxKeptBytes: number;
  /** 256 MiB over all connections at once. */
  readonly maxTotalBytes: number;
}

const LIMITS: AssemblerLimits = { maxKeptBytes: 32 * 1024 * 1024, maxTotalBytes: 256 * 1024 * 1024 };

interface Piece {
  readonly offset: number;
  readonly time: number;
  length: number;
  /** Undefined beyond the limit. */
  readonly data: Uint8Array | undefined;
}

interface Side {
  pieces: Piece[];
  kept: number;
  /** Everything before belongs to exchanges that are over. */
  done: number;
  offset: number;
}

interface Connection {
  readonly opened: OpenedEvent | undefined;
  tls: TlsEvent | undefined;
  readonly in: Side;
  readonly out: Side;
}

interface Open {
  readonly conn: number;
  readonly exchange: number;
  readonly beginTime: number;
  readonly inStart: number;
  inEnd: number | undefined;
  outEnd: number | undefined;
  request: RequestEvent | undefined;
  response: ResponseEvent | undefined;
  requestEndTime: number | undefined;
  endTime: number | undefined;
  complete: boolean;
  readonly marks: MarkEvent[];
  readonly faults: FaultEvent[];
}

export class Assembler {
  readonly #limits: AssemblerLimits;
  readonly #servers = new Map<number, ServerState>();
  readonly #connections = new Map<number, Connection>();
  /** In the order in which they began. */
  readonly #open = new Map<number, Open>();
  #total = 0;

  constructor(limits: AssemblerLimits = LIMITS) {
    this.#limits = limits;
  }

  /** The exchange that began first of those that are not over; undefined when all are. */
  get oldest(): number | undefined {
    return this.#open.keys().next().value;
  }

  /** Takes the next event, with its payload; gives the exchanges that it ends. */
  take(event: CaptureEvent): readonly AssembledExchange[] {
    if (event.kind === 'server') this.#servers.set(event.state.id, event.state);
    if (event.kind === 'opened') this.#connections.set(event.conn, newConnection(event));
    if (!('conn' in event)) return [];
    const connection = this.#connections.get(event.conn) ?? this.#unseen(event.conn);
    if (event.kind === 'tls') connection.tls = event;
    if (event.kind === 'bytes') this.#keep(connection[event.direction], event);
    if (event.kind === 'closed') return this.#closed(event.conn);
    return 'exchange' in event ? this.#exchange(event) : [];
  }

  /** The log is at its end: what is not over. */
  rest(): readonly AssembledExchange[] {
    return [...this.#open.values()].map((open) => this.#finish(open));
  }

  #exchange(event: Extract<CaptureEvent, { readonly exchange: number }>): readonly AssembledExchange[] {
    if (event.kind === 'begin') {
      const { conn, exchange, time, offset } = event;
      this.#open.set(exchange, newOpen(conn, exchange, time, offset));
      return [];
    }
    const open = this.#open.get(event.exchange);
    if (!open) return [];
    switch (event.kind) {
      case 'request':
        open.request = event;
        break;
      case 'request-end':
        open.inEnd = event.offset;
        open.requestEndTime = event.time;
        break;
      case 'response':
        open.response = event;
        break;
      case 'response-end':
        open.outEnd = event.offset;
        open.endTime = event.time;
        open.complete = event.complete;
        break;
      case 'mark':
        open.marks.push(event);
        break;
      case 'fault':
        open.faults.push(event);
    }
    const isOver = open.endTime !== undefined && (open.inEnd !== undefined || open.faults.length > 0);
    return isOver ? [this.#finish(open)] : [];
  }

  #closed(conn: number): readonly AssembledExchange[] {
    const ended = [...this.#open.values()]
      .filter((open) => open.conn === conn)
      .map((open) => this.#finish(open));
    const connection = this.#connections.get(conn);
    if (connection) this.#total -= connection.in.kept + connection.out.kept;
    this.#connections.delete(conn);
    return ended;
  }

  #finish(open: Open): AssembledExchange {
    this.#open.delete(open.exchange);
    const connection = this.#connections.get(open.conn) ?? this.#unseen(open.conn);
    const inEnd = open.inEnd ?? connection.in.offset;
    const outEnd = open.outEnd ?? connection.out.offset;
    const outStart = Math.min(connection.out.done, open.response?.offset ?? outEnd);
    const first = connection.out.pieces.find((piece) => piece.offset + piece.length > outStart);
    const { conn, exchange, beginTime, request, response, requestEndTime, endTime, complete } = open;
    const finished: AssembledExchange = {
      ...{ conn, exchange, beginTime, request, response, requestEndTime, endTime, complete },
      server: this.#servers.get(connection.opened?.server ?? 0),
      opened: connection.opened,
      tls: connection.tls,
      firstByteTime: outEnd > outStart ? first?.time : undefined,
      sent: messageOf(connection.in, open.inStart, inEnd),
      received: messageOf(connection.out, outStart, outEnd),
      switched: response?.status === 101 ? switchedPieces(connection, inEnd, response.headEnd) : [],
      marks: open.marks,
      faults: open.faults,
    };
    this.#drop(connection.in, inEnd);
    this.#drop(connection.out, outEnd);
    return finished;
  }

  #keep(side: Side, { offset, time, length, data }: BytesEvent): void {
    const { maxKeptBytes, maxTotalBytes } = this.#limits;
    const hasRoom = side.kept + length <= maxKeptBytes && this.#total + length <= maxTotalBytes;
    side.offset = offset + length;
    if (!data || !hasRoom) {
      const last = side.pieces.at(-1);
      // However it was cut: a WebSocket may go on for days.
      if (last && !last.data && last.offset + last.length === offset) last.length += length;
      else side.pieces.push({ offset, time, length, data: undefined });
      return;
    }
    side.pieces.push({ offset, time, length, data });
    side.kept += length;
    this.#total += length;
  }

  #drop(side: Side, before: number): void {
    side.done = Math.max(side.done, before);
    const kept = side.pieces.filter(({ offset, length }) => offset + length > before);
    const bytes = kept.reduce((sum, { data }) => sum + (data?.length ?? 0), 0);
    this.#total -= side.kept - bytes;
    side.pieces = kept;
    side.kept = bytes;
  }

  /** Its beginning was trimmed. */
  #unseen(conn: number): Connection {
    const connection = newConnection(undefined);
    this.#connections.set(conn, connection);
    return connection;
  }
}

/** The bytes from an offset on, up to the first that was not kept. */
function messageOf(side: Side, start: number, end: number): AssembledMessage {
  const length = Math.max(0, end - start);
  const parts: Uint8Array[] = [];
  let reached = start;
  for (const { offset, data } of side.pieces) {
    if (offset > reached) break;
    if (!data) continue;
    const part = data.subarray(reached - offset, Math.max(reached - offset, end - offset));
    parts.push(part);
    reached += part.length;
  }
  const bytes = new Uint8Array(reached - start);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { bytes, length };
}

/** What follows the two heads that agreed on another protocol: RFC 9110 §7.8. */
function switchedPieces({ in: asked, out }: Connection, inEnd: number, outEnd: number): AssembledPiece[] {
  const pieces = [...piecesFrom('in', asked, inEnd), ...piecesFrom('out', out, outEnd)];
  return pieces.sort((a, b) => a.time - b.time);
}

function piecesFrom(direction: Direction, { pieces }: Side, start: number): AssembledPiece[] {
  let reached = start;
  return pieces
    .filter(({ offset, length }) => offset + length > start)
    .map(({ offset, length, time, data }) => {
      // Behind what was trimmed nothing can be told apart.
      if (offset > reached) return { direction, time, data: undefined };
      const from = reached - offset;
      reached = offset + length;
      return { direction, time, data: data?.subarray(from) };
    });
}

function newConnection(opened: OpenedEvent | undefined): Connection {
  const side = (): Side => ({ pieces: [], kept: 0, done: 0, offset: 0 });
  return { opened, tls: undefined, in: side(), out: side() };
}

function newOpen(conn: number, exchange: number, beginTime: number, inStart: number): Open {
  return {
    ...{ conn, exchange, beginTime, inStart },
    ...{ inEnd: undefined, outEnd: undefined, request: undefined, response: undefined },
    ...{ requestEndTime: undefined, endTime: undefined, complete: false, marks: [], faults: [] },
  };
}

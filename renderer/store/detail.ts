/**
 * One exchange in full, kept up to date while it grows: bytes that were pulled and parsed once are not pulled or
 * parsed again.
 */
import type { Direction } from '../../server-core/capture/events.ts';
import type { Columns } from './columns.ts';
import { FLAG } from './exchanges.ts';
import { interimStart } from './interim-start.ts';
import { MessageReader } from './message-reader.ts';
import { PAGE_MASK } from './paged-rows.ts';
import { type Pull, readStream } from './payloads.ts';
import type { Cut, DetailResult, MessageView } from './queries/detail.ts';
import { buildConnection, buildRow, faultCode, requestEnd, responseEnd } from './rows.ts';

/** As much of a message as is parsed; what follows is content, read by `readBytes`. Chrome shows as much of a body. */
export const PARSED_BYTES = 1024 * 1024;
/** As many reads of a message as are named: 64 of them in each of 256 screens. */
export const MAX_CUTS = 16_384;

interface Side {
  readonly out: 0 | 1;
  readonly start: number;
  readonly reader: MessageReader;
  trimmed: boolean;
}

export class Detail {
  readonly #sides = new Map<Direction, Side>();
  /** The moment shown when messages were read last. */
  #readTo = Number.NEGATIVE_INFINITY;

  readonly #columns: Columns;
  readonly #exchange: number;
  readonly #pull: Pull;

  constructor(columns: Columns, exchange: number, pull: Pull) {
    this.#columns = columns;
    this.#exchange = exchange;
    this.#pull = pull;
  }

  /** Differs whenever the result would. */
  stamp(): string {
    const { page, row } = this.#place() ?? {};
    if (page === undefined || row === undefined) return '';
    const conn = page.conn[row]!;
    const connection = this.#columns.connections.page(conn);
    const connRow = conn & PAGE_MASK;
    const { past } = this.#columns;
    const then = past.isSettled(page, row) ? '' : past.time;
    return `${then} ${page.change[row]} ${connection?.bytesIn[connRow]} ${connection?.bytesOut[connRow]} ${connection?.closed[connRow]}`;
  }

  /** Pulls what is new of both messages. Resolves to undefined when the exchange is not held (any more). */
  async result(): Promise<DetailResult | undefined> {
    const { time } = this.#columns.past;
    // Of an earlier moment less is known than was read.
    if (time < this.#readTo) this.#sides.clear();
    this.#readTo = time;
    await Promise.all([this.#advance('in'), this.#advance('out')]);
    this.#switch();
    const place = this.#place();
    const row = buildRow(this.#columns, this.#exchange, place?.page);
    const request = this.#view('in');
    if (place === undefined || row === undefined || request === undefined) return undefined;
    const connection = buildConnection(this.#columns, row.conn);
    if (connection === undefined) return undefined;
    const marks = this.#columns.marks.list(place.page, place.row);
    const response = this.#view('out');
    return { row, request, response, marks, connection: this.#columns.past.connection(connection) };
  }

  /** Bytes [from, to) of a message, by offset from its first byte; ends where the message does. */
  async bytes(direction: Direction, from: number, to: number): Promise<Uint8Array> {
    const extent = this.#extent(direction);
    if (extent === undefined) throw new Error('There is no such message');
    const { conn, start, end } = extent;
    const out = direction === 'out' ? 1 : 0;
    const first = Math.min(start + Math.max(0, from), end);
    const last = Math.max(first, Math.min(start + to, end));
    return readStream(this.#columns, this.#pull, conn, out, first, last);
  }

  async #advance(direction: Direction): Promise<void> {
    const extent = this.#extent(direction);
    if (extent === undefined) return;
    const side = this.#side(direction, extent.start);
    const from = extent.start + side.reader.length;
    const to = Math.min(extent.end, extent.start + PARSED_BYTES);
    if (to > from && !side.trimmed) {
      try {
        side.reader.append(await readStream(this.#columns, this.#pull, extent.conn, side.out, from, to));
      } catch {
        // The host says the same of a record that it trimmed meanwhile as we do of one that we know is gone.
        side.trimmed = true;
      }
    }
    if (this.#isCutOff(direction) && extent.start + side.reader.length === extent.end) side.reader.finish();
  }

  /** RFC 6455 §4.2.2: from the end of the handshake on both directions are frames. */
  #switch(): void {
    const answer = this.#sides.get('out')?.reader;
    const { startLine = [], fields = [] } = answer?.read() ?? {};
    const find = (name: string) => fields.find((field) => field.name.toLowerCase() === name)?.value ?? '';
    if (startLine[1] !== '101' || find('upgrade').toLowerCase() !== 'websocket') return;
    const deflate = /\bpermessage-deflate\b/i.test(find('sec-websocket-extensions'));
    for (const { reader } of this.#sides.values()) reader.switchToFrames(deflate);
  }

  #view(direction: Direction): MessageView | undefined {
    const extent = this.#extent(direction);
    const place = this.#place();
    if (extent === undefined || place === undefined) return undefined;
    const { page, row } = place;
    const side = this.#side(direction, extent.start);
    const message = side.reader.read();
    const switched = page.status[row] === 101;
    const open = !switched && Number.isNaN((direction === 'in' ? page.inEnd : page.outEnd)[row]!);
    const length = open && message.end !== undefined ? message.end : extent.end - extent.start;
    const lost = side.trimmed && message.bytes.length === 0;
    const spans = message.spans.filter((span) => span.start < length);
    return {
      direction,
      streamOffset: extent.start,
      length,
      headLength: Math.min(message.headLength, length),
      startLine: message.startLine,
      fields: message.fields,
      interim: message.interim,
      frames: message.frames,
      spans,
      cuts: this.#cuts(extent.conn, side.out, extent.start, length),
      bytes: lost ? undefined : message.bytes.slice(0, length),
      fault: message.fault ?? this.#loggedFault(direction, extent.start),
    };
  }

  /** What the server found wrong, where reading the bytes again does not show it. */
  #loggedFault(direction: Direction, start: number): MessageView['fault'] {
    const place = this.#place();
    if (place === undefined) return undefined;
    const { page, row } = place;
    const code = faultCode(this.#columns.strings.text(page.fault[row]!));
    const inResponse = (page.flags[row]! & FLAG.faultOut) !== 0;
    if (code === undefined || inResponse !== (direction === 'out')) return undefined;
    return { code, at: (this.#columns.faultAt.get(this.#exchange) ?? Number.NaN) - start };
  }

  #cuts(conn: number, out: 0 | 1, start: number, length: number): Cut[] {
    const { bytes, connections } = this.#columns;
    const page = connections.page(conn);
    const cuts: Cut[] = [];
    if (page === undefined) return cuts;
    bytes.eachWithin(page, conn & PAGE_MASK, out, start, start + length, (record) => {
      const from = Math.max(record.offset, start);
      const to = Math.min(record.offset + record.length, start + length);
      const before = cuts.at(-1);
      if (record.continued && before !== undefined) {
        cuts[cuts.length - 1] = { ...before, length: before.length + to - from };
      } else if (cuts.length < MAX_CUTS) {
        cuts.push({ offset: from - start, length: to - from, time: record.time });
      }
    });
    return cuts;
  }

  /** Where a message lies in its stream, as far as it has come. */
  #extent(direction: Direction): { conn: number; start: number; end: number } | undefined {
    const place = this.#place();
    if (place === undefined) return undefined;
    const { page, row } = place;
    const conn = page.conn[row]!;
    const reached = this.#columns.past.reached(conn);
    if (direction === 'in') {
      const start = page.inStart[row]!;
      const read = reached?.in ?? start;
      // After 101 the request has ended, but what the client sends still belongs to this exchange.
      const end = page.status[row] === 101 ? read : requestEnd(this.#columns, page, row);
      return { conn, start, end: Math.max(start, Math.min(end, read)) };
    }
    // The final head's place is known once it was begun; interim ones stand before it.
    const final = page.outStart[row]!;
    const start = interimStart(this.#columns, page, row) ?? final;
    // A head is noted when it is queued; its bytes come when the socket takes them.
    const written = reached?.out ?? start;
    const end = responseEnd(this.#columns, page, row) ?? written;
    if (Number.isNaN(final) && !(written > start)) return undefined;
    return { conn, start, end: Math.max(start, Math.min(end, written)) };
  }

  /** Whether no more of a message will come, though it may lack its end. */
  #isCutOff(direction: Direction): boolean {
    const place = this.#place();
    if (place === undefined) return false;
    const { page, row } = place;
    const conn = page.conn[row]!;
    const connection = this.#columns.connections.page(conn);
    const isClosed = (connection?.closed[conn & PAGE_MASK] ?? Number.NaN) <= this.#columns.past.time;
    const ended = page.flags[row]! & FLAG.ended;
    return isClosed && (direction === 'in' || ended !== 0);
  }

  #side(direction: Direction, start: number): Side {
    const known = this.#sides.get(direction);
    if (known !== undefined && known.start === start) return known;
    const { page, row } = this.#place() ?? {};
    const method = page && row !== undefined ? this.#columns.strings.text(page.method[row]!) : '';
    const reader = new MessageReader(direction === 'in' ? 'request' : 'response', method);
    const side: Side = { out: direction === 'out' ? 1 : 0, start, reader, trimmed: false };
    this.#sides.set(direction, side);
    return side;
  }

  #place() {
    const { exchanges, past } = this.#columns;
    const row = this.#exchange & PAGE_MASK;
    const page = exchanges.page(this.#exchange);
    return page === undefined || !past.hasBegun(page, row) ? undefined : { page: past.page(page, row), row };
  }
}

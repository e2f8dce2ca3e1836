/**
 * What is said inside one exchange: WebSocket messages of both directions in the order of time, or the events of an
 * event stream. Reads on from where it stopped, a bounded piece a time; payloads are not kept, but pulled again
 * when a row is opened.
 */
import type { Direction } from '../../server-core/capture/events.ts';
import { Http1Parser } from '../../server-core/wire/http1/parser.ts';
import { applyMask } from '../../server-core/wire/ws/masking.ts';
import type { Columns } from './columns.ts';
import { EventReader, type StreamEvent } from './event-reader.ts';
import { type FrameMessage, FrameMessages, hexOf, type PayloadRange, textOf } from './frame-messages.ts';
import { type Inflated, MessageInflater } from './message-inflater.ts';
import { PAGE_MASK } from './paged-rows.ts';
import { type Pull, readStream, TRIMMED } from './payloads.ts';
import type { TalkParams, TalkResult, TalkRow } from './queries/talk.ts';

/** Read a step, so that a long talk shows its first rows soon. */
const STEP_BYTES = 2 * 1024 * 1024;
/** Rows kept, the latest; DevTools once kept 100. */
const MOST_ROWS = 100_000;
/** Of one opened row. */
const OPENED_BYTES = 1024 * 1024;
/** Bytes that are kept of an event's data, or of an inflated message. */
const KEPT_DATA = 65_536;
const PREVIEW = 256;

interface Held {
  readonly row: TalkRow;
  readonly ranges: readonly PayloadRange[];
  /** Kept where it cannot be pulled again as it is: of events and of what was inflated. */
  readonly data: Uint8Array | undefined;
}
interface Piece {
  readonly out: 0 | 1;
  readonly offset: number;
  readonly length: number;
  readonly position: number;
  readonly time: number;
}

export class Talk {
  readonly #held: Held[] = [];
  /** Rows that were let go at the front. */
  #gone = 0;
  #kind: TalkResult['kind'] = 'none';
  #problem: string | undefined;
  /** Stream offsets up to which each direction was read; NaN until known. */
  readonly #read: Record<Direction, number> = { in: Number.NaN, out: Number.NaN };
  readonly #frames: Partial<Record<Direction, FrameMessages>> = {};
  readonly #inflaters: Partial<Record<Direction, MessageInflater>> = {};
  #head: Http1Parser | undefined;
  #events: EventReader | undefined;
  #time = 0;
  #chunk: Uint8Array | undefined;
  #base = 0;

  readonly #columns: Columns;
  readonly #exchange: number;
  readonly #pull: Pull;

  constructor(columns: Columns, exchange: number, pull: Pull) {
    this.#columns = columns;
    this.#exchange = exchange;
    this.#pull = pull;
  }

  isOf(columns: Columns, exchange: number): boolean {
    return this.#columns === columns && this.#exchange === exchange;
  }

  /** Differs whenever the result would. */
  stamp(): string {
    const place = this.#place();
    if (place === undefined) return '';
    const { conn, page, row } = place;
    const connection = this.#columns.connections.page(conn);
    const connRow = conn & PAGE_MASK;
    return `${page.status[row]} ${connection?.bytesIn[connRow]} ${connection?.bytesOut[connRow]} ${this.#read.in} ${this.#read.out}`;
  }

  async result({ first, count, tail, opened }: TalkParams): Promise<TalkResult> {
    try {
      await this.#advance();
    } catch {
      this.#problem ??= `${TRIMMED}, so what follows cannot be told apart`;
    }
    const total = this.#gone + this.#held.length;
    const from = Math.max(this.#gone, tail ? total - count : Math.min(first, total - count));
    const held = opened === undefined ? undefined : this.#held[opened - this.#gone];
    return {
      kind: this.#kind,
      total,
      first: from,
      rows: this.#held.slice(from - this.#gone, from - this.#gone + count).map(({ row }) => row),
      opened: held && (await this.#open(held)),
      problem: this.#problem,
    };
  }

  async #advance(): Promise<void> {
    const place = this.#place();
    if (place === undefined || this.#problem !== undefined) return;
    const { conn, page, row } = place;
    const outStart = page.outStart[row]!;
    if (Number.isNaN(outStart)) return;
    if (this.#head === undefined) this.#begin(outStart, this.#columns.strings.text(page.method[row]!));
    for (const { out, pieces } of runs(this.#pieces(conn, page.outEnd[row]!))) {
      const from = pieces[0]!.offset;
      const to = pieces.at(-1)!.offset + pieces.at(-1)!.length;
      const bytes = await readStream(this.#columns, this.#pull, conn, out, from, to);
      const known = this.#kind;
      for (const { offset, length, time } of pieces) {
        this.#time = time;
        this.#take(out === 1 ? 'out' : 'in', bytes.subarray(offset - from, offset - from + length));
        // From here on there are two directions, which are read in one order.
        if (known !== this.#kind && this.#kind === 'web-socket') return;
      }
    }
  }

  /** The records that were not read yet, of both directions in the order of the log, clipped to what is new. */
  #pieces(conn: number, outEnd: number): Piece[] {
    const pieces: Piece[] = [];
    const page = this.#columns.connections.page(conn);
    if (page === undefined) return pieces;
    for (const out of [0, 1] as const) {
      const from = this.#read[out === 1 ? 'out' : 'in'];
      if (Number.isNaN(from)) continue;
      const to = out === 1 && !Number.isNaN(outEnd) ? outEnd : Number.POSITIVE_INFINITY;
      this.#columns.bytes.eachWithin(page, conn & PAGE_MASK, out, from, to, (record) => {
        const start = Math.max(record.offset, from);
        const length = Math.min(record.offset + record.length, to) - start;
        pieces.push({ out, offset: start, length, position: record.position, time: record.time });
      });
    }
    pieces.sort((a, b) => a.position - b.position);
    let bytes = 0;
    const enough = pieces.findIndex(({ length }) => {
      bytes += length;
      return bytes > STEP_BYTES;
    });
    return enough < 0 ? pieces : pieces.slice(0, Math.max(1, enough));
  }

  #begin(outStart: number, method: string): void {
    this.#read.out = outStart;
    let switched = false;
    const parser = new Http1Parser(
      'response',
      {
        span: () => {},
        begin: () => {},
        head: (head) => {
          if (head.role !== 'response') return;
          const value = (name: string) => head.fields.get(name) ?? '';
          if (head.status === 101 && /^websocket$/i.test(value('upgrade'))) {
            switched = true;
            const deflate = /\bpermessage-deflate\b/i.test(value('sec-websocket-extensions'));
            this.#switch(outStart + head.end, deflate);
          } else if (/^text\/event-stream\b/i.test(value('content-type'))) {
            this.#kind = 'event-stream';
            const coding = value('content-encoding');
            if (coding === '') this.#events = new EventReader((event) => this.#event(event));
            else this.#problem = `The events are coded with ${coding}: see the body`;
          }
        },
        body: (start, end) => this.#events?.push(this.#chunk!.subarray(start - this.#base, end - this.#base)),
        trailers: () => {},
        end: () => {},
        fault: () => {},
      },
      {},
    );
    if (method !== '' && !switched) parser.expect({ method });
    this.#head = parser;
  }

  #switch(offset: number, deflate: boolean): void {
    this.#kind = 'web-socket';
    const place = this.#place();
    const inOffset = place ? place.page.inEnd[place.row]! : Number.NaN;
    this.#read.in = inOffset;
    this.#frames.in = new FrameMessages('client', { offset: inOffset, deflate }, (m) =>
      this.#message('in', m),
    );
    this.#frames.out = new FrameMessages('server', { offset, deflate }, (m) => this.#message('out', m));
  }

  #take(direction: Direction, bytes: Uint8Array): void {
    this.#read[direction] += bytes.length;
    const frames = this.#frames[direction];
    if (frames !== undefined) return frames.push(bytes);
    const parser = this.#head!;
    this.#chunk = bytes;
    this.#base = parser.offset;
    let at = 0;
    while (at < bytes.length && this.#frames.out === undefined) {
      const consumed = parser.push(bytes, at);
      if (consumed === 0) break;
      at += consumed;
    }
    this.#chunk = undefined;
    // Frames may stand in the same write as the head that announced them.
    this.#frames.out?.push(bytes.subarray(at));
  }

  #message(direction: Direction, { ranges, packed, ...message }: FrameMessage): void {
    const row = { ...message, direction, event: '', eventId: '', inflated: undefined };
    const inflated = packed && this.#inflate(direction, packed);
    if (inflated === undefined) return this.#add(row, ranges, undefined);
    const some = inflated.bytes.subarray(0, PREVIEW);
    const preview = message.kind === 'text' ? textOf(some) : hexOf(some);
    this.#add({ ...row, preview, inflated: inflated.length }, ranges, inflated.bytes);
  }

  #inflate(direction: Direction, payload: Uint8Array): Inflated | undefined {
    this.#inflaters[direction] ??= new MessageInflater();
    return this.#inflaters[direction].inflate(payload, KEPT_DATA);
  }

  #event({ type, id, data, comment }: StreamEvent): void {
    const bytes = new TextEncoder().encode(data);
    this.#add(
      {
        direction: 'out',
        kind: comment ? 'comment' : 'event',
        length: bytes.length,
        frames: 1,
        compressed: false,
        inflated: undefined,
        event: type,
        eventId: id,
        preview: data.slice(0, PREVIEW),
        closeCode: undefined,
      },
      [],
      bytes.subarray(0, KEPT_DATA),
    );
  }

  #add(
    row: Omit<TalkRow, 'index' | 'time'>,
    ranges: readonly PayloadRange[],
    data: Uint8Array | undefined,
  ): void {
    const index = this.#gone + this.#held.length;
    this.#held.push({ row: { ...row, index, time: this.#time }, ranges, data });
    if (this.#held.length < MOST_ROWS * 1.25) return;
    this.#gone += this.#held.length - MOST_ROWS;
    this.#held.splice(0, this.#held.length - MOST_ROWS);
  }

  async #open({ row, ranges, data }: Held): Promise<TalkResult['opened']> {
    if (data !== undefined) {
      return { row, bytes: data, whole: data.length === (row.inflated ?? row.length) };
    }
    const conn = this.#place()?.conn;
    const bytes = new Uint8Array(Math.min(row.length, OPENED_BYTES));
    let at = 0;
    for (const { start, length, maskingKey } of ranges) {
      const count = Math.min(length, bytes.length - at);
      if (conn === undefined || count === 0) continue;
      const out = row.direction === 'out' ? 1 : 0;
      const piece = await readStream(this.#columns, this.#pull, conn, out, start, start + count).catch(
        () => undefined,
      );
      if (piece === undefined) return undefined;
      applyMask(maskingKey ?? 0, 0, piece, 0, count, bytes, at);
      at += count;
    }
    return { row, bytes, whole: bytes.length === row.length };
  }

  #place() {
    const page = this.#columns.exchanges.page(this.#exchange);
    if (page === undefined) return undefined;
    const row = this.#exchange & PAGE_MASK;
    return { page, row, conn: page.conn[row]! };
  }
}

/** Neighbours of one direction that follow each other without a gap, to be pulled at once. */
function runs(pieces: readonly Piece[]): { out: 0 | 1; pieces: Piece[] }[] {
  const found: { out: 0 | 1; pieces: Piece[] }[] = [];
  for (const piece of pieces) {
    const last = found.at(-1);
    if (last && last.out === piece.out) last.pieces.push(piece);
    else found.push({ out: piece.out, pieces: [piece] });
  }
  return found;
}

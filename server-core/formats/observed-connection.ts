/**
 * A connection that somebody else captured, told to the log as our own server would have told it: bytes, and what the
 * parser makes of them.
 */
import type { CloseReason, Direction } from '../capture/events.ts';
import type { Tap } from '../capture/tap.ts';
import type { Fault } from '../wire/faults.ts';
import type { RequestHead, ResponseHead } from '../wire/http1/events.ts';
import type { Fields } from '../wire/http1/fields.ts';
import { Conversation, type ConversationSink } from './conversation.ts';

const TLS =
  'These bytes are TLS: what was said lies encrypted in them, and the file has no keys that are read here';
const FOREIGN = 'These bytes are not HTTP/1; they are kept as they were';

export interface Addresses {
  readonly server: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly localPort: number;
}

export class ObservedConnection implements ConversationSink {
  readonly conn: number;
  readonly #tap: Tap;
  readonly #conversation: Conversation = new Conversation(this);
  readonly #offsets = { in: 0, out: 0 };
  #last: number | undefined;

  constructor(tap: Tap, { server, remoteAddress, remotePort, localPort }: Addresses) {
    this.#tap = tap;
    this.conn = tap.opened(server, remoteAddress, remotePort, localPort);
  }

  /** The exchange that began last. */
  get exchange(): number | undefined {
    return this.#last;
  }
  get isSwitched(): boolean {
    return this.#conversation.isSwitched;
  }

  /** One read or write of the server; borrows the bytes. */
  bytes(direction: Direction, data: Uint8Array): void {
    this.#tap.bytes(this.conn, direction, this.#offsets[direction], data);
    this.#offsets[direction] += data.length;
    this.#conversation.push(direction, data);
  }

  /** Bytes that crossed and that nobody has. */
  missing(direction: Direction, bytes: number): void {
    const exchange = this.#conversation.current(direction) ?? this.#last ?? 0;
    this.note(
      exchange,
      `${bytes} ${bytes === 1 ? 'byte' : 'bytes'} ${direction === 'in' ? 'from the client' : 'from the server'} are missing here`,
    );
    this.#offsets[direction] += bytes;
    this.#conversation.skip(direction, bytes);
  }

  note(exchange: number, text: string): void {
    if (exchange !== 0) this.#tap.mark(this.conn, exchange, 'note', text);
  }

  finish(direction: Direction): void {
    this.#conversation.finish(direction);
  }

  close(reason: CloseReason, detail?: string): void {
    this.#conversation.close();
    this.#tap.closed(this.conn, reason, this.#offsets.in, this.#offsets.out, detail);
  }

  // ---- what the parsers say ------------------------------------------------------------------------------

  begin(offset: number): number {
    this.#last = this.#tap.begin(this.conn, offset);
    return this.#last;
  }

  request(exchange: number, start: number, end: number, { method, target, version }: RequestHead): void {
    this.#tap.request(this.conn, exchange, start, end, method, target, version);
  }

  requestEnd(exchange: number, at: number): void {
    this.#tap.requestEnd(this.conn, exchange, at);
  }

  response(exchange: number, start: number, end: number, { status, fields }: ResponseHead): void {
    this.#tap.response(this.conn, exchange, start, end, status, mediaType(fields));
  }

  responseEnd(exchange: number, at: number, complete: boolean): void {
    this.#tap.responseEnd(this.conn, exchange, at, complete);
  }

  fault(exchange: number, direction: Direction, { code }: Fault, at: number): void {
    this.#tap.fault(this.conn, exchange, code, direction, at);
    if (this.#conversation.isForeign) this.note(exchange, code === 'tls-on-plain-port' ? TLS : FOREIGN);
  }
}

function mediaType(fields: Fields): string {
  return (fields.get('content-type') ?? '').split(';', 1)[0]!.trim();
}

/**
 * The writing half of a connection. Every byte that goes to the socket passes `write`, so the capture sees
 * exactly what was sent. A response is handed over whole before the next may begin; when the kernel is full its
 * source waits, so no more than `maxWaitingBytes` plus one piece of the source is ever kept here.
 */
import type { Socket } from 'node:net';
import { ConnectionReset } from '../http/byte-source.ts';
import type { ByteSource, FieldPair, Response } from '../http/response.ts';
import { mayBeTrailer } from '../http/trailer-names.ts';
import {
  CHUNK_END,
  chunkHead,
  interimHeadText,
  LAST_CHUNK,
  lastChunk,
  reasonPhrase,
} from '../wire/http1/writer.ts';
import type { Deadline } from './deadlines.ts';
import type { Exchange } from './exchange.ts';
import { type BodyMode, planResponse } from './response-plan.ts';
import type { Site } from './site.ts';

/** A whole response as sent before: used again for the same frozen response within the same second. */
interface Encoded {
  readonly date: string;
  readonly bytes: Buffer;
  readonly headLength: number;
  readonly mediaType: string;
}

const encodings = new WeakMap<Response, Encoded>();

export class Outlet {
  readonly #socket: Socket;
  readonly #site: Site;
  readonly #conn: number;
  readonly #late: () => void;
  /** Made at the first wait: most connections never have one. */
  #deadline: Deadline | undefined;
  #offset = 0;
  #gone = false;
  #wake: (() => void) | undefined;
  /** Of the response that is being sent. */
  #source: ByteSource | undefined;

  /** `late` is called when the peer takes nothing for too long, or too little. */
  constructor(socket: Socket, site: Site, conn: number, late: () => void) {
    this.#socket = socket;
    this.#site = site;
    this.#conn = conn;
    this.#late = late;
    socket.on('drain', () => this.#wake?.());
  }

  /** Bytes written so far on this connection. */
  get offset(): number {
    return this.#offset;
  }

  /** The array is the socket's afterwards; `stable` as for the tap. False when the caller should wait before writing more. */
  write(bytes: Uint8Array, stable = false): boolean {
    if (this.#gone || this.#socket.destroyed) return false;
    this.#site.tap.bytes(this.#conn, 'out', this.#offset, bytes, stable);
    this.#offset += bytes.length;
    this.#site.counters.bytesOut += bytes.length;
    return this.#socket.write(bytes);
  }

  /** Called once when the socket is gone: whoever waits for it, or for a source, goes on and finds it gone. */
  gone(): void {
    this.#gone = true;
    if (this.#deadline) this.#site.deadlines.unwatch(this.#deadline);
    this.#wake?.();
    this.#closeSource();
  }

  #closeSource(): void {
    const source = this.#source;
    this.#source = undefined;
    source?.close();
  }

  /** Sends an interim response; see `Request.inform`. */
  inform(exchange: Exchange, status: number, fields: readonly FieldPair[]): void {
    const text = interimHeadText(status, fields);
    // RFC 9110 §15.2: a 1.0 client takes an interim response for the final one.
    if (exchange.request?.head.version !== '1.1' || exchange.responseStarted) return;
    // It is advice: better lost than piled up for a client that does not read.
    if (this.#socket.writableLength > this.#site.limits.maxWaitingBytes) return;
    this.#site.tap.mark(this.#conn, exchange.id, 'note', `Sent ${status} (${reasonPhrase(status)}) ahead`);
    this.write(Buffer.from(text, 'latin1'));
  }

  /**
   * Sends one response. Nothing is returned when the kernel took it all at once; else a promise for whether it
   * was sent whole. Throws, with nothing written, when the response is unfit to be sent.
   */
  send(exchange: Exchange, response: Response, mayPersist: boolean): undefined | Promise<boolean> {
    const { body } = response;
    const date = this.#site.date();
    const kept = mayPersist ? encodings.get(response) : undefined;
    if (kept?.date === date && plain(exchange)) {
      this.#announce(exchange, response.status, kept.headLength, kept.mediaType);
      this.write(kept.bytes, true);
      return this.#handedOver(exchange);
    }

    const plan = planResponse(exchange.request?.head, response, mayPersist, date);
    exchange.persist = plan.persist;
    if (body !== undefined && !(body instanceof Uint8Array)) {
      return this.#sendSource(exchange, response, plan.head, plan.mode, body);
    }
    const type = mediaType(response);
    const content = plan.mode === 'length' ? body : undefined;
    const bytes = Buffer.allocUnsafe(plan.head.length + (content?.length ?? 0));
    bytes.write(plan.head, 'latin1');
    if (content) bytes.set(content, plan.head.length);
    const keep = plan.persist && Object.isFrozen(response) && plain(exchange);
    if (keep) {
      encodings.set(response, { date, bytes, headLength: plan.head.length, mediaType: type });
    }
    this.#announce(exchange, response.status, plan.head.length, type);
    this.write(bytes, keep);
    if (response.status === 101) return undefined;
    return this.#handedOver(exchange);
  }

  #announce(exchange: Exchange, status: number, headLength: number, type: string): void {
    const { counters, tap } = this.#site;
    counters.responses[Math.floor(status / 100)]!++;
    if (!tap.on) return;
    const head = this.#offset + headLength;
    tap.response(this.#conn, exchange.id, this.#offset, head, status, type);
  }

  #handedOver(exchange: Exchange): undefined | Promise<boolean> {
    if (this.#socket.writableLength === 0) {
      this.#site.tap.responseEnd(this.#conn, exchange.id, this.#offset, true);
      return undefined;
    }
    return this.#flushed(exchange).then((whole) => {
      if (whole) this.#site.tap.responseEnd(this.#conn, exchange.id, this.#offset, true);
      return whole;
    });
  }

  /** Waits until the kernel has taken every byte; false when the socket went first. */
  async #flushed(exchange: Exchange): Promise<boolean> {
    if (this.#gone) return false;
    if (this.#socket.writableLength === 0) return true;
    if (this.#site.secure) {
      // Node reports what TLS wrote in a later turn even where the kernel took it at once: no wait worth a mark.
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#gone) return false;
      if (this.#socket.writableLength === 0) return true;
    }
    const { tap, deadlines, limits } = this.#site;
    const waiting = this.#socket.writableLength;
    tap.mark(this.#conn, exchange.id, 'drain-wait', `${waiting} B wait for the socket`);
    const deadline = this.#watch();
    deadlines.arm(deadline, 'write', limits.writeMs + (waiting / limits.minBytesPerSecond) * 1000);
    // The socket tells when nothing moved for so long; the deadline, when what moved was next to nothing.
    this.#socket.setTimeout(limits.writeMs);
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      if (!this.#socket.writableNeedDrain) this.#socket.write('', () => resolve());
    });
    this.#wake = undefined;
    if (this.#gone) return false;
    this.#socket.setTimeout(0);
    deadlines.disarm(deadline);
    tap.mark(this.#conn, exchange.id, 'drained', 'The socket has taken them');
    return true;
  }

  #watch(): Deadline {
    if (this.#deadline) return this.#deadline;
    this.#deadline = this.#site.deadlines.watch(this.#late);
    this.#socket.on('timeout', this.#late);
    return this.#deadline;
  }

  async #sendSource(
    exchange: Exchange,
    response: Response,
    head: string,
    mode: BodyMode,
    source: ByteSource,
  ): Promise<boolean> {
    let left = source.length ?? Number.POSITIVE_INFINITY;
    this.#source = source;
    try {
      this.#announce(exchange, response.status, head.length, mediaType(response));
      this.write(Buffer.from(head, 'latin1'));
      if (mode !== 'none') {
        for await (const piece of source.chunks()) {
          if (this.#gone) return false;
          if (piece.length === 0) continue;
          // A source that yields more than it promised would be read as the next response.
          const bytes = piece.length > left ? piece.subarray(0, left) : piece;
          left -= bytes.length;
          if (mode === 'chunked') this.write(chunkHead(bytes.length));
          // Copied unless it is stable: a source may reuse its array while the socket still holds this one.
          if (source.stable) this.write(bytes, true);
          else this.write(Buffer.from(bytes));
          if (mode === 'chunked') this.write(CHUNK_END);
          if (
            this.#socket.writableLength > this.#site.limits.maxWaitingBytes &&
            !(await this.#flushed(exchange))
          ) {
            return false;
          }
          if (left === 0) break;
        }
        if (mode === 'chunked') this.write(this.#lastChunk(exchange, source));
        // RFC 9112 §8: a response shorter than its Content-Length is incomplete, and only a close can say so.
        if (mode === 'length' && left > 0) {
          this.#site.tap.mark(this.#conn, exchange.id, 'note', `The source ended ${left} B short`);
          await this.#flushed(exchange);
          return false;
        }
      }
      if (!(await this.#flushed(exchange))) return false;
      this.#site.tap.responseEnd(this.#conn, exchange.id, this.#offset, true);
      return true;
    } catch (error) {
      if (this.#gone) return false;
      this.#site.tap.mark(this.#conn, exchange.id, 'note', `The source failed: ${(error as Error).message}`);
      exchange.reset = error instanceof ConnectionReset;
      // What it gave before that is the client's.
      await this.#flushed(exchange);
      return false;
    } finally {
      this.#closeSource();
    }
  }

  /** With the source's trailers. Unfit ones cannot undo the content that is out already: it ends without them. */
  #lastChunk(exchange: Exchange, source: ByteSource): Uint8Array {
    const trailers = source.trailers?.() ?? [];
    if (trailers.length === 0) return LAST_CHUNK;
    try {
      const forbidden = trailers.find(([name]) => !mayBeTrailer(name));
      if (forbidden) throw new Error(`RFC 9110 §6.5.1 has no ${forbidden[0]} in trailers`);
      return lastChunk(trailers);
    } catch (error) {
      const because = (error as Error).message;
      this.#site.tap.mark(this.#conn, exchange.id, 'note', `The trailers are left out: ${because}`);
      return LAST_CHUNK;
    }
  }
}

/** A persistent HTTP/1.1 GET: the case whose encoding is kept. */
function plain(exchange: Exchange): boolean {
  const head = exchange.request?.head;
  return head !== undefined && head.method === 'GET' && head.version === '1.1' && head.keepAlive;
}

const CONTENT_TYPE = 'content-type';

function mediaType(response: Response): string {
  for (const [name, value] of response.fields) {
    if (name.length === CONTENT_TYPE.length && name.toLowerCase() === CONTENT_TYPE)
      return value.split(';', 1)[0] as string;
  }
  return '';
}

/**
 * The writing half of a connection. Every byte that goes to the socket passes `write`, so the capture sees
 * exactly what was sent. A response is handed over whole before the next may begin; when the kernel is full its
 * source waits, so no more than `maxWaitingBytes` plus one piece of the source is ever kept here.
 */
import type { Socket } from 'node:net';
import type { ByteSource, Response } from '../http/response.ts';
import { CHUNK_END, chunkHead, LAST_CHUNK } from '../wire/http1/writer.ts';
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
  readonly #deadline: Deadline;
  #offset = 0;
  #gone = false;
  #wake: (() => void) | undefined;

  constructor(socket: Socket, site: Site, conn: number, deadline: Deadline) {
    this.#socket = socket;
    this.#site = site;
    this.#conn = conn;
    this.#deadline = deadline;
    socket.on('drain', () => this.#wake?.());
  }

  /** Bytes written so far on this connection. */
  get offset(): number {
    return this.#offset;
  }

  /** The array is the socket's afterwards. False when the caller should wait before writing more. */
  write(bytes: Uint8Array): boolean {
    if (this.#gone || this.#socket.destroyed) return false;
    this.#site.tap.bytes(this.#conn, 'out', this.#offset, bytes);
    this.#offset += bytes.length;
    return this.#socket.write(bytes);
  }

  /** Called once when the socket is gone: whoever waits for it goes on, and finds it gone. */
  gone(): void {
    this.#gone = true;
    this.#wake?.();
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
      this.write(kept.bytes);
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
    if (plan.persist && Object.isFrozen(response) && plain(exchange)) {
      encodings.set(response, { date, bytes, headLength: plan.head.length, mediaType: type });
    }
    this.#announce(exchange, response.status, plan.head.length, type);
    this.write(bytes);
    if (response.status === 101) return undefined;
    return this.#handedOver(exchange);
  }

  #announce(exchange: Exchange, status: number, headLength: number, type: string): void {
    const { tap } = this.#site;
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
    const { tap, deadlines, limits } = this.#site;
    const waiting = this.#socket.writableLength;
    tap.mark(this.#conn, exchange.id, 'drain-wait', `${waiting} B wait for the socket`);
    deadlines.arm(this.#deadline, 'write', limits.writeMs);
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      if (!this.#socket.writableNeedDrain) this.#socket.write('', () => resolve());
    });
    this.#wake = undefined;
    if (this.#gone) return false;
    deadlines.disarm(this.#deadline);
    tap.mark(this.#conn, exchange.id, 'drained', 'The socket has taken them');
    return true;
  }

  async #sendSource(
    exchange: Exchange,
    response: Response,
    head: string,
    mode: BodyMode,
    source: ByteSource,
  ): Promise<boolean> {
    let left = source.length ?? Number.POSITIVE_INFINITY;
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
          // Copied: the source may reuse its array while the socket still holds this one.
          this.write(Buffer.from(bytes));
          if (mode === 'chunked') this.write(CHUNK_END);
          if (
            this.#socket.writableLength > this.#site.limits.maxWaitingBytes &&
            !(await this.#flushed(exchange))
          ) {
            return false;
          }
          if (left === 0) break;
        }
        if (mode === 'chunked') this.write(LAST_CHUNK);
        // RFC 9112 §8: a response shorter than its Content-Length is incomplete, and only a close can say so.
        if (mode === 'length' && left > 0) {
          this.#site.tap.mark(this.#conn, exchange.id, 'note', `The source ended ${left} B short`);
          return false;
        }
      }
      if (!(await this.#flushed(exchange))) return false;
      this.#site.tap.responseEnd(this.#conn, exchange.id, this.#offset, true);
      return true;
    } catch (error) {
      this.#site.tap.mark(this.#conn, exchange.id, 'note', `The source failed: ${(error as Error).message}`);
      return false;
    } finally {
      source.close();
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

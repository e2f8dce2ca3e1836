/** One request that a thread works on, as the loop sees it: what the thread asks for is done on the connection. */
import { ConnectionReset } from '../http/byte-source.ts';
import { errorResponse } from '../http/error-page.ts';
import { HttpError } from '../http/errors.ts';
import type { Request } from '../http/request.ts';
import type { ByteSource, FieldPair, Response, UpgradedStream } from '../http/response.ts';
import { packFields } from './packed-fields.ts';
import {
  type FromRequest,
  type FromStream,
  movable,
  type SentResponse,
  type ToThread,
} from './thread-messages.ts';
import { UpgradedRelay } from './upgraded-relay.ts';

type Chunk = Extract<FromRequest, { readonly t: 'chunk' | 'chunk-end' | 'chunk-failed' }>;
type Tell = (message: ToThread, move?: ArrayBuffer) => void;

export class ThreadCall {
  readonly #id: number;
  readonly #request: Request;
  readonly #tell: Tell;
  readonly #respond: (response: Response) => void;
  readonly #done: () => void;
  #content: AsyncIterator<Uint8Array> | undefined;
  #responded = false;
  #chunk: ((chunk: Chunk) => void) | undefined;
  /** A piece that came before it was waited for. */
  #early: Chunk | undefined;
  #aborted = false;
  /** The thread has answered with 101. */
  #upgrading = false;
  #relay: UpgradedRelay | undefined;
  /** What a thread did to an upgraded connection before it was one. */
  #held: FromStream[] = [];

  /** `done` is called once, when nothing more is to come of it. */
  constructor(
    id: number,
    request: Request,
    tell: Tell,
    respond: (response: Response) => void,
    done: () => void,
  ) {
    this.#id = id;
    this.#request = request;
    this.#tell = tell;
    this.#respond = respond;
    this.#done = done;
    const { fields, ...head } = request.head;
    const packed = packFields(fields);
    const { peer, tracing } = request;
    tell({ t: 'request', id, request: { head, fields: packed, peer, tracing } });
    request.onAbort(() => this.#abort());
  }

  heard(message: FromRequest): void {
    switch (message.t) {
      case 'mark':
        return this.#request.mark(message.mark, message.detail);
      case 'inform':
        return this.#request.inform(message.status, message.fields);
      case 'read':
        return void this.#read();
      case 'response':
        return this.#answer(message.response);
      case 'chunk':
      case 'chunk-end':
      case 'chunk-failed':
        return this.#arrived(message);
      default:
        if (this.#relay) return this.#relay.heard(message);
        // The connection is upgraded a moment after the response that says so.
        this.#held.push(message);
    }
  }

  /** The thread is gone, with all that it had in hand. */
  fail(what: string): void {
    if (!this.#responded) {
      this.#request.mark('note', what);
      this.#done();
      this.#respond(
        errorResponse(500, 'The server failed to answer this request', {
          section: 'RFC 9110 §15.6.1',
          request: this.#request,
        }),
      );
    } else if (this.#relay) this.#relay.destroy();
    else this.#arrived({ t: 'chunk-failed', id: this.#id, text: what, reset: false });
  }

  async #read(): Promise<void> {
    const id = this.#id;
    try {
      this.#content ??= this.#request.body.chunks()[Symbol.asyncIterator]();
      const { done, value } = await this.#content.next();
      if (done) {
        const { trailers } = this.#request;
        this.#tell({ t: 'content-end', id, trailers: trailers && packFields(trailers) });
      } else {
        const bytes = movable(value);
        this.#tell({ t: 'content', id, bytes }, bytes.buffer);
      }
    } catch (error) {
      const { status, publicText, code, section } = error instanceof HttpError ? error : FAILED;
      this.#tell({ t: 'content-failed', id, status, text: publicText, because: { code, section } });
    }
  }

  #answer({ status, reason, fields, close, upgrade, body }: SentResponse): void {
    this.#responded = true;
    this.#upgrading = upgrade;
    if (upgrade && this.#aborted) this.#closed();
    // A source is done when it is closed, and an upgraded connection with its end.
    if (!upgrade && (body === undefined || body instanceof Uint8Array)) this.#done();
    this.#respond({
      status,
      fields,
      close,
      ...(reason === undefined ? {} : { reason }),
      ...(body === undefined ? {} : { body: body instanceof Uint8Array ? body : this.#source(body) }),
      ...(upgrade ? { upgrade: (stream: UpgradedStream) => this.#upgrade(stream) } : {}),
    });
  }

  #source({
    length,
    trailerNames,
  }: {
    length: number | undefined;
    trailerNames: readonly string[] | undefined;
  }): ByteSource {
    let trailers: readonly FieldPair[] = [];
    const id = this.#id;
    const chunks = async function* (this: ThreadCall): AsyncGenerator<Uint8Array> {
      for (;;) {
        const chunk = await this.#nextChunk();
        if (chunk.t === 'chunk-failed') throw chunk.reset ? new ConnectionReset() : new Error(chunk.text);
        if (chunk.t === 'chunk-end') {
          trailers = chunk.trailers;
          return;
        }
        // The thread reads the next piece while this one is sent, as it did the first without being asked.
        this.#tell({ t: 'next', id });
        yield chunk.bytes;
      }
    };
    return {
      length,
      stable: true,
      chunks: () => chunks.call(this),
      trailers: () => trailers,
      ...(trailerNames === undefined ? {} : { trailerNames }),
      close: () => {
        this.#tell({ t: 'close', id });
        this.#done();
      },
    };
  }

  #nextChunk(): Promise<Chunk> {
    const early = this.#early;
    this.#early = undefined;
    if (early) return Promise.resolve(early);
    return new Promise((resolve) => {
      this.#chunk = resolve;
    });
  }

  #arrived(chunk: Chunk): void {
    const waiting = this.#chunk;
    this.#chunk = undefined;
    if (waiting) waiting(chunk);
    else this.#early = chunk;
  }

  #upgrade(stream: UpgradedStream): void {
    const relay = new UpgradedRelay(this.#id, stream, this.#tell);
    this.#relay = relay;
    for (const message of this.#held.splice(0)) relay.heard(message);
    stream.onClose(() => this.#closed());
  }

  #abort(): void {
    this.#aborted = true;
    this.#tell({ t: 'abort', id: this.#id });
    // A client that is gone by now is never upgraded.
    if (this.#upgrading && !this.#relay) this.#closed();
  }

  #closed(): void {
    this.#tell({ t: 'closed', id: this.#id });
    this.#done();
  }
}

const FAILED = new HttpError(500, 'The content of the request cannot be read');

/** A request as a handler in a thread sees it. All that it does goes to the loop, which owns the connection. */
import type { MarkName } from '../capture/events.ts';
import { HttpError } from '../http/errors.ts';
import type { Peer, Request, RequestBody } from '../http/request.ts';
import type { FieldPair } from '../http/response.ts';
import { wholeContent } from '../net/request-body.ts';
import type { RequestHead } from '../wire/http1/events.ts';
import type { Fields } from '../wire/http1/fields.ts';
import { parseTarget, type RequestTarget } from '../wire/http1/target.ts';
import { interimHeadText } from '../wire/http1/writer.ts';
import { unpackFields } from './packed-fields.ts';
import type { FromRequest, SentRequest, ToThread } from './thread-messages.ts';

type Piece = Extract<ToThread, { readonly t: 'content' | 'content-end' | 'content-failed' }>;

export class ThreadRequest implements Request {
  readonly head: RequestHead;
  readonly target: RequestTarget;
  readonly peer: Peer;
  readonly tracing: boolean;
  readonly body: RequestBody = {
    chunks: () => this.#chunks(),
    bytes: (limit) => wholeContent(this.#chunks(), limit),
  };
  readonly #id: number;
  readonly #tell: (message: FromRequest) => void;
  readonly #abortListeners: (() => void)[] = [];
  #trailers: Fields | undefined;
  #aborted = false;
  #taken = false;
  #piece: ((piece: Piece) => void) | undefined;

  constructor(id: number, sent: SentRequest, tell: (message: FromRequest) => void) {
    this.#id = id;
    this.#tell = tell;
    this.head = { ...sent.head, fields: unpackFields(sent.fields) };
    // The loop has taken it apart before, and would not have passed it on.
    this.target = parseTarget(this.head.method, this.head.target)!;
    this.peer = sent.peer;
    this.tracing = sent.tracing;
  }

  get method(): string {
    return this.head.method;
  }

  get trailers(): Fields | undefined {
    return this.#trailers;
  }

  inform(status: number, fields: readonly FieldPair[]): void {
    // What cannot be sent is for the caller to hear of.
    interimHeadText(status, fields);
    this.#tell({ t: 'inform', id: this.#id, status, fields });
  }

  mark(mark: MarkName, detail: string): void {
    if (this.tracing) this.#tell({ t: 'mark', id: this.#id, mark, detail });
  }

  onAbort(listener: () => void): void {
    if (this.#aborted) listener();
    else this.#abortListeners.push(listener);
  }

  /** The client is gone. */
  abort(): void {
    this.#aborted = true;
    for (const listener of this.#abortListeners.splice(0)) listener();
  }

  /** Content that was asked for. */
  took(piece: Piece): void {
    this.#piece?.(piece);
  }

  async *#chunks(): AsyncGenerator<Uint8Array> {
    if (this.#taken) throw new Error('The content of a request can be read once');
    this.#taken = true;
    for (;;) {
      const asked = new Promise<Piece>((resolve) => {
        this.#piece = resolve;
      });
      this.#tell({ t: 'read', id: this.#id });
      const piece = await asked;
      if (piece.t === 'content') yield piece.bytes;
      else if (piece.t === 'content-failed') throw new HttpError(piece.status, piece.text, piece.because);
      else {
        this.#trailers = piece.trailers && unpackFields(piece.trailers);
        return;
      }
    }
  }
}

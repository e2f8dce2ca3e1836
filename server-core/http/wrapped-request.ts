import type { MarkName } from '../capture/events.ts';
import type { RequestHead } from '../wire/http1/events.ts';
import type { Fields } from '../wire/http1/fields.ts';
import type { RequestTarget } from '../wire/http1/target.ts';
import type { Peer, Request, RequestBody } from './request.ts';
import type { FieldPair } from './response.ts';

/** A request as it is, for those that change one part of it. */
export class WrappedRequest implements Request {
  readonly #request: Request;

  constructor(request: Request) {
    this.#request = request;
  }

  get head(): RequestHead {
    return this.#request.head;
  }

  get method(): string {
    return this.#request.method;
  }

  get target(): RequestTarget {
    return this.#request.target;
  }

  get peer(): Peer {
    return this.#request.peer;
  }

  get body(): RequestBody {
    return this.#request.body;
  }

  get trailers(): Fields | undefined {
    return this.#request.trailers;
  }

  get tracing(): boolean {
    return this.#request.tracing;
  }

  inform(status: number, fields: readonly FieldPair[]): void {
    this.#request.inform(status, fields);
  }

  mark(mark: MarkName, detail: string): void {
    this.#request.mark(mark, detail);
  }

  onAbort(listener: () => void): void {
    this.#request.onAbort(listener);
  }
}

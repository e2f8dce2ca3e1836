import type { Socket } from 'node:net';
import type { MarkName } from '../capture/events.ts';
import type { Peer, Request, RequestBody } from '../http/request.ts';
import type { FieldPair } from '../http/response.ts';
import type { RequestHead } from '../wire/http1/events.ts';
import type { Fields } from '../wire/http1/fields.ts';
import type { RequestTarget } from '../wire/http1/target.ts';
import type { Exchange } from './exchange.ts';
import type { Outlet } from './outlet.ts';
import type { Site } from './site.ts';

const NO_CONTENT: RequestBody = {
  async *chunks() {},
  bytes: async () => new Uint8Array(0),
};

/** What a request needs of the connection it came on. */
export interface RequestConnection {
  readonly id: number;
  readonly socket: Socket;
  readonly outlet: Outlet;
  readonly site: Site;
}

/** A request as handlers see it. What most of them never ask for is looked up only when they do. */
export class IncomingRequest implements Request {
  readonly head: RequestHead;
  readonly target: RequestTarget;
  readonly #exchange: Exchange;
  readonly #on: RequestConnection;

  constructor(head: RequestHead, target: RequestTarget, exchange: Exchange, on: RequestConnection) {
    this.head = head;
    this.target = target;
    this.#exchange = exchange;
    this.#on = on;
  }

  get method(): string {
    return this.head.method;
  }

  get body(): RequestBody {
    return this.#exchange.body ?? NO_CONTENT;
  }

  get trailers(): Fields | undefined {
    return this.#exchange.trailers;
  }

  inform(status: number, fields: readonly FieldPair[]): void {
    this.#on.outlet.inform(this.#exchange, status, fields);
  }

  get peer(): Peer {
    const { remoteAddress = '', remotePort = 0, localPort = 0 } = this.#on.socket;
    return { remoteAddress, remotePort, localPort, secure: this.#on.site.secure };
  }

  get tracing(): boolean {
    return this.#on.site.tap.on;
  }

  mark(mark: MarkName, detail: string): void {
    this.#on.site.tap.mark(this.#on.id, this.#exchange.id, mark, detail);
  }

  /** Notes in the capture that another process or thread works on it. */
  handedTo(worker: string): void {
    this.#on.site.tap.worker(this.#on.id, this.#exchange.id, worker);
  }

  onAbort(listener: () => void): void {
    if (this.#on.socket.destroyed) listener();
    else this.#exchange.abortListeners.push(listener);
  }
}

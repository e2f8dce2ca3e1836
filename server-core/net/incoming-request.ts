import type { Socket } from 'node:net';
import type { MarkName } from '../capture/events.ts';
import type { Peer, Request, RequestBody } from '../http/request.ts';
import type { RequestHead } from '../wire/http1/events.ts';
import type { RequestTarget } from '../wire/http1/target.ts';
import type { Exchange } from './exchange.ts';
import type { Site } from './site.ts';

const NO_CONTENT: RequestBody = {
  async *chunks() {},
  bytes: async () => new Uint8Array(0),
};

/** A request as handlers see it. What most of them never ask for is looked up only when they do. */
export class IncomingRequest implements Request {
  readonly head: RequestHead;
  readonly target: RequestTarget;
  readonly #exchange: Exchange;
  readonly #socket: Socket;
  readonly #site: Site;
  readonly #conn: number;

  constructor(
    head: RequestHead,
    target: RequestTarget,
    exchange: Exchange,
    socket: Socket,
    site: Site,
    conn: number,
  ) {
    this.head = head;
    this.target = target;
    this.#exchange = exchange;
    this.#socket = socket;
    this.#site = site;
    this.#conn = conn;
  }

  get method(): string {
    return this.head.method;
  }

  get body(): RequestBody {
    return this.#exchange.body ?? NO_CONTENT;
  }

  get peer(): Peer {
    const { remoteAddress = '', remotePort = 0, localPort = 0 } = this.#socket;
    return { remoteAddress, remotePort, localPort, secure: this.#site.secure };
  }

  get tracing(): boolean {
    return this.#site.tap.on;
  }

  mark(mark: MarkName, detail: string): void {
    this.#site.tap.mark(this.#conn, this.#exchange.id, mark, detail);
  }

  onAbort(listener: () => void): void {
    if (this.#socket.destroyed) listener();
    else this.#exchange.abortListeners.push(listener);
  }
}

/** Connections that were accepted and that no worker has room for yet. */
import type { Socket } from 'node:net';
import { errorResponse } from '../http/error-page.ts';
import type { Handler } from '../http/response.ts';
import { LocalCarrier } from '../net/local-carrier.ts';
import { EventLoop } from './event-loop.ts';
import type { ModelContext } from './model-context.ts';
import { WORKER_LIMITS } from './worker-limits.ts';

interface Waiting {
  readonly socket: Socket;
  readonly conn: number;
  readonly timer: NodeJS.Timeout;
}

export class WaitingRoom {
  readonly #context: ModelContext;
  /** Answers those that waited for too long. */
  readonly #refusals: LocalCarrier;
  /** In the order in which they came. */
  readonly #waiting = new Set<Waiting>();

  /** `why` is one sentence without full stop, for those who are turned away. */
  constructor(context: ModelContext, why: () => string) {
    this.#context = context;
    const handler: Handler = (request) => {
      request.mark('decision', `${why()}, so 503`);
      return errorResponse(503, why(), {
        section: 'RFC 9110 §15.6.4',
        request,
        fields: [['Retry-After', '5']],
        close: true,
      });
    };
    this.#refusals = new LocalCarrier(
      { ...context.site, handler, mustClose: () => true },
      new EventLoop(),
      context.identity,
    );
  }

  /** How many wait. */
  get size(): number {
    return this.#waiting.size;
  }
  /** With those that are being turned away. */
  get openConnections(): number {
    return this.#waiting.size + this.#refusals.openConnections;
  }

  enter(socket: Socket, conn: number): void {
    const waiting: Waiting = {
      socket,
      conn,
      timer: setTimeout(() => this.#refuse(waiting), WORKER_LIMITS.waitMs),
    };
    this.#waiting.add(waiting);
  }

  /** Turns a connection away at once. */
  refuse(socket: Socket, conn: number): void {
    this.#refusals.take(socket, conn);
  }

  /** The one that waits longest. */
  next(): { readonly socket: Socket; readonly conn: number } | undefined {
    const [first] = this.#waiting;
    if (first) this.#remove(first);
    return first;
  }

  /** Ends those that wait. */
  async stop(graceMs: number): Promise<void> {
    for (let waiting = this.next(); waiting; waiting = this.next()) {
      waiting.socket.destroy();
      this.#context.site.tap.closed(waiting.conn, 'server-stop', 0, 0);
    }
    await this.#refusals.stop(graceMs);
  }

  #refuse(waiting: Waiting): void {
    this.#remove(waiting);
    this.refuse(waiting.socket, waiting.conn);
  }

  #remove(waiting: Waiting): void {
    clearTimeout(waiting.timer);
    this.#waiting.delete(waiting);
  }
}

/** Notes in the capture that a connection was accepted; its number. */
export function noteAccepted({ site }: ModelContext, socket: Socket): number {
  site.counters.connections++;
  const { remoteAddress = '', remotePort = 0, localPort = 0 } = socket;
  return site.tap.opened(site.id, remoteAddress, remotePort, localPort);
}

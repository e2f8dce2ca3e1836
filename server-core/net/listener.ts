import { connect, createServer, type Server } from 'node:net';
import type { Carrier } from './carrier.ts';

export interface ListenOptions {
  /** An address or name; `localhost` and loopback addresses listen on 127.0.0.1 and, where there is one, ::1. */
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
}

/** How every server listens, here and in the processes that it is shared with. */
export const LISTENING = { allowHalfOpen: true, noDelay: true, pauseOnConnect: true } as const;

/** Connections that the system completes and keeps until they are accepted; nginx 511, Go what the system allows. */
export const BACKLOG = 1024;

/** Accepts connections and hands them to whoever carries them. */
export class Listener {
  #maxConnections: number;
  #carrier: Carrier;
  /** The one that takes new connections, and those before it that still have some. */
  readonly #carriers: Set<Carrier>;
  #servers: Server[] = [];

  constructor(maxConnections: number, carrier: Carrier) {
    this.#maxConnections = maxConnections;
    this.#carrier = carrier;
    this.#carriers = new Set([carrier]);
  }

  get openConnections(): number {
    return this.#sum((carrier) => carrier.openConnections);
  }

  /** Of the next ones; those that are open stay. */
  set maxConnections(most: number) {
    this.#maxConnections = most;
    for (const server of this.#servers) server.maxConnections = most;
  }

  /** Bytes that were written and the kernel has not taken, over all connections. */
  get waitingBytes(): number {
    return this.#sum((carrier) => carrier.waitingBytes);
  }

  /** Connections that were accepted and of which nothing is read yet. */
  get waitingConnections(): number {
    return this.#sum((carrier) => carrier.waitingConnections);
  }

  /** Processes or threads that serve beside this one, those of a model that is on its way out included. */
  get workers(): number {
    return this.#sum((carrier) => carrier.workers);
  }

  get workerBytes(): number {
    return this.#sum((carrier) => carrier.workerBytes);
  }

  /** Resolves to the port. Rejects with the system's error (`EADDRINUSE`, `EACCES`, …) and leaves nothing open. */
  async listen(options: ListenOptions): Promise<number> {
    const loopback = LOOPBACK.has(options.host);
    const first = loopback ? '127.0.0.1' : options.host;
    // Binding a loopback address can succeed beside a program that holds the same port on all addresses.
    if (options.port !== 0 && (await answers(first, options.port))) throw portTaken(options.port);
    const port = await this.#bind(first, options.port);
    if (loopback) {
      // `localhost` means ::1 to many clients; where the machine has no IPv6 there is nothing to bind.
      await this.#bind('::1', port).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EADDRINUSE') return;
        this.#closeServers();
        throw portTaken(port);
      });
    }
    this.#carrier.share?.(this.#servers);
    return port;
  }

  async #bind(host: string, port: number): Promise<number> {
    const server = createServer(LISTENING);
    server.maxConnections = this.#maxConnections;
    server.on('connection', (socket) => this.#carrier.take(socket));
    await new Promise<void>((resolve, reject) => {
      // Later ones are of a connection that could not be accepted, for want of descriptors or memory: the next may be.
      server.on('error', reject);
      server.listen({ host, port, backlog: BACKLOG, exclusive: true }, resolve);
    });
    this.#servers.push(server);
    const address = server.address();
    return typeof address === 'object' && address ? address.port : port;
  }

  /**
   * Gives new connections to another carrier; those of the one before are finished by it. With `graceMs` they are
   * stopped: the idle end at once, so that what is asked next is asked of the new one.
   */
  switchTo(carrier: Carrier, graceMs?: number): void {
    const former = this.#carrier;
    this.#carrier = carrier;
    this.#carriers.add(carrier);
    carrier.share?.(this.#servers);
    const gone = graceMs === undefined ? former.retire() : former.stop(graceMs);
    void gone.then(() => this.#carriers.delete(former));
  }

  /** Has its threads note what they use. */
  sample(): void {
    for (const carrier of this.#carriers) carrier.sample();
  }

  /** Stops accepting, lets requests in flight finish for up to `graceMs`, then ends what is left. */
  async stop(graceMs: number): Promise<void> {
    this.#closeServers();
    await Promise.all([...this.#carriers].map((carrier) => carrier.stop(graceMs)));
  }

  #sum(of: (carrier: Carrier) => number): number {
    let sum = 0;
    for (const carrier of this.#carriers) sum += of(carrier);
    return sum;
  }

  #closeServers(): void {
    for (const server of this.#servers) server.close();
    this.#servers = [];
  }
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

function portTaken(port: number): NodeJS.ErrnoException {
  return Object.assign(new Error(`Port ${port} is taken`), { code: 'EADDRINUSE' });
}

/** Whether something accepts connections there. Nothing is sent. */
function answers(host: string, port: number): Promise<boolean> {
  const target = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return new Promise((resolve) => {
    const probe = connect({ host: target, port, timeout: 300 });
    const settle = (open: boolean) => {
      probe.destroy();
      resolve(open);
    };
    probe.once('connect', () => settle(true));
    probe.once('error', () => settle(false));
    probe.once('timeout', () => settle(false));
  });
}

import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Admission } from './admission.ts';
import { Connection } from './connection.ts';
import type { Site } from './site.ts';

export interface ListenOptions {
  /** An address or name; `localhost` and loopback addresses listen on 127.0.0.1 and, where there is one, ::1. */
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
}

/** Accepts connections for one site and ends them gracefully. */
export class Listener {
  readonly #site: Site;
  readonly #admission: Admission;
  readonly #connections = new Set<Connection>();
  #servers: Server[] = [];
  #stopped: (() => void) | undefined;

  constructor(site: Site, admission: Admission) {
    this.#site = site;
    this.#admission = admission;
  }

  get openConnections(): number {
    return this.#connections.size;
  }

  /** Bytes that were written and the kernel has not taken, over all connections. */
  get waitingBytes(): number {
    let sum = 0;
    for (const connection of this.#connections) sum += connection.waitingBytes;
    return sum;
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
    return port;
  }

  async #bind(host: string, port: number): Promise<number> {
    const server = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true });
    server.maxConnections = this.#site.limits.maxConnections;
    server.on('connection', (socket) => this.#accept(socket));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port, backlog: 1024, exclusive: true }, resolve);
    });
    this.#servers.push(server);
    const address = server.address();
    return typeof address === 'object' && address ? address.port : port;
  }

  #accept(socket: Socket): void {
    // `left` is set before anything can call it: a socket closes in a later turn of the event loop.
    let left = () => {};
    const connection = new Connection(socket, this.#site, () => {
      this.#connections.delete(connection);
      left();
      if (this.#connections.size === 0) this.#stopped?.();
    });
    this.#connections.add(connection);
    left = this.#admission.admit({
      begin: () => connection.start(),
      makeRoom: () => connection.makeRoom(),
    });
  }

  /** Stops accepting, lets requests in flight finish for up to `graceMs`, then ends what is left. */
  async stop(graceMs: number): Promise<void> {
    this.#closeServers();
    if (this.#connections.size === 0) return;
    const empty = new Promise<void>((resolve) => {
      this.#stopped = resolve;
    });
    for (const connection of this.#connections) connection.stop();
    const timer = setTimeout(() => {
      for (const connection of this.#connections) connection.destroy('server-stop');
    }, graceMs);
    await empty;
    clearTimeout(timer);
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

/**
 * The child process of a server: serves connections that it is handed, or accepts them from a server that it shares.
 * It ends when it is told to, with its one connection where it is for one, and when the server's process is gone.
 */
import { createServer, type Server, Socket } from 'node:net';
import { OWN_NUMBER } from '../capture/merger.ts';
import { noTap, type Tap } from '../capture/tap.ts';
import type { Answers } from '../net/carrier.ts';
import { joinClock } from '../net/clock.ts';
import { Counters } from '../net/counters.ts';
import { currentDate } from '../net/current-date.ts';
import { Deadlines } from '../net/deadlines.ts';
import type { ConnectionLimits } from '../net/limits.ts';
import { BACKLOG, LISTENING } from '../net/listener.ts';
import { LocalCarrier } from '../net/local-carrier.ts';
import type { Site } from '../net/site.ts';
import type { Identity } from '../net/tls/identity.ts';
import { ChildLog, ChildReport } from './child-report.ts';
import { EventLoop } from './event-loop.ts';
import type { ChildOptions, FromChild, ToChild } from './worker-messages.ts';

/** What a child serves with. */
export interface WorkerSite {
  readonly answers: Answers;
  readonly limits: ConnectionLimits;
  /** Makes its connections TLS. */
  readonly identity: Identity | undefined;
}

export interface WorkerReports {
  /** One sentence on what needs attention; undefined once nothing does. */
  problem(sentence: string | undefined): void;
  /** Lines for whoever runs the program. */
  say(text: string): void;
}

/** Makes what to serve with from what the host gave as `setup`. */
export type MakeSite = (setup: unknown, reports: WorkerReports) => Promise<WorkerSite>;

export function serveAsChild(make: MakeSite): void {
  let server: Promise<ChildServer> | undefined;
  process.on('message', (message: ToChild, handle: unknown) => {
    // A reset while the handler is made is no reason to end.
    if (handle instanceof Socket) handle.on('error', () => {});
    if (message.t === 'begin') server = begin(message.options, make);
    else void server?.then((begun) => begun.take(message, handle));
  });
  process.on('disconnect', () => process.exit(0));
  // Ctrl+C goes to all processes of a terminal: the server has heard it too, and says what to do.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => tell({ t: 'leaving' }));
}

async function begin(options: ChildOptions, make: MakeSite): Promise<ChildServer> {
  const site = await make(options.setup, {
    problem: (sentence) => tell({ t: 'problem', sentence }),
    say: (text) => tell({ t: 'say', text }),
  });
  tell({ t: 'ready', rssBytes: process.memoryUsage.rss() });
  return new ChildServer(options, site);
}

function tell(message: FromChild): void {
  process.send!(message, undefined, undefined, () => {});
}

class ChildServer {
  readonly #single: boolean;
  readonly #maxConnections: number;
  readonly #tap: Tap;
  readonly #carrier: LocalCarrier;
  readonly #report: ChildReport;
  readonly #servers: Server[] = [];

  constructor({ server, capture, origin, leniencies, secure, single }: ChildOptions, made: WorkerSite) {
    this.#single = single;
    this.#maxConnections = made.limits.maxConnections;
    const log = capture ? new ChildLog(joinClock(origin), `process ${process.pid}`) : undefined;
    this.#tap = log ?? noTap;
    const counters = new Counters();
    const site: Site = {
      id: server,
      tap: this.#tap,
      handler: made.answers.handler,
      limits: made.limits,
      deadlines: new Deadlines(),
      counters,
      leniencies,
      secure,
      date: currentDate,
      mustClose: () => false,
    };
    this.#carrier = new LocalCarrier(site, new EventLoop(), made.identity, made.answers);
    this.#report = new ChildReport(log, counters, this.#carrier);
    // A handler may end this process: what came before that is told still.
    process.once('exit', () => {
      if (process.connected) void this.#report.end();
    });
  }

  take(message: ToChild, handle?: unknown): void {
    switch (message.t) {
      case 'connection':
        return this.#serve(handle, message.conn);
      case 'accept':
        return this.#accept(handle as Server);
      case 'make-room':
        return this.#carrier.makeRoom();
      case 'retire':
        return void this.#end(this.#carrier.retire());
      case 'stop':
        return void this.#end(this.#carrier.stop(message.graceMs));
    }
  }

  #serve(socket: unknown, conn: number): void {
    this.#report.arrived();
    const ended = () => {
      if (this.#single) void this.#end(this.#carrier.retire());
    };
    // One that was reset on its way here may not even arrive.
    if (!(socket instanceof Socket) || socket.destroyed) {
      this.#tap.closed(conn + OWN_NUMBER, 'client-reset', 0, 0);
      return ended();
    }
    // It comes without the options of the server that accepted it.
    socket.allowHalfOpen = true;
    this.#carrier.take(socket, conn + OWN_NUMBER, ended);
  }

  #accept(shared: Server): void {
    const server = createServer(LISTENING);
    server.maxConnections = this.#maxConnections;
    server.on('connection', (socket) => this.#carrier.take(socket));
    // On the same handle, with our options; the shared one is only its shell.
    server.listen(shared, BACKLOG);
    this.#servers.push(server);
  }

  async #end(ended: Promise<void>): Promise<void> {
    for (const server of this.#servers.splice(0)) server.close();
    await ended;
    await this.#report.end();
    process.exit(0);
  }
}

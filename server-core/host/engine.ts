/**
 * The process that serves: servers, one capture log, and any number of viewers. Both hosts are thin shells
 * around it: the desktop runs it in a utility process, the `wirescope` command in its own.
 */
import { performance } from 'node:perf_hooks';
import { setTimeout as after } from 'node:timers';
import type { ServerState } from '../capture/events.ts';
import { Feed } from '../capture/feed.ts';
import type { Call, Hello, ServeReply, UsageReply } from '../capture/feed-messages.ts';
import { CaptureLog } from '../capture/log.ts';
import { noTap, type Tap } from '../capture/tap.ts';
import type { Transport } from '../capture/transport.ts';
import type { ModelName } from '../concurrency/model.ts';
import { forDevelopment } from '../files/cache-policy.ts';
import { type Clock, startClock } from '../net/clock.ts';
import { currentDate } from '../net/current-date.ts';
import { Deadlines } from '../net/deadlines.ts';
import { MetricsBeat } from './metrics-beat.ts';
import { isUrl, servedOrigin, servedPath } from './served-path.ts';
import { ServedSite } from './served-site.ts';
import type { SiteSettings, Source } from './site-handler.ts';
import { VERSION } from './version.ts';

export interface EngineOptions {
  readonly host: Hello['host'];
  /** The folder offered when none is chosen. */
  readonly tour: string;
  /** Bytes of captured traffic kept in memory. Default 512 MiB, as the desktop inspectors' own users ask for. */
  readonly memoryBudgetBytes?: number;
  /** False serves without capturing: nothing can be shown, and nothing is kept. */
  readonly capture?: boolean;
  /** Opens one of the engine's own server URLs in a browser. */
  openUrl(url: string): void;
}

/** How new servers are made, where a viewer's `serve` call does not say. */
export interface ServeDefaults extends SiteSettings {
  readonly host: string;
  readonly port: number;
  readonly model: ModelName;
}

export const SERVE_DEFAULTS: ServeDefaults = {
  host: '127.0.0.1',
  port: 8080,
  model: 'event-loop',
  dotfiles: false,
  spa: false,
  cleanUrls: false,
  compress: true,
  cache: forDevelopment,
  cors: false,
  isolate: false,
  auth: undefined,
};

const DEFAULT_MEMORY_BUDGET = 512 * 1024 * 1024;

export class Engine {
  readonly clock: Clock = startClock();
  readonly log: CaptureLog;
  readonly #options: EngineOptions;
  readonly #tap: Tap;
  readonly #deadlines = new Deadlines();
  readonly #servers = new Map<number, ServedSite>();
  readonly #feeds = new Set<Feed>();
  readonly #beat: MetricsBeat;
  readonly #defaults: ServeDefaults;
  #lastServer = 0;

  constructor(options: EngineOptions, defaults: Partial<ServeDefaults> = {}) {
    this.#options = options;
    this.#defaults = { ...SERVE_DEFAULTS, ...defaults };
    this.log = new CaptureLog({
      now: () => this.clock.now(),
      memoryBudgetBytes: options.memoryBudgetBytes ?? DEFAULT_MEMORY_BUDGET,
    });
    this.#tap = options.capture === false ? noTap : this.log;
    this.#beat = new MetricsBeat(
      this.#tap,
      () => this.#servers.values(),
      () => this.log.records,
    );
  }

  get servers(): readonly ServerState[] {
    return [...this.#servers.values()].map((server) => server.state);
  }

  /** Gives a viewer the log from its first record held, then live. The engine owns the transport from here on. */
  attach(transport: Transport): void {
    const feed = new Feed(this.log, transport, {
      hello: this.#hello(),
      now: () => performance.now(),
      later: (run, ms) => {
        const timer = after(run, ms);
        return () => clearTimeout(timer);
      },
      onCall: (call) => this.#answer(call),
      onClose: () => this.#feeds.delete(feed),
    });
    this.#feeds.add(feed);
  }

  /**
   * Serves a folder, the folder of a file, or what another server answers (a URL). Rejects with PathProblem when
   * there is nothing to serve. What is served already is only started again.
   */
  async serve(what: string, overrides: Partial<ServeDefaults> = {}): Promise<ServeReply> {
    const found = isUrl(what) ? servedOrigin(what) : await servedPath(what);
    for (const server of this.#servers.values()) {
      if (!sameSource(server.options.source, found.source)) continue;
      const notes = await server.start();
      return { server: server.state, notes: [...found.notes, ...notes], open: found.open };
    }
    const server = new ServedSite(
      ++this.#lastServer,
      { ...this.#defaults, ...overrides, source: found.source, name: found.name },
      { tap: this.#tap, deadlines: this.#deadlines, date: currentDate },
    );
    this.#servers.set(server.id, server);
    const notes = await server.start();
    this.#beat.start();
    return { server: server.state, notes: [...found.notes, ...notes], open: found.open };
  }

  /** Finishes what is in flight, then closes every server and viewer. */
  async stop(): Promise<void> {
    this.#beat.stop();
    await Promise.all([...this.#servers.values()].map((server) => server.stop()));
    for (const feed of this.#feeds) feed.close();
  }

  #hello(): Hello {
    return {
      version: VERSION,
      host: this.#options.host,
      platform: process.platform,
      epochMs: this.clock.epochMs,
      memoryBudgetBytes: this.log.memoryBudgetBytes,
      tour: this.#options.tour,
    };
  }

  async #answer(call: Call): Promise<unknown> {
    switch (call.op) {
      case 'serve':
        return this.serve(call.path, call.port === undefined ? {} : { port: call.port });
      case 'usage':
        return {
          logBytes: this.log.usedBytes,
          memoryBudgetBytes: this.log.memoryBudgetBytes,
        } satisfies UsageReply;
      case 'memory':
        this.log.memoryBudgetBytes = call.bytes;
        for (const feed of this.#feeds) feed.hello(this.#hello());
        return undefined;
      case 'pull':
        return this.#pull(call.positions);
      case 'open':
        return this.#open(call.server, call.path);
      default:
        return this.#control(call.op, call.server);
    }
  }

  #server(id: number): ServedSite {
    const server = this.#servers.get(id);
    if (!server) throw new Error('That server is no longer here');
    return server;
  }

  #open(id: number, path: string): void {
    const { url } = this.#server(id).state;
    const target = new URL(path, url);
    // `//elsewhere/` is a path that names another host.
    if (target.origin !== new URL(url).origin) throw new Error('That path is not below the server');
    this.#options.openUrl(target.href);
  }

  async #control(op: 'start' | 'stop' | 'remove', id: number): Promise<unknown> {
    const server = this.#server(id);
    if (op === 'start') return { notes: await server.start() };
    await server.stop();
    if (op === 'remove') {
      this.#servers.delete(id);
      this.#tap.server({ ...server.state, status: 'removed' });
    }
    return undefined;
  }

  #pull(positions: readonly number[]): Uint8Array {
    const parts = positions.map((position) => {
      const payload = this.log.payload(position);
      if (!payload) throw new Error('Those bytes were trimmed to stay within the memory budget');
      return payload;
    });
    return Buffer.concat(parts);
  }
}

function sameSource(a: Source, b: Source): boolean {
  if (a.kind === 'folder') return b.kind === 'folder' && a.root === b.root;
  return b.kind === 'origin' && a.url === b.url;
}

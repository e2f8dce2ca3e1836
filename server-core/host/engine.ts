/**
 * The process that serves: servers, one capture log, and any number of viewers. Both hosts are thin shells
 * around it: the desktop runs it in a utility process, the `wirescope` command in its own.
 */
import { performance } from 'node:perf_hooks';
import { setTimeout as after } from 'node:timers';
import type { ServerState } from '../capture/events.ts';
import { Feed } from '../capture/feed.ts';
import type { Call, CaptureInfo, Hello, ServeReply } from '../capture/feed-messages.ts';
import type { CaptureLog } from '../capture/log.ts';
import { noTap, type Tap } from '../capture/tap.ts';
import type { Transport } from '../capture/transport.ts';
import type { ModelName } from '../concurrency/model.ts';
import { type Clock, startClock } from '../net/clock.ts';
import { currentDate } from '../net/current-date.ts';
import { Deadlines } from '../net/deadlines.ts';
import type { Https } from './authority/site-identity.ts';
import { userFolder } from './authority/user-folder.ts';
import { Captured } from './captured.ts';
import { engineMetrics } from './engine-metrics.ts';
import { MetricsBeat } from './metrics-beat.ts';
import { isCapturePath } from './opened-captures.ts';
import { send } from './send.ts';
import { isUrl, servedOrigin, servedPath } from './served-path.ts';
import { ServedSite } from './served-site.ts';
import { SITE_DEFAULTS, type SiteSettings, type Source } from './site-handler.ts';
import { VERSION } from './version.ts';

export interface EngineOptions {
  readonly host: Hello['host'];
  /** The folder offered when none is chosen. */
  readonly tour: string;
  /** Bytes of captured traffic kept in memory. Default 512 MiB, as the desktop inspectors' own users ask for. */
  readonly memoryBudgetBytes?: number;
  /** Bytes of captured traffic kept on disk when memory is full; 0 keeps none there. Default 2 GiB. */
  readonly diskBudgetBytes?: number;
  /** One sentence where this process took the place of one that ended by itself. */
  readonly restarted?: string;
  /** False serves without capturing: nothing can be shown, and nothing is kept. */
  readonly capture?: boolean;
  /** Folder of the certificate authority, made when it is first needed. Default: see `userFolder`. */
  readonly home?: string;
  /** Opens one of the engine's own server URLs in a browser. */
  openUrl(url: string): void;
  /** Told all that is served and open, whenever that changes: enough to begin again in another process. */
  onSources?(sources: readonly ServedSource[]): void;
}

export interface ServedSource {
  /** A folder, a URL or a capture file. */
  readonly what: string;
  readonly port?: number;
}

/** How new servers are made, where a viewer's `serve` call does not say. */
export interface ServeDefaults extends SiteSettings {
  readonly host: string;
  readonly port: number;
  readonly model: ModelName;
  /** Processes of `prefork`, threads of `threads`, the most of `process`; undefined: as the model sees fit. */
  readonly workers: number | undefined;
  /** `local` makes certificates by an authority of this machine; undefined serves plain HTTP. */
  readonly https: Https | undefined;
}

export const SERVE_DEFAULTS: ServeDefaults = {
  host: '127.0.0.1',
  port: 8080,
  model: 'event-loop',
  workers: undefined,
  https: undefined,
  ...SITE_DEFAULTS,
};

export class Engine {
  readonly clock: Clock = startClock();
  readonly log: CaptureLog;
  readonly #options: EngineOptions;
  readonly #captured: Captured;
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
    this.#captured = new Captured(this.clock, {
      host: options.host,
      memoryBudgetBytes: options.memoryBudgetBytes,
      diskBudgetBytes: options.diskBudgetBytes,
      onChange: () => this.#changed(),
    });
    this.log = this.#captured.log;
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
      {
        tap: this.#tap,
        deadlines: this.#deadlines,
        clock: this.clock,
        log: this.#tap.on ? this.log : undefined,
        date: currentDate,
        home: this.#options.home ?? userFolder(),
        say: (text) => void process.stderr.write(`${text}\n`),
      },
    );
    this.#servers.set(server.id, server);
    const notes = await server.start();
    this.#beat.start();
    this.#changed();
    return { server: server.state, notes: [...found.notes, ...notes], open: found.open };
  }

  /** Opens a capture file to be read. Rejects with PathProblem when it is none. */
  openCapture(path: string): Promise<CaptureInfo> {
    return this.#captured.open(path, true);
  }

  /** Writes everything that is captured to a new file, until the engine stops. Rejects with PathProblem. */
  record(path: string): Promise<void> {
    return this.#captured.record(path);
  }

  /** The capture file that a viewer was promised at this path, once; undefined when there is none. */
  download(path: string): AsyncIterable<Uint8Array> | undefined {
    return this.#captured.download(path);
  }

  /** Totals since the start, as Prometheus scrapes them. */
  metrics(): string {
    return engineMetrics(this.#servers.values(), this.log);
  }

  /**
   * Finishes what is in flight, then closes every server and viewer. `last` runs when nothing more is captured, and
   * before what was captured is let go.
   */
  async stop(last?: () => Promise<void> | undefined): Promise<void> {
    this.#beat.stop();
    await Promise.all([...this.#servers.values()].map((server) => server.stop()));
    for (const feed of this.#feeds) feed.close();
    await last?.();
    await this.#captured.close();
  }

  /** What viewers were told in their hello, or what is served, is another. */
  #changed(): void {
    for (const feed of this.#feeds) feed.hello(this.#hello());
    this.#options.onSources?.([
      ...this.servers
        .filter(({ status }) => status !== 'stopped')
        .map(({ root, port }) => ({ what: root, port })),
      ...this.#captured.opened.map(({ path }) => ({ what: path })),
    ]);
  }

  #hello(): Hello {
    const { restarted } = this.#options;
    return {
      version: VERSION,
      host: this.#options.host,
      platform: process.platform,
      epochMs: this.clock.epochMs,
      ...this.#captured.hello,
      tour: this.#options.tour,
      ...(restarted !== undefined && { restarted }),
    };
  }

  async #answer(call: Call): Promise<unknown> {
    switch (call.op) {
      case 'serve':
        if (isCapturePath(call.path)) return { capture: await this.#captured.open(call.path, false) };
        return this.serve(call.path, call.port === undefined ? {} : { port: call.port });
      case 'open':
        return this.#open(call.server, call.path);
      case 'send':
        return send(call, this.#server(call.server).state, () => this.clock.now());
      case 'model':
        return this.#server(call.server).switchModel(call.model);
      case 'start':
      case 'stop':
      case 'remove':
        return this.#control(call.op, call.server);
      default:
        return this.#captured.answer(call);
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
    if (op === 'start') {
      const notes = await server.start();
      this.#changed();
      return { notes };
    }
    await server.stop();
    if (op === 'remove') {
      this.#servers.delete(id);
      this.#tap.server({ ...server.state, status: 'removed' });
    }
    this.#changed();
    return undefined;
  }
}

function sameSource(a: Source, b: Source): boolean {
  if (a.kind === 'folder') return b.kind === 'folder' && a.root === b.root;
  return b.kind === 'origin' && a.url === b.url;
}

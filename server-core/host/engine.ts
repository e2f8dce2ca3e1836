/**
 * The process that serves: servers, one capture log, and any number of viewers. Both hosts are thin shells
 * around it: the desktop runs it in a utility process, the `wirescope` command in its own.
 */
import type { ServerState } from '../capture/events.ts';
import { isFaultless } from '../capture/fault-plan.ts';
import { Feed } from '../capture/feed.ts';
import type {
  BenchReply,
  Call,
  CaptureInfo,
  Hello,
  ServeReply,
  SettingsReply,
  WarnReply,
} from '../capture/feed-messages.ts';
import type { CaptureLog } from '../capture/log.ts';
import type { TreeReply } from '../capture/served-tree.ts';
import type { ServerSettings } from '../capture/server-settings.ts';
import { noTap, type Tap } from '../capture/tap.ts';
import type { Transport } from '../capture/transport.ts';
import type { ModelName } from '../concurrency/model.ts';
import { readTree } from '../files/tree.ts';
import { type Clock, startClock } from '../net/clock.ts';
import { currentDate } from '../net/current-date.ts';
import { Deadlines } from '../net/deadlines.ts';
import { SITE_LIMITS, type SiteLimits } from '../net/limits.ts';
import { isLoopback, reachableUrls } from './addresses.ts';
import type { Https } from './authority/site-identity.ts';
import { userFolder } from './authority/user-folder.ts';
import { Captured } from './captured.ts';
import { engineMetrics } from './engine-metrics.ts';
import { FEED_TIMERS } from './feed-timers.ts';
import { Lab } from './lab/lab.ts';
import { takeLent } from './lending.ts';
import { MetricsBeat } from './metrics-beat.ts';
import { isCapturePath } from './opened-captures.ts';
import type { Download } from './saved-captures.ts';
import { send, sendTarget } from './send.ts';
import { folderAt, isUrl, sameSource, servedOrigin, servedPath } from './served-path.ts';
import { ServedSite, type SiteOptions } from './served-site.ts';
import { Share } from './share.ts';
import { withSettings } from './site-choices.ts';
import { SITE_DEFAULTS, type SiteSettings } from './site-handler.ts';
import { tourRoutes } from './tour.ts';
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
  /** Folder of the built window, to be shown to others on the network; without it there is none to share. */
  readonly renderer?: string;
  /** Opens one of the engine's own server URLs in a browser. */
  openUrl(url: string): void;
  /** Told all that is served and open, whenever that changes: enough to begin again in another process. */
  onSources?(sources: readonly ServedSource[]): void;
}

export interface ServedSource {
  /** A folder, a URL or a capture file. */
  readonly what: string;
  /** Undefined for a capture. */
  readonly server?: { readonly state: ServerState; readonly settings: ServerSettings };
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
  readonly limits: SiteLimits;
}

export const SERVE_DEFAULTS: ServeDefaults = {
  host: '127.0.0.1',
  port: 8080,
  model: 'event-loop',
  workers: undefined,
  https: undefined,
  limits: SITE_LIMITS,
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
  readonly #share: Share | undefined;
  readonly #lab: Lab;
  readonly #beat: MetricsBeat;
  readonly #defaults: ServeDefaults;
  #lastServer = 0;
  #sendsAnywhere = false;
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
    this.#share = this.#shareOf(options.renderer);
    this.#lab = new Lab({
      clock: this.clock,
      servers: () => this.#servers.values(),
      add: (site) => this.#add({ ...SERVE_DEFAULTS, ...site }),
    });
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
      ...FEED_TIMERS,
      hello: this.#hello(),
      onCall: (call) => this.#answer(call),
      onClose: () => this.#feeds.delete(feed),
    });
    this.#feeds.add(feed);
  }

  /** Serves a folder that a page lends, as long as the transport is open. */
  lend(transport: Transport): void {
    takeLent(transport, {
      servers: () => this.#servers.values(),
      add: (lent) => this.#add({ ...this.#defaults, ...lent }),
    });
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
    const server = this.#add({ ...this.#defaults, ...overrides, source: found.source, name: found.name });
    const notes = await server.start();
    return { server: server.state, notes: [...found.notes, ...notes], open: found.open };
  }

  /**
   * Has a server again as it was told to `onSources`, served or not. A folder that is gone becomes one that is waited
   * for. `base` has what settings have no word for. Rejects with PathProblem for a URL that is none.
   */
  async restore(
    what: string,
    settings: ServerSettings,
    serves: boolean,
    base: ServeDefaults = this.#defaults,
  ): Promise<ServerState> {
    const { source, name } = isUrl(what) ? servedOrigin(what) : folderAt(what);
    for (const { options, state } of this.#servers.values()) {
      if (sameSource(options.source, source)) return state;
    }
    const server = this.#add(withSettings({ ...base, source, name }, settings));
    if (serves) await server.start();
    else this.#tap.server(server.state);
    return server.state;
  }

  #add(given: SiteOptions): ServedSite {
    const options = { ...given, routes: given.routes ?? tourRoutes(given.source, this.#options.tour) };
    const server = new ServedSite(++this.#lastServer, options, {
      tap: this.#tap,
      deadlines: this.#deadlines,
      clock: this.clock,
      log: this.#tap.on ? this.log : undefined,
      date: currentDate,
      home: this.#options.home ?? userFolder(),
      say: (text) => void process.stderr.write(`${text}\n`),
      changed: () => this.#tellSources(),
    });
    this.#servers.set(server.id, server);
    this.#beat.start();
    this.#tellSources();
    return server;
  }

  /** Opens a capture file to be read. Rejects with PathProblem when it is none. */
  openCapture(path: string): Promise<CaptureInfo> {
    return this.#captured.open(path, true);
  }

  /** Writes everything that is captured to a new file, until the engine stops. Rejects with PathProblem. */
  record(path: string): Promise<void> {
    return this.#captured.record(path);
  }

  /** Shows the window to others on the network, or no longer; resolves to where they find it. */
  async share(on: boolean): Promise<readonly string[]> {
    if (!this.#share) throw new Error('There is no window here that could be shared');
    await this.#share.turn(on);
    return this.#share.state?.urls ?? [];
  }

  /** The capture file that a viewer was promised at this path, once; undefined when there is none. */
  download(path: string): Download | undefined {
    return this.#captured.download(path);
  }

  /** Totals since the start, as Prometheus scrapes them. */
  metrics(): string {
    return engineMetrics(this.#servers.values(), this.log, this.#beat.loopLagMicros);
  }

  /**
   * Finishes what is in flight, then closes every server and viewer. `last` runs when nothing more is captured, and
   * before what was captured is let go.
   */
  async stop(last?: () => Promise<void> | undefined): Promise<void> {
    this.#beat.stop();
    await this.#lab.stop();
    await Promise.all([...this.#servers.values()].map((server) => server.stop()));
    for (const feed of this.#feeds) feed.close();
    await this.#share?.turn(false);
    await last?.();
    await this.#captured.close();
  }

  #shareOf(renderer: string | undefined): Share | undefined {
    if (renderer === undefined) return undefined;
    return new Share({
      renderer,
      log: this.log,
      hello: () => this.#hello(),
      answer: (call) => this.#answer(call),
      changed: () => this.#changed(),
    });
  }

  /** What viewers were told in their hello is another. */
  #changed(): void {
    for (const feed of this.#feeds) feed.hello(this.#hello());
    this.#share?.hello();
    this.#tellSources();
  }

  #tellSources(): void {
    this.#options.onSources?.([
      ...[...this.#servers.values()]
        .filter(({ options: { source } }) => source.kind !== 'lab' && source.kind !== 'lent')
        .map(({ state, settings }) => ({ what: state.root, server: { state, settings } })),
      ...this.#captured.opened.map(({ path }) => ({ what: path })),
    ]);
  }

  #hello(): Hello {
    const { restarted } = this.#options;
    const share = this.#share?.state;
    return {
      version: VERSION,
      host: this.#options.host,
      platform: process.platform,
      epochMs: this.clock.epochMs,
      ...this.#captured.hello,
      tour: this.#options.tour,
      ...(!isLoopback(this.#defaults.host) && { lan: true }),
      ...(restarted !== undefined && { restarted }),
      ...(share && { share }),
      ...(this.#sendsAnywhere && { sendsAnywhere: true }),
    };
  }

  async #answer(call: Call): Promise<unknown> {
    switch (call.op) {
      case 'serve':
        if (isCapturePath(call.path)) return { capture: await this.#captured.open(call.path, false) };
        return call.sure
          ? this.serve(call.path, portOf(call))
          : this.serveUnlessWarned(call.path, portOf(call));
      case 'settings':
        return this.#settings(this.#server(call.server));
      case 'configure':
        return { notes: await this.#server(call.server).configure(call.settings) };
      case 'open':
        return this.#open(call.server, call.path);
      case 'bench':
        return this.#bench(call);
      case 'lab':
        return this.#lab.answer(call);
      case 'share':
        return { urls: await this.share(call.on) };
      case 'send':
        return send(
          call,
          sendTarget(call, (id) => this.#server(id).state, this.#sendsAnywhere),
          () => this.clock.now(),
        );
      case 'reach':
        this.#sendsAnywhere = call.anywhere;
        return this.#changed();
      case 'tree':
        return this.#tree(call.server);
      case 'follow':
        return this.#server(call.server).follow();
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

  /** As `serve`, but what few people mean to share is not served, and why is said. */
  async serveUnlessWarned(what: string, overrides: Partial<ServeDefaults>): Promise<ServeReply | WarnReply> {
    const { warning } = isUrl(what) ? servedOrigin(what) : await servedPath(what);
    return warning === undefined ? this.serve(what, overrides) : { warning };
  }

  #settings({ settings }: ServedSite): SettingsReply {
    return { settings, reach: reachableUrls(settings.port, settings.https) };
  }

  #server(id: number): ServedSite {
    const server = this.#servers.get(id);
    if (!server) throw new Error('That server is no longer here');
    return server;
  }

  async #tree(id: number): Promise<TreeReply> {
    const { source, dotfiles, routes } = this.#server(id).options;
    if (source.kind !== 'folder') throw new Error('It passes requests on, and has no files of its own');
    return readTree({ root: source.root, dotfiles, hidden: routes === undefined ? [] : [routes] });
  }

  async #bench({ server, rules }: Extract<Call, { readonly op: 'bench' }>): Promise<BenchReply> {
    const site = this.#server(server);
    if (rules) await site.bench(rules.filter((rule) => !isFaultless(rule)));
    return { rules: site.options.faults };
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
      this.#tellSources();
    }
    return undefined;
  }
}

function portOf({ port }: { readonly port?: number }): Partial<ServeDefaults> {
  return port === undefined ? {} : { port };
}

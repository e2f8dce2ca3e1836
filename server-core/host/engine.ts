/**
 * The process that serves: servers, one capture log, and any number of viewers. Both hosts are thin shells
 * around it: the desktop runs it in a utility process, the `wirescope` command in its own.
 */
import type { ServerState } from '../capture/events.ts';
import { Feed } from '../capture/feed.ts';
import type { Call, CaptureInfo, Hello, ServeReply, WarnReply } from '../capture/feed-messages.ts';
import type { CaptureLog } from '../capture/log.ts';
import type { ServerSettings } from '../capture/server-settings.ts';
import { noTap, type Tap } from '../capture/tap.ts';
import type { Transport } from '../capture/transport.ts';
import { type Clock, startClock } from '../net/clock.ts';
import { currentDate } from '../net/current-date.ts';
import { Deadlines } from '../net/deadlines.ts';
import { isLoopback } from './addresses.ts';
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
import { Share } from './share.ts';
import { SERVE_DEFAULTS, type ServeDefaults } from './site-options.ts';
import { Sites } from './sites.ts';
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

export class Engine {
  readonly clock: Clock = startClock();
  readonly log: CaptureLog;
  readonly #options: EngineOptions;
  readonly #captured: Captured;
  readonly #tap: Tap;
  readonly #sites: Sites;
  readonly #feeds = new Set<Feed>();
  readonly #share: Share | undefined;
  readonly #lab: Lab;
  readonly #beat: MetricsBeat;
  readonly #defaults: ServeDefaults;
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
    this.#sites = this.#sitesOf(options);
    this.#lab = new Lab({
      clock: this.clock,
      servers: () => this.#sites,
      add: (site) => this.#sites.add({ ...SERVE_DEFAULTS, ...site }),
    });
    this.#beat = new MetricsBeat(
      this.#tap,
      () => this.#sites,
      () => this.log.records,
    );
  }

  get servers(): readonly ServerState[] {
    return [...this.#sites].map((site) => site.state);
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
      servers: () => this.#sites,
      add: (lent) => this.#sites.add({ ...this.#defaults, ...lent }),
    });
  }

  /**
   * Serves a folder, the folder of a file, or what another server answers (a URL). Rejects with PathProblem when
   * there is nothing to serve. What is served already is only started again.
   */
  serve(what: string, overrides?: Partial<ServeDefaults>): Promise<ServeReply> {
    return this.#sites.serve(what, overrides);
  }

  /** As `serve`, but what few people mean to share is not served, and why is said. */
  serveUnlessWarned(what: string, overrides: Partial<ServeDefaults>): Promise<ServeReply | WarnReply> {
    return this.#sites.serveUnlessWarned(what, overrides);
  }

  /**
   * Has a server again as it was told to `onSources`, served or not. A folder that is gone becomes one that is waited
   * for. `base` has what settings have no word for. Rejects with PathProblem for a URL that is none.
   */
  restore(
    what: string,
    settings: ServerSettings,
    serves: boolean,
    base?: ServeDefaults,
  ): Promise<ServerState> {
    return this.#sites.restore(what, settings, serves, base);
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
    return engineMetrics(this.#sites, this.log, this.#beat.loopLagMicros);
  }

  /**
   * Finishes what is in flight, then closes every server and viewer. `last` runs when nothing more is captured, and
   * before what was captured is let go.
   */
  async stop(last?: () => Promise<void> | undefined): Promise<void> {
    this.#beat.stop();
    await this.#lab.stop();
    await this.#sites.stop();
    for (const feed of this.#feeds) feed.close();
    await this.#share?.turn(false);
    await last?.();
    await this.#captured.close();
  }

  #sitesOf(options: EngineOptions): Sites {
    return new Sites({
      defaults: this.#defaults,
      tour: options.tour,
      around: {
        tap: this.#tap,
        deadlines: new Deadlines(),
        clock: this.clock,
        log: this.#tap.on ? this.log : undefined,
        date: currentDate,
        home: options.home ?? userFolder(),
        say: (text) => void process.stderr.write(`${text}\n`),
        changed: () => this.#tellSources(),
      },
      added: () => this.#beat.start(),
      openUrl: (url) => options.openUrl(url),
    });
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
      ...[...this.#sites]
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
        return this.#sites.answer(call);
      case 'lab':
        return this.#lab.answer(call);
      case 'share':
        return { urls: await this.share(call.on) };
      case 'send':
        return send(
          call,
          sendTarget(call, (id) => this.#sites.get(id).state, this.#sendsAnywhere),
          () => this.clock.now(),
        );
      case 'reach':
        this.#sendsAnywhere = call.anywhere;
        return this.#changed();
      case 'usage':
      case 'memory':
      case 'disk':
      case 'pull':
      case 'read':
      case 'close':
      case 'save':
      case 'export':
      case 'undo':
        return this.#captured.answer(call);
      default:
        return this.#sites.answer(call);
    }
  }
}

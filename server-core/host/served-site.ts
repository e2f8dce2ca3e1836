/** One served site: its state as people see it, and the listener behind it while it runs. */
import { availableParallelism } from 'node:os';
import { extname, join } from 'node:path';
import type { ServerState, ServerStatus } from '../capture/events.ts';
import type { FaultRule } from '../capture/fault-plan.ts';
import type { CaptureLog } from '../capture/log.ts';
import type { ServerSettings } from '../capture/server-settings.ts';
import type { Tap } from '../capture/tap.ts';
import { createModel, type ModelName } from '../concurrency/model.ts';
import { type ModelContext, ModelProblem } from '../concurrency/model-context.ts';
import type { Carrier } from '../net/carrier.ts';
import type { Clock } from '../net/clock.ts';
import { Counters } from '../net/counters.ts';
import type { Deadlines } from '../net/deadlines.ts';
import { type ConnectionLimits, DEFAULT_LIMITS } from '../net/limits.ts';
import { Listener } from '../net/listener.ts';
import { serverUrl } from './addresses.ts';
import { type SiteIdentity, siteIdentity } from './authority/site-identity.ts';
import { listenNear, listenSentence, takenBy } from './listen-near.ts';
import { type Absence, RootWatch } from './root-watch.ts';
import { folderAt, PathProblem } from './served-path.ts';
import { settingsOf, withSettings } from './site-choices.ts';
import { type SiteReports, siteHandler } from './site-handler.ts';
import type { SiteOptions } from './site-options.ts';
import { sourceName, tagsOf } from './site-words.ts';
import { withoutEchoes } from './without-echoes.ts';
import { workerSetup } from './worker-setup.ts';

export interface Surroundings {
  readonly tap: Tap;
  readonly deadlines: Deadlines;
  readonly clock: Clock;
  /** Where processes of a site put what they capture; undefined when nothing is captured. */
  readonly log: CaptureLog | undefined;
  /** Folder of the certificate authority. */
  readonly home: string;
  /** Lines for whoever runs the program. */
  say(text: string): void;
  /** Its state is another. */
  changed(): void;
  date(): string;
}

const STOP_GRACE_MS = 5_000;
/** What is in flight when settings change holds nobody up, and may be a long download. */
const CHANGE_GRACE_MS = 600_000;
/** Beside this file, built or not. */
const WORKER = join(import.meta.dirname, `worker${extname(import.meta.filename)}`);

export class ServedSite {
  readonly id: number;
  readonly counters = new Counters();
  readonly #around: Surroundings;
  #options: SiteOptions;
  #listener: Listener | undefined;
  #starting: Promise<string[]> | undefined;
  #model: ModelName;
  #identity: SiteIdentity | undefined;
  #port: number;
  #status: ServerStatus = 'stopped';
  #problem: string | undefined;
  /** What its handler complains of while it runs. */
  #complaint: string | undefined;
  #rootWatch: RootWatch | undefined;
  /** Where a folder is that was renamed while it was served. */
  #movedTo: string | undefined;
  #closing = false;

  constructor(id: number, options: SiteOptions, around: Surroundings) {
    this.id = id;
    this.#options = options;
    this.#around = around;
    this.#port = options.port;
    this.#model = options.model;
  }

  get options(): SiteOptions {
    return this.#options;
  }

  /** As they are in force, the port that was found among them. */
  get settings(): ServerSettings {
    return settingsOf({ ...this.#options, port: this.#port, model: this.#model });
  }

  get state(): ServerState {
    const { name, source, host, https } = this.#options;
    const problem = this.#problem ?? this.#complaint;
    const tags = tagsOf(this.#options);
    return {
      id: this.id,
      name,
      root: sourceName(source),
      host,
      port: this.#port,
      url: serverUrl(host, this.#port, https !== undefined),
      model: this.#model,
      status: this.#status,
      ...(problem === undefined ? {} : { problem }),
      ...(this.#movedTo === undefined ? {} : { movedTo: this.#movedTo }),
      ...(tags.length === 0 ? {} : { tags }),
    };
  }

  get openConnections(): number {
    return this.#listener?.openConnections ?? 0;
  }

  get waitingBytes(): number {
    return this.#listener?.waitingBytes ?? 0;
  }

  get waitingConnections(): number {
    return this.#listener?.waitingConnections ?? 0;
  }

  get workers(): number {
    return this.#listener?.workers ?? 0;
  }

  get workerBytes(): number {
    return this.#listener?.workerBytes ?? 0;
  }

  get isListening(): boolean {
    return this.#status === 'running' || this.#status === 'folder-gone';
  }

  /** Has its threads note what they use. */
  sample(): void {
    this.#listener?.sample();
  }

  /** Resolves to notes about what was done differently from what was asked. Does not reject: see `state.problem`. */
  async start(): Promise<string[]> {
    if (this.#listener || this.#starting) return [];
    this.#starting = this.#begin();
    try {
      return await this.#starting;
    } finally {
      this.#starting = undefined;
    }
  }

  async #begin(): Promise<string[]> {
    this.#become('starting');
    this.#closing = false;
    const wanted = this.#port;
    const { host, https } = this.#options;
    let carrier: Carrier;
    try {
      this.#identity = https ? await siteIdentity(https, host, this.#around.home) : undefined;
      carrier = await this.#carrier(this.#model);
    } catch (error) {
      if (!(error instanceof PathProblem || error instanceof ModelProblem)) throw error;
      this.#become('failed', error.message);
      return [];
    }
    const listener = new Listener(this.#options.limits.maxConnections, carrier);
    this.#listener = listener;
    try {
      this.#port = await listenNear(wanted, (port) => listener.listen({ host, port }));
    } catch (error) {
      this.#listener = undefined;
      await carrier.stop(0);
      this.#become('failed', await listenSentence(wanted, error as NodeJS.ErrnoException));
      return [];
    }
    this.#become('running');
    this.#watchRoot();
    const asWanted = wanted === 0 || wanted === this.#port;
    return [
      ...(this.#identity?.notes ?? []),
      ...(asWanted ? [] : [`Port ${wanted} is taken${await takenBy(wanted)}, so ${this.#port} is used`]),
    ];
  }

  /** Requests in flight are finished first, for a few seconds at most. What is being started is stopped once it runs. */
  async stop(): Promise<void> {
    await this.#starting?.catch(() => {});
    const listener = this.#listener;
    if (!listener) return;
    this.#closing = true;
    this.#become('stopping');
    this.#rootWatch?.close();
    this.#movedTo = undefined;
    await listener.stop(STOP_GRACE_MS);
    this.#listener = undefined;
    this.#complaint = undefined;
    this.#become('stopped');
  }

  /**
   * Serves what comes from now on under another model; what is in flight is finished under the one before. Rejects
   * with ModelProblem, and then nothing has changed.
   */
  async switchModel(model: ModelName): Promise<void> {
    if (model === this.#model) return;
    const listener = this.#listener;
    if (listener && this.#status !== 'starting') {
      const carrier = await this.#carrier(model);
      // It may have been stopped meanwhile.
      if (this.#listener !== listener || this.#closing) await carrier.stop(0);
      else listener.switchTo(carrier);
    }
    this.#model = model;
    this.#tell();
  }

  /**
   * Serves by other settings from now on. Where address and port stay, so does the listener, and what is in flight is
   * finished as it began. Resolves to notes, as `start` does. Rejects with PathProblem or ModelProblem, and then
   * nothing has changed.
   */
  async configure(settings: ServerSettings): Promise<string[]> {
    const options = withSettings({ ...this.#options, port: this.#port, model: this.#model }, settings);
    const listener = this.#listener;
    const moves = options.host !== this.#options.host || options.port !== this.#port;
    if (listener && !moves && this.#status !== 'starting') return this.#exchange(listener, options);
    const serves = listener !== undefined || this.#status === 'failed';
    await this.stop();
    this.#take(options);
    if (serves) return this.start();
    this.#tell();
    return [];
  }

  /** Does wrong on purpose from now on, on new connections; no rules end it. */
  async bench(faults: readonly FaultRule[]): Promise<void> {
    const options = { ...this.#options, model: this.#model, faults };
    const listener = this.#listener;
    if (listener && this.#status !== 'starting') await this.#exchange(listener, options);
    else this.#take(options);
    this.#tell();
  }

  /** Serves the folder by the name that it has now. Rejects when it was not renamed. */
  async follow(): Promise<void> {
    const listener = this.#listener;
    if (this.#movedTo === undefined || !listener) throw new Error('The folder was not renamed');
    await this.#exchange(listener, { ...this.#options, model: this.#model, ...folderAt(this.#movedTo) });
    this.#movedTo = undefined;
    this.#become('running');
    this.#watchRoot();
  }

  /** Puts a carrier of other options behind the listener. */
  async #exchange(listener: Listener, options: SiteOptions): Promise<string[]> {
    const before = { options: this.#options, model: this.#model, identity: this.#identity };
    try {
      this.#take(options);
      const { https, host } = options;
      this.#identity = https ? await siteIdentity(https, host, this.#around.home) : undefined;
      const carrier = await this.#carrier(options.model);
      // It may have been stopped meanwhile.
      if (this.#listener !== listener || this.#closing) await carrier.stop(0);
      else {
        listener.maxConnections = options.limits.maxConnections;
        listener.switchTo(carrier, CHANGE_GRACE_MS);
      }
    } catch (error) {
      this.#take(before.options);
      this.#model = before.model;
      this.#identity = before.identity;
      throw error;
    }
    this.#tell();
    return [...(this.#identity?.notes ?? [])];
  }

  #take(options: SiteOptions): void {
    this.#options = options;
    this.#model = options.model;
    if (!this.#listener) this.#port = options.port;
  }

  async #carrier(model: ModelName): Promise<Carrier> {
    const { tap, deadlines, date, clock, log, home, say } = this.#around;
    const { source, host, https, workers } = this.#options;
    const reports: SiteReports = { say, problem: (sentence) => this.#complain(sentence) };
    const context: ModelContext = {
      site: {
        id: this.id,
        tap,
        deadlines,
        date,
        limits: this.#limits,
        // We know what such bytes name in a folder; an origin behind us may read them otherwise.
        leniencies: { allowObsTextInTarget: source.kind === 'folder' },
        counters: this.counters,
        secure: https !== undefined,
      },
      identity: this.#identity?.identity,
      answers: () => siteHandler(source, this.#options, host, reports),
      workers: {
        count: workers,
        entry: WORKER,
        setup: workerSetup(source, this.#options, { host, https, home, limits: this.#limits }),
        origin: clock.origin,
        log,
        problem: reports.problem,
        say: withoutEchoes(say),
      },
    };
    if (source.kind === 'lent' && model !== 'event-loop') {
      throw new ModelProblem(
        'What a page lends can be served by the event loop only: the page talks to this process',
      );
    }
    const before = this.#complaint;
    // Whatever the new one complains of from its start on.
    this.#complaint = undefined;
    try {
      return await createModel(model, context, availableParallelism());
    } catch (error) {
      this.#complaint = before;
      throw error;
    }
  }

  get #limits(): ConnectionLimits {
    return { ...DEFAULT_LIMITS, ...this.#options.limits };
  }

  #watchRoot(): void {
    this.#rootWatch?.close();
    this.#rootWatch = new RootWatch(this.#options.source, (absence) => this.#rootIs(absence));
  }

  #rootIs(absence: Absence | undefined): void {
    if (this.#status !== 'running' && this.#status !== 'folder-gone') return;
    this.#movedTo = absence?.movedTo;
    if (absence) this.#become('folder-gone', absence.sentence);
    else this.#become('running');
  }

  #complain(sentence: string | undefined): void {
    if (this.#complaint === sentence) return;
    this.#complaint = sentence;
    this.#tell();
  }

  #become(status: ServerStatus, problem?: string): void {
    this.#status = status;
    this.#problem = problem;
    this.#tell();
  }

  #tell(): void {
    this.#around.tap.server(this.state);
    this.#around.changed();
  }
}

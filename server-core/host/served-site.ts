/** One served site: its state as people see it, and the listener behind it while it runs. */
import { stat } from 'node:fs/promises';
import type { ServerState, ServerStatus } from '../capture/events.ts';
import type { Tap } from '../capture/tap.ts';
import { createModel, type ModelName } from '../concurrency/model.ts';
import type { Handler } from '../http/response.ts';
import type { Admission } from '../net/admission.ts';
import type { Deadlines } from '../net/deadlines.ts';
import { DEFAULT_LIMITS } from '../net/limits.ts';
import { Listener } from '../net/listener.ts';
import type { Counters, Site } from '../net/site.ts';
import { isLoopback, serverUrl } from './addresses.ts';
import { type SiteHandler, type SiteSettings, type Source, siteHandler } from './site-handler.ts';

export interface SiteOptions extends SiteSettings {
  readonly source: Source;
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly model: ModelName;
}

export interface Surroundings {
  readonly tap: Tap;
  readonly deadlines: Deadlines;
  date(): string;
}

/** Ports tried after the one asked for. Vite and serve go on without end; a person wants a port near the one typed. */
const PORTS_TRIED = 50;
const STOP_GRACE_MS = 5_000;
const ROOT_CHECK_MS = 1_000;

export class ServedSite {
  readonly id: number;
  readonly options: SiteOptions;
  readonly counters: Counters = { inFlight: 0 };
  readonly #around: Surroundings;
  readonly #tags: readonly string[];
  #listener: Listener | undefined;
  #handler: SiteHandler | undefined;
  #port: number;
  #status: ServerStatus = 'stopped';
  #problem: string | undefined;
  #rootTimer: NodeJS.Timeout | undefined;
  #closing = false;

  constructor(id: number, options: SiteOptions, around: Surroundings) {
    this.id = id;
    this.options = options;
    this.#around = around;
    this.#tags = tagsOf(options);
    this.#port = options.port;
  }

  get state(): ServerState {
    const { name, source, host, model } = this.options;
    return {
      id: this.id,
      name,
      root: source.kind === 'folder' ? source.root : source.url,
      host,
      port: this.#port,
      url: serverUrl(host, this.#port),
      model,
      status: this.#status,
      ...(this.#problem === undefined ? {} : { problem: this.#problem }),
      ...(this.#tags.length === 0 ? {} : { tags: this.#tags }),
    };
  }

  get openConnections(): number {
    return this.#listener?.openConnections ?? 0;
  }

  get waitingBytes(): number {
    return this.#listener?.waitingBytes ?? 0;
  }

  /** Resolves to notes about what was done differently from what was asked. Does not reject: see `state.problem`. */
  async start(): Promise<string[]> {
    if (this.#listener) return [];
    this.#become('starting');
    this.#closing = false;
    const wanted = this.#port;
    const admission = createModel(this.options.model);
    const { source, host } = this.options;
    const handler = siteHandler(source, this.options, host);
    const listener = new Listener(this.#site(admission, handler.handler), admission);
    this.#listener = listener;
    try {
      this.#port = await this.#listenNear(listener, wanted);
    } catch (error) {
      this.#listener = undefined;
      handler.close();
      this.#become('failed', listenSentence(wanted, error as NodeJS.ErrnoException));
      return [];
    }
    this.#handler = handler;
    if (source.kind === 'folder') {
      this.#rootTimer = setInterval(() => void this.#checkRoot(source.root), ROOT_CHECK_MS).unref();
    }
    this.#become('running');
    return wanted === 0 || wanted === this.#port ? [] : [`Port ${wanted} is taken, so ${this.#port} is used`];
  }

  /** Requests in flight are finished first, for a few seconds at most. */
  async stop(): Promise<void> {
    const listener = this.#listener;
    if (!listener) return;
    this.#closing = true;
    this.#become('stopping');
    clearInterval(this.#rootTimer);
    await listener.stop(STOP_GRACE_MS);
    this.#listener = undefined;
    this.#handler?.close();
    this.#become('stopped');
  }

  #site(admission: Admission, handler: Handler): Site {
    const { tap, deadlines, date } = this.#around;
    return {
      id: this.id,
      tap,
      deadlines,
      date,
      handler,
      limits: DEFAULT_LIMITS,
      counters: this.counters,
      secure: false,
      mustClose: () => this.#closing || admission.othersWait,
    };
  }

  async #listenNear(listener: Listener, wanted: number): Promise<number> {
    const last = wanted === 0 ? wanted : Math.min(wanted + PORTS_TRIED, 65_535);
    for (let port = wanted; ; port++) {
      try {
        return await listener.listen({ host: this.options.host, port });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || port >= last) throw error;
      }
    }
  }

  async #checkRoot(root: string): Promise<void> {
    const there = await stat(root).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (this.#status === 'running' && !there) {
      this.#become('folder-gone', 'The folder is gone. Requests are answered with 503 until it is back');
    } else if (this.#status === 'folder-gone' && there) {
      this.#become('running');
    }
  }

  #become(status: ServerStatus, problem?: string): void {
    this.#status = status;
    this.#problem = problem;
    this.#around.tap.server(this.state);
  }
}

function tagsOf(options: SiteOptions): string[] {
  const tags: string[] = [];
  if (!isLoopback(options.host)) tags.push('LAN');
  if (options.source.kind === 'origin') tags.push('PROXY');
  if (options.auth) tags.push('AUTH');
  if (options.spa) tags.push('SPA');
  if (options.cors) tags.push('CORS');
  if (options.isolate) tags.push('ISOLATED');
  if (options.dotfiles) tags.push('DOTFILES');
  return tags;
}

function listenSentence(port: number, error: NodeJS.ErrnoException): string {
  if (error.code === 'EADDRINUSE') return `Port ${port} and the ${PORTS_TRIED} after it are taken`;
  if (error.code === 'EACCES')
    return `Port ${port} needs more rights than this user has; ports from 1024 up do not`;
  if (error.code === 'EADDRNOTAVAIL') return 'No network interface of this machine has that address';
  return `The port cannot be opened (${error.code ?? error.message})`;
}

/**
 * A module of the user that answers before the files do, loaded again whenever it or what it imports changes.
 * Requests in flight are finished by the module that began them.
 */
import { dirname } from 'node:path';
import { errorResponse } from '../../http/error-page.ts';
import { HttpError } from '../../http/errors.ts';
import type { Request } from '../../http/request.ts';
import type { Handler, Response } from '../../http/response.ts';
import { isLoopback } from '../addresses.ts';
import { FileWatch } from '../file-watch.ts';
import { failureResponse, failureText } from './failure-page.ts';
import { importFresh } from './fresh-import.ts';
import { moduleHandler } from './module-handler.ts';
import { type Problem, placeText, problemOf, shortPath } from './problem.ts';
import { routeApi } from './route-api.ts';
import { onStrayFailure } from './stray-failures.ts';

export interface RoutesReports {
  /** It was loaded again, or could not be. */
  loaded(): void;
  /** Why it cannot be loaded, in one sentence; undefined once it can. */
  problem(sentence: string | undefined): void;
  /** Lines for whoever runs the program. */
  say(text: string): void;
}

interface Loaded {
  readonly handler: Handler;
  readonly replaced: AbortController;
}

/** Failures are told of on standard error; each once, and no more than this, so that a loop does not flood it. */
const MAX_TOLD = 100;

export class RoutesModule {
  readonly #file: string;
  readonly #folder: string;
  readonly #files: Handler;
  readonly #reports: RoutesReports;
  readonly #watch: FileWatch;
  readonly #forget: () => void;
  /** All files that ever belonged to it. */
  readonly #met = new Set<string>();
  /** Failures that were told of since the last load. */
  readonly #told = new Set<string>();
  #state: Loaded | Problem | undefined;
  /** The load under way, and all before it. */
  #loading: Promise<void>;
  #stale = false;
  #closed = false;

  /** `files` answers what the module does not. It never rejects: what is wrong is reported, and answered with. */
  constructor(file: string, files: Handler, reports: RoutesReports) {
    this.#file = file;
    this.#folder = dirname(file);
    this.#files = files;
    this.#reports = reports;
    this.#forget = onStrayFailure((problem) => this.#stray(problem));
    this.#watch = new FileWatch({ changed: () => this.#reload(), problem: reports.say });
    this.#loading = this.#load();
  }

  readonly handler: Handler = (request) => {
    const state = this.#state;
    if (state === undefined || this.#stale) return this.#loading.then(() => this.handler(request));
    return 'handler' in state ? this.#ask(state, request) : this.#withoutModule(state, request);
  };

  close(): void {
    this.#closed = true;
    this.#watch.close();
    this.#forget();
    if (this.#state && 'handler' in this.#state) this.#state.replaced.abort();
  }

  #reload(): void {
    if (this.#stale || this.#closed) return;
    // A request that comes now is about the file as it is now.
    this.#stale = true;
    this.#loading = this.#loading.then(() => this.#load());
  }

  async #load(): Promise<void> {
    this.#stale = false;
    if (this.#closed) return;
    const replaced = new AbortController();
    const load = importFresh(this.#file, (file) => this.#meet(file));
    const before = this.#state;
    try {
      const { default: exported } = await load.exports;
      const handler = await moduleHandler(exported, routeApi(this.#files, replaced.signal));
      this.#state = { handler, replaced };
      this.#told.clear();
      if (before && !('handler' in before)) this.#reports.say(`${this.#name} works again`);
      this.#reports.problem(undefined);
    } catch (error) {
      replaced.abort();
      const problem = problemOf(error, load);
      this.#state = problem;
      this.#reports.say(this.#lines(problem));
      this.#reports.problem(`${this.#name} cannot be loaded: ${this.#inShort(problem)}`);
    }
    if (before && 'handler' in before) before.replaced.abort();
    if (before) this.#reports.loaded();
  }

  async #ask(loaded: Loaded, request: Request): Promise<Response> {
    try {
      return await loaded.handler(request);
    } catch (error) {
      // What it says is meant for whoever asked.
      if (error instanceof HttpError) throw error;
      const problem = problemOf(error);
      this.#tell(problem);
      return this.#failed(problem, request, 'The other routes and the files are served on');
    }
  }

  /** Which paths it would answer nobody knows, so the files answer what they have. */
  async #withoutModule(problem: Problem, request: Request): Promise<Response> {
    const { method } = request;
    if (method === 'GET' || method === 'HEAD') {
      const response = await this.#files(request);
      if (response.status !== 404) return response;
      if (response.body && !(response.body instanceof Uint8Array)) response.body.close();
    }
    return this.#failed(problem, request, 'It is loaded again as soon as it is saved; files are served on');
  }

  #failed(problem: Problem, request: Request, meanwhile: string): Response {
    if (request.tracing) request.mark('note', `${this.#name} failed: ${this.#inShort(problem)}`);
    // Lines of a program are nobody else's business.
    if (!isOwn(request.peer.remoteAddress)) {
      return errorResponse(500, 'The server failed to answer this request; its own machine is told why', {
        section: 'RFC 9110 §15.6.1',
        request,
      });
    }
    return failureResponse({ problem, file: this.#file, meanwhile }, request);
  }

  #stray(problem: Problem): boolean {
    if (!problem.places.some(({ file }) => this.#met.has(file))) return false;
    this.#tell(problem);
    return true;
  }

  #tell(problem: Problem): void {
    const lines = this.#lines(problem);
    if (this.#told.has(lines) || this.#told.size === MAX_TOLD) return;
    this.#told.add(lines);
    this.#reports.say(lines);
  }

  #meet(file: string): void {
    this.#met.add(file);
    this.#watch.add(file);
  }

  get #name(): string {
    return shortPath(this.#file, this.#folder);
  }

  #lines(problem: Problem): string {
    return `${this.#name} failed: ${failureText(problem, this.#folder)}`.trimEnd();
  }

  #inShort({ sentence, places: [first] }: Problem): string {
    return first === undefined ? sentence : `${sentence} (${placeText(first, this.#folder)})`;
  }
}

/** An address of the machine itself, as a socket that takes IPv6 as well writes it. */
function isOwn(address: string): boolean {
  return isLoopback(address.replace(/^::ffff:/, ''));
}

/** A handler that threads work for: the loop keeps the sockets, and whatever computes holds up one thread. */

import type { Request } from '../http/request.ts';
import type { Response } from '../http/response.ts';
import type { Answers } from '../net/carrier.ts';
import { IncomingRequest } from '../net/incoming-request.ts';
import { type ModelContext, ModelProblem } from './model-context.ts';
import { PoolThread } from './pool-thread.ts';

/** One that ends younger than this was not well from the start: the next is started after a pause. */
const YOUNG_MS = 1_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

export class ThreadPool implements Answers {
  readonly #context: ModelContext;
  readonly #threads = new Set<PoolThread>();
  readonly #pauses = new Set<NodeJS.Timeout>();
  /** Requests that came while there was no thread. */
  #waiting: (() => void)[] = [];
  #started = 0;
  #youngDeaths = 0;
  #closed = false;
  #onFirst: ((problem?: string) => void) | undefined;

  /** Resolves once a thread can work. Rejects with ModelProblem. */
  static async start(context: ModelContext, count: number): Promise<ThreadPool> {
    const pool = new ThreadPool(context);
    const problem = await new Promise<string | undefined>((resolve) => {
      pool.#onFirst = resolve;
      for (let i = 0; i < count; i++) pool.#startThread();
    });
    pool.#onFirst = undefined;
    if (problem === undefined) return pool;
    pool.close();
    throw new ModelProblem(problem);
  }

  private constructor(context: ModelContext) {
    this.#context = context;
  }

  readonly handler = async (request: Request): Promise<Response> => {
    let thread = this.#idlest();
    while (!thread) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
      thread = this.#idlest();
    }
    if (request instanceof IncomingRequest) request.handedTo(thread.name);
    return thread.ask(request);
  };

  finish(): void {
    for (const thread of this.#threads) thread.finish();
  }

  close(): void {
    this.#closed = true;
    for (const pause of this.#pauses) clearTimeout(pause);
    for (const thread of this.#threads) void thread.end();
  }

  #startThread(): void {
    const startedAt = performance.now();
    const thread: PoolThread = new PoolThread(++this.#started, this.#context.workers, {
      ready: () => this.#ready(),
      gone: (why) => this.#gone(thread, why, performance.now() - startedAt),
    });
    this.#threads.add(thread);
    for (const go of this.#waiting.splice(0)) go();
  }

  #ready(): void {
    this.#onFirst?.();
    if (this.#youngDeaths > 0) this.#context.workers.problem(undefined);
    this.#youngDeaths = 0;
  }

  #gone(thread: PoolThread, why: string, livedMs: number): void {
    this.#threads.delete(thread);
    if (this.#closed) return;
    if (livedMs >= YOUNG_MS) return this.#startThread();
    this.#onFirst?.(why);
    this.#youngDeaths++;
    if (this.#youngDeaths > 1)
      this.#context.workers.problem('The threads of this server end as soon as they are started');
    const ms = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.#youngDeaths - 1));
    const pause = setTimeout(() => {
      this.#pauses.delete(pause);
      this.#startThread();
    }, ms);
    this.#pauses.add(pause);
  }

  #idlest(): PoolThread | undefined {
    let idlest: PoolThread | undefined;
    for (const thread of this.#threads) if (!idlest || thread.busy < idlest.busy) idlest = thread;
    return idlest;
  }
}

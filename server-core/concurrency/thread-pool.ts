/** A handler that threads work for: the loop keeps the sockets, and whatever computes holds up one thread. */

import type { Request } from '../http/request.ts';
import type { Response } from '../http/response.ts';
import type { Answers } from '../net/carrier.ts';
import { IncomingRequest } from '../net/incoming-request.ts';
import { type ModelContext, ModelProblem } from './model-context.ts';
import { PoolThread } from './pool-thread.ts';
import { Replacements } from './replacements.ts';

export class ThreadPool implements Answers {
  readonly #context: ModelContext;
  readonly #threads = new Set<PoolThread>();
  readonly #replacements: Replacements;
  /** Requests that came while there was no thread. */
  #waiting: (() => void)[] = [];
  #started = 0;
  #closed = false;
  #onStart: ((problem?: string) => void) | undefined;

  /** Resolves once all of them can work. Rejects with ModelProblem when one cannot. */
  static async start(context: ModelContext, count: number): Promise<ThreadPool> {
    const pool = new ThreadPool(context);
    const problem = await new Promise<string | undefined>((resolve) => {
      pool.#onStart = resolve;
      for (let i = 0; i < count; i++) pool.#startThread();
    });
    pool.#onStart = undefined;
    if (problem === undefined) return pool;
    pool.close();
    throw new ModelProblem(problem);
  }

  private constructor(context: ModelContext) {
    this.#context = context;
    this.#replacements = new Replacements(() => this.#startThread(), context.workers.problem);
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

  get threads(): number {
    return this.#threads.size;
  }

  sample(): void {
    for (const thread of this.#threads) void thread.sample();
  }

  finish(): void {
    for (const thread of this.#threads) thread.finish();
  }

  close(): void {
    this.#closed = true;
    this.#replacements.stop();
    for (const thread of this.#threads) void thread.end();
  }

  #startThread(): void {
    const startedAt = performance.now();
    const thread: PoolThread = new PoolThread(++this.#started, this.#context, {
      ready: () => this.#ready(),
      gone: (why) => this.#gone(thread, why, performance.now() - startedAt),
    });
    this.#threads.add(thread);
  }

  #ready(): void {
    for (const go of this.#waiting.splice(0)) go();
    if ([...this.#threads].every((one) => one.isReady)) this.#onStart?.();
    this.#replacements.up();
  }

  #gone(thread: PoolThread, why: string, livedMs: number): void {
    this.#threads.delete(thread);
    if (this.#closed) return;
    this.#onStart?.(why);
    this.#replacements.down(livedMs, 'The threads of this server end as soon as they are started');
  }

  #idlest(): PoolThread | undefined {
    let idlest: PoolThread | undefined;
    for (const thread of this.#threads) {
      if (thread.isReady && (!idlest || thread.busy < idlest.busy)) idlest = thread;
    }
    return idlest;
  }
}

/** One thread of a pool: its requests, and its death. */
import { Worker } from 'node:worker_threads';
import type { WorkerStage } from '../capture/events.ts';
import type { Tap } from '../capture/tap.ts';
import type { Request } from '../http/request.ts';
import type { Response } from '../http/response.ts';
import type { ModelContext, WorkerContext } from './model-context.ts';
import { Outbox } from './outbox.ts';
import { ThreadCall } from './thread-call.ts';
import type { FromThread, ToThread } from './thread-messages.ts';
import { ThreadUsage } from './thread-usage.ts';

export interface ThreadHooks {
  ready(): void;
  /** Called once, with a sentence about why. */
  gone(why: string): void;
}

export class PoolThread {
  readonly name: string;
  readonly #worker: Worker;
  readonly #outbox: Outbox<ToThread>;
  readonly #context: WorkerContext;
  readonly #tap: Tap;
  readonly #who: { readonly server: number; readonly id: number; readonly name: string };
  readonly #usage: ThreadUsage;
  readonly #hooks: ThreadHooks;
  readonly #calls = new Map<number, ThreadCall>();
  #lastId = 0;
  #failure = '';
  #isReady = false;
  #ending = false;

  constructor(number: number, { site, workers }: ModelContext, hooks: ThreadHooks) {
    this.name = `thread ${number}`;
    this.#context = workers;
    this.#tap = site.tap;
    this.#hooks = hooks;
    this.#worker = new Worker(workers.entry, { workerData: workers.setup, execArgv: [], name: this.name });
    this.#who = { server: site.id, id: this.#worker.threadId, name: this.name };
    this.#usage = new ThreadUsage(this.#worker);
    this.#life('started');
    this.#outbox = new Outbox((messages, move) => this.#worker.postMessage(messages, move));
    this.#worker.on('message', (messages: readonly FromThread[]) => {
      for (const message of messages) this.#heard(message);
    });
    this.#worker.on('error', (error) => {
      this.#failure = `: ${error instanceof Error ? error.message : String(error)}`;
    });
    this.#worker.once('exit', () => this.#gone());
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  /** Requests that it works on. */
  get busy(): number {
    return this.#calls.size;
  }

  ask(request: Request): Promise<Response> {
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      const tell = (message: ToThread, move?: ArrayBuffer) => this.#tell(message, move);
      const call = new ThreadCall(id, request, tell, resolve, () => this.#calls.delete(id));
      this.#calls.set(id, call);
    });
  }

  /** Ends what would go on for ever. */
  finish(): void {
    this.#tell({ t: 'finish' });
  }

  /** Notes in the capture what it used since the last time, where it did something. */
  async sample(): Promise<void> {
    const figures = await this.#usage.sample();
    if (figures && this.#isReady) this.#tap.usage(this.#who, figures);
  }

  async end(): Promise<void> {
    this.#ending = true;
    await this.#worker.terminate();
  }

  #tell(message: ToThread, move?: ArrayBuffer): void {
    this.#outbox.put(message, move);
  }

  #heard(message: FromThread): void {
    switch (message.t) {
      case 'ready':
        this.#isReady = true;
        this.#life('ready');
        return this.#hooks.ready();
      case 'problem':
        return this.#context.problem(message.sentence);
      case 'say':
        return this.#context.say(message.text);
    }
    const call = this.#calls.get(message.id);
    if (call) call.heard(message);
    // Whoever still reads the content of a request that was answered finds that there is no more.
    else if (message.t === 'read') this.#tell({ t: 'content-end', id: message.id, trailers: undefined });
  }

  #life(stage: WorkerStage, detail?: string): void {
    this.#tap.workerLife(this.#who, stage, detail);
  }

  #gone(): void {
    const why = `The ${this.name} that had it ended${this.#failure}`;
    for (const call of [...this.#calls.values()]) call.fail(why);
    this.#calls.clear();
    this.#isReady = false;
    this.#life('ended', this.#ending ? '' : `ended by itself${this.#failure}`);
    this.#hooks.gone(why);
  }
}

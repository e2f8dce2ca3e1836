import type { Server, Socket } from 'node:net';
import type { Carrier } from '../net/carrier.ts';
import { type ModelContext, ModelProblem } from './model-context.ts';
import { Replacements } from './replacements.ts';
import { noteAccepted, WaitingRoom } from './waiting-room.ts';
import { WORKER_LIMITS } from './worker-limits.ts';
import { WorkerProcess } from './worker-process.ts';

/**
 * Processes that wait for connections. They share the listening socket and each accepts for itself. This process
 * keeps the socket open as well, so that a worker can be replaced and the model changed without the port ever being
 * closed; what the system lets it accept it hands to the worker that has the fewest.
 */
export class Prefork implements Carrier {
  readonly #context: ModelContext;
  readonly #room: WaitingRoom;
  readonly #workers = new Set<WorkerProcess>();
  readonly #replacements: Replacements;
  #servers: readonly Server[] = [];
  #ending = false;
  #emptied: (() => void)[] = [];
  #onStart: ((problem?: string) => void) | undefined;

  /** Resolves once all of them can serve. Rejects with ModelProblem when one cannot be started. */
  static async start(context: ModelContext, count: number): Promise<Prefork> {
    const prefork = new Prefork(context);
    const problem = await new Promise<string | undefined>((resolve) => {
      prefork.#onStart = resolve;
      for (let i = 0; i < count; i++) prefork.#startWorker();
    });
    prefork.#onStart = undefined;
    if (problem === undefined) return prefork;
    await prefork.stop(0);
    throw new ModelProblem(problem);
  }

  private constructor(context: ModelContext) {
    this.#context = context;
    this.#replacements = new Replacements(() => this.#startWorker(), context.workers.problem);
    this.#room = new WaitingRoom(context, () => 'None of the processes of this server can take the request');
  }

  get openConnections(): number {
    return this.#sum((worker) => worker.openConnections) + this.#room.openConnections;
  }

  get waitingConnections(): number {
    return this.#room.size;
  }

  get waitingBytes(): number {
    return this.#sum((worker) => worker.waitingBytes);
  }

  get workers(): number {
    return this.#workers.size;
  }

  get workerBytes(): number {
    return this.#sum((worker) => worker.memoryBytes);
  }

  /** Processes tell by themselves. */
  sample(): void {}

  share(servers: readonly Server[]): void {
    this.#servers = servers;
    for (const worker of this.#workers) if (worker.isReady) this.#shareWith(worker);
  }

  take(socket: Socket): void {
    const conn = noteAccepted(this.#context, socket);
    const worker = this.#idlest();
    if (worker) worker.hand(socket, conn);
    else this.#room.enter(socket, conn);
  }

  async retire(): Promise<void> {
    this.#ending = true;
    this.#replacements.stop();
    for (const worker of this.#workers) worker.retire();
    if (this.#workers.size === 0) return;
    await new Promise<void>((resolve) => {
      this.#emptied.push(resolve);
    });
  }

  async stop(graceMs: number): Promise<void> {
    const retired = this.retire();
    for (const worker of this.#workers) worker.stop(graceMs);
    const timer = setTimeout(() => {
      for (const worker of this.#workers) worker.kill();
    }, graceMs + WORKER_LIMITS.killMs);
    await Promise.all([this.#room.stop(graceMs), retired]);
    clearTimeout(timer);
  }

  #startWorker(): void {
    const startedAt = performance.now();
    const gone = (worker: WorkerProcess) => this.#gone(worker, performance.now() - startedAt);
    try {
      const worker: WorkerProcess = new WorkerProcess(this.#context, false, {
        ready: () => this.#ready(worker),
        gone: () => gone(worker),
      });
      this.#workers.add(worker);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      this.#failed(0, `No process can be started here (${code ?? message})`);
    }
  }

  #ready(worker: WorkerProcess): void {
    if ([...this.#workers].every((one) => one.isReady)) this.#onStart?.();
    this.#replacements.up();
    this.#shareWith(worker);
    for (let next = this.#room.next(); next; next = this.#room.next()) worker.hand(next.socket, next.conn);
  }

  #shareWith(worker: WorkerProcess): void {
    for (const server of this.#servers) worker.share(server);
  }

  #gone(worker: WorkerProcess, livedMs: number): void {
    this.#workers.delete(worker);
    if (this.#ending) {
      if (this.#workers.size === 0) for (const emptied of this.#emptied.splice(0)) emptied();
    } else this.#failed(livedMs, 'The processes of this server end as soon as they are started');
  }

  #failed(livedMs: number, problem: string): void {
    this.#onStart?.(problem);
    this.#replacements.down(livedMs, problem);
  }

  #idlest(): WorkerProcess | undefined {
    let idlest: WorkerProcess | undefined;
    for (const worker of this.#workers) {
      if (!worker.isReady) continue;
      if (!idlest || worker.openConnections < idlest.openConnections) idlest = worker;
    }
    return idlest;
  }

  #sum(of: (worker: WorkerProcess) => number): number {
    let sum = 0;
    for (const worker of this.#workers) sum += of(worker);
    return sum;
  }
}

import type { Server, Socket } from 'node:net';
import type { Carrier } from '../net/carrier.ts';
import { type ModelContext, ModelProblem } from './model-context.ts';
import { noteAccepted, WaitingRoom } from './waiting-room.ts';
import { WorkerProcess } from './worker-process.ts';

/** One that dies younger than this was not well from the start: the next is started after a pause. */
const YOUNG_MS = 1_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
/** Beyond the grace, for one that does not even hear that it is to end. */
const KILL_MS = 500;

/**
 * Processes that wait for connections. They share the listening socket and each accepts for itself. This process
 * keeps the socket open as well, so that a worker can be replaced and the model changed without the port ever being
 * closed; what the system lets it accept it hands to the worker that has the fewest.
 */
export class Prefork implements Carrier {
  readonly #context: ModelContext;
  readonly #count: number;
  readonly #room: WaitingRoom;
  readonly #workers = new Set<WorkerProcess>();
  readonly #pauses = new Set<NodeJS.Timeout>();
  #servers: readonly Server[] = [];
  #youngDeaths = 0;
  #ending = false;
  #emptied: (() => void)[] = [];
  #onFirst: ((problem?: string) => void) | undefined;

  /** Resolves once a worker can serve. Rejects with ModelProblem. */
  static async start(context: ModelContext, count: number): Promise<Prefork> {
    const prefork = new Prefork(context, count);
    const problem = await new Promise<string | undefined>((resolve) => {
      prefork.#onFirst = resolve;
      for (let i = 0; i < count; i++) prefork.#startWorker();
    });
    prefork.#onFirst = undefined;
    if (problem === undefined) return prefork;
    await prefork.stop(0);
    throw new ModelProblem(problem);
  }

  private constructor(context: ModelContext, count: number) {
    this.#context = context;
    this.#count = count;
    this.#room = new WaitingRoom(context, () => 'None of the processes of this server can take the request');
  }

  get openConnections(): number {
    return this.#sum((worker) => worker.openConnections) + this.#room.openConnections;
  }

  get waitingBytes(): number {
    return this.#sum((worker) => worker.waitingBytes);
  }

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
    for (const pause of this.#pauses) clearTimeout(pause);
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
    }, graceMs + KILL_MS);
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
      this.#failed(`No process can be started here (${code ?? message})`);
    }
  }

  #ready(worker: WorkerProcess): void {
    this.#onFirst?.();
    if (this.#youngDeaths > 0) this.#context.workers.problem(undefined);
    this.#youngDeaths = 0;
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
    } else if (livedMs >= YOUNG_MS) this.#startWorker();
    else this.#failed('The processes of this server end as soon as they are started');
  }

  /** The next one after a pause that grows, so that what cannot work does not take all of the machine. */
  #failed(problem: string): void {
    this.#onFirst?.(problem);
    this.#youngDeaths++;
    if (this.#youngDeaths > this.#count) this.#context.workers.problem(problem);
    const ms = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.#youngDeaths - 1));
    const pause = setTimeout(() => {
      this.#pauses.delete(pause);
      this.#startWorker();
    }, ms);
    this.#pauses.add(pause);
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

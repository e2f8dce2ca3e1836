import type { Socket } from 'node:net';
import type { Carrier } from '../net/carrier.ts';
import type { ModelContext } from './model-context.ts';
import { noteAccepted, WaitingRoom } from './waiting-room.ts';
import { WORKER_LIMITS } from './worker-limits.ts';
import { WorkerProcess } from './worker-process.ts';

/**
 * Starts a process for each connection and hands the socket over. Beyond the most, connections wait, and those that
 * are served end behind their next response, the idle ones at once. Who waited for too long is answered with 503.
 */
export class ProcessPerConnection implements Carrier {
  readonly #context: ModelContext;
  readonly #most: number;
  readonly #room: WaitingRoom;
  readonly #running = new Set<WorkerProcess>();
  /** Those of them that were asked to make room. */
  readonly #asked = new Set<WorkerProcess>();
  #emptied: (() => void)[] = [];
  #problem: string | undefined;
  #retired = false;

  constructor(context: ModelContext) {
    this.#context = context;
    this.#most = context.workers.count ?? WORKER_LIMITS.maxProcesses;
    this.#room = new WaitingRoom(
      context,
      () => this.#problem ?? `All ${this.#most} processes of this server are busy with other connections`,
    );
  }

  get openConnections(): number {
    return this.#running.size + this.#room.openConnections;
  }

  get waitingConnections(): number {
    return this.#room.size;
  }

  get waitingBytes(): number {
    return this.#sum((worker) => worker.waitingBytes);
  }

  get workers(): number {
    return this.#running.size;
  }

  get workerBytes(): number {
    return this.#sum((worker) => worker.memoryBytes);
  }

  /** Processes tell by themselves. */
  sample(): void {}

  take(socket: Socket): void {
    const conn = noteAccepted(this.#context, socket);
    if (this.#running.size < this.#most) return this.#begin(socket, conn);
    this.#room.enter(socket, conn);
    for (const worker of this.#running) this.#askForRoom(worker);
  }

  async retire(): Promise<void> {
    this.#retired = true;
    for (const worker of this.#running) worker.retire();
    if (this.#running.size === 0) return;
    await new Promise<void>((resolve) => {
      this.#emptied.push(resolve);
    });
  }

  async stop(graceMs: number): Promise<void> {
    for (const worker of this.#running) worker.stop(graceMs);
    const timer = setTimeout(() => {
      for (const worker of this.#running) worker.kill();
    }, graceMs + WORKER_LIMITS.killMs);
    await Promise.all([this.#room.stop(graceMs), this.retire()]);
    clearTimeout(timer);
  }

  #begin(socket: Socket, conn: number): void {
    let worker: WorkerProcess;
    try {
      worker = new WorkerProcess(this.#context, true, { gone: () => this.#gone(worker) });
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      this.#problem = `No process can be started here (${code ?? message})`;
      this.#context.workers.problem(this.#problem);
      return this.#room.refuse(socket, conn);
    }
    this.#running.add(worker);
    worker.hand(socket, conn);
    if (this.#retired) worker.retire();
    if (this.#room.size > 0) this.#askForRoom(worker);
  }

  #gone(worker: WorkerProcess): void {
    this.#running.delete(worker);
    this.#asked.delete(worker);
    const next = this.#room.next();
    if (next) this.#begin(next.socket, next.conn);
    if (this.#running.size === 0) for (const emptied of this.#emptied.splice(0)) emptied();
  }

  #sum(of: (worker: WorkerProcess) => number): number {
    let sum = 0;
    for (const worker of this.#running) sum += of(worker);
    return sum;
  }

  #askForRoom(worker: WorkerProcess): void {
    if (this.#asked.has(worker)) return;
    this.#asked.add(worker);
    worker.makeRoom();
  }
}

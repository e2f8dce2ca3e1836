import type { Socket } from 'node:net';
import type { Carrier } from '../net/carrier.ts';
import type { ModelContext } from './model-context.ts';
import { noteAccepted, WaitingRoom } from './waiting-room.ts';
import { WorkerProcess } from './worker-process.ts';

/** Beyond the grace, for one that does not even hear that it is to end: its handler computes. */
const KILL_MS = 500;
/** Processes at once. Each takes some 50 MB; Apache's own default is 256, of processes that take a tenth of that. */
export const DEFAULT_MOST_PROCESSES = 32;

/**
 * Starts a process for each connection and hands the socket over. Beyond the most, connections wait for one to end:
 * as many as wait are asked to end behind their next response. Who waited for too long is answered with 503.
 */
export class ProcessPerConnection implements Carrier {
  readonly #context: ModelContext;
  readonly #most: number;
  readonly #room: WaitingRoom;
  /** In the order of their start. */
  readonly #running = new Set<WorkerProcess>();
  /** Those of them that were asked to make room. */
  readonly #leaving = new Set<WorkerProcess>();
  #emptied: (() => void)[] = [];
  #problem: string | undefined;
  #retired = false;

  constructor(context: ModelContext) {
    this.#context = context;
    this.#most = context.workers.count ?? DEFAULT_MOST_PROCESSES;
    this.#room = new WaitingRoom(
      context,
      () => this.#problem ?? `All ${this.#most} processes of this server are busy with other connections`,
    );
  }

  get openConnections(): number {
    return this.#running.size + this.#room.openConnections;
  }

  get waitingBytes(): number {
    let sum = 0;
    for (const worker of this.#running) sum += worker.waitingBytes;
    return sum;
  }

  take(socket: Socket): void {
    const conn = noteAccepted(this.#context, socket);
    if (this.#running.size < this.#most) return this.#begin(socket, conn);
    this.#room.enter(socket, conn);
    this.#makeRoom();
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
    }, graceMs + KILL_MS);
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
  }

  #gone(worker: WorkerProcess): void {
    this.#running.delete(worker);
    this.#leaving.delete(worker);
    const next = this.#room.next();
    if (next) this.#begin(next.socket, next.conn);
    if (this.#running.size === 0) for (const emptied of this.#emptied.splice(0)) emptied();
  }

  /** The longest running ones first; no more than wait. */
  #makeRoom(): void {
    for (const worker of this.#running) {
      if (this.#leaving.size >= this.#room.size) return;
      if (this.#leaving.has(worker)) continue;
      this.#leaving.add(worker);
      worker.makeRoom();
    }
  }
}

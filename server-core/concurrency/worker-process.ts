/** One child process of a server, from fork to reaping, and what it captured put into the server's log. */
import { type ChildProcess, fork } from 'node:child_process';
import type { Server, Socket } from 'node:net';
import type { Worker, WorkerStage } from '../capture/events.ts';
import { Merger } from '../capture/merger.ts';
import type { ModelContext } from './model-context.ts';
import type { FromChild, Report, ToChild } from './worker-messages.ts';

const SETTLE_MS = 5;

export interface WorkerHooks {
  /** It can serve. */
  ready?(): void;
  /** Called once, when it is gone and all that it sent was taken in. */
  gone(): void;
}

export class WorkerProcess {
  readonly #context: ModelContext;
  readonly #hooks: WorkerHooks;
  readonly #child: ChildProcess;
  readonly #merger: Merger | undefined;
  readonly #who: Worker;
  #counted: readonly number[] = [];
  /** Open there, and arrived there, as last reported. */
  #open = 0;
  #arrived = 0;
  #handed = 0;
  #waiting = 0;
  #memory = 0;
  #cpu = 0;
  #isReady = false;
  #ending = false;
  #isGone = false;

  /** Throws where no process can be started. `single`: for one connection. */
  constructor(context: ModelContext, single: boolean, hooks: WorkerHooks) {
    const { workers, site } = context;
    this.#context = context;
    this.#hooks = hooks;
    this.#merger = workers.log && new Merger(workers.log);
    const child = fork(workers.entry, {
      // Bytes as they are, and not as JSON.
      serialization: 'advanced',
      // Those of this process may be a debugger's, whose port is taken.
      execArgv: [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#child = child;
    this.#who = { server: site.id, id: child.pid ?? 0, name: `process ${child.pid}` };
    this.#life('started');
    child.on('message', (message: FromChild) => this.#heard(message));
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (child.pid === undefined) this.#gone(`could not be started (${error.code ?? error.message})`, false);
    });
    child.once('exit', (code, signal) => {
      const isExpected = code === 0 && (single || this.#ending);
      const how = signal ? `was killed by ${signal}` : `ended with exit code ${code}`;
      // Its last messages may still be in the channel, which ends behind them. Node tells of that end by an event,
      // but not while a handle is on its way.
      const settle = () => {
        if (child.connected) setTimeout(settle, SETTLE_MS);
        else this.#gone(how, isExpected);
      };
      settle();
    });
    this.#say({
      t: 'begin',
      options: {
        server: site.id,
        capture: workers.log !== undefined,
        origin: workers.origin,
        leniencies: site.leniencies ?? {},
        secure: site.secure,
        single,
        setup: workers.setup,
      },
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }
  get isReady(): boolean {
    return this.#isReady && !this.#ending;
  }
  /** Those on their way to it included. */
  get openConnections(): number {
    return this.#open + this.#handed - this.#arrived;
  }
  get waitingBytes(): number {
    return this.#waiting;
  }
  /** As last reported. */
  get memoryBytes(): number {
    return this.#memory;
  }

  /** Hands over a socket that the capture knows under this number. */
  hand(socket: Socket, conn: number): void {
    this.#handed++;
    this.#merger?.handedOver(conn);
    this.#context.site.tap.worker(conn, 0, this.#who.name);
    this.#child.send({ t: 'connection', conn } satisfies ToChild, socket, {}, (error) => {
      if (error) socket.destroy();
    });
  }

  share(server: Server): void {
    this.#child.send({ t: 'accept' } satisfies ToChild, server, {}, () => {});
  }

  makeRoom(): void {
    this.#say({ t: 'make-room' });
  }

  retire(): void {
    this.#ending = true;
    this.#say({ t: 'retire' });
  }

  stop(graceMs: number): void {
    this.#ending = true;
    this.#say({ t: 'stop', graceMs });
  }

  /** For one that does not end when it is told to. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #say(message: ToChild): void {
    // One that is gone already is about to tell by its exit.
    this.#child.send(message, () => {});
  }

  #heard(message: FromChild): void {
    const { problem, say } = this.#context.workers;
    switch (message.t) {
      case 'ready':
        this.#isReady = true;
        this.#memory = message.rssBytes;
        this.#life('ready');
        return this.#hooks.ready?.();
      case 'leaving':
        return this.retire();
      case 'report':
        return this.#take(message.report);
      case 'problem':
        return problem(message.sentence);
      case 'say':
        return say(message.text);
    }
  }

  #take({ records, counters, openConnections, arrived, waitingBytes, cpuMicros, usage }: Report): void {
    const { site } = this.#context;
    if (records) this.#merger?.take(records);
    if (usage) {
      site.tap.usage(this.#who, usage);
      this.#memory = usage.rssBytes;
    }
    site.counters.workerCpuMicros += cpuMicros - this.#cpu;
    this.#cpu = cpuMicros;
    site.counters.add(counters, this.#counted);
    this.#counted = counters;
    this.#open = openConnections;
    this.#arrived = arrived;
    this.#waiting = waitingBytes;
  }

  #life(stage: WorkerStage, detail?: string): void {
    // One that could not be started was never there.
    if (this.#child.pid !== undefined) this.#context.site.tap.workerLife(this.#who, stage, detail);
  }

  #gone(how: string, isExpected: boolean): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#life('ended', isExpected ? '' : how);
    this.#isReady = false;
    this.#open = 0;
    this.#arrived = this.#handed;
    this.#waiting = 0;
    this.#memory = 0;
    // What it had in flight was never answered.
    this.#context.site.counters.inFlight -= this.#counted[0] ?? 0;
    this.#merger?.end('worker-died', `Process ${this.pid ?? 'of its own'} ${how}`);
    this.#hooks.gone();
  }
}

/** The engine's end of the load generator: starts the process, takes what it tells, and sees it gone. */
import { fork } from 'node:child_process';
import { extname, join } from 'node:path';
import type { FromLoad, LoadRecord, ToLoad } from './load-messages.ts';
import type { LoadPlan, LoadTarget } from './load-plan.ts';

export interface LoadJob {
  readonly target: LoadTarget;
  readonly plan: LoadPlan;
  /** Of the clock that all times are told by (net/clock.ts). */
  readonly origin: bigint;
  /** At most, in milliseconds; `LAB_LIMITS.maxRunMs` if it is more. */
  readonly runMs: number;
  records(records: readonly LoadRecord[]): void;
}

export interface Load {
  readonly pid: number | undefined;
  /** Resolves when the process is gone: to one sentence where not all was done. */
  readonly ended: Promise<string | undefined>;
  stop(): void;
}

const EXTENSION = extname(import.meta.filename);
/** Beside this file, or beside the bundle that it went into. */
const ENTRY = join(import.meta.dirname, `load-process${EXTENSION}`);
/** For one that does not end when it is told to. */
const KILL_MS = 3_000;

export function startLoad({ target, plan, origin, runMs, records }: LoadJob): Load {
  const child = fork(ENTRY, {
    // Values as they are, `undefined` and bigints among them.
    serialization: 'advanced',
    // Those of this process may be a debugger's, whose port is taken.
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let done: { readonly problem?: string } | undefined;
  child.on('message', (message: FromLoad) => {
    if (message.t === 'records') records(message.records);
    else done = message;
  });
  const ended = new Promise<string | undefined>((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (child.pid === undefined) {
        resolve(`The load generator could not be started (${error.code ?? error.message})`);
      }
    });
    child.once('exit', (code, signal) => {
      const how = signal ? `was killed by ${signal}` : `ended with exit code ${code}`;
      resolve(done ? done.problem : `The load generator ${how}`);
    });
  });
  const say = (message: ToLoad) => {
    // One that is gone already is about to tell by its exit.
    if (child.connected) child.send(message, () => {});
  };
  say({ t: 'run', target, plan, origin, runMs });
  return {
    pid: child.pid,
    ended,
    stop() {
      say({ t: 'stop' });
      const timer = setTimeout(() => child.kill('SIGKILL'), KILL_MS);
      void ended.then(() => clearTimeout(timer));
    },
  };
}

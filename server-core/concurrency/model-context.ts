import type { CaptureLog } from '../capture/log.ts';
import type { Answers } from '../net/carrier.ts';
import type { Site } from '../net/site.ts';
import type { Identity } from '../net/tls/identity.ts';

/** What a model is made of. */
export interface ModelContext {
  readonly site: Omit<Site, 'handler' | 'mustClose'>;
  /** Makes connections TLS. */
  readonly identity: Identity | undefined;
  readonly workers: WorkerContext;
  /** Makes what answers in this process. */
  answers(): Answers;
}

/** What processes and threads are started with. */
export interface WorkerContext {
  /** Processes of `prefork`, threads of `threads`, the most that `process` starts. Undefined: as the model sees fit. */
  readonly count: number | undefined;
  /** The script that they run; it calls `serveAsChild` and `serveAsThread`. */
  readonly entry: string;
  /** What the script makes its handler from. */
  readonly setup: unknown;
  /** Of the clock that all times are told by (net/clock.ts). */
  readonly origin: bigint;
  /** Where their captures go; undefined when nothing is captured. */
  readonly log: CaptureLog | undefined;
  /** One sentence on what needs attention; undefined once nothing does. */
  problem(sentence: string | undefined): void;
  /** Lines for whoever runs the program. */
  say(text: string): void;
}

/** No worker comes up; the message is one sentence for people. */
export class ModelProblem extends Error {}

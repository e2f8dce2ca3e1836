import type { Server, Socket } from 'node:net';
import type { Handler } from '../http/response.ts';

/** Serves connections from accept to close; a concurrency model decides where, and in which order. */
export interface Carrier {
  /** Takes over a socket that was accepted, and of which nothing has been read. */
  take(socket: Socket): void;
  /** Called once with the servers that listen, for a model whose workers accept by themselves. */
  share?(servers: readonly Server[]): void;
  readonly openConnections: number;
  /** Connections that were accepted and of which nothing is read yet, since others are served first. */
  readonly waitingConnections: number;
  /** Bytes that were written and the kernel has not taken, over all connections. */
  readonly waitingBytes: number;
  /** Processes or threads that serve beside this one. */
  readonly workers: number;
  /** Memory of those that are processes. */
  readonly workerBytes: number;
  /** Notes in the capture what threads use, as processes do by themselves. Called a few times a second. */
  sample(): void;
  /**
   * Another takes what comes from now on. Every connection ends behind its next response; one that is idle is not
   * cut, since a request may be under way. Resolves when the last is gone and everything held for them is free.
   */
  retire(): Promise<void>;
  /** As `retire`, but idle connections end at once, and what is left after `graceMs` with them. */
  stop(graceMs: number): Promise<void>;
}

/** A handler with what it holds open. */
export interface Answers {
  readonly handler: Handler;
  /** Threads that work for it; absent where there are none. */
  readonly threads?: number;
  /** See Carrier. */
  sample?(): void;
  /** Ends what would go on for ever, so that requests in flight can be finished. */
  finish(): void;
  /** Frees what the handler holds open. */
  close(): void;
}

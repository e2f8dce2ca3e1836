/**
 * What a server says to its child processes and they to it, over the channel that `fork` makes. A socket or a server
 * goes beside its message. Messages keep their order both ways.
 */
import type { UsageFigures } from '../capture/tap.ts';
import type { Http1Leniencies } from '../wire/limits.ts';

/** What every connection of a child needs to know of its server. */
export interface ChildOptions {
  /** The server's number in the capture. */
  readonly server: number;
  /** Whether the traffic is captured. */
  readonly capture: boolean;
  /** Of the clock that all times are told by (net/clock.ts). */
  readonly origin: bigint;
  readonly leniencies: Partial<Http1Leniencies>;
  readonly secure: boolean;
  /** It serves one connection, and ends with it. */
  readonly single: boolean;
  /** What its handler is made of; the host knows. Whatever structured clone takes. */
  readonly setup: unknown;
}

export type ToChild =
  | { readonly t: 'begin'; readonly options: ChildOptions }
  /** With the socket of a connection that the capture knows under this number. */
  | { readonly t: 'connection'; readonly conn: number }
  /** With a server to accept from. */
  | { readonly t: 'accept' }
  /** Others wait for a connection of it to end. */
  | { readonly t: 'make-room' }
  | { readonly t: 'retire' }
  | { readonly t: 'stop'; readonly graceMs: number };

export type FromChild =
  /** It can serve, and takes so much memory: one for a single connection may be gone before it tells of its use. */
  | { readonly t: 'ready'; readonly rssBytes: number }
  /** It was asked to end by somebody else: it waits to be told to retire, so that nothing is handed to it behind that. */
  | { readonly t: 'leaving' }
  | { readonly t: 'report'; readonly report: Report }
  /** What its handler complains of; undefined once it does not. */
  | { readonly t: 'problem'; readonly sentence: string | undefined }
  | { readonly t: 'say'; readonly text: string };

/** Sent a few milliseconds after something happened. */
export interface Report {
  /** A run of records of its log, with payloads (capture/layout.ts). */
  readonly records: Uint8Array | undefined;
  /** See `Counters.snapshot`. */
  readonly counters: readonly number[];
  readonly openConnections: number;
  /** Of the connections that were handed to it, those that have arrived. */
  readonly arrived: number;
  readonly waitingBytes: number;
  /** Processor time since it began, microseconds. */
  readonly cpuMicros: number;
  /** A few times a second while it does something, and at its end. */
  readonly usage: UsageFigures | undefined;
}

/**
 * What is seen, as it is written down. One append-only log holds every event of every server; a reader can
 * rebuild all that happened from it. Times are microseconds since the log's epoch (float). They never fall on one
 * connection; what another process tells of stands a few milliseconds further down than what this one did then.
 * Connections and exchanges are numbered from 1 without gaps; 0 stands for "none".
 */
import type { FaultCode } from '../wire/faults.ts';

/** The byte that tags a record. Numbers are stable: captures store them. */
export const KIND = {
  server: 1,
  opened: 2,
  bytes: 3,
  begin: 4,
  request: 5,
  requestEnd: 6,
  response: 7,
  responseEnd: 8,
  mark: 9,
  fault: 10,
  closed: 11,
  metrics: 12,
  tombstone: 13,
  /** No event: it says the position of the records that follow. Readers take it in without showing it. */
  anchor: 14,
  tls: 15,
  worker: 16,
  usage: 17,
  workerLife: 18,
  /** No event: one step of a trace, told ahead of the first `traced` record that needs it. */
  step: 19,
  /** Several marks in one go, by the number of the last step: an event for each. */
  traced: 20,
} as const;

/** `in` is what the server read, `out` what it wrote. */
export type Direction = 'in' | 'out';

export const SERVER_STATUSES = [
  'starting',
  'running',
  'stopping',
  'stopped',
  'failed',
  'folder-gone',
  'removed',
] as const;
export type ServerStatus = (typeof SERVER_STATUSES)[number];

/** A server as people see it. `problem` is one sentence, present when something needs attention. */
export interface ServerState {
  readonly id: number;
  readonly name: string;
  readonly root: string;
  readonly host: string;
  readonly port: number;
  readonly url: string;
  readonly model: string;
  readonly status: ServerStatus;
  readonly problem?: string;
  /** Where its folder is, which got another name while it was served. */
  readonly movedTo?: string;
  /** What was switched on for it, a word each: `LAN`, `PROXY`, `SPA`. Absent when nothing was. */
  readonly tags?: readonly string[];
}

/** Something only the server knows, at a moment of an exchange. */
export const MARKS = [
  'route',
  'resolve',
  'open',
  'decision',
  'handler',
  'first-byte',
  'drain-wait',
  'drained',
  'timeout',
  'note',
] as const;
export type MarkName = (typeof MARKS)[number];

export const CLOSE_REASONS = [
  'client-fin',
  'server-fin',
  'client-reset',
  'server-reset',
  'head-timeout',
  'idle-timeout',
  'write-timeout',
  'body-timeout',
  'server-stop',
  'error',
  'tls-error',
  'worker-died',
] as const;
export type CloseReason = (typeof CLOSE_REASONS)[number];

interface At {
  /** Microseconds since the log's epoch. */
  readonly time: number;
  /** Log position of the record's first byte; what `pull` takes. */
  readonly position: number;
  /**
   * Set on a copy of an older record: a reader that starts after a trim, or was overtaken by one, first gets the
   * tombstone and what still held at its `start`. A reader may have seen the record before.
   */
  readonly carried?: true;
}
interface OnConnection extends At {
  readonly conn: number;
}
interface OnExchange extends OnConnection {
  readonly exchange: number;
}

export interface ServerEvent extends At {
  readonly kind: 'server';
  readonly state: ServerState;
}
export interface OpenedEvent extends OnConnection {
  readonly kind: 'opened';
  readonly server: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly localPort: number;
}
/** The TLS handshake is done: from here on the connection's bytes are those inside TLS. Texts are '' where there is none. */
export interface TlsEvent extends OnConnection {
  readonly kind: 'tls';
  /** As OpenSSL names it: `TLSv1.3`. */
  readonly version: string;
  /** By its IANA name: `TLS_AES_128_GCM_SHA256`. */
  readonly cipher: string;
  /** The protocol agreed on by ALPN (RFC 7301). */
  readonly alpn: string;
  /** The host that the client asked for by SNI (RFC 6066 §3). */
  readonly serverName: string;
  /** An earlier session goes on: no certificate was sent. */
  readonly resumed: boolean;
  /** From the first byte of the client's hello to now. */
  readonly handshakeMicros: number;
}
/**
 * Another process or thread has it from here on: the connection, or one exchange of it where `exchange` is not 0.
 * Without one it is the server's own process.
 */
export interface WorkerEvent extends OnExchange {
  readonly kind: 'worker';
  /** For people: `process 4711`, `thread 2`. */
  readonly name: string;
}
/** One read from or write to the socket. `data` is undefined where a feed left it out; pull it by position. */
export interface BytesEvent extends OnConnection {
  readonly kind: 'bytes';
  readonly direction: Direction;
  /** Offset in that direction's stream. */
  readonly offset: number;
  readonly length: number;
  readonly data: Uint8Array | undefined;
  /** Set where one large read or write goes on from the record before: no cut of the wire lies between them. */
  readonly continued?: true;
}
/** First byte of a request (or of something that should have been one): from here on it has a row. */
export interface BeginEvent extends OnExchange {
  readonly kind: 'begin';
  /** In-stream offset of that byte. */
  readonly offset: number;
}
/** A request head in short form. Texts are as received, one char per byte. */
export interface RequestEvent extends OnExchange {
  readonly kind: 'request';
  readonly offset: number;
  readonly headEnd: number;
  readonly method: string;
  readonly target: string;
  readonly version: string;
}
/** The request was read to its end; `offset` is one past its last byte. */
export interface RequestEndEvent extends OnExchange {
  readonly kind: 'request-end';
  readonly offset: number;
}
/** A response head was written (or queued). Out-stream offsets. `mediaType` is '' when there is none. */
export interface ResponseEvent extends OnExchange {
  readonly kind: 'response';
  readonly offset: number;
  readonly headEnd: number;
  readonly status: number;
  readonly mediaType: string;
}
/** The response left, wholly or not. `offset` is one past its last byte in the out stream. */
export interface ResponseEndEvent extends OnExchange {
  readonly kind: 'response-end';
  readonly offset: number;
  readonly complete: boolean;
}
export interface MarkEvent extends OnExchange {
  readonly kind: 'mark';
  readonly mark: MarkName;
  /** Plain words, such as `If-None-Match matches "5b-1a1f", so 304`. */
  readonly detail: string;
}
export interface FaultEvent extends OnExchange {
  readonly kind: 'fault';
  readonly code: FaultCode;
  readonly direction: Direction;
  readonly at: number;
}
export interface ClosedEvent extends OnConnection {
  readonly kind: 'closed';
  readonly reason: CloseReason;
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** One sentence about what the reason alone does not tell: why TLS failed. */
  readonly detail?: string;
}
/** Taken on a steady beat while anything is open. */
export interface MetricsEvent extends At {
  readonly kind: 'metrics';
  readonly openConnections: number;
  readonly inFlight: number;
  readonly loopLagMicros: number;
  readonly rssBytes: number;
  readonly heapBytes: number;
  /** Bytes written but not yet taken by the kernel, over all sockets. */
  readonly waitingBytes: number;
  /** Connections that were accepted and of which nothing is read yet, because the model serves others first. */
  readonly waitingConnections: number;
  /** Connections that the system has completed and no server has accepted; undefined where the system does not tell. */
  readonly acceptQueue: number | undefined;
}
/**
 * What a process or thread used of the machine over the `spanMicros` that end with this record: taken on a beat while
 * it does something.
 */
export interface UsageEvent extends At, Worker {
  readonly kind: 'usage';
  readonly spanMicros: number;
  /** Processor time, of user and system. */
  readonly cpuMicros: number;
  /** 0 for a thread: it has no memory of its own but its heap. */
  readonly rssBytes: number;
  readonly heapBytes: number;
  /** The longest that its event loop was held up in the span; 0 for a thread, which cannot be asked. */
  readonly loopLagMicros: number;
  /** Share of the span in which its event loop was busy, 0 to 1. */
  readonly utilization: number;
}
/** A process or thread that serves began, can serve, or ended. */
export interface WorkerLifeEvent extends At, Worker {
  readonly kind: 'worker-life';
  readonly stage: WorkerStage;
  /** How it ended, where it was not told to: `was killed by SIGKILL`. Else ''. */
  readonly detail: string;
}
/** By whom something is done. */
export interface Worker {
  /** The server that it serves; 0 for the process of all servers. */
  readonly server: number;
  /** Of a process its number in the system, of a thread that of Node (`threadId`). */
  readonly id: number;
  /** As `worker` records name it; `main` for the process of all servers. */
  readonly name: string;
}
/** In the order of their numbers in records. */
export const WORKER_STAGES = ['started', 'ready', 'ended'] as const;
export type WorkerStage = (typeof WORKER_STAGES)[number];
/**
 * Older records went. All figures are totals since the log began, so they only grow; a reader that was overtaken
 * may meet an older tombstone after a newer one, and keeps the one with the higher `start`.
 */
export interface TombstoneEvent extends At {
  readonly kind: 'tombstone';
  /** The first position still held. */
  readonly start: number;
  readonly records: number;
  /** Exchanges that had ended (by `response-end`, or `closed` of their connection) before `start`. */
  readonly exchanges: number;
  /** Wire bytes: the payloads of the `bytes` records that went. */
  readonly bytes: number;
}

export type CaptureEvent =
  | ServerEvent
  | OpenedEvent
  | TlsEvent
  | WorkerEvent
  | BytesEvent
  | BeginEvent
  | RequestEvent
  | RequestEndEvent
  | ResponseEvent
  | ResponseEndEvent
  | MarkEvent
  | FaultEvent
  | ClosedEvent
  | MetricsEvent
  | UsageEvent
  | WorkerLifeEvent
  | TombstoneEvent;

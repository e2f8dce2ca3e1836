/**
 * Where the server reports what happens. Every call is synchronous, cheap and never throws; byte arrays are
 * copied before the call returns, so the caller may reuse them. `noTap` is capture switched off.
 */
import type { FaultCode } from '../wire/faults.ts';
import type {
  CloseReason,
  Direction,
  MarkName,
  MetricsEvent,
  ServerState,
  TlsEvent,
  UsageEvent,
  Worker,
  WorkerStage,
} from './events.ts';

/** What a TLS handshake agreed on; see TlsEvent. */
export type TlsFacts = Omit<TlsEvent, 'kind' | 'conn' | 'time' | 'position' | 'carried'>;

/** What is sampled on the beat; see MetricsEvent and UsageEvent. */
export type MetricsFigures = Omit<MetricsEvent, 'kind' | 'time' | 'position' | 'carried'>;
export type UsageFigures = Omit<UsageEvent, 'kind' | 'time' | 'position' | 'carried' | keyof Worker>;

export interface Tap {
  /** False for `noTap`: lets callers skip building details. */
  readonly on: boolean;
  server(state: ServerState): void;
  /** Called on accept; returns the connection's number. */
  opened(server: number, remoteAddress: string, remotePort: number, localPort: number): number;
  /** Called when the handshake of a connection over TLS is done; `bytes` are then those inside TLS. */
  tls(conn: number, facts: TlsFacts): void;
  /** Called when another process or thread takes the connection over, or one exchange of it; see WorkerEvent. */
  worker(conn: number, exchange: number, name: string): void;
  /**
   * Called for every read and every write with the bytes exactly as they crossed. `stable` says that the array is
   * never changed, and may come again: it is then kept once.
   */
  bytes(conn: number, direction: Direction, offset: number, data: Uint8Array, stable?: boolean): void;
  /** Called at the first byte of a request; returns the exchange's number. */
  begin(conn: number, offset: number): number;
  request(
    conn: number,
    exchange: number,
    offset: number,
    headEnd: number,
    method: string,
    target: string,
    version: string,
  ): void;
  requestEnd(conn: number, exchange: number, offset: number): void;
  response(
    conn: number,
    exchange: number,
    offset: number,
    headEnd: number,
    status: number,
    mediaType: string,
  ): void;
  responseEnd(conn: number, exchange: number, offset: number, complete: boolean): void;
  mark(conn: number, exchange: number, mark: MarkName, detail: string): void;
  fault(conn: number, exchange: number, code: FaultCode, direction: Direction, at: number): void;
  /** `detail` is one sentence, where the reason alone does not tell why. */
  closed(conn: number, reason: CloseReason, bytesIn: number, bytesOut: number, detail?: string): void;
  metrics(figures: MetricsFigures): void;
  /** Called on the beat for a process or thread that does something; see UsageEvent. */
  usage(of: Worker, figures: UsageFigures): void;
  /** `detail` says how it ended, where it was not told to. */
  workerLife(of: Worker, stage: WorkerStage, detail?: string): void;
}

let connections = 0;
let exchanges = 0;

/** Capture off: numbers are still given, nothing is kept. */
export const noTap: Tap = {
  on: false,
  server() {},
  opened: () => ++connections,
  tls() {},
  worker() {},
  bytes() {},
  begin: () => ++exchanges,
  request() {},
  requestEnd() {},
  response() {},
  responseEnd() {},
  mark() {},
  fault() {},
  closed() {},
  metrics() {},
  usage() {},
  workerLife() {},
};

/** Figures over time. */
import type { WorkerLane } from './workers.ts';

export interface GraphParams {
  readonly from: number;
  readonly to: number;
  readonly bins: number;
  /** Also what came after the moment of the past that is shown. */
  readonly whole?: boolean;
  /** Also `details`, which cost more. */
  readonly details?: boolean;
}

/** One value a bin. Levels (`open`, `inFlight`) are the highest within the bin, the rest sums. */
export interface GraphResult {
  readonly params: GraphParams;
  readonly open: Float64Array;
  readonly inFlight: Float64Array;
  readonly requests: Float64Array;
  readonly bytesIn: Float64Array;
  readonly bytesOut: Float64Array;
  readonly details: GraphDetails | undefined;
}

/** Samples (lag, queues, bytes that wait) are the highest within the bin, NaN where there was none. */
export interface GraphDetails {
  readonly p50: Float64Array;
  readonly p95: Float64Array;
  readonly p99: Float64Array;
  /** Over the whole window. */
  readonly latency: Latency;
  /** Requests that were not the first of their connection. */
  readonly reused: Float64Array;
  readonly loopLag: Float64Array;
  /** The longest of the processes that serve beside the main one; NaN where none noted anything. */
  readonly workerLag: Float64Array;
  readonly waitingBytes: Float64Array;
  /** Accepted, and nothing read of them yet. */
  readonly waitingConnections: Float64Array;
  /** Not accepted yet, as the system tells. */
  readonly acceptQueue: Float64Array;
  /** Whether the system told at all; undefined while there are no samples. */
  readonly knowsAcceptQueue: boolean | undefined;
  /** Cores in use, and bytes resident, of all processes together. */
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
  /** Processes and threads that served in the window, in the order in which they began. */
  readonly workers: readonly WorkerLane[];
  /** How many more there were. */
  readonly moreWorkers: number;
  /** When servers began to serve by another model. */
  readonly switches: readonly ModelSwitch[];
}

/** First byte of a request to last byte of its response, microseconds; NaN without any. Streams that go on are left out. */
export interface Latency {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

export interface ModelSwitch {
  readonly time: number;
  readonly server: string;
  readonly model: string;
}

/** What one server has done so far, in totals that are counted whether or not the traffic is captured. */
import { performance } from 'node:perf_hooks';

/**
 * Upper bounds in seconds. Those of the Prometheus client libraries, with more below five milliseconds: that is
 * where the answers of a server on the same machine are.
 */
export const DURATION_BOUNDS = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
] as const;

export class Counters {
  /** Requests given to the handler that were not answered to the end. */
  inFlight = 0;
  connections = 0;
  requests = 0;
  /** Requests that were not the first of their connection. */
  reused = 0;
  faults = 0;
  bytesIn = 0;
  bytesOut = 0;
  /** Processor time of the processes that serve for it, microseconds. */
  workerCpuMicros = 0;
  /** Final responses by the first digit of their status. */
  readonly responses = new Float64Array(6);
  /** Exchanges by duration, one more for those beyond the last bound: first byte in to last byte out. */
  readonly durations = new Float64Array(DURATION_BOUNDS.length + 1);
  durationSum = 0;

  /** All of it in a row, to be sent to another process. */
  snapshot(): number[] {
    const { inFlight, connections, requests, reused, faults, bytesIn, bytesOut, durationSum } = this;
    const single = [inFlight, connections, requests, reused, faults, bytesIn, bytesOut, durationSum];
    return [...single, ...this.responses, ...this.durations];
  }

  /** Adds what another process counted between two snapshots, the first of which may be none. */
  add(now: readonly number[], before: readonly number[] = []): void {
    const more = (at: number) => now[at]! - (before[at] ?? 0);
    this.inFlight += more(0);
    this.connections += more(1);
    this.requests += more(2);
    this.reused += more(3);
    this.faults += more(4);
    this.bytesIn += more(5);
    this.bytesOut += more(6);
    this.durationSum += more(7);
    for (let i = 0; i < this.responses.length; i++) this.responses[i]! += more(8 + i);
    const from = 8 + this.responses.length;
    for (let i = 0; i < this.durations.length; i++) this.durations[i]! += more(from + i);
  }

  /** Milliseconds, for `answered`. */
  now(): number {
    return performance.now();
  }

  /** `since` is what `now` said at the first byte of the request. */
  answered(since: number): void {
    const seconds = (performance.now() - since) / 1000;
    this.durationSum += seconds;
    let bucket = 0;
    while (bucket < DURATION_BOUNDS.length && seconds > DURATION_BOUNDS[bucket]!) bucket++;
    this.durations[bucket]!++;
  }
}

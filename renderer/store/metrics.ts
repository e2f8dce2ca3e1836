/** What the graphs are drawn from, in the order of time. */
import type { MetricsFigures } from '../../server-core/capture/tap.ts';
import { Percentiles } from './percentiles.ts';
import type { ModelSwitch } from './queries/graphs.ts';
import { Level, Moments, Peaks, Sums } from './series.ts';
import { Workers } from './workers.ts';

/** In place of how long an exchange took that is no answer: one that broke off, or a stream that went on. */
export const NOT_COUNTED = -1;

/** Samples that the host takes on its beat. */
type Sampled = Pick<MetricsFigures, 'loopLagMicros' | 'waitingBytes' | 'waitingConnections' | 'acceptQueue'>;

export class Metrics {
  readonly open = new Level();
  readonly inFlight = new Level();
  readonly requests = new Moments();
  /** Requests that were not the first of their connection. */
  readonly reused = new Moments();
  readonly bytesIn = new Sums();
  readonly bytesOut = new Sums();
  /** By time of end: how long the exchange took, in microseconds, or NOT_COUNTED. */
  readonly answers = new Peaks();
  readonly percentiles = new Percentiles(this.answers);
  readonly loopLag = new Peaks();
  readonly waitingBytes = new Peaks();
  readonly waitingConnections = new Peaks();
  readonly acceptQueue = new Peaks();
  /** Whether the latest sample told of the accept queue; undefined before any. */
  knowsAcceptQueue: boolean | undefined;
  readonly workers = new Workers();
  /** When servers began to serve by another model. */
  switches: ModelSwitch[] = [];
  readonly #models = new Map<number, string>();

  readonly #all: readonly Moments[] = [
    this.open,
    this.inFlight,
    this.requests,
    this.reused,
    this.bytesIn,
    this.bytesOut,
    this.answers,
    this.loopLag,
    this.waitingBytes,
    this.waitingConnections,
    this.acceptQueue,
  ];

  /** The latest request was not the first of its connection. At its time, which may have counted as a later one's. */
  reusedNow(): void {
    this.reused.push(this.requests.timeAt(this.requests.count - 1));
  }

  sample(time: number, { loopLagMicros, waitingBytes, waitingConnections, acceptQueue }: Sampled): void {
    this.loopLag.add(time, loopLagMicros);
    this.waitingBytes.add(time, waitingBytes);
    this.waitingConnections.add(time, waitingConnections);
    this.acceptQueue.add(time, acceptQueue ?? 0);
    this.knowsAcceptQueue = acceptQueue !== undefined;
  }

  /** Notes by which model a server serves. */
  model(time: number, { id, name, model }: { id: number; name: string; model: string }): void {
    const before = this.#models.get(id);
    this.#models.set(id, model);
    if (before !== undefined && before !== model) this.switches.push({ time, server: name, model });
  }

  /** Forgets what lies before `time`, keeping the levels that still hold. */
  forgetBefore(time: number): void {
    for (const series of this.#all) series.forgetBefore(time);
    this.workers.forgetBefore(time);
    this.switches = this.switches.filter((one) => one.time >= time);
  }
}

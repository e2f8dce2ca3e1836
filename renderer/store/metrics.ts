/** What the graphs are drawn from, in the order of time. */
import { Level, Moments, Peaks, Sums } from './series.ts';

export class Metrics {
  readonly open = new Level();
  readonly inFlight = new Level();
  readonly requests = new Moments();
  readonly bytesIn = new Sums();
  readonly bytesOut = new Sums();
  /** By time of end: how long the exchange took, in microseconds. */
  readonly answers = new Peaks();
  /** Samples that the host took on its beat. */
  readonly loopLag = new Peaks();
  readonly waitingBytes = new Peaks();

  readonly #all: readonly Moments[] = [
    this.open,
    this.inFlight,
    this.requests,
    this.bytesIn,
    this.bytesOut,
    this.answers,
    this.loopLag,
    this.waitingBytes,
  ];

  /** Forgets what lies before `time`, keeping the levels that still hold. */
  forgetBefore(time: number): void {
    for (const series of this.#all) series.forgetBefore(time);
  }
}

import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Tap } from '../capture/tap.ts';
import type { ServedSite } from './served-site.ts';

const BEAT_MS = 250;
/** Samples after the last thing that happened: graphs come down to zero and show a while of it; then silence. */
const QUIET_BEATS = 4;

/** Samples the process a few times a second and notes it in the capture while there is anything to see. */
export class MetricsBeat {
  readonly #tap: Tap;
  readonly #servers: () => Iterable<ServedSite>;
  readonly #records: () => number;
  readonly #delay = monitorEventLoopDelay({ resolution: 10 });
  #timer: NodeJS.Timeout | undefined;
  #quiet = 0;
  #recordsSeen = 0;

  /** `records` counts what was captured so far: a connection can come and go between two beats. */
  constructor(tap: Tap, servers: () => Iterable<ServedSite>, records: () => number) {
    this.#tap = tap;
    this.#servers = servers;
    this.#records = records;
  }

  start(): void {
    if (this.#timer || !this.#tap.on) return;
    this.#delay.enable();
    this.#timer = setInterval(() => this.#sample(), BEAT_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#delay.disable();
  }

  #sample(): void {
    let open = 0;
    let inFlight = 0;
    let waiting = 0;
    for (const server of this.#servers()) {
      open += server.openConnections;
      inFlight += server.counters.inFlight;
      waiting += server.waitingBytes;
    }
    this.#quiet = open === 0 && this.#records() === this.#recordsSeen ? this.#quiet + 1 : 0;
    if (this.#quiet <= QUIET_BEATS) {
      const { rss, heapUsed } = process.memoryUsage();
      const lagMicros = Math.max(0, this.#delay.max / 1000 - 10_000);
      this.#tap.metrics(open, inFlight, Number.isFinite(lagMicros) ? lagMicros : 0, rss, heapUsed, waiting);
    }
    this.#recordsSeen = this.#records();
    this.#delay.reset();
  }
}

import type { Tap } from '../capture/tap.ts';
import { UsageMeter } from '../net/usage-meter.ts';
import { acceptQueues } from './accept-queue.ts';
import type { ServedSite } from './served-site.ts';

const BEAT_MS = 250;
/** Samples after the last thing that happened: graphs come down to zero and show a while of it; then silence. */
const QUIET_BEATS = 4;
/** A loop that was never held up longer came round often enough to accept whatever was completed. */
const HELD_MICROS = 20_000;

/** Samples the process a few times a second and notes it in the capture while there is anything to see. */
export class MetricsBeat {
  readonly #tap: Tap;
  readonly #servers: () => Iterable<ServedSite>;
  readonly #records: () => number;
  readonly #meter = new UsageMeter();
  #timer: NodeJS.Timeout | undefined;
  #quiet = 0;
  #recordsSeen = 0;
  #loopLag: number | undefined;
  /** The system tells of connections that wait to be accepted. */
  #isQueueTold = false;

  /** `records` counts what was captured so far: a connection can come and go between two beats. */
  constructor(tap: Tap, servers: () => Iterable<ServedSite>, records: () => number) {
    this.#tap = tap;
    this.#servers = servers;
    this.#records = records;
  }

  /** The longest that the event loop was held up between the last two beats; undefined where there are none. */
  get loopLagMicros(): number | undefined {
    return this.#loopLag;
  }

  start(): void {
    if (this.#timer || !this.#tap.on) return;
    this.#meter.watchLoop(true);
    this.#timer = setInterval(() => this.#sample(), BEAT_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#meter.watchLoop(false);
  }

  #sample(): void {
    const servers = [...this.#servers()];
    const sum = (of: (server: ServedSite) => number) => servers.reduce((all, one) => all + of(one), 0);
    const openConnections = sum((server) => server.openConnections);
    this.#quiet = openConnections === 0 && this.#records() === this.#recordsSeen ? this.#quiet + 1 : 0;
    // Also where nothing is noted: a sample tells of the time since the one before.
    const usage = this.#meter.sample();
    this.#loopLag = usage.loopLagMicros;
    if (this.#quiet <= QUIET_BEATS) {
      const { loopLagMicros, rssBytes, heapBytes } = usage;
      this.#tap.metrics({
        openConnections,
        inFlight: sum(({ counters }) => counters.inFlight),
        loopLagMicros,
        rssBytes,
        heapBytes,
        waitingBytes: sum((server) => server.waitingBytes),
        waitingConnections: sum((server) => server.waitingConnections),
        acceptQueue: this.#acceptQueue(servers, loopLagMicros),
      });
      this.#tap.usage({ server: 0, id: process.pid, name: 'main' }, usage);
      for (const server of servers) server.sample();
    }
    this.#recordsSeen = this.#records();
  }

  /**
   * The system walks its table of all connections to tell, which takes milliseconds in which nobody is answered. It is
   * asked where somebody can be waiting: the loop was held up, or other processes accept.
   */
  #acceptQueue(servers: readonly ServedSite[], loopLagMicros: number): number | undefined {
    const acceptsItself = servers.every(({ state }) => state.model !== 'prefork');
    if (this.#isQueueTold && acceptsItself && loopLagMicros < HELD_MICROS) return 0;
    const queue = acceptQueueOf(servers);
    this.#isQueueTold = queue !== undefined;
    return queue;
  }
}

function acceptQueueOf(servers: readonly ServedSite[]): number | undefined {
  const ports = new Set(servers.filter(({ isListening }) => isListening).map(({ state }) => state.port));
  const queues = acceptQueues(ports);
  return queues && [...queues.values()].reduce((all, waiting) => all + waiting, 0);
}

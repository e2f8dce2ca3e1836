/** What a child process captured and counted, on its way to the server it works for. */
import type { Cursor } from '../capture/cursor.ts';
import type { MarkName } from '../capture/events.ts';
import { ANCHOR_BYTES } from '../capture/layout.ts';
import { CaptureLog } from '../capture/log.ts';
import type { AppendSignal } from '../capture/record-log.ts';
import type { UsageFigures } from '../capture/tap.ts';
import type { Counters } from '../net/counters.ts';
import type { LocalCarrier } from '../net/local-carrier.ts';
import { UsageMeter } from '../net/usage-meter.ts';
import type { FromChild, Report } from './worker-messages.ts';

const SEGMENT_BYTES = 128 * 1024;
/** Where the channel is slower than the traffic, no more than half of it waits before an append sends it. */
const LOG_BYTES = 4 * 1024 * 1024;
/** Long enough for a message to hold the records of several requests, short beside a frame of the window. */
const REPORT_MS = 4;
/** How often it tells what it uses, and its counters where nothing is captured. */
const BEAT_MS = 250;
/** Shares of a shorter time say nothing: the system counts processor time in steps. */
const LEAST_SPAN_MICROS = 50_000;
/** Less than a process takes that does nothing but beat. */
const IDLE_CPU_MICROS = 2_000;

/** The log of a child: says of each connection that it accepts who it is. */
export class ChildLog extends CaptureLog {
  readonly #name: string;

  constructor(now: () => number, name: string) {
    super({ now, segmentBytes: SEGMENT_BYTES, memoryBudgetBytes: LOG_BYTES });
    this.#name = name;
  }

  override opened(server: number, remoteAddress: string, remotePort: number, localPort: number): number {
    const conn = super.opened(server, remoteAddress, remotePort, localPort);
    this.worker(conn, 0, this.#name);
    return conn;
  }

  /** A record that repeats another could not be moved to the server's log, where the other may be gone. */
  override bytes(conn: number, direction: 'in' | 'out', offset: number, data: Uint8Array): void {
    super.bytes(conn, direction, offset, data);
  }

  /** Nor one that names a step by the number it has here. */
  override mark(conn: number, exchange: number, mark: MarkName, detail: string): void {
    this.plainMark(conn, exchange, mark, detail);
    this.appended();
  }
}

export class ChildReport {
  readonly #cursor: Cursor | undefined;
  readonly #appended: AppendSignal | undefined;
  readonly #counters: Counters;
  readonly #carrier: LocalCarrier;
  readonly #meter = new UsageMeter();
  readonly #run = new Uint8Array(SEGMENT_BYTES + ANCHOR_BYTES);
  #timer: NodeJS.Timeout | undefined;
  #told = '';
  #arrived = 0;

  constructor(log: ChildLog | undefined, counters: Counters, carrier: LocalCarrier) {
    this.#counters = counters;
    this.#carrier = carrier;
    this.#cursor = log?.cursor('start', { payloads: true });
    if (log && this.#cursor) log.follow(this.#cursor, () => void this.#sendAll());
    this.#appended = log?.onAppend(() => this.#soon());
    this.#appended?.arm();
    setInterval(() => this.#beat(), BEAT_MS).unref();
  }

  /** A connection that was handed over has come. */
  arrived(): void {
    this.#arrived++;
  }

  /** Resolves when all that there was to report has left this process. */
  end(): Promise<void> {
    clearTimeout(this.#timer);
    const usage = this.#meter.sample();
    return this.#sendAll(usage.spanMicros < LEAST_SPAN_MICROS ? undefined : usage);
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#sendAll().then(() => this.#appended?.arm());
    }, REPORT_MS);
  }

  /** A connection that came or went tells by its records; what else changes does not. */
  #beat(): void {
    const { openConnections, waitingBytes } = this.#carrier;
    const usage = this.#meter.sample();
    this.#meter.watchLoop(openConnections > 0);
    const now = [openConnections, waitingBytes, ...this.#counters.snapshot()].join();
    if (now === this.#told && usage.cpuMicros < IDLE_CPU_MICROS) return;
    this.#told = now;
    void this.#sendAll(usage);
  }

  /** At once, within the call; resolves when the last message has left. */
  async #sendAll(usage?: UsageFigures): Promise<void> {
    let sent: Promise<void>;
    do {
      const end = this.#cursor?.readInto(this.#run, 0, this.#run.length) ?? 0;
      const isLast = !this.#cursor?.pending;
      sent = this.#send(end === 0 ? undefined : this.#run.subarray(0, end), isLast ? usage : undefined);
    } while (this.#cursor?.pending);
    await sent;
  }

  #send(records: Uint8Array | undefined, usage: UsageFigures | undefined): Promise<void> {
    const { openConnections, waitingBytes } = this.#carrier;
    const report: Report = {
      records,
      counters: this.#counters.snapshot(),
      openConnections,
      arrived: this.#arrived,
      waitingBytes,
      cpuMicros: this.#meter.cpuMicros,
      usage,
    };
    return new Promise((resolve) => {
      // An error means that the server is gone, and this process goes with it.
      process.send!({ t: 'report', report } satisfies FromChild, undefined, undefined, () => resolve());
    });
  }
}

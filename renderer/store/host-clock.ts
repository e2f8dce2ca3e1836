/**
 * What time it is for the host, told from the times of its records and the clock here. The two machines' clocks
 * need not agree: only spans of the local one are used.
 */
export class HostClock {
  /** The largest lead of the host's time over ours that a record has shown. */
  #lead = Number.NEGATIVE_INFINITY;

  /** @param micros this machine's monotonic clock, in microseconds */
  readonly #micros: () => number;

  constructor(micros: () => number) {
    this.#micros = micros;
  }

  /** A record of this host time has arrived just now: it is at least that late there. */
  seen(time: number): void {
    this.#lead = Math.max(this.#lead, time - this.#micros());
  }

  /** Microseconds since the log's epoch; 0 before any record was seen. */
  now(): number {
    return this.#lead === Number.NEGATIVE_INFINITY ? 0 : this.#micros() + this.#lead;
  }

  reset(): void {
    this.#lead = Number.NEGATIVE_INFINITY;
  }
}

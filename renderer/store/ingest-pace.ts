/**
 * Shares the worker's time between a backlog and whoever asks: once a frame's share went into records, no more are
 * sent for until the next frame. A backlog then takes up to twice as long, and every question waits a frame at most.
 */

/** Of the 16 milliseconds of a frame. */
const SHARE_MS = 8;
const REST_MS = 8;
/** So long after a rest the backlog counts as not yet worked off. */
const BEHIND_MS = 100;

export interface PaceClock {
  readonly later: (run: () => void, ms: number) => () => void;
  readonly clock: () => number;
}

export class IngestPace {
  #spent = 0;
  #since = 0;
  #restedAt = Number.NEGATIVE_INFINITY;

  readonly #clock: PaceClock;

  constructor(clock: PaceClock) {
    this.#clock = clock;
  }

  /** There is more to take in than a frame has time for. */
  get isBehind(): boolean {
    return this.#clock.clock() - this.#restedAt < BEHIND_MS;
  }

  /** Takes records in. Where it returns a promise, no more are wanted before it resolves. */
  run(take: () => void): Promise<void> | undefined {
    const { clock, later } = this.#clock;
    const began = clock();
    if (began - this.#since > SHARE_MS + REST_MS) {
      this.#since = began;
      this.#spent = 0;
    }
    take();
    const now = clock();
    this.#spent += now - began;
    if (this.#spent < SHARE_MS) return undefined;
    this.#spent = 0;
    this.#since = now + REST_MS;
    this.#restedAt = now;
    return new Promise((resolve) => {
      later(resolve, REST_MS);
    });
  }
}

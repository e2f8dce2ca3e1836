/** Tells a process that died of something once from one that always will. */

/** One that dies this soon has a lasting reason; to start it for ever would only burn the machine. */
const EARLY_MS = 10_000;
const AT_MOST = 3;

export class EarlyDeaths {
  #inARow = 0;

  /** One more died, having lived so long. True when they were enough to ask somebody; from then on it counts anew. */
  areEnough(livedMs: number): boolean {
    this.#inARow = livedMs < EARLY_MS ? this.#inARow + 1 : 1;
    if (this.#inARow < AT_MOST) return false;
    this.#inARow = 0;
    return true;
  }
}

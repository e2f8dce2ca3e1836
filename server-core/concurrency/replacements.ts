import { WORKER_LIMITS } from './worker-limits.ts';

/**
 * Starts another worker for each that ended: at once, or after a pause that grows where they end as soon as they are
 * started, so that what cannot work does not take all of the machine.
 */
export class Replacements {
  readonly #start: () => void;
  readonly #problem: (sentence: string | undefined) => void;
  readonly #pauses = new Set<NodeJS.Timeout>();
  #youngDeaths = 0;

  /** `problem` is told what keeps them from working, and undefined once one does. */
  constructor(start: () => void, problem: (sentence: string | undefined) => void) {
    this.#start = start;
    this.#problem = problem;
  }

  /** One can serve. */
  up(): void {
    if (this.#youngDeaths > 0) this.#problem(undefined);
    this.#youngDeaths = 0;
  }

  /** One ended after so many milliseconds; 0 for one that could not even be started. */
  down(livedMs: number, sentence: string): void {
    if (livedMs >= WORKER_LIMITS.youngMs) return this.#start();
    // The first may have been a person's doing.
    if (++this.#youngDeaths > 1) this.#problem(sentence);
    const { firstPauseMs, longestPauseMs } = WORKER_LIMITS;
    const pause = setTimeout(
      () => {
        this.#pauses.delete(pause);
        this.#start();
      },
      Math.min(longestPauseMs, firstPauseMs * 2 ** (this.#youngDeaths - 1)),
    );
    this.#pauses.add(pause);
  }

  /** None is started any more. */
  stop(): void {
    for (const pause of this.#pauses) clearTimeout(pause);
    this.#pauses.clear();
  }
}

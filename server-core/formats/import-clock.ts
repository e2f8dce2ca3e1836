import { isMoment } from '../capture/moment.ts';

/** The time of a log that is made of what happened before. Its epoch is the first moment that it is given. */
export class ImportClock {
  #epochMs: number | undefined;
  #now = 0;

  /** Wall-clock milliseconds at the log's time 0. */
  get epochMs(): number {
    return this.#epochMs ?? 0;
  }

  /** Microseconds since the epoch. */
  get now(): number {
    return this.#now;
  }

  /** Moves to a moment, in microseconds since 1970. Times of a log never fall: one that does, or is none, counts as the one before. */
  at(micros: number): void {
    if (!isMoment(micros)) return;
    this.#epochMs ??= Math.floor(micros / 1000);
    this.#now = Math.max(this.#now, micros - this.#epochMs * 1000);
  }
}

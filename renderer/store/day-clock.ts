/** Times of the log as dates and times of day, in the zone of this machine: what its clock on the wall showed. */

const HOUR_MICROS = 3600e6;
const DAY_MICROS = 24 * HOUR_MICROS;

export class DayClock {
  /** Wall-clock milliseconds at log time 0. */
  epochMs = 0;
  /** The zone changes at whole hours only, twice a year. */
  #hour = Number.NaN;
  #eastMicros = 0;

  /** Microseconds since the day began. */
  of(time: number): number {
    const ofDay = this.dated(time) % DAY_MICROS;
    return ofDay < 0 ? ofDay + DAY_MICROS : ofDay;
  }

  /** Microseconds since 1970, as that clock counts them. */
  dated(time: number): number {
    // As the Time column cuts its digits.
    const total = Math.floor(this.epochMs * 1000 + time + 1e-3);
    const hour = Math.floor(total / HOUR_MICROS);
    if (hour !== this.#hour) {
      this.#hour = hour;
      this.#eastMicros = -new Date(total / 1000).getTimezoneOffset() * 60e6;
    }
    return total + this.#eastMicros;
  }
}

/**
 * All deadlines of all connections under one timer. Arming is two assignments, so a request that sets and
 * clears several costs nothing; the price is precision: a deadline passes up to one sweep late, never early.
 */
export type DeadlineKind = 'handshake' | 'head' | 'body' | 'idle' | 'write' | 'linger';

export interface Deadline {
  kind: DeadlineKind | undefined;
  /** In sweep time, see `Deadlines.arm`. */
  at: number;
  /** Called once when it passes; it is disarmed by then. */
  readonly passed: (kind: DeadlineKind) => void;
}

const SWEEP_MS = 250;

export class Deadlines {
  readonly #watched = new Set<Deadline>();
  #timer: NodeJS.Timeout | undefined;
  #now = 0;

  watch(passed: (kind: DeadlineKind) => void): Deadline {
    const deadline: Deadline = { kind: undefined, at: 0, passed };
    this.#watched.add(deadline);
    this.#timer ??= setInterval(() => this.#sweep(), SWEEP_MS).unref();
    return deadline;
  }

  unwatch(deadline: Deadline): void {
    this.#watched.delete(deadline);
    if (this.#watched.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
  }

  arm(deadline: Deadline, kind: DeadlineKind, ms: number): void {
    deadline.kind = kind;
    // One sweep more, because the current one began up to SWEEP_MS ago.
    deadline.at = this.#now + ms + SWEEP_MS;
  }

  /** Moves an armed one by `ms`, but not beyond `mostMs` from now: whoever sends little earns little. */
  putOff(deadline: Deadline, ms: number, mostMs: number): void {
    deadline.at = Math.min(deadline.at + ms, this.#now + mostMs + SWEEP_MS);
  }

  disarm(deadline: Deadline): void {
    deadline.kind = undefined;
  }

  #sweep(): void {
    this.#now += SWEEP_MS;
    for (const deadline of this.#watched) {
      const kind = deadline.kind;
      if (kind === undefined || deadline.at > this.#now) continue;
      deadline.kind = undefined;
      deadline.passed(kind);
    }
  }
}

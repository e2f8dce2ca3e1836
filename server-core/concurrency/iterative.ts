import type { Admission, Turn } from '../net/admission.ts';

/** One connection is read at a time, in the order of accept. */
export class Iterative implements Admission {
  readonly #queue: Turn[] = [];
  #current: Turn | undefined;

  get waiting(): number {
    return this.#queue.length;
  }

  admit(turn: Turn): () => void {
    if (this.#current) {
      this.#queue.push(turn);
      this.#current.makeRoom();
    } else {
      this.#begin(turn);
    }
    return () => this.#left(turn);
  }

  #left(turn: Turn): void {
    const waiting = this.#queue.indexOf(turn);
    if (waiting >= 0) this.#queue.splice(waiting, 1);
    if (this.#current !== turn) return;
    this.#current = undefined;
    const next = this.#queue.shift();
    if (next) this.#begin(next);
  }

  #begin(turn: Turn): void {
    this.#current = turn;
    turn.begin();
    if (this.waiting > 0) turn.makeRoom();
  }
}

/** How the connections of one server share it. Everything but the order of service is the same under every model. */
import type { Admission, Turn } from '../net/admission.ts';

export const MODEL_NAMES = ['event-loop', 'iterative'] as const;
export type ModelName = (typeof MODEL_NAMES)[number];

/** Plain words for people, shown beside the switch and in the command's help. */
export const MODEL_SENTENCES: Record<ModelName, string> = {
  'event-loop': 'One thread watches every connection and serves whichever is ready',
  iterative: 'One connection at a time; the others wait in a queue until it is closed',
};

export function createModel(name: ModelName): Admission {
  return name === 'iterative' ? new Iterative() : new EventLoop();
}

class EventLoop implements Admission {
  readonly othersWait = false;

  admit(turn: Turn): () => void {
    turn.begin();
    return () => {};
  }
}

class Iterative implements Admission {
  readonly #queue: Turn[] = [];
  #current: Turn | undefined;

  get othersWait(): boolean {
    return this.#queue.length > 0;
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
    if (this.othersWait) turn.makeRoom();
  }
}

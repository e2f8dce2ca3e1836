import type { FromWorker } from './messages.ts';

/** Runs a function in the next frame, or soon where no frame is drawn. */
export type NextFrame = (run: () => void) => void;

/**
 * What the worker says, handed on once a frame: of a state or of a window's results only the latest counts, and
 * drawing each of them would only make the frame late. An answer is handed on at once, behind all that came before it.
 */
export class FrameInbox {
  /** By what replaces it; in the order in which each came first. */
  readonly #waiting = new Map<number | 'state', FromWorker>();
  #isDue = false;

  readonly #receive: (message: FromWorker) => void;
  readonly #nextFrame: NextFrame;

  constructor(receive: (message: FromWorker) => void, nextFrame: NextFrame) {
    this.#receive = receive;
    this.#nextFrame = nextFrame;
  }

  take(messages: readonly FromWorker[]): void {
    for (const message of messages) {
      if (message.type === 'state') this.#waiting.set('state', message);
      else if (message.type === 'result') this.#waiting.set(message.id, message);
      else {
        this.#flush();
        this.#receive(message);
      }
    }
    if (this.#waiting.size === 0 || this.#isDue) return;
    this.#isDue = true;
    this.#nextFrame(() => {
      this.#isDue = false;
      this.#flush();
    });
  }

  #flush(): void {
    const messages = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const message of messages) this.#receive(message);
  }
}

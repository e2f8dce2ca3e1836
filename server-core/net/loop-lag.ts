/**
 * How long the event loop is held up, seen by how late a timer comes. Not `monitorEventLoopDelay`: it forgets with each
 * reset when its timer came last, and so does not see what held the loop up from then on.
 */
import { performance } from 'node:perf_hooks';

/** A shorter stay is seen only now and then; a shorter interval would wake an idle process more often. */
const INTERVAL_MS = 10;

export class LoopLag {
  #timer: NodeJS.Timeout | undefined;
  #came = 0;
  #longestMs = 0;

  start(): void {
    if (this.#timer) return;
    this.#came = performance.now();
    this.#timer = setInterval(() => this.#look(), INTERVAL_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#longestMs = 0;
  }

  /** The longest since the last call, in microseconds, what holds it up now included; 0 while stopped. */
  take(): number {
    if (!this.#timer) return 0;
    this.#look();
    const longest = this.#longestMs;
    this.#longestMs = 0;
    return longest * 1000;
  }

  #look(): void {
    const now = performance.now();
    this.#longestMs = Math.max(this.#longestMs, now - this.#came - INTERVAL_MS);
    this.#came = now;
  }
}

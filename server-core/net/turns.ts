/** A step may take time; it must not reject. */
type Step = () => void | Promise<void>;

/**
 * Steps that must not overtake each other. One that nothing is ahead of runs at once, within `take`; so where no
 * step takes time, this is no more than a call.
 */
export class Turns {
  readonly #onProgress: () => void;
  #waiting: { readonly step: Step; readonly bytes: number }[] = [];
  #running = false;
  #held = false;
  #bytes = 0;

  /** `onProgress` is called after each step that took time, and the steps behind it. */
  constructor(onProgress: () => void) {
    this.#onProgress = onProgress;
  }

  /** What the steps that are not done yet hold. */
  get bytes(): number {
    return this.#bytes;
  }

  get idle(): boolean {
    return !this.#running && this.#waiting.length === 0;
  }

  take(step: Step, bytes = 0): void {
    this.#waiting.push({ step, bytes });
    this.#bytes += bytes;
    this.#go();
  }

  /** Begins no step until `release`. */
  hold(): void {
    this.#held = true;
  }

  release(): void {
    this.#held = false;
    this.#go();
  }

  /** Forgets the steps that were not begun, and holds nothing back. */
  clear(): void {
    for (const { bytes } of this.#waiting.splice(0)) this.#bytes -= bytes;
    this.#held = false;
  }

  #go(): void {
    while (!this.#running && !this.#held) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#running = true;
      // Not held while a step runs to its end: then whoever looks from within it sees what waits behind.
      this.#bytes -= next.bytes;
      const done = next.step();
      if (done) return void this.#finish(done, next.bytes);
      this.#running = false;
    }
  }

  async #finish(done: Promise<void>, bytes: number): Promise<void> {
    this.#bytes += bytes;
    await done;
    this.#bytes -= bytes;
    this.#running = false;
    this.#go();
    this.#onProgress();
  }
}

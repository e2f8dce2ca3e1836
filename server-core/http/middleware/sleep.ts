/** A wait that can be ended early, once and for all. */
export class Sleep {
  #ended = false;
  #wake: (() => void) | undefined;

  /** Returns at once when `ms` is not positive, and after `end`. */
  for(ms: number): Promise<void> {
    if (this.#ended || ms <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }
}

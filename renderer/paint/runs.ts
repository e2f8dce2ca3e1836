/**
 * Rectangles of one colour in order from the left, drawn as one where they touch: at a wide zoom thousands stand side
 * by side, and filling costs by the call.
 */
const JOINED_PX = 0.75;

export class Runs {
  #left = 0;
  #right = Number.NEGATIVE_INFINITY;
  #top = 0;
  #height = 0;

  readonly #context: Pick<CanvasRenderingContext2D, 'fillRect'>;

  constructor(context: Pick<CanvasRenderingContext2D, 'fillRect'>) {
    this.#context = context;
  }

  add(left: number, top: number, width: number, height: number): void {
    const isBeside = left >= this.#left && left - this.#right <= JOINED_PX;
    if (isBeside && top === this.#top && height === this.#height) {
      this.#right = Math.max(this.#right, left + width);
      return;
    }
    this.end();
    this.#left = left;
    this.#right = left + width;
    this.#top = top;
    this.#height = height;
  }

  /** Draws what is left. */
  end(): void {
    if (this.#right > this.#left) {
      this.#context.fillRect(this.#left, this.#top, this.#right - this.#left, this.#height);
    }
    this.#right = Number.NEGATIVE_INFINITY;
  }
}

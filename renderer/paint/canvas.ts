/**
 * A canvas in device pixels and the one owner of animation frames: whoever wants to be drawn says so, and all of
 * them are drawn in the next frame, once each.
 */
export type Paint = (context: CanvasRenderingContext2D, width: number, height: number) => void;

const waiting = new Set<Surface>();
let asked = false;

function drawAll(): void {
  asked = false;
  const surfaces = [...waiting];
  waiting.clear();
  for (const surface of surfaces) surface.draw();
}

export class Surface {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  #width = 0;
  #height = 0;
  #paint: Paint | undefined;

  constructor(canvas: HTMLCanvasElement) {
    const context = canvas.getContext('2d');
    if (!context) throw new Error('This canvas has no 2d context');
    this.#canvas = canvas;
    this.#context = context;
  }

  /** Size in CSS pixels. */
  resize(width: number, height: number): void {
    this.#width = Math.floor(width);
    this.#height = Math.floor(height);
    this.#ask();
  }

  /** `paint` is called in the next frame and kept for redrawing; it draws in CSS pixels on a cleared ground. */
  show(paint: Paint): void {
    this.#paint = paint;
    this.#ask();
  }

  redraw(): void {
    this.#ask();
  }

  close(): void {
    waiting.delete(this);
    this.#paint = undefined;
  }

  /** Called by the frame. */
  draw(): void {
    if (!this.#paint || this.#width <= 0 || this.#height <= 0) return;
    // Presenting draws the page larger by CSS zoom; Safari does not tell of it.
    const ratio = devicePixelRatio * (this.#canvas.currentCSSZoom ?? 1);
    const [width, height] = [Math.round(this.#width * ratio), Math.round(this.#height * ratio)];
    // Assigning a size clears and reallocates, even when it is the same.
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      this.#canvas.width = width;
      this.#canvas.height = height;
    }
    const context = this.#context;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, this.#width, this.#height);
    this.#paint(context, this.#width, this.#height);
  }

  #ask(): void {
    waiting.add(this);
    if (asked) return;
    asked = true;
    requestAnimationFrame(drawAll);
  }
}

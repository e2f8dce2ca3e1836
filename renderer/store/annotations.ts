/** What a person noted on exchanges, also on such that are not read yet: a window that is opened anew knows first. */
import { type Annotation, isAnnotated, NO_ANNOTATION } from './queries/annotation.ts';

export class Annotations {
  readonly #held = new Map<number, Annotation>();

  /** Undefined for an exchange on which nothing was noted. */
  of(exchange: number): Annotation | undefined {
    return this.#held.get(exchange);
  }

  isPinned(exchange: number): boolean {
    return this.#held.get(exchange)?.pinned === true;
  }

  change(exchange: number, change: Partial<Annotation>): void {
    const next = { ...(this.#held.get(exchange) ?? NO_ANNOTATION), ...change };
    if (isAnnotated(next)) this.#held.set(exchange, next);
    else this.#held.delete(exchange);
  }
}

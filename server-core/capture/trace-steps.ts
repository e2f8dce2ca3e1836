import type { MarkName } from './events.ts';

/** A mark, and by `before` the marks that came before it in the same go. */
export interface Step {
  readonly number: number;
  readonly before: Step | undefined;
  readonly mark: MarkName;
  readonly detail: string;
  readonly next: Map<string, Step>;
  /** Whether the log has told of it. */
  told: boolean;
}

const STEPS_A_GENERATION = 1024;

/** What is told after a step of one generation refers to none of an older one. */
export function generationOf(step: number): number {
  return Math.floor(step / STEPS_A_GENERATION);
}

/** A longer text is rarely said twice. So a generation holds less than 512 KiB of texts. */
const KEPT_CHARS = 240;

/** The steps that were taken lately, numbered from 1. */
export class StepTree {
  #first = new Map<string, Step>();
  #last = 0;

  /** The step to a mark from the one before it; undefined the first time, and where it is not worth a number. */
  after(before: Step | undefined, mark: MarkName, detail: string): Step | undefined {
    const nexts = before?.next ?? this.#first;
    const known = nexts.get(detail);
    if (known?.mark === mark) return known;
    if (detail.length <= KEPT_CHARS) this.#keep(before, mark, detail);
    return undefined;
  }

  /** A step whose generation is over leads nowhere any more. */
  isCurrent(step: Step): boolean {
    return generationOf(step.number) === generationOf(this.#last);
  }

  #keep(before: Step | undefined, mark: MarkName, detail: string): void {
    const number = ++this.#last;
    if (number % STEPS_A_GENERATION === 0) this.#first = new Map();
    // The generation may just have ended.
    if (before && !this.isCurrent(before)) return;
    const nexts = before?.next ?? this.#first;
    nexts.set(detail, { number, before, mark, detail, next: new Map(), told: false });
  }
}

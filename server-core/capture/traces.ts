import type { RecordReader } from './codec.ts';
import type { MarkName } from './events.ts';
import { generationOf } from './trace-steps.ts';

export interface TraceMark {
  readonly mark: MarkName;
  readonly detail: string;
}

/** One who took all of these in one go. */
export type Trace = readonly TraceMark[];

const NOTHING: Trace = [];

/** For readers of a log: what its `step` records told, so that `traced` records can be understood. */
export class Traces {
  readonly #byStep = new Map<number, Trace>();
  #generation = 0;

  /** Takes in the `step` record that the reader stands at. */
  learn(reader: RecordReader): void {
    const { step, stepBefore, mark, detail } = reader;
    if (generationOf(step) !== this.#generation) this.#byStep.clear();
    this.#generation = generationOf(step);
    const before = this.#byStep.get(stepBefore) ?? NOTHING;
    // A mark that this version does not know is left out, as one of a record of its own is.
    this.#byStep.set(step, mark === undefined ? before : [...before, { mark, detail }]);
  }

  /** The marks up to a step, the same array each time; none where that was never told, or in a part that is lost. */
  of(step: number): Trace {
    return this.#byStep.get(step) ?? NOTHING;
  }
}

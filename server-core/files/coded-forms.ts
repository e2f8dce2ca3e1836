import type { Coding } from '../http/coding/content-coding.ts';
import type { Representation } from './representation.ts';

/**
 * The representations of one state of one file in content codings: what was made once is kept as long as the
 * file is, and what many ask for at the same time is made once.
 */
export class CodedForms {
  /** When copies beside the file were last looked for, in milliseconds. */
  lookedAt: number;
  readonly #kept = new Map<Coding, Representation>();
  readonly #making = new Map<Coding, Promise<Representation>>();

  constructor(lookedAt: number) {
    this.lookedAt = lookedAt;
  }

  get(coding: Coding): Representation | undefined {
    return this.#kept.get(coding);
  }

  keep(coding: Coding, shown: Representation): void {
    this.#kept.set(coding, shown);
  }

  /** Rejects as `make` does; the next call then tries again. */
  once(coding: Coding, make: () => Promise<Representation>): Promise<Representation> {
    const known = this.#making.get(coding);
    if (known) return known;
    const making = make().finally(() => this.#making.delete(coding));
    this.#making.set(coding, making);
    return making;
  }
}

import type { Trace, TraceMark } from '../../server-core/capture/traces.ts';

/**
 * What exchanges were marked with, each distinct trace kept once under a small number for as long as somebody holds
 * it: `retain` and `release` come in pairs. A mark on its own is a trace of one.
 */
export class TraceTable {
  readonly #traces: (Trace | undefined)[] = [];
  readonly #holders: number[] = [];
  readonly #free: number[] = [];
  readonly #numbers = new Map<Trace, number>();
  /** Traces of one, by what they say. */
  readonly #singles = new Map<string, Trace>();

  retain(trace: Trace): number {
    const known = this.#numbers.get(trace);
    if (known !== undefined) {
      this.#holders[known]!++;
      return known;
    }
    const number = this.#free.pop() ?? this.#traces.length;
    this.#traces[number] = trace;
    this.#holders[number] = 1;
    this.#numbers.set(trace, number);
    const [only] = trace;
    if (only && trace.length === 1) this.#singles.set(keyOf(only), trace);
    return number;
  }

  /** The trace of one mark. */
  single(mark: TraceMark): Trace {
    return this.#singles.get(keyOf(mark)) ?? [mark];
  }

  release(number: number): void {
    if (--this.#holders[number]! > 0) return;
    const trace = this.#traces[number]!;
    this.#numbers.delete(trace);
    const [only] = trace;
    if (only && this.#singles.get(keyOf(only)) === trace) this.#singles.delete(keyOf(only));
    this.#traces[number] = undefined;
    this.#free.push(number);
  }

  at(number: number): Trace {
    return this.#traces[number]!;
  }
}

function keyOf({ mark, detail }: TraceMark): string {
  return `${mark} ${detail}`;
}

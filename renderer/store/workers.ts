/** Processes and threads that serve: when each came, could serve and went, and what it used meanwhile. */

import type { Worker, WorkerStage } from '../../server-core/capture/events.ts';
import type { UsageFigures } from '../../server-core/capture/tap.ts';

/** What may lie between two samples that follow each other, as a share of one. */
const SLACK = 0.2;

/** One of them. Times are NaN where no record that is held tells them. */
export interface WorkerHistory {
  readonly server: number;
  readonly name: string;
  /** 0 until a record tells. */
  id: number;
  started: number;
  ready: number;
  ended: number;
  detail: string;
  readonly samples: UsageSample[];
}

/** What it used in the time from `from` to `to`. */
export interface UsageSample {
  readonly from: number;
  readonly to: number;
  /** Cores: 1 is all of one. */
  readonly cpu: number;
  readonly memory: number;
  readonly loopLag: number;
}

export class Workers {
  /** By server and name, in the order of time: a thread's name comes again where a model does. */
  readonly #known = new Map<string, WorkerHistory[]>();

  life(of: Worker, time: number, stage: WorkerStage, detail: string): void {
    if (stage === 'started') {
      this.#add(of).started = time;
      return;
    }
    const history = this.#latest(of);
    if (stage === 'ready') history.ready = time;
    else {
      history.ended = time;
      history.detail = detail;
    }
  }

  usage(of: Worker, time: number, figures: UsageFigures): void {
    const { spanMicros, cpuMicros, rssBytes, heapBytes, loopLagMicros } = figures;
    const { samples } = this.#latest(of);
    const from = time - spanMicros;
    const before = samples.at(-1)?.to ?? Number.NEGATIVE_INFINITY;
    samples.push({
      // The record came a moment after the sample was taken: no gap between two is meant.
      from: from - before < spanMicros * SLACK ? before : from,
      to: time,
      cpu: spanMicros > 0 ? cpuMicros / spanMicros : 0,
      memory: rssBytes || heapBytes,
      loopLag: loopLagMicros,
    });
  }

  /** Their process is gone, and nobody told. */
  endAll(time: number): void {
    for (const history of this.all()) if (Number.isNaN(history.ended)) history.ended = time;
  }

  /** Forgets those that ended before `time`, and of the others what they used before. */
  forgetBefore(time: number): void {
    for (const [key, histories] of this.#known) {
      for (const { samples } of histories) {
        const first = samples.findIndex(({ to }) => to >= time);
        // The one before still says what it takes.
        samples.splice(0, (first < 0 ? samples.length : first) - 1);
      }
      // One of which nothing is known but its name is made again when it is asked for.
      const isKnown = ({ started, samples }: WorkerHistory) => !Number.isNaN(started) || samples.length > 0;
      const left = histories.filter((one) => !(one.ended < time) && isKnown(one));
      if (left.length === 0) this.#known.delete(key);
      else this.#known.set(key, left);
    }
  }

  *all(): Iterable<WorkerHistory> {
    for (const histories of this.#known.values()) yield* histories;
  }

  /** All of that name, one after the other, never none. */
  named(server: number, name: string): readonly WorkerHistory[] {
    const key = keyOf(server, name);
    if (!this.#known.has(key)) this.#add({ server, name, id: numberIn(name) });
    return this.#known.get(key)!;
  }

  #latest(of: Worker): WorkerHistory {
    const latest = this.#known.get(keyOf(of.server, of.name))?.at(-1);
    if (!latest || (latest.id !== of.id && latest.id !== 0)) return this.#add(of);
    latest.id = of.id;
    return latest;
  }

  #add({ server, id, name }: Worker): WorkerHistory {
    const times = { started: Number.NaN, ready: Number.NaN, ended: Number.NaN };
    const history: WorkerHistory = { server, id, name, ...times, detail: '', samples: [] };
    const key = keyOf(server, name);
    const histories = this.#known.get(key);
    if (histories) histories.push(history);
    else this.#known.set(key, [history]);
    return history;
  }
}

function keyOf(server: number, name: string): string {
  return `${server} ${name}`;
}

/** A process is named by its number, a thread by its place among those of its server. */
function numberIn(name: string): number {
  return name.startsWith('process ') ? Number(name.slice('process '.length)) : 0;
}

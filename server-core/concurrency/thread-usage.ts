/** What a thread uses, as seen from outside: also while it computes and could not tell. */
import type { Worker } from 'node:worker_threads';
import type { UsageFigures } from '../capture/tap.ts';

/** Less than a thread takes that does nothing. */
const IDLE_CPU_MICROS = 1_000;

export class ThreadUsage {
  readonly #worker: Worker;
  #time = performance.now();
  #cpu = 0;
  #loop: ReturnType<Worker['performance']['eventLoopUtilization']> | undefined;

  constructor(worker: Worker) {
    this.#worker = worker;
  }

  /** Since the last time; undefined where it did nothing, or is no more. */
  async sample(): Promise<UsageFigures | undefined> {
    const { performance: loops } = this.#worker;
    const loop = loops.eventLoopUtilization();
    const since = this.#loop ? loops.eventLoopUtilization(loop, this.#loop) : loop;
    const told = await this.#told();
    const now = performance.now();
    const spanMicros = (now - this.#time) * 1000;
    const cpuMicros = told ? told.cpuMicros - this.#cpu : since.active * 1000;
    this.#time = now;
    this.#loop = loop;
    this.#cpu = told?.cpuMicros ?? 0;
    if (cpuMicros < IDLE_CPU_MICROS) return undefined;
    const { utilization } = since;
    return {
      spanMicros,
      cpuMicros,
      rssBytes: 0,
      heapBytes: told?.heapBytes ?? 0,
      loopLagMicros: 0,
      utilization,
    };
  }

  /** What the system says of it, which Node can ask from 22.20 on; else its loop's busy time has to stand for that. */
  async #told() {
    if (typeof this.#worker.cpuUsage !== 'function') return undefined;
    try {
      const [cpu, heap] = await Promise.all([this.#worker.cpuUsage(), this.#worker.getHeapStatistics()]);
      return { cpuMicros: cpu.user + cpu.system, heapBytes: heap.used_heap_size };
    } catch {
      // It has ended by now.
      return undefined;
    }
  }
}

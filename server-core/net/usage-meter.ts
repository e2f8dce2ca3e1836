/** What this process uses of the machine, from one sample to the next. */
import { type EventLoopUtilization, performance } from 'node:perf_hooks';
import type { UsageFigures } from '../capture/tap.ts';
import { LoopLag } from './loop-lag.ts';
import { memoryUsage } from './memory-usage.ts';

export class UsageMeter {
  readonly #lag = new LoopLag();
  #time = performance.now();
  #cpu = process.cpuUsage();
  #loop: EventLoopUtilization = performance.eventLoopUtilization();

  /** Looking at the delay of the loop wakes it a hundred times a second: not for a process that does nothing. */
  watchLoop(on: boolean): void {
    if (on) this.#lag.start();
    else this.#lag.stop();
  }

  /** Processor time since the process began, microseconds. */
  get cpuMicros(): number {
    const { user, system } = process.cpuUsage();
    return user + system;
  }

  sample(): UsageFigures {
    const now = performance.now();
    const before = this.#cpu;
    const cpu = process.cpuUsage();
    const loop = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(loop, this.#loop);
    const { rss, heapUsed } = memoryUsage();
    const figures: UsageFigures = {
      spanMicros: (now - this.#time) * 1000,
      cpuMicros: cpu.user + cpu.system - before.user - before.system,
      rssBytes: rss,
      heapBytes: heapUsed,
      loopLagMicros: this.#lag.take(),
      utilization,
    };
    this.#time = now;
    this.#cpu = cpu;
    this.#loop = loop;
    return figures;
  }
}

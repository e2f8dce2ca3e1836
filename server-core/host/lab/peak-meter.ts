import type { LabPeak } from '../../capture/lab-call.ts';
import { memoryUsage } from '../../net/memory-usage.ts';
import type { ServedSite } from '../served-site.ts';

const SAMPLE_MS = 100;
const NOTHING: LabPeak = { rssBytes: 0, idleRssBytes: 0, processes: 0, threads: 0 };

/** The most that a server takes while something runs: its process, and those it started. */
export class PeakMeter {
  #peak = NOTHING;
  #site: ServedSite | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** So far. */
  get peak(): LabPeak {
    return this.#peak;
  }

  begin(site: ServedSite): void {
    this.#site = site;
    this.#sample();
    this.#peak = { ...this.#peak, idleRssBytes: this.#peak.rssBytes };
    this.#timer = setInterval(() => this.#sample(), SAMPLE_MS).unref();
  }

  end(): LabPeak {
    if (this.#site) this.#sample();
    clearInterval(this.#timer);
    return this.#peak;
  }

  #sample(): void {
    const { rssBytes, processes, threads } = sampleOf(this.#site!);
    this.#peak = {
      rssBytes: Math.max(this.#peak.rssBytes, rssBytes),
      idleRssBytes: this.#peak.idleRssBytes,
      processes: Math.max(this.#peak.processes, processes),
      threads: Math.max(this.#peak.threads, threads),
    };
  }
}

function sampleOf({ state, workers, workerBytes }: ServedSite): Omit<LabPeak, 'idleRssBytes'> {
  const areThreads = state.model === 'threads';
  return {
    // Threads are in the memory of their process.
    rssBytes: memoryUsage().rss + workerBytes,
    processes: areThreads ? 1 : 1 + workers,
    threads: areThreads ? workers : 0,
  };
}

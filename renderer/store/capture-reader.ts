/** Reads a capture that is open at the host from its start to its end, run by run, so that its first rows show at once. */
import type { CallReply, CaptureInfo } from '../../server-core/capture/feed-messages.ts';
import { Ingest } from './ingest.ts';

export type ReadRun = (
  capture: number,
  from: number,
) => Promise<CallReply<{ readonly op: 'read'; readonly capture: number; readonly from: number }>>;

export class CaptureReader {
  info: CaptureInfo;
  readonly ingest = new Ingest();
  /** Why reading stopped before the end: one sentence. */
  problem: string | undefined;
  #from: number;
  #reading = false;
  #closed = false;
  readonly #readRun: ReadRun;
  readonly #onProgress: () => void;

  constructor(info: CaptureInfo, readRun: ReadRun, onProgress: () => void) {
    this.info = info;
    this.ingest.columns.day.epochMs = info.epochMs;
    this.#from = info.start;
    this.#readRun = readRun;
    this.#onProgress = onProgress;
  }

  /** From 0 to 1. */
  get progress(): number {
    const { start, end } = this.info;
    return end === start ? 1 : Math.min(1, (this.#from - start) / (end - start));
  }

  /** Reads on to the end; does nothing while it reads already. */
  async read(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    this.problem = undefined;
    try {
      let coming = this.#next();
      while (coming) {
        const answer = await coming;
        if (this.#closed) return;
        const next = new DataView(answer.buffer, answer.byteOffset, 8).getFloat64(0, true);
        this.#from = next > this.#from ? next : this.info.end;
        // The host reads on while these are taken in.
        coming = this.#next();
        this.ingest.batch(answer.subarray(8));
        this.#onProgress();
      }
    } catch (problem) {
      this.problem = problem instanceof Error ? problem.message : String(problem);
    } finally {
      this.#reading = false;
      this.#onProgress();
    }
  }

  #next(): ReturnType<ReadRun> | undefined {
    return this.#from < this.info.end ? this.#readRun(this.info.id, this.#from) : undefined;
  }

  close(): void {
    this.#closed = true;
  }
}

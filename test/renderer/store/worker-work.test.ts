/** What each process had in hand, of more exchanges than are looked at one by one. */
import { describe, expect, it } from 'vitest';
import { Ingest } from '../../../renderer/store/ingest.ts';
import { workerLanes } from '../../../renderer/store/worker-lanes.ts';
import { CaptureLog } from '../../../server-core/capture/log.ts';

const NAMES = ['process 11', 'process 12', 'process 13'];
const STEP_MICROS = 10;

interface Span {
  readonly worker: string;
  readonly begin: number;
  /** The newest moment known, while it goes on. */
  readonly end: number;
}

/** Exchanges of three processes: most take less than a bin, some are long, and a few go on for ever. */
class Serving {
  readonly ingest = new Ingest();
  readonly #log: CaptureLog;
  readonly #cursor;
  readonly #conns: readonly number[];
  readonly #open: { readonly exchange: number; readonly conn: number; readonly until: number }[] = [];
  #now = 0;
  #written = 0;

  constructor(memoryBudgetBytes: number) {
    this.#log = new CaptureLog({ now: () => this.#now, memoryBudgetBytes, segmentBytes: 65_536 });
    this.#cursor = this.#log.cursor('start');
    this.#conns = NAMES.map((name, i) => {
      const conn = this.#log.opened(1, '127.0.0.1', 50_000 + i, 8080);
      this.#log.worker(conn, 0, name);
      return conn;
    });
  }

  serve(count: number): void {
    for (let i = 0; i < count; i++) {
      const n = this.#written++;
      const begin = n * STEP_MICROS;
      this.#endUpTo(begin);
      this.#now = begin;
      const conn = this.#conns[n % NAMES.length]!;
      const exchange = this.#log.begin(conn, 0);
      const takes = n % 4001 === 4000 ? Number.POSITIVE_INFINITY : n % 1000 === 7 ? 30_000 : 5 + (n % 17);
      this.#open.push({ exchange, conn, until: begin + takes });
      if (n % 500 === 0) this.#feed();
    }
    this.#feed();
  }

  /** Of what the store holds, one by one. */
  spans(): Span[] {
    const { exchanges, strings, lastTime } = this.ingest.columns;
    const spans: Span[] = [];
    exchanges.eachFrom(0, (page, row) => {
      const end = page.end[row]!;
      const worker = strings.text(page.worker[row]!);
      spans.push({ worker, begin: page.begin[row]!, end: Number.isNaN(end) ? lastTime : end });
      return true;
    });
    return spans;
  }

  #endUpTo(time: number): void {
    this.#open.sort((a, b) => b.until - a.until);
    while ((this.#open.at(-1)?.until ?? Number.POSITIVE_INFINITY) <= time) {
      const { exchange, conn, until } = this.#open.pop()!;
      this.#now = until;
      this.#log.responseEnd(conn, exchange, 0, true);
    }
  }

  #feed(): void {
    for (let batch = this.#cursor.read(65_536); batch !== undefined; batch = this.#cursor.read(65_536)) {
      this.ingest.batch(batch);
    }
  }
}

const WINDOWS = [
  ['all of it', 0, 250_000, 40],
  ['a part with edges anywhere', 92_345, 177_777, 31],
  ['less than a page', 150_005, 150_995, 9],
  ['what lies before anything', -5000, -1000, 4],
] as const;

function expectRight(serving: Serving, from: number, to: number, bins: number): void {
  const spans = serving.spans();
  const { workers } = workerLanes(serving.ingest.columns, { from, to, bins }, bins, Number.POSITIVE_INFINITY);
  const width = (to - from) / bins;
  for (const name of NAMES) {
    const within = spans.filter(({ worker, begin, end }) => worker === name && begin <= to && end >= from);
    const lane = workers.find((one) => one.name === name);
    expect(lane?.exchanges ?? 0).toBe(within.length);
    for (let bin = 0; bin < bins; bin++) {
      const start = from + bin * width;
      const share = within.reduce(
        (sum, { begin, end }) => sum + Math.max(0, Math.min(end, start + width) - Math.max(begin, start)),
        0,
      );
      expect(lane?.inHand[bin] ?? 0).toBeCloseTo(share / width, 3);
    }
  }
}

describe('what each process had in hand', () => {
  it.each(WINDOWS)('is the sum of its exchanges: %s', (_, from, to, bins) => {
    const serving = new Serving(2 ** 28);
    serving.serve(20_000);
    // The second time by sums that were made the first time.
    for (let time = 0; time < 2; time++) expectRight(serving, from, to, bins);
  });

  it('is that of what is still held, when the log forgets its oldest part', () => {
    const serving = new Serving(2 ** 19);
    for (let time = 0; time < 8; time++) {
      serving.serve(2500);
      for (const [, from, to, bins] of WINDOWS) expectRight(serving, from, to, bins);
    }
    expect(serving.spans().length).toBeLessThan(15_000);
  });
});

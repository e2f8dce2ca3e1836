/**
 * Who had how much in hand, in the bins of a window of time. What has ended is summed up in blocks of 64 exchanges, so
 * that of a million only those are looked at that lie across the edge of a bin.
 */
import type { Columns } from './columns.ts';
import type { ExchangePage } from './exchanges.ts';
import { PAGE_ROWS } from './paged-rows.ts';
import type { WorkerHistory } from './workers.ts';

/** Bins of a window; nothing later than `until` is known. */
export interface Scale {
  readonly from: number;
  readonly to: number;
  readonly bins: number;
  readonly width: number;
  readonly until: number;
}

const BLOCK = 64;
const BLOCKS = PAGE_ROWS / BLOCK;
/** More names than a store ever holds at once. */
const REFS = 2 ** 32;
/** Exchanges that name nobody are of the process of all servers. */
const MAIN = 'main';

/** The sums of overlaps with bins: parts of bins as they are, whole bins as where a run of them begins and ends. */
export class Work {
  exchanges = 0;
  readonly #parts: Float64Array;
  readonly #runs: Float64Array;
  readonly #scale: Scale;

  constructor(scale: Scale) {
    this.#scale = scale;
    this.#parts = new Float64Array(scale.bins);
    this.#runs = new Float64Array(scale.bins + 1);
  }

  add(begin: number, end: number): void {
    const { from, bins, width } = this.#scale;
    this.exchanges++;
    const first = Math.max(0, (begin - from) / width);
    const last = Math.min(bins, (end - from) / width);
    const [firstBin, lastBin] = [Math.floor(first), Math.floor(last)];
    if (firstBin >= bins) return;
    if (firstBin === lastBin) {
      this.#parts[firstBin]! += last - first;
      return;
    }
    this.#parts[firstBin]! += firstBin + 1 - first;
    if (lastBin < bins) this.#parts[lastBin]! += last - lastBin;
    this.#runs[firstBin + 1]! += 1;
    this.#runs[lastBin]! -= 1;
  }

  /** Several that lie within one bin. */
  addSum(bin: number, { exchanges, micros }: BlockSum): void {
    this.exchanges += exchanges;
    this.#parts[bin]! += micros / this.#scale.width;
  }

  take(): Float64Array {
    let run = 0;
    return this.#parts.map((part, bin) => {
      run += this.#runs[bin]!;
      return part + run;
    });
  }
}

/** What one process or thread did of a block. */
interface BlockSum {
  /** Of server and name. */
  readonly key: number;
  exchanges: number;
  firstBegin: number;
  lastBegin: number;
  lastEnd: number;
  micros: number;
}

interface PageSums {
  /** How many rows were held when they were made. */
  readonly held: number;
  /** Undefined where one goes on still. */
  readonly blocks: (readonly BlockSum[] | undefined)[];
  latestEnd: number;
}

const summed = new WeakMap<ExchangePage, PageSums>();

/** Of a page that is full. Rows that were dropped are in no sum. */
function sumsOf(page: ExchangePage): PageSums {
  let sums = summed.get(page);
  if (sums?.held !== page.held) {
    sums = {
      held: page.held,
      blocks: new Array(BLOCKS).fill(undefined),
      latestEnd: Number.POSITIVE_INFINITY,
    };
    summed.set(page, sums);
  }
  if (sums.latestEnd !== Number.POSITIVE_INFINITY) return sums;
  let latest = Number.NEGATIVE_INFINITY;
  for (let block = 0; block < BLOCKS; block++) {
    sums.blocks[block] ??= blockOf(page, block * BLOCK);
    for (const { lastEnd } of sums.blocks[block] ?? [ENDLESS]) latest = Math.max(latest, lastEnd);
  }
  sums.latestEnd = latest;
  return sums;
}

const ENDLESS = { lastEnd: Number.POSITIVE_INFINITY };

function blockOf(page: ExchangePage, start: number): readonly BlockSum[] | undefined {
  const sums: BlockSum[] = [];
  let sum: BlockSum | undefined;
  for (let row = start; row < start + BLOCK; row++) {
    if (page.flags[row] === 0) continue;
    const begin = page.begin[row]!;
    const end = page.end[row]!;
    if (Number.isNaN(end)) return undefined;
    const key = keyOf(page, row);
    if (sum?.key !== key) sum = sums.find((one) => one.key === key);
    if (!sum) {
      sum = { key, exchanges: 0, firstBegin: begin, lastBegin: begin, lastEnd: end, micros: 0 };
      sums.push(sum);
    }
    sum.exchanges++;
    sum.firstBegin = Math.min(sum.firstBegin, begin);
    sum.lastBegin = Math.max(sum.lastBegin, begin);
    sum.lastEnd = Math.max(sum.lastEnd, end);
    sum.micros += end - begin;
  }
  return sums;
}

function keyOf(page: ExchangePage, row: number): number {
  const ref = page.worker[row]!;
  return ref === 0 ? 0 : page.server[row]! * REFS + ref;
}

export function workIn(
  { exchanges, strings, metrics, lastTime }: Columns,
  scale: Scale,
): Map<WorkerHistory, Work> {
  const { from, width } = scale;
  const to = Math.min(scale.to, scale.until);
  const now = Math.min(lastTime, scale.until);
  const found = new Map<WorkerHistory, Work>();
  const known = new Map<number, readonly WorkerHistory[]>();
  let histories: readonly WorkerHistory[] = [];
  let lastKey = -1;

  const historiesOf = (key: number) => {
    if (key === lastKey) return histories;
    lastKey = key;
    const name = () => strings.text(key % REFS) || MAIN;
    histories = known.get(key) ?? metrics.workers.named(Math.floor(key / REFS), name());
    known.set(key, histories);
    return histories;
  };
  const workOf = (worker: WorkerHistory) => {
    let work = found.get(worker);
    if (!work) {
      work = new Work(scale);
      found.set(worker, work);
    }
    return work;
  };
  const isOutside = ({ firstBegin, lastEnd }: BlockSum) => firstBegin > to || lastEnd < from;
  const binOf = (time: number) => Math.floor((time - from) / width);
  /** Whether it is one worker's, and in one bin. */
  const isWhole = ({ key, firstBegin, lastBegin, lastEnd }: BlockSum) => {
    if (firstBegin < from || lastEnd >= to || lastEnd > now || binOf(firstBegin) !== binOf(lastEnd))
      return false;
    const all = historiesOf(key);
    return all.length === 1 || whoServed(all, firstBegin) === whoServed(all, lastBegin);
  };
  const addRows = (page: ExchangePage, start: number, end: number) => {
    for (let row = start; row < end; row++) {
      const begin = page.begin[row]!;
      const ended = page.end[row]!;
      const end = Number.isNaN(ended) ? now : Math.min(ended, now);
      if (begin > to || end < from || page.flags[row] === 0) continue;
      workOf(whoServed(historiesOf(keyOf(page, row)), begin)).add(begin, end);
    }
  };

  exchanges.eachPage((page, start) => {
    if (start + PAGE_ROWS > exchanges.last) return addRows(page, 0, PAGE_ROWS);
    const { latestEnd, blocks } = sumsOf(page);
    if (latestEnd < from) return;
    for (const [block, sums] of blocks.entries()) {
      if (!sums?.every((sum) => isOutside(sum) || isWhole(sum))) {
        addRows(page, block * BLOCK, (block + 1) * BLOCK);
        continue;
      }
      for (const sum of sums) {
        if (isOutside(sum)) continue;
        workOf(whoServed(historiesOf(sum.key), sum.firstBegin)).addSum(binOf(sum.firstBegin), sum);
      }
    }
  });
  return found;
}

function whoServed(histories: readonly WorkerHistory[], time: number): WorkerHistory {
  if (histories.length === 1) return histories[0]!;
  // A clock reading apart from the record of its start is no reason to take none.
  return histories.findLast(({ started }) => !(started > time)) ?? histories[0]!;
}

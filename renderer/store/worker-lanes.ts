/** Who had what in hand, and what it used, in the bins of a window of time. */
import type { Columns } from './columns.ts';
import type { ExchangePage } from './exchanges.ts';
import { PAGE_ROWS } from './paged-rows.ts';
import type { GraphDetails, GraphParams } from './queries/graphs.ts';
import type { WorkerLane } from './queries/workers.ts';
import type { UsageSample, WorkerHistory } from './workers.ts';

/** A process for each connection makes more than anybody can look at; the newest are given. */
const MOST_LANES = 64;
/** More names than a store ever holds at once. */
const REFS = 2 ** 32;
/** Exchanges that name nobody are of the process of all servers. */
const MAIN = 'main';

export function workerLanes(
  columns: Columns,
  { from, to }: GraphParams,
  bins: number,
  until: number,
): Pick<GraphDetails, 'cpu' | 'memory' | 'workerLag' | 'workers' | 'moreWorkers'> {
  const { workers } = columns.metrics;
  const scale: Scale = { from, to, bins, width: (to - from) / bins, until };
  const work = workIn(columns, scale);
  const histories = [...workers.all()].filter((one) => isIn(one, scale) || work.has(one));
  histories.sort((a, b) => orderOf(a) - orderOf(b));
  const lanes = histories.map((one) => laneOf(one, work.get(one), scale));
  const processes = histories.filter(({ name }) => !name.startsWith('thread'));
  // The process of all servers stays, whoever else has to go.
  const [mains, others] = [
    lanes.filter(({ server }) => server === 0),
    lanes.filter(({ server }) => server !== 0),
  ];
  const shown = [...mains, ...others.slice(-MOST_LANES)];
  return {
    cpu: coresOf(
      processes.map(({ samples }) => cpuIn(samples, scale)),
      scale,
    ),
    memory: sumOf(
      processes.map((one) => memoryOf(one, scale)),
      bins,
    ),
    workerLag: highestOf(
      histories.filter(({ server }) => server !== 0).flatMap(({ samples }) => samples),
      scale,
      ({ loopLag }) => loopLag,
    ),
    workers: shown,
    moreWorkers: lanes.length - shown.length,
  };
}

interface Scale {
  readonly from: number;
  readonly to: number;
  readonly bins: number;
  readonly width: number;
  /** What came later is left out. */
  readonly until: number;
}

/** The sums of overlaps with bins: parts of bins as they are, whole bins as where a run of them begins and ends. */
class Work {
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

  take(): Float64Array {
    let run = 0;
    return this.#parts.map((part, bin) => {
      run += this.#runs[bin]!;
      return part + run;
    });
  }
}

function workIn({ exchanges, strings, metrics, lastTime }: Columns, scale: Scale): Map<WorkerHistory, Work> {
  const found = new Map<WorkerHistory, Work>();
  const to = Math.min(scale.to, scale.until);
  const now = Math.min(lastTime, scale.until);
  /** By server and name. */
  const known = new Map<number, readonly WorkerHistory[]>();
  let histories: readonly WorkerHistory[] = [];
  let lastKey = -1;
  exchanges.eachPage((page, start) => {
    if (start + PAGE_ROWS <= exchanges.last && latestEnd(page) < scale.from) return;
    for (let row = 0; row < PAGE_ROWS; row++) {
      const begin = page.begin[row]!;
      if (begin > to || page.end[row]! < scale.from || page.flags[row] === 0) continue;
      const ref = page.worker[row]!;
      const server = ref === 0 ? 0 : page.server[row]!;
      const key = server * REFS + ref;
      if (key !== lastKey) {
        lastKey = key;
        histories = known.get(key) ?? metrics.workers.named(server, strings.text(ref) || MAIN);
        known.set(key, histories);
      }
      const worker = whoServed(histories, begin);
      let work = found.get(worker);
      if (!work) {
        work = new Work(scale);
        found.set(worker, work);
      }
      const end = page.end[row]!;
      work.add(begin, Number.isNaN(end) || end > now ? Math.max(begin, now) : end);
    }
  });
  return found;
}

const latestEnds = new WeakMap<ExchangePage, number>();

/** When the last exchange of a page that is full ended; Infinity while one goes on. */
function latestEnd(page: ExchangePage): number {
  const known = latestEnds.get(page);
  if (known !== undefined) return known;
  let latest = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < PAGE_ROWS; row++) {
    if (page.flags[row] === 0) continue;
    const end = page.end[row]!;
    if (Number.isNaN(end)) return Number.POSITIVE_INFINITY;
    if (end > latest) latest = end;
  }
  latestEnds.set(page, latest);
  return latest;
}

function whoServed(histories: readonly WorkerHistory[], time: number): WorkerHistory {
  if (histories.length === 1) return histories[0]!;
  // A clock reading apart from the record of its start is no reason to take none.
  return histories.findLast(({ started }) => !(started > time)) ?? histories[0]!;
}

function isIn({ started, ended, samples, server }: WorkerHistory, { from, to, until }: Scale): boolean {
  const end = Math.min(to, until);
  if (started > end || ended < from) return false;
  // Of the main process no record says when it began; of others without one nothing says that they still are there.
  return (
    !Number.isNaN(started) ||
    samples.some((sample) => sample.to <= end && (server === 0 || sample.to >= from))
  );
}

function orderOf({ server, started, samples }: WorkerHistory): number {
  if (server === 0) return Number.NEGATIVE_INFINITY;
  return Number.isNaN(started) ? (samples[0]?.from ?? 0) : started;
}

function laneOf(history: WorkerHistory, work: Work | undefined, scale: Scale): WorkerLane {
  const { name, id, server, started, ready, ended, detail, samples } = history;
  const isOver = ended <= scale.until;
  return {
    name,
    id: id === 0 ? undefined : id,
    server,
    started,
    ready: ready <= scale.until ? ready : Number.NaN,
    ended: isOver ? ended : Number.NaN,
    detail: isOver ? detail : '',
    exchanges: work?.exchanges ?? 0,
    inHand: work ? new Float32Array(work.take()) : new Float32Array(scale.bins),
    cpu: new Float32Array(shareOf(cpuIn(samples, scale))),
    memory: new Float32Array(memoryOf(history, scale)),
  };
}

/** Microseconds of processor time in each bin, and of how much of the bin it is known. */
interface CpuTime {
  readonly used: Float64Array;
  readonly known: Float64Array;
}

function cpuIn(samples: readonly UsageSample[], { from, bins, width, until }: Scale): CpuTime {
  const used = new Float64Array(bins);
  const known = new Float64Array(bins);
  for (const sample of samples) {
    if (sample.to > until) break;
    const first = Math.max(0, Math.floor((sample.from - from) / width));
    const last = Math.min(bins - 1, Math.floor((sample.to - from) / width));
    for (let bin = first; bin <= last; bin++) {
      const start = from + bin * width;
      const overlap = Math.max(0, Math.min(sample.to, start + width) - Math.max(sample.from, start));
      used[bin]! += overlap * sample.cpu;
      known[bin]! += overlap;
    }
  }
  return { used, known };
}

/** Of a core; NaN where nothing is known. */
function shareOf({ used, known }: CpuTime): Float64Array {
  return used.map((micros, bin) => (known[bin]! > 0 ? micros / known[bin]! : Number.NaN));
}

/** Cores in use by all; NaN where nothing is known of any. */
function coresOf(times: readonly CpuTime[], { bins, width }: Scale): Float64Array {
  const cores = new Float64Array(bins).fill(Number.NaN);
  for (const { used, known } of times) {
    for (let bin = 0; bin < bins; bin++) {
      if (known[bin]! > 0) cores[bin] = (Number.isNaN(cores[bin]!) ? 0 : cores[bin]!) + used[bin]! / width;
    }
  }
  return cores;
}

/** The highest value of the samples that lie over a bin. */
function highestOf(
  samples: readonly UsageSample[],
  { from, bins, width, until }: Scale,
  figure: (sample: UsageSample) => number,
): Float64Array {
  const values = new Float64Array(bins).fill(Number.NaN);
  for (const sample of samples) {
    if (sample.to > until) continue;
    const value = figure(sample);
    const first = Math.max(0, Math.floor((sample.from - from) / width));
    const last = Math.min(bins - 1, Math.floor((sample.to - from) / width));
    for (let bin = first; bin <= last; bin++) if (!(values[bin]! >= value)) values[bin] = value;
  }
  return values;
}

/** What was taken last holds until the next sample, or the end. */
function memoryOf({ samples, ended }: WorkerHistory, { from, bins, width, until }: Scale): Float64Array {
  const values = new Float64Array(bins).fill(Number.NaN);
  for (const [i, sample] of samples.entries()) {
    if (sample.to > until) break;
    const next = samples[i + 1]?.to ?? Number.POSITIVE_INFINITY;
    const end = ended <= until ? Math.min(next, ended) : next;
    const first = Math.max(0, Math.floor((sample.from - from) / width));
    const last = Math.min(bins - 1, Math.floor((end - from) / width));
    values.fill(sample.memory, first, last + 1);
  }
  return values;
}

function sumOf(lanes: readonly Float64Array[], bins: number): Float64Array {
  const sums = new Float64Array(bins).fill(Number.NaN);
  for (const lane of lanes) {
    for (const [bin, value] of lane.entries()) {
      if (!Number.isNaN(value)) sums[bin] = (Number.isNaN(sums[bin]!) ? 0 : sums[bin]!) + value;
    }
  }
  return sums;
}

/** Who had what in hand, and what it used, in the bins of a window of time. */
import type { Columns } from './columns.ts';
import type { GraphDetails, GraphParams } from './queries/graphs.ts';
import type { WorkerLane } from './queries/workers.ts';
import { type Scale, type Work, workIn } from './worker-work.ts';
import type { UsageSample, WorkerHistory } from './workers.ts';

/** A process for each connection makes more than anybody can look at; the newest are given. */
const MOST_LANES = 64;

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
    // A place below 0 would be counted from the end.
    values.fill(sample.memory, first, Math.max(0, last + 1));
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

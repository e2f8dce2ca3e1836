import {
  formatByteRate,
  formatBytes,
  formatCount,
  formatDuration,
  type Quantity,
} from '../../geometry/quantities.ts';
import type { GraphDetails, GraphResult } from '../../store/queries/graphs.ts';

/** One graph: its series and how its figures read. All share one time axis. */
export interface Track {
  readonly id: string;
  readonly name: string;
  /** What it shows, in a sentence. */
  readonly help: string;
  /** The first is the one that the others stand beside. */
  readonly series: readonly Series[];
  /** The scale never ends below this, so that noise is not blown up to full height. */
  readonly least: number;
  format(value: number): Quantity;
  /** A value above which something is wrong, drawn dashed. */
  readonly threshold?: number;
}

/** What a result has when it was asked for with details. */
export type DetailedResult = GraphResult & { readonly details: GraphDetails };

export interface Series {
  readonly name: string;
  readonly ink: 'g1' | 'g2' | 'g4' | 'read' | 'write';
  /** Columns are areas under a step line, bars stand alone. */
  readonly shape: 'steps' | 'columns';
  /** One value a bin. */
  values(result: DetailedResult): Float64Array;
  /** False where this system does not tell. */
  isKnown?(details: GraphDetails): boolean;
}

const count = (value: number): Quantity => ({ number: formatCount(value), unit: '' });
const percent = (value: number): Quantity => ({ number: formatCount(value), unit: '%' });
const rate = (value: number): Quantity => ({
  number:
    value > 0 && value < 0.1 ? '<0.1' : value < 10 ? String(Number(value.toFixed(1))) : formatCount(value),
  unit: '/s',
});
const perSecond = (result: GraphResult, sums: Float64Array) => {
  const seconds = (result.params.to - result.params.from) / result.params.bins / 1e6;
  return sums.map((sum) => sum / seconds);
};
const line = (name: string, ink: Series['ink'], values: Series['values']): Series => ({
  name,
  ink,
  shape: 'steps',
  values,
});

export const TRACKS: readonly Track[] = [
  {
    id: 'open',
    name: 'Open connections',
    help: 'Connections that are open, the most at any moment',
    series: [line('open', 'g1', (r) => r.open)],
    least: 5,
    format: count,
  },
  {
    id: 'in-flight',
    name: 'In flight',
    help: 'Requests begun and not answered to the end, the most at any moment',
    series: [line('in flight', 'g1', (r) => r.inFlight)],
    least: 5,
    format: count,
  },
  {
    id: 'queue',
    name: 'Waiting',
    help:
      'Accepted: connections of which nothing is read yet, since the model serves others first. ' +
      'Queue: those that the system has completed and the server has not accepted; Linux tells, others do not',
    series: [
      line('accepted', 'g1', (r) => r.details.waitingConnections),
      {
        ...line('queue', 'g4', (r) => r.details.acceptQueue),
        isKnown: ({ knowsAcceptQueue }) => knowsAcceptQueue !== false,
      },
    ],
    least: 5,
    format: count,
  },
  {
    id: 'requests',
    name: 'Requests',
    help: 'Requests begun, a second',
    series: [{ name: 'requests', ink: 'g1', shape: 'columns', values: (r) => perSecond(r, r.requests) }],
    least: 10,
    format: rate,
  },
  {
    id: 'reuse',
    name: 'On a kept connection',
    help: 'Share of the requests that were not the first of their connection',
    series: [line('reused', 'g1', (r) => shareOf(r.details.reused, r.requests))],
    least: 100,
    format: percent,
  },
  {
    id: 'bytes',
    name: 'Bytes',
    help: 'Bytes written and read, a second',
    series: [
      line('out', 'write', (r) => perSecond(r, r.bytesOut)),
      line('in', 'read', (r) => perSecond(r, r.bytesIn)),
    ],
    least: 1000,
    format: (value) => formatByteRate(Math.round(value)),
  },
  {
    id: 'latency',
    name: 'Latency, p99',
    help: 'First byte of a request to the last of its response; streams that go on are left out',
    series: [
      line('p99', 'g4', (r) => r.details.p99),
      line('p95', 'g2', (r) => r.details.p95),
      line('p50', 'g1', (r) => r.details.p50),
    ],
    least: 1000,
    format: formatDuration,
  },
  {
    id: 'lag',
    name: 'Loop lag, main',
    help: 'The longest that the event loop was held up: of the main process, and of the processes that serve',
    series: [line('main', 'g1', (r) => r.details.loopLag), line('workers', 'g2', (r) => r.details.workerLag)],
    least: 1000,
    format: formatDuration,
    threshold: 50_000,
  },
  {
    id: 'cpu',
    name: 'Processor',
    help: 'Processor time of all processes together; 100 % is one core',
    series: [line('cpu', 'g1', (r) => r.details.cpu.map((cores) => cores * 100))],
    least: 100,
    format: percent,
  },
  {
    id: 'memory',
    name: 'Memory',
    help: 'Resident memory of all processes together',
    series: [line('memory', 'g1', (r) => r.details.memory)],
    least: 100e6,
    format: formatBytes,
  },
  {
    id: 'waiting',
    name: 'Bytes in sockets',
    help: 'Written and not yet taken by the system: clients that read slowly',
    series: [line('waiting', 'g1', (r) => r.details.waitingBytes)],
    least: 1000,
    format: formatBytes,
  },
];

function shareOf(some: Float64Array, all: Float64Array): Float64Array {
  return some.map((value, bin) => (all[bin]! > 0 ? (value / all[bin]!) * 100 : Number.NaN));
}

import {
  formatByteRate,
  formatBytes,
  formatCount,
  formatDuration,
  type Quantity,
} from '../../geometry/quantities.ts';
import type { GraphResult } from '../../store/queries/graphs.ts';

/** One graph: its series and how its figures read. All share one time axis. */
export interface Track {
  readonly id: string;
  readonly name: string;
  readonly series: readonly Series[];
  /** The scale never ends below this, so that noise is not blown up to full height. */
  readonly least: number;
  format(value: number): Quantity;
  /** A value above which something is wrong, drawn dashed. */
  readonly threshold?: number;
}

export interface Series {
  readonly name: string;
  readonly ink: 'g1' | 'read' | 'write';
  /** Columns are areas under a step line, bars stand alone. */
  readonly shape: 'steps' | 'columns';
  /** One value a bin. */
  values(result: GraphResult): Float64Array;
}

const count = (value: number): Quantity => ({ number: formatCount(value), unit: '' });
const perSecond = (result: GraphResult, sums: Float64Array) => {
  const seconds = (result.params.to - result.params.from) / result.params.bins / 1e6;
  return sums.map((sum) => sum / seconds);
};
const level = (name: string, of: (result: GraphResult) => Float64Array): readonly Series[] => [
  { name, ink: 'g1', shape: 'steps', values: of },
];

export const TRACKS: readonly Track[] = [
  { id: 'open', name: 'Open connections', series: level('open', (r) => r.open), least: 5, format: count },
  {
    id: 'in-flight',
    name: 'In flight',
    series: level('in flight', (r) => r.inFlight),
    least: 5,
    format: count,
  },
  {
    id: 'requests',
    name: 'Requests',
    series: [{ name: 'requests', ink: 'g1', shape: 'columns', values: (r) => perSecond(r, r.requests) }],
    least: 10,
    format: (value) => ({
      number: value < 10 ? String(Number(value.toFixed(1))) : formatCount(value),
      unit: '/s',
    }),
  },
  {
    id: 'bytes',
    name: 'Bytes',
    series: [
      { name: 'out', ink: 'write', shape: 'steps', values: (r) => perSecond(r, r.bytesOut) },
      { name: 'in', ink: 'read', shape: 'steps', values: (r) => perSecond(r, r.bytesIn) },
    ],
    least: 1000,
    format: (value) => formatByteRate(Math.round(value)),
  },
  {
    id: 'slowest',
    name: 'Slowest answer',
    series: [{ name: 'slowest', ink: 'g1', shape: 'columns', values: (r) => r.slowest }],
    least: 1000,
    format: formatDuration,
  },
  {
    id: 'lag',
    name: 'Loop lag',
    series: level('lag', (r) => r.loopLag),
    least: 1000,
    format: formatDuration,
    threshold: 50_000,
  },
  {
    id: 'waiting',
    name: 'Waiting in sockets',
    series: level('waiting', (r) => r.waitingBytes),
    least: 1000,
    format: formatBytes,
  },
];

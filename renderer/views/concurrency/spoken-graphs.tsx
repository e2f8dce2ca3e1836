/** The graphs as a table, for those who cannot see the drawing. */
import { memo, useMemo } from 'react';
import { formatClock, spell } from '../../geometry/quantities.ts';
import { clockDecimals } from '../../geometry/ticks.ts';
import { usePaced } from '../shell/use-paced.ts';
import { type DrawnTrack, highestIn } from './drawn-tracks.ts';
import type { GraphWindow } from './graph-window.ts';

/** More parts of a window than this nobody listens to; zooming in tells the rest. */
const PARTS = 10;
/** Nobody hears more often what changed, and the drawing must not wait for it. */
const PACE_MS = 500;

interface Props {
  readonly tracks: readonly DrawnTrack[];
  readonly window: GraphWindow;
  readonly epochMs: number;
}

export function SpokenGraphs({ tracks, window: { from, to }, epochMs }: Props) {
  const told = useMemo(() => ({ tracks, window: { from, to }, epochMs }), [tracks, from, to, epochMs]);
  return <Table {...usePaced(told, PACE_MS)} />;
}

const Table = memo(function Table({ tracks, window: { from, to }, epochMs }: Props) {
  const bins = tracks[0]?.series[0]?.values.length ?? 0;
  const parts = Array.from({ length: Math.min(PARTS, bins) }, (_, i) => ({
    first: Math.floor((i * bins) / PARTS),
    last: Math.floor(((i + 1) * bins) / PARTS) - 1,
  }));
  const decimals = Math.max(3, clockDecimals(((to - from) / PARTS) * 1000));
  const columns = tracks.flatMap(({ track, series }) =>
    series.map((each) => ({
      key: `${track.id} ${each.name}`,
      name: series.length > 1 ? `${track.name.split(',')[0]}, ${each.name}` : track.name,
      track,
      series: each,
    })),
  );
  return (
    <table className="spoken" data-testid="spoken-graphs">
      <caption>The highest of each figure in each tenth of the window</caption>
      <thead>
        <tr>
          <th>From</th>
          {columns.map(({ key, name }) => (
            <th key={key}>{name}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {parts.map(({ first, last }) => (
          <tr key={first}>
            <th scope="row">{formatClock(epochMs, from + (first / bins) * (to - from), decimals)}</th>
            {columns.map(({ key, track, series }) => {
              const most = series.isKnown ? highestIn(series.values, first, last) : undefined;
              return <td key={key}>{most ? spell(track.format(most.value)) : 'none'}</td>;
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
});

/** All that is known at a bin, in words. */
export function spokenValues(tracks: readonly DrawnTrack[], bin: number): string {
  const figures = tracks.flatMap(({ track, series: [first] }) => {
    const value = first?.values[bin];
    return value === undefined || Number.isNaN(value) ? [] : [`${track.name} ${spell(track.format(value))}`];
  });
  return figures.join(', ') || 'nothing known';
}

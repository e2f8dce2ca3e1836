/** Name and value of each graph at the cursor, and the highest in the window. Text, so that anyone can read it. */
import { Fragment } from 'react';
import { DirectionArrow } from '../shell/icons.tsx';
import type { Track } from './graph-tracks.ts';

interface DrawnTrack {
  readonly track: Track;
  readonly series: readonly { readonly name: string; readonly values: Float64Array }[];
}

interface Props {
  readonly tracks: readonly DrawnTrack[];
  readonly bin: number;
  readonly height: number;
}

export function GraphGutter({ tracks, bin, height }: Props) {
  return (
    <dl className="graph-gutter">
      {tracks.map(({ track, series }) => (
        <div key={track.id} style={{ height }}>
          <dt>{track.name}</dt>
          {series.map(({ name, values }) => (
            <Fragment key={name}>
              <dd className="value mono" data-testid="graph-value" data-track={track.id} data-series={name}>
                {series.length > 1 && <DirectionArrow direction={name === 'in' ? 'in' : 'out'} />}
                <Value track={track} value={values[bin]} />
              </dd>
            </Fragment>
          ))}
          {series.length === 1 && (
            <dd className="most mono">
              max <Value track={track} value={highest(series[0]!.values)} />
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}

function Value({ track, value }: { readonly track: Track; readonly value: number | undefined }) {
  if (value === undefined || !Number.isFinite(value)) return <b>—</b>;
  const { number, unit } = track.format(value);
  return (
    <>
      <b>{number}</b>
      {unit !== '' && <span className="unit">{unit}</span>}
    </>
  );
}

function highest(values: Float64Array): number | undefined {
  let most: number | undefined;
  for (const value of values)
    if (Number.isFinite(value) && (most === undefined || value > most)) most = value;
  return most;
}

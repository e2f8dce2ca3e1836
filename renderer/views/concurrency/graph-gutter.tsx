/** Name and values of each graph at the cursor, and the highest in the window. Text, so that anyone can read it. */
import { DirectionArrow } from '../shell/icons.tsx';
import { type DrawnSeries, type DrawnTrack, highestIn } from './drawn-tracks.ts';
import type { Track } from './graph-tracks.ts';

interface Props {
  readonly tracks: readonly DrawnTrack[];
  readonly bin: number;
  readonly height: number;
}

export function GraphGutter({ tracks, bin, height }: Props) {
  return (
    <dl className="graph-gutter">
      {tracks.map(({ track, series: [first, ...others] }) => (
        <div key={track.id} style={{ height }} title={track.help}>
          <dt>
            {first && others.length > 0 && <Sign series={first} />}
            {track.name}
          </dt>
          {first && (
            <dd
              className="value mono"
              data-testid="graph-value"
              data-track={track.id}
              data-series={first.name}
            >
              <Value track={track} value={first.values[bin]} />
            </dd>
          )}
          {others.length === 0 && first ? (
            <dd className="beside mono">
              <span>
                max <Value track={track} value={highestIn(first.values)?.value} />
              </span>
            </dd>
          ) : (
            <dd className="beside mono">
              {others.map((series) => (
                <span
                  key={series.name}
                  data-testid="graph-value"
                  data-track={track.id}
                  data-series={series.name}
                >
                  <Sign series={series} />
                  {series.name !== 'in' && `${series.name} `}
                  {series.isKnown ? (
                    <Value track={track} value={series.values[bin]} />
                  ) : (
                    <span>not known here</span>
                  )}
                </span>
              ))}
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}

function Sign({ series: { name, ink } }: { readonly series: DrawnSeries }) {
  if (name === 'in' || name === 'out') return <DirectionArrow direction={name} />;
  return <i className={`series-ink ${ink}`} aria-hidden />;
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

import { useMemo } from 'react';
import { doneTimes, durations } from '../../lab/curves.ts';
import type { GroupResult, ModelResult } from '../../lab/group-result.ts';
import { type Curve, CurvePlot } from './curve-plot.tsx';
import './lab-curves.css';

interface Props {
  readonly results: readonly ModelResult[];
  /** Place of the group that is drawn. */
  readonly group: number;
  onGroup(group: number): void;
}

export function LabCurves({ results, group, onGroup }: Props) {
  const groups = results[0]?.groups ?? [];
  const done = useMemo(() => curvesOf(results, group, doneTimes), [results, group]);
  const took = useMemo(() => curvesOf(results, group, durations), [results, group]);
  const most = Math.max(1, ...done.map(({ times }) => times.length));
  return (
    <section className="lab-curves" aria-label="Graphs">
      {groups.length > 1 && (
        <fieldset className="segments" aria-label="Group of requests">
          {groups.map(({ name }, n) => (
            <button
              key={name}
              type="button"
              className={n === group ? 'btn on' : 'btn'}
              aria-pressed={n === group}
              onClick={() => onGroup(n)}
            >
              {name}
            </button>
          ))}
        </fieldset>
      )}
      <div className="lab-curve-pair">
        <CurvePlot title="Completed over time" curves={done} most={most} />
        <CurvePlot title="Share answered within" curves={took} most={undefined} />
      </div>
    </section>
  );
}

function curvesOf(
  results: readonly ModelResult[],
  group: number,
  times: (of: GroupResult) => readonly number[],
): readonly Curve[] {
  return results.flatMap(({ run, groups }) => {
    const found = groups[group];
    return found ? [{ model: run.model, times: times(found) }] : [];
  });
}

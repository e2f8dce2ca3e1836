/** Where the time went on the server: each step on one axis, with its exact length. */
import { formatCount, formatDuration, formatExact } from '../../geometry/quantities.ts';
import type { DetailResult } from '../../store/queries/detail.ts';
import { Figure } from '../shell/figures.tsx';
import { DirectionArrow } from '../shell/icons.tsx';
import { useStoreState } from '../shell/store-context.tsx';
import { type Phase, phasesOf } from './phases.ts';
import './timing-tab.css';

/** Waits listed one by one; more are summed up. */
const LISTED_WAITS = 12;

export function TimingTab({ detail }: { readonly detail: DetailResult }) {
  const { row, request, response, marks, connection } = detail;
  const phases = phasesOf(detail);
  const steps = phases.filter(({ kind }) => kind !== 'drain');
  const waits = phases.filter(({ kind }) => kind === 'drain');
  const { lastTime } = useStoreState('lastTime');
  const lastKnown = Math.max(
    row.endTime ?? lastTime,
    ...phases.flatMap(({ from, to }) => [from, to ?? from]),
  );
  const span = Math.max(1, (row.endTime ?? lastKnown) - row.beginTime);
  const firstByte = marks.find(({ mark }) => mark === 'first-byte')?.time ?? row.responseTime;
  const waited = waits.reduce((sum, { from, to }) => sum + (to ?? lastKnown) - from, 0);
  const axis = { from: row.beginTime, span };
  return (
    <div className="sheet-pane timing" tabIndex={0}>
      <h3 className="band">
        <b>On the server</b>
        <span className="grow" />
        <span className="mono">
          {row.endTime === undefined ? (
            'still open'
          ) : (
            <Figure of={formatDuration(row.endTime - row.beginTime)} />
          )}
        </span>
      </h3>
      <ul className="phases">
        {steps.map((phase) => (
          <PhaseLine key={`${phase.name} ${phase.from}`} phase={phase} {...axis} />
        ))}
        {waits.slice(0, LISTED_WAITS).map((phase) => (
          <PhaseLine key={phase.from} phase={phase} {...axis} />
        ))}
      </ul>
      <dl className="timing-facts">
        <Line
          name="From accept to the first byte read"
          value={<Figure of={formatDuration(row.beginTime - connection.openedTime)} />}
        />
        {firstByte !== undefined && (
          <Line
            name="To the first byte of the answer"
            value={<Figure of={formatDuration(firstByte - row.beginTime)} />}
          />
        )}
        {waits.length > 0 && (
          <Line
            name={`Waiting for the socket, ${waits.length === 1 ? 'once' : `${formatCount(waits.length)} times`}`}
            value={<Figure of={formatDuration(waited)} />}
          />
        )}
        <Line
          name="Reads"
          value={
            <span className="with-arrow">
              <DirectionArrow direction="in" />
              {formatCount(request.cuts.length)}, {formatCount(request.length)} B
            </span>
          }
        />
        {response && (
          <Line
            name="Writes"
            value={
              <span className="with-arrow">
                <DirectionArrow direction="out" />
                {formatCount(response.cuts.length)}, {formatCount(response.length)} B
              </span>
            }
          />
        )}
      </dl>
    </div>
  );
}

function Line({ name, value }: { readonly name: string; readonly value: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="mono">{value}</dd>
    </div>
  );
}

interface PhaseProps {
  readonly phase: Phase;
  readonly from: number;
  readonly span: number;
}

function PhaseLine({ phase, from, span }: PhaseProps) {
  const left = ((phase.from - from) / span) * 100;
  const width = (((phase.to ?? from + span) - phase.from) / span) * 100;
  const at = `+${formatExact(phase.from - from, 'ms')} ms`;
  return (
    <li className="phase" title={`${phase.name}, begins at ${at}`} data-testid="phase">
      <span className="phase-name">{phase.name}</span>
      <span className="phase-track">
        <i
          className={`${phase.kind}${phase.to === undefined ? ' open' : ''}`}
          style={{ left: `min(${left}%, 100% - 2px)`, width: `max(2px, ${width}%)` }}
        />
      </span>
      <span className="phase-value mono">
        {phase.to === undefined ? 'open' : <Figure of={formatDuration(phase.to - phase.from)} />}
      </span>
    </li>
  );
}

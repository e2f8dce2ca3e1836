/** The row over the graphs: the model, how much time is shown, and where the cursors are. */
import { formatClock, formatDuration, spell } from '../../geometry/quantities.ts';
import { stepLabel, type TickStep } from '../../geometry/ticks.ts';
import { useStoreState } from '../shell/store-context.tsx';
import { TimeChip } from '../timeline/time-chip.tsx';
import type { TimelineWindow } from '../timeline/timeline-window.ts';
import { SPANS } from './graph-window.ts';
import { ModelSwitch } from './model-switch.tsx';

interface Props {
  readonly window: TimelineWindow;
  readonly step: TickStep;
  /** Digits of the second by which two bins differ. */
  readonly decimals: number;
  readonly a: number | undefined;
  readonly b: number | undefined;
  /** The moment whose values are shown. */
  readonly at: number;
  /** It is the end of what is known. */
  readonly isEnd: boolean;
  onWindow(window: TimelineWindow): void;
  onFit(): void;
  onFollow(): void;
}

export function GraphTools({ window, step, decimals, a, b, at, isEnd, onWindow, onFit, onFollow }: Props) {
  const { hello, playhead } = useStoreState('hello', 'playhead');
  const epochMs = hello?.epochMs ?? 0;
  const chosen = window.follow ? (window.span ?? SPANS[0].micros) : undefined;
  return (
    <div className="tools">
      <ModelSwitch />
      <span className="dim">Last</span>
      <fieldset className="segments" aria-label="Span of time">
        {SPANS.map(({ label, micros }) => (
          <button
            key={label}
            type="button"
            className={chosen === micros ? 'btn on' : 'btn'}
            aria-pressed={chosen === micros}
            onClick={() => onWindow({ follow: true, from: 0, span: micros })}
          >
            {label}
          </button>
        ))}
      </fieldset>
      <button type="button" className="btn" title="Everything that is held (F)" onClick={onFit}>
        Fit
      </button>
      <button
        type="button"
        className={window.follow ? 'btn on' : 'btn'}
        aria-pressed={window.follow}
        title="Move on with what comes (End)"
        onClick={onFollow}
      >
        Follow
      </button>
      <span className="dim division">
        {stepLabel(step).number} {stepLabel(step).unit}/div
      </span>
      <span className="grow" />
      <TimeChip />
      <span className="graph-at mono">
        {a !== undefined && (
          <>
            <span className="dim">A</span> {formatClock(epochMs, a, decimals)}{' '}
            {b !== undefined && (
              <>
                <span className="dim">Δ</span> {spell(formatDuration(b - a))}{' '}
              </>
            )}
          </>
        )}
        <span className={a !== undefined && b !== undefined ? 'graph-b' : undefined}>
          <span className="dim">{!isEnd ? 'at' : playhead === undefined ? 'newest' : 'then'}</span>{' '}
          {formatClock(epochMs, at, decimals)}
        </span>
      </span>
    </div>
  );
}

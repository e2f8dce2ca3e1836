/** The tool row over the lanes: zoom, what is in sight, and the reading of what is under the pointer. */
import { ArrowRightToLine, ListFilter, Minus, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { stepLabel, type TickStep } from '../../geometry/ticks.ts';
import { ICON } from '../shell/icons.tsx';
import { TimeChip } from './time-chip.tsx';

interface Props {
  readonly title: string;
  readonly step: TickStep;
  readonly follow: boolean;
  readonly filtered: boolean;
  /** By a factor: 2 shows half as much time. */
  onZoom(factor: number): void;
  onFit(): void;
  onFollow(): void;
  onOnly(): void;
  /** The reading. */
  readonly children: ReactNode;
}

export const ZOOM = 1.5;

export function LaneTools({
  title,
  step,
  follow,
  filtered,
  onZoom,
  onFit,
  onFollow,
  onOnly,
  children,
}: Props) {
  const division = stepLabel(step);
  return (
    <div className="tools">
      <span className="timeline-of clip">{title}</span>
      <i className="rule" />
      <button
        type="button"
        className="btn square"
        aria-label="Zoom out"
        title="Zoom out (−)"
        onClick={() => onZoom(1 / ZOOM)}
      >
        <Minus {...ICON} />
      </button>
      <span className="division mono" data-testid="division">
        {division.number} {division.unit}/div
      </span>
      <button
        type="button"
        className="btn square"
        aria-label="Zoom in"
        title="Zoom in (+)"
        onClick={() => onZoom(ZOOM)}
      >
        <Plus {...ICON} />
      </button>
      <button type="button" className="btn" title="Everything (F)" onClick={onFit}>
        Fit
      </button>
      <button
        type="button"
        className={follow ? 'btn on' : 'btn'}
        aria-pressed={follow}
        aria-label="Follow"
        title="Keep the newest in sight (End)"
        onClick={onFollow}
      >
        <ArrowRightToLine {...ICON} />
        <span className="lane-word">Follow</span>
      </button>
      {filtered ? (
        <TimeChip />
      ) : (
        <button
          type="button"
          className="btn square"
          aria-label="Only requests of the time in sight"
          title="Only requests of the time in sight, in the list too (S)"
          onClick={onOnly}
        >
          <ListFilter {...ICON} />
        </button>
      )}
      <span className="grow" />
      <div className="reading" data-testid="readout">
        {children}
      </div>
    </div>
  );
}

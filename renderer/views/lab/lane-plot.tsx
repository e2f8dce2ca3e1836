/** The requests of one group under one model, a lane each. The arrows go from one to the next. */
import { type KeyboardEvent, type PointerEvent, useMemo, useRef } from 'react';
import { chooseStep, stepUnit, tickLabel, tickTimes } from '../../geometry/ticks.ts';
import type { GroupResult } from '../../lab/group-result.ts';
import { laneAt, lanePaths } from '../../lab/lanes.ts';
import { useSize } from '../shell/use-size.ts';
import { placeIn } from '../shell/zoom.ts';
import { laneWords } from './lab-words.ts';

interface Props {
  readonly label: string;
  readonly result: GroupResult;
  /** At the right edge. */
  readonly toMicros: number;
  /** Place of the lane that is read out. */
  readonly chosen: number | undefined;
  onChoose(lane: number | undefined): void;
}

const HEIGHT = 112;
const AXIS = 16;
const DIVISION_PX = 44;

export function LanePlot({ label, result, toMicros, chosen, onChoose }: Props) {
  const plot = useRef<HTMLDivElement>(null);
  const { width } = useSize(plot);
  const { records, wallMicros } = result;
  const paths = useMemo(
    () => (width > 0 ? lanePaths(result, width, HEIGHT, toMicros) : undefined),
    [result, width, toMicros],
  );
  const point = (event: PointerEvent<HTMLElement>) => {
    onChoose(laneAt(result, placeIn(event.currentTarget, event).y, HEIGHT));
  };
  const step = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, PageDown: 10, PageUp: -10 }[
      event.key
    ];
    if (by === undefined || records.length === 0) return;
    event.preventDefault();
    const next = chosen === undefined ? 0 : chosen + by;
    onChoose(Math.min(records.length - 1, Math.max(0, next)));
  };
  const lane = HEIGHT / result.lanes;
  const end = (wallMicros / toMicros) * width;
  const record = chosen === undefined ? undefined : records[chosen];
  return (
    <div
      ref={plot}
      className="lane-plot well"
      style={{ height: HEIGHT + AXIS }}
      role="slider"
      tabIndex={records.length > 0 ? 0 : -1}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={records.length}
      aria-valuenow={chosen === undefined ? 0 : chosen + 1}
      aria-valuetext={
        record && chosen !== undefined ? laneWords(result, chosen) : `${records.length} requests`
      }
      onPointerMove={point}
      onPointerLeave={() => onChoose(undefined)}
      onKeyDown={step}
      onBlur={() => onChoose(undefined)}
    >
      {paths && (
        <svg width={width} height={HEIGHT + AXIS} aria-hidden="true">
          <Axis width={width} toMicros={toMicros} />
          <path className="lab-waited" d={paths.waited} />
          <path className="lab-started" d={paths.started} />
          <path className="lab-served" d={paths.served} />
          <path className="lab-failed" d={paths.failed} />
          {chosen !== undefined && record && (
            <rect className="lab-chosen" y={chosen * lane} width={width} height={Math.max(1, lane)} />
          )}
          {records.length > 0 && <path className="lab-end" d={`M${Math.round(end) - 0.5} 0V${HEIGHT}`} />}
        </svg>
      )}
    </div>
  );
}

function Axis({ width, toMicros }: { readonly width: number; readonly toMicros: number }) {
  const step = chooseStep(toMicros, width, DIVISION_PX);
  return tickTimes(0, toMicros, step.nanos).map((time) => {
    const x = Math.round((time / toMicros) * width);
    const words = time === 0 ? '0' : `${tickLabel(time, step, 0)} ${stepUnit(step)}`;
    return (
      <g key={time}>
        <path className="lab-grat" d={`M${x + 0.5} 0V${HEIGHT}`} />
        {x < width - DIVISION_PX / 2 && (
          <text className="lab-tick" x={x} y={HEIGHT + 12} textAnchor={x === 0 ? 'start' : 'middle'}>
            {words}
          </text>
        )}
      </g>
    );
  });
}

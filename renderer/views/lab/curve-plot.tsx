/** A step curve for each model over a logarithmic axis of time, with a cursor whose values stand in the key. */
import { type KeyboardEvent, memo, type PointerEvent, useMemo, useRef, useState } from 'react';
import type { ModelName } from '../../../server-core/capture/model-names.ts';
import { formatDuration, spell } from '../../geometry/quantities.ts';
import {
  countUpTo,
  fromLogScale,
  type LogScale,
  logScale,
  logTicks,
  onLogScale,
  stepPath,
} from '../../lab/curves.ts';
import { useSize } from '../shell/use-size.ts';
import { placeIn } from '../shell/zoom.ts';
import { MODEL_LINES } from './model-lines.ts';

export interface Curve {
  readonly model: ModelName;
  /** Microseconds, ascending. */
  readonly times: readonly number[];
}

interface Props {
  readonly title: string;
  readonly curves: readonly Curve[];
  /** What stands at the upper edge; undefined: the whole of each curve, in percent. */
  readonly most: number | undefined;
}

const HEIGHT = 160;
/** Steps of the keys, of the whole width. */
const KEY_STEP = 0.02;

export function CurvePlot({ title, curves, most }: Props) {
  const plot = useRef<HTMLDivElement>(null);
  const { width } = useSize(plot);
  const [share, setShare] = useState<number>();
  const scale = useMemo(() => logScale(curves.flatMap(({ times }) => times)), [curves]);
  const at = share === undefined ? undefined : fromLogScale(scale, share);
  const point = (event: PointerEvent<HTMLElement>) => {
    const { x } = placeIn(event.currentTarget, event);
    setShare(Math.min(1, Math.max(0, x / Math.max(1, width))));
  };
  const step = (event: KeyboardEvent) => {
    const now = share ?? 0;
    const next = {
      ...{ ArrowRight: now + KEY_STEP, ArrowUp: now + KEY_STEP },
      ...{ ArrowLeft: now - KEY_STEP, ArrowDown: now - KEY_STEP },
      ...{ Home: 0, End: 1 },
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    setShare(Math.min(1, Math.max(0, next)));
  };
  const read = (times: readonly number[]) => valueWords(times, at, most);
  const spoken = curves.map(({ model, times }) => `${model} ${read(times)}`).join(', ');
  return (
    <figure className="lab-curve">
      <figcaption>
        <b>{title}</b>
        <span className="mono">{at === undefined ? '' : `at ${spell(formatDuration(at))}`}</span>
      </figcaption>
      <div
        ref={plot}
        className="curve-plot well"
        role="slider"
        tabIndex={0}
        aria-label={title}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round((share ?? 0) * 100)}
        aria-valuetext={at === undefined ? spoken : `${spell(formatDuration(at))}: ${spoken}`}
        onPointerMove={point}
        onPointerLeave={() => setShare(undefined)}
        onKeyDown={step}
        onBlur={() => setShare(undefined)}
      >
        {width > 0 && (
          <svg width={width} height={HEIGHT + 20} aria-hidden="true">
            <Picture {...{ curves, most, scale, width }} />
            {share !== undefined && (
              <path className="lab-end" d={`M${Math.round(share * width) + 0.5} 0V${HEIGHT}`} />
            )}
          </svg>
        )}
      </div>
      <ul className="curve-key">
        {curves.map(({ model, times }) => (
          <li key={model}>
            <svg width="20" height="8" aria-hidden="true">
              <path className="lab-line" style={lineOf(model)} d="M0 4H20" />
            </svg>
            {model} <b className="mono">{read(times)}</b>
          </li>
        ))}
      </ul>
    </figure>
  );
}

interface PictureProps extends Pick<Props, 'curves' | 'most'> {
  readonly scale: LogScale;
  readonly width: number;
}

/** All but the cursor, which moves while this stays. */
const Picture = memo(function Picture({ curves, most, scale, width }: PictureProps) {
  const x = (value: number) => Math.round(onLogScale(scale, value) * width);
  return (
    <>
      {logTicks(scale).map((tick) => (
        <g key={tick}>
          <path className="lab-grat" d={`M${x(tick) + 0.5} 0V${HEIGHT + 4}`} />
          <text className="lab-tick" x={x(tick)} y={HEIGHT + 15} textAnchor={anchorAt(x(tick), width)}>
            {spell(formatDuration(tick))}
          </text>
        </g>
      ))}
      {[0, 0.5, 1].map((part) => (
        <path
          key={part}
          className="lab-grat"
          d={`M0 ${Math.round((1 - part) * (HEIGHT - 1)) + 0.5}H${width}`}
        />
      ))}
      {curves.map(({ model, times }) => (
        <path
          key={model}
          className="lab-line"
          style={lineOf(model)}
          d={stepPath(times, scale, most ?? times.length, width, HEIGHT - 2)}
          transform="translate(0 1)"
        />
      ))}
      {/* Curves rise to the right: here they are seldom in the way. */}
      <text className="lab-tick" x={8} y={14}>
        {most === undefined ? '100 %' : most}
      </text>
    </>
  );
});

function lineOf(model: ModelName) {
  const { ink, dash } = MODEL_LINES[model];
  return { stroke: `var(${ink})`, strokeDasharray: dash };
}

function valueWords(times: readonly number[], at: number | undefined, most: number | undefined): string {
  if (times.length === 0) return '—';
  const count = at === undefined ? times.length : countUpTo(times, at);
  if (most !== undefined) return String(count);
  if (at === undefined) return `half in ${spell(formatDuration(times[(times.length - 1) >> 1]!))}`;
  return `${Math.round((count / times.length) * 100)} %`;
}

function anchorAt(x: number, width: number): 'start' | 'middle' | 'end' {
  if (x < 20) return 'start';
  return x > width - 20 ? 'end' : 'middle';
}

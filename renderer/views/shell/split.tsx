/**
 * Two panes and the edge between them, side by side or one below the other; the shares are remembered. Where there is
 * no room for both one way they stand the other way, and where there is none at all the second has the whole place.
 */
import { type ReactNode, useRef } from 'react';
import { PaneEdge } from './pane-edge.tsx';
import { numberWithin, useSetting } from './setting.ts';
import './split.css';
import { useSize } from './use-size.ts';
import { zoomOf } from './zoom.ts';

interface Props {
  readonly name: string;
  readonly label: string;
  /** Share of the second pane until someone moves the edge. */
  readonly first: number;
  /** Least widths of the two panes, CSS pixels. */
  readonly least: readonly [number, number];
  /** The same for the second pane below the first; undefined where it never stands there. */
  readonly below?: {
    readonly first: number;
    readonly least: readonly [number, number];
    readonly wanted: boolean;
  };
  readonly start: ReactNode;
  /** Undefined: the first pane has the whole place. */
  readonly end: ReactNode | undefined;
}

const STEP = 0.02;
const LEAST_SHARE = 0.1;

export function Split({ name, label, first, least, below, start, end }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const isShare = numberWithin(LEAST_SHARE, 1 - LEAST_SHARE);
  const [beside, setBeside] = useSetting(`split.${name}`, first, isShare);
  const [under, setUnder] = useSetting(`split.${name}.below`, below?.first ?? first, isShare);
  const fits = {
    beside: size.width === 0 || size.width > least[0] + least[1],
    below: below !== undefined && (size.height === 0 || size.height > below.least[0] + below.least[1]),
  };
  const isBelow = fits.below && (below?.wanted === true || !fits.beside);
  const isAlone = !fits.beside && !fits.below;
  const [share, setShare] = isBelow ? [under, setUnder] : [beside, setBeside];
  const [leastStart, leastEnd] = isBelow && below ? below.least : least;

  const place = (x: number, y: number) => {
    const element = box.current;
    if (!element) return;
    const rect = element.getBoundingClientRect();
    const zoom = zoomOf(element);
    const whole = (isBelow ? rect.height : rect.width) / zoom;
    const wanted = (isBelow ? rect.bottom - y : rect.right - x) / zoom;
    change(Math.min(whole - leastStart, Math.max(leastEnd, wanted)) / whole);
  };
  const change = (to: number) => setShare(Math.min(1 - LEAST_SHARE, Math.max(LEAST_SHARE, to)));
  const tracks = `minmax(${leastStart}px, 1fr) 1px minmax(${leastEnd}px, ${(share * 100).toFixed(2)}%)`;
  const isWhole = end === undefined;
  return (
    <div
      ref={box}
      className={isWhole ? 'split whole' : isAlone ? 'split alone' : 'split'}
      style={isWhole || isAlone ? {} : { [isBelow ? 'gridTemplateRows' : 'gridTemplateColumns']: tracks }}
    >
      {start}
      {!isWhole && !isAlone && (
        <PaneEdge
          label={label}
          orientation={isBelow ? 'horizontal' : 'vertical'}
          value={share * 100}
          onMove={place}
          onStep={(step) => change(share - step * STEP)}
          onReset={() => setShare(isBelow && below ? below.first : first)}
        />
      )}
      {end}
    </div>
  );
}

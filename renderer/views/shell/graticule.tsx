/** The lines of an idle screen: divisions about the middle, finer marks on the two axes. */
import { useRef } from 'react';
import { useSize } from './use-size.ts';

const DIVISION = 104;
const PARTS = 5;

export function Graticule() {
  const box = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(box);
  return (
    <div ref={box} className="graticule" aria-hidden="true">
      {width > 0 && <GraticuleLines width={width} height={height} />}
    </div>
  );
}

function GraticuleLines({ width, height }: { readonly width: number; readonly height: number }) {
  const [x, y] = [Math.round(width / 2) + 0.5, Math.round(height / 2) + 0.5];
  const across = steps(width / 2, DIVISION);
  const down = steps(height / 2, DIVISION);
  const lines = across.map((d) => `M${x + d} 0V${height}`).concat(down.map((d) => `M0 ${y + d}H${width}`));
  const marks = steps(width / 2, DIVISION / PARTS)
    .map((d) => `M${x + d} ${y - 2.5}v5`)
    .concat(steps(height / 2, DIVISION / PARTS).map((d) => `M${x - 2.5} ${y + d}h5`));
  return (
    <svg width={width} height={height} shapeRendering="crispEdges" fill="none">
      <path d={lines.join('')} stroke="var(--grat)" />
      <path d={marks.join('')} stroke="var(--grat-2)" />
    </svg>
  );
}

function steps(half: number, step: number): number[] {
  const most = Math.floor(half / step);
  return Array.from({ length: 2 * most + 1 }, (_, i) => Math.round((i - most) * step));
}

/** Two panes and the edge between them, which a pointer or the arrow keys move. The share is remembered. */
import { type ReactNode, useRef } from 'react';
import { numberWithin, useSetting } from './setting.ts';
import './split.css';

interface Props {
  readonly name: string;
  readonly label: string;
  /** Share of the second pane until someone moves the edge. */
  readonly first: number;
  /** Least widths of the two panes, CSS pixels. */
  readonly least: readonly [number, number];
  readonly start: ReactNode;
  /** Undefined: the first pane has the whole width. */
  readonly end: ReactNode | undefined;
}

const STEP = 0.02;

export function Split({ name, label, first, least, start, end }: Props) {
  const [share, setShare] = useSetting(`split.${name}`, first, numberWithin(0.1, 0.9));
  const box = useRef<HTMLDivElement>(null);
  const place = (clientX: number) => {
    const rect = box.current?.getBoundingClientRect();
    if (!rect) return;
    const width = Math.min(rect.width - least[0], Math.max(least[1], rect.right - clientX));
    setShare(Math.min(0.9, Math.max(0.1, width / rect.width)));
  };
  if (end === undefined) {
    return (
      <div className="split whole" ref={box}>
        {start}
      </div>
    );
  }
  const columns = `minmax(${least[0]}px, 1fr) 1px minmax(${least[1]}px, ${(share * 100).toFixed(2)}%)`;
  return (
    <div className="split" ref={box} style={{ gridTemplateColumns: columns }}>
      {start}
      <div
        className="split-edge"
        role="separator"
        aria-orientation="vertical"
        aria-label={label}
        aria-valuenow={Math.round(share * 100)}
        aria-valuemin={10}
        aria-valuemax={90}
        tabIndex={0}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) place(event.clientX);
        }}
        onDoubleClick={() => setShare(first)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowLeft') setShare(Math.min(0.9, share + STEP));
          else if (event.key === 'ArrowRight') setShare(Math.max(0.1, share - STEP));
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      {end}
    </div>
  );
}

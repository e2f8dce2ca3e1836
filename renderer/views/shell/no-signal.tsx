/** A screen without a signal: two flat traces, and what to do about it. */
import type { ReactNode } from 'react';
import { Graticule } from './graticule.tsx';
import { DirectionArrow } from './icons.tsx';
import './no-signal.css';

interface Props {
  readonly title: string;
  readonly text: string;
  readonly foot?: string;
  readonly children?: ReactNode;
}

export function NoSignal({ title, text, foot, children }: Props) {
  return (
    <div className="no-signal well">
      <Graticule />
      <Trace direction="in" name="reads" />
      <div className="no-signal-text">
        <h2>{title}</h2>
        <p>{text}</p>
        {children && <div className="actions">{children}</div>}
        {foot !== undefined && <p className="foot">{foot}</p>}
      </div>
      <Trace direction="out" name="writes" />
    </div>
  );
}

function Trace({ direction, name }: { readonly direction: 'in' | 'out'; readonly name: string }) {
  return (
    <div className={`flat ${direction}`}>
      <span>
        <DirectionArrow direction={direction} /> {name}
      </span>
      <span className="mono">no signal</span>
    </div>
  );
}

/** The edge of the rail, and the width that a person gave it. */
import { PaneEdge } from './shell/pane-edge.tsx';
import { numberWithin, useSetting } from './shell/setting.ts';
import { zoomOf } from './shell/zoom.ts';

const LEAST = 148;
const MOST = 420;
const STEP_PX = 8;
/** What the sheet of tokens says for this width of the window. */
const AS_FIRST = 0;

export function useRailWidth() {
  return useSetting('rail-width', AS_FIRST, numberWithin(0, MOST));
}

interface Props {
  /** CSS pixels; 0 for that of the sheet. */
  readonly width: number;
  onWidth(width: number): void;
}

export function RailEdge({ width, onWidth }: Props) {
  const change = (to: number) => onWidth(Math.round(Math.min(MOST, Math.max(LEAST, to))));
  const zoom = () => zoomOf(document.documentElement);
  const shown = () => (document.querySelector('.rail')?.getBoundingClientRect().width ?? LEAST) / zoom();
  return (
    <div className="rail-edge">
      <PaneEdge
        label="Width of the servers"
        orientation="vertical"
        value={((width || LEAST) / MOST) * 100}
        onMove={(x) => change(x / zoom())}
        onStep={(step) => change(shown() + step * STEP_PX)}
        onReset={() => onWidth(AS_FIRST)}
      />
    </div>
  );
}

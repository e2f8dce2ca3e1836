/** Whose lane it is: number, client, how it stands, and how many exchanges it carried. */
import { formatCount } from '../../geometry/quantities.ts';
import type { ConnectionView } from '../../store/queries/connection.ts';
import { endWord } from './lane-ends.ts';
import type { LaneMenuPlace } from './lane-menu.tsx';
import { clientWords } from './lane-words.ts';

interface Props {
  readonly lanes: readonly ConnectionView[];
  readonly firstLane: number;
  readonly laneHeight: number;
  /** Connections: that of the chosen exchange, and that on which the keys are. */
  readonly chosen: number | undefined;
  readonly keyed: number | undefined;
  /** A lane, by its place among these, was asked what can be done with it. */
  onMenu(index: number, at: LaneMenuPlace['at']): void;
}

/** For the pointer only: what it shows is told in tables, and what it does the keys do on the lanes. */
export function LaneGutter({ lanes, firstLane, laneHeight, chosen, keyed, onMenu }: Props) {
  return (
    <div className="lane-gutter" aria-hidden="true">
      {lanes.map((lane, i) => (
        <button
          key={lane.conn}
          type="button"
          tabIndex={-1}
          className={['lane-name', lane.conn === chosen && 'on', lane.conn === keyed && 'keyed']
            .filter(Boolean)
            .join(' ')}
          style={{ top: (firstLane + i) * laneHeight, height: laneHeight }}
          title={lane.closeDetail || undefined}
          data-testid="timeline-lane"
          data-conn={lane.conn}
          onClick={({ clientX: x, clientY: y }) => onMenu(i, { x, y })}
          onContextMenu={(event) => {
            event.preventDefault();
            onMenu(i, { x: event.clientX, y: event.clientY });
          }}
        >
          <b>c{lane.conn}</b>
          <span className="clip">{clientWords(lane)}</span>
          <span className="mono port">{lane.remotePort > 0 && `:${lane.remotePort}`}</span>
          <span className="mono">
            {endWord(lane.closeReason)}, {formatCount(lane.exchanges)}
          </span>
        </button>
      ))}
    </div>
  );
}

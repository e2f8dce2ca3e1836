/** Whose lane it is: number, client, how it stands, and how many exchanges it carried. */
import { formatCount } from '../../geometry/quantities.ts';
import type { ConnectionView } from '../../store/queries/connection.ts';
import { isLoopback } from '../servers/reach.ts';
import { endWord } from './lane-ends.ts';

interface Props {
  readonly lanes: readonly ConnectionView[];
  readonly firstLane: number;
  readonly laneHeight: number;
  readonly chosen: number | undefined;
}

export function LaneGutter({ lanes, firstLane, laneHeight, chosen }: Props) {
  return (
    <div className="lane-gutter" aria-hidden="true">
      {lanes.map((lane, i) => (
        <div
          key={lane.conn}
          className={lane.conn === chosen ? 'lane-name on' : 'lane-name'}
          style={{ top: (firstLane + i) * laneHeight, height: laneHeight }}
          title={lane.closeDetail || undefined}
          data-testid="timeline-lane"
          data-conn={lane.conn}
        >
          <b>c{lane.conn}</b>
          <span className="clip">
            {isLoopback(lane.remoteAddress) ? 'this computer' : lane.remoteAddress}
          </span>
          <span className="mono port">:{lane.remotePort}</span>
          <span className="mono">
            {endWord(lane.closeReason)}, {formatCount(lane.exchanges)}
          </span>
        </div>
      ))}
    </div>
  );
}

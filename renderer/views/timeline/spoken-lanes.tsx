/** What is drawn as tables, for those who cannot see the drawing. */
import { memo, useMemo } from 'react';
import { formatDuration, spell } from '../../geometry/quantities.ts';
import type { TimelineResult } from '../../store/queries/timeline.ts';
import { usePaced } from '../shell/use-paced.ts';
import { endWord } from './lane-ends.ts';

/** More rows than this nobody listens to; zooming in tells the rest. */
const MOST = 100;

const HELP =
  'Up and down go from connection to connection, Shift with left and right from one thing that happened to the next,' +
  ' Enter opens its request.';

/** Nobody hears more often what changed, and the drawing must not wait for it. */
const PACE_MS = 500;

interface Told {
  readonly result: TimelineResult;
  readonly now: number;
}

interface Props extends Told {
  /** Names the help for the keys. */
  readonly helpId: string;
}

export function SpokenLanes({ result, now, helpId }: Props) {
  const told = usePaced(
    useMemo(() => ({ result, now }), [result, now]),
    PACE_MS,
  );
  return (
    <>
      <p className="spoken" id={helpId}>
        {HELP}
      </p>
      <Tables {...told} />
    </>
  );
}

const Tables = memo(function Tables({ result, now }: Told) {
  const { lanes, bars } = result;
  const told = Array.from({ length: Math.min(MOST, bars.count) }, (_, bar) => bar);
  const span = (from: number, to: number) =>
    Number.isNaN(from) ? '' : spell(formatDuration((Number.isNaN(to) ? now : to) - from));
  return (
    <>
      <table className="spoken">
        <caption>Connections in view</caption>
        <thead>
          <tr>
            <th>Connection</th>
            <th>Client</th>
            <th>State</th>
            <th>Exchanges</th>
            <th>Bytes read</th>
            <th>Bytes written</th>
          </tr>
        </thead>
        <tbody>
          {lanes.map((lane) => (
            <tr key={lane.conn}>
              <td>{lane.conn}</td>
              <td>
                {lane.remoteAddress} port {lane.remotePort}
              </td>
              <td>{[endWord(lane.closeReason), lane.closeDetail].filter(Boolean).join(': ')}</td>
              <td>{lane.exchanges}</td>
              <td>{lane.bytesIn}</td>
              <td>{lane.bytesOut}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <table className="spoken" data-testid="spoken-exchanges">
        <caption>
          {bars.count > MOST ? `The first ${MOST} of ${bars.count} exchanges in view` : 'Exchanges in view'}
        </caption>
        <thead>
          <tr>
            <th>Exchange</th>
            <th>Connection</th>
            <th>Target</th>
            <th>Status</th>
            <th>Reading</th>
            <th>Work</th>
            <th>Sending</th>
          </tr>
        </thead>
        <tbody>
          {told.map((bar) => (
            <tr key={bars.exchange[bar]}>
              <td>{bars.exchange[bar]}</td>
              <td>{lanes[bars.lane[bar]!]?.conn}</td>
              <td>{bars.label[bar]}</td>
              <td>{bars.aborted[bar] === 1 ? 'aborted' : bars.status[bar] || 'pending'}</td>
              <td>{span(bars.begin[bar]!, bars.head[bar]!)}</td>
              <td>{span(bars.head[bar]!, bars.response[bar]!)}</td>
              <td>{span(bars.response[bar]!, bars.end[bar]!)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
});

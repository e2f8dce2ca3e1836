/** What happened on a lane, in words: for the reading, and for those who only hear it. */
import { formatDuration, formatExactBytes, spell } from '../../geometry/quantities.ts';
import type { ConnectionView } from '../../store/queries/connection.ts';
import type { LaneFact } from '../../store/queries/lane.ts';
import { isLoopback } from '../servers/reach.ts';
import { printable } from '../traffic/path-text.ts';
import { endWord, LANE_ENDS } from './lane-ends.ts';
import { POINT_WORDS } from './point-words.ts';
import type { Axis } from './time-zero.ts';
import type { LanePlace } from './use-lane-steps.ts';

export function factWords(fact: LaneFact): string {
  switch (fact.kind) {
    case 'accepted':
      return 'accepted';
    case 'secured':
      return `TLS handshake done, ${fact.version}, ${spell(formatDuration(fact.micros))}`;
    case 'read':
      return `read ${spell(formatExactBytes(fact.bytes))}`;
    case 'write':
      return `write ${spell(formatExactBytes(fact.bytes))}`;
    case 'head':
      return `head read: ${fact.method} ${printable(fact.target)}`;
    case 'mark':
      return [POINT_WORDS[fact.mark], fact.detail].filter(Boolean).join(': ');
    case 'response':
      return `response ${fact.status} begins`;
    case 'ended':
      return fact.complete ? 'response sent' : 'broken off';
    case 'closed': {
      const word = fact.reason === undefined ? 'closed' : LANE_ENDS[fact.reason].word;
      return [word, fact.detail].filter(Boolean).join(': ');
    }
  }
}

function laneWords(lane: ConnectionView): string {
  const { conn, remotePort, closeReason, exchanges } = lane;
  const client = clientWords(lane) + (remotePort === 0 ? '' : ` port ${remotePort}`);
  const count = `${exchanges} ${exchanges === 1 ? 'exchange' : 'exchanges'}`;
  return `c${conn}, ${client}, ${endWord(closeReason)}, ${count}`;
}

/** Who is at the other end; captures of other programs need not tell. */
export function clientWords({ remoteAddress }: ConnectionView): string {
  if (remoteAddress === '') return 'client not recorded';
  return isLoopback(remoteAddress) ? 'this computer' : remoteAddress;
}

/** Where the keys came to, as it is said. */
export function placeWords(place: LanePlace, lanes: readonly ConnectionView[], axis: Axis): string {
  const { conn, step, atEnd } = place;
  if (atEnd !== undefined) return `Nothing ${atEnd === 'last' ? 'after' : 'before'} it on c${conn}`;
  if (step) return `c${conn}, ${axis.format(step.time)}: ${step.facts.map(factWords).join('; ')}`;
  const lane = lanes.find((each) => each.conn === conn);
  return lane ? laneWords(lane) : '';
}

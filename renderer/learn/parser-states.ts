/** The states of both parsers under one roof: HTTP/1 first, then the frames that may follow a handshake. */
import { STATE_NAMES, STATES, type StateInfo, type StateName } from '../../server-core/wire/http1/states.ts';
import { FRAME_STATES, type FrameState } from '../../server-core/wire/ws/states.ts';

export type StateId = StateName | `ws-${FrameState}`;

const FRAME_NAMES = Object.keys(FRAME_STATES) as readonly FrameState[];

/** By number, as a tape stores them. */
export const STATE_IDS: readonly StateId[] = [
  ...STATE_NAMES,
  ...FRAME_NAMES.map((name) => `ws-${name}` as const),
];

const NUMBERS: ReadonlyMap<StateId, number> = new Map(STATE_IDS.map((id, number) => [id, number]));

export function stateNumber(id: StateId): number {
  return NUMBERS.get(id)!;
}

export function stateInfo(id: StateId): StateInfo {
  return isFrameState(id) ? FRAME_STATES[id.slice('ws-'.length) as FrameState] : STATES[id];
}

/** Nothing is read any more: what follows is unread, and stepping ends here. */
export function isFinal(id: StateId): boolean {
  return id === 'faulted' || id === 'switched' || id === 'closed' || id === 'ws-finished';
}

function isFrameState(id: StateId): id is `ws-${FrameState}` {
  return id.startsWith('ws-');
}

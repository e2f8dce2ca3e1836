/** What a key does over the lanes. */
export type LaneAct =
  | 'playhead'
  | 'in'
  | 'out'
  | 'earlier'
  | 'later'
  | 'up'
  | 'down'
  | 'fit'
  | 'follow'
  | 'chosen'
  | 'cursor'
  | 'only';

const ACTS: Readonly<Record<string, LaneAct>> = {
  '+': 'in',
  '=': 'in',
  '-': 'out',
  ArrowLeft: 'earlier',
  ArrowRight: 'later',
  ArrowUp: 'up',
  ArrowDown: 'down',
  f: 'fit',
  End: 'follow',
  z: 'chosen',
  h: 'playhead',
  a: 'cursor',
  s: 'only',
};

export function laneAct(key: string): LaneAct | undefined {
  return ACTS[key.length === 1 ? key.toLowerCase() : key];
}

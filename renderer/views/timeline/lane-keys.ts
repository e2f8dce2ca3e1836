/** What a key does over the lanes. */
export type LaneAct =
  | 'playhead'
  | 'in'
  | 'out'
  | 'earlier'
  | 'later'
  | 'up'
  | 'down'
  | 'before'
  | 'next'
  | 'choose'
  | 'menu'
  | 'fit'
  | 'follow'
  | 'chosen'
  | 'cursor'
  | 'zero'
  | 'only';

const ACTS: Readonly<Record<string, LaneAct>> = {
  '+': 'in',
  '=': 'in',
  '-': 'out',
  ArrowLeft: 'earlier',
  ArrowRight: 'later',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Enter: 'choose',
  ContextMenu: 'menu',
  f: 'fit',
  End: 'follow',
  z: 'chosen',
  h: 'playhead',
  a: 'cursor',
  t: 'zero',
  s: 'only',
};

const SHIFTED: Readonly<Record<string, LaneAct>> = {
  ArrowLeft: 'before',
  ArrowRight: 'next',
  F10: 'menu',
};

export function laneAct(event: { readonly key: string; readonly shiftKey: boolean }): LaneAct | undefined {
  const { key, shiftKey } = event;
  // With some signs Shift is how they are typed.
  return (shiftKey ? SHIFTED[key] : undefined) ?? ACTS[key.length === 1 ? key.toLowerCase() : key];
}

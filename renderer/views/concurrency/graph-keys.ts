/** What a key does over the graphs; the letters are those of the timeline. */
export type GraphAct =
  | 'in'
  | 'out'
  | 'back'
  | 'on'
  | 'far-back'
  | 'far-on'
  | 'cursor'
  | 'only'
  | 'playhead'
  | 'fit'
  | 'follow';

const ACTS: Readonly<Record<string, GraphAct>> = {
  '+': 'in',
  '=': 'in',
  '-': 'out',
  ArrowLeft: 'back',
  ArrowRight: 'on',
  PageUp: 'far-back',
  PageDown: 'far-on',
  a: 'cursor',
  s: 'only',
  h: 'playhead',
  f: 'fit',
  End: 'follow',
};

export function graphAct(key: string): GraphAct | undefined {
  return ACTS[key.length === 1 ? key.toLowerCase() : key];
}

import { expect, it } from 'vitest';
import { laneAct } from '../../../../renderer/views/timeline/lane-keys.ts';

it.each([
  ['ArrowLeft', false, 'earlier'],
  ['ArrowLeft', true, 'before'],
  ['ArrowRight', true, 'next'],
  ['ArrowDown', true, 'down'],
  ['+', true, 'in'],
  ['A', true, 'cursor'],
  ['F10', true, 'menu'],
  ['F10', false, undefined],
  ['ContextMenu', false, 'menu'],
  ['x', false, undefined],
] as const)('%s, Shift %s: %s', (key, shiftKey, act) => expect(laneAct({ key, shiftKey })).toBe(act));

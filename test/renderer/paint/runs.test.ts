import { expect, it } from 'vitest';
import { Runs } from '../../../renderer/paint/runs.ts';

function drawn(...rects: readonly (readonly [number, number, number, number])[]): number[][] {
  const filled: number[][] = [];
  const runs = new Runs({ fillRect: (...rect) => void filled.push(rect) });
  for (const rect of rects) runs.add(...rect);
  runs.end();
  return filled;
}

it('what touches is one', () => {
  expect(drawn([0, 5, 1, 9], [1, 5, 1, 9], [2.5, 5, 1, 9])).toEqual([[0, 5, 3.5, 9]]);
});

it('what lies on it adds nothing', () => {
  expect(drawn([0, 5, 8, 9], [2, 5, 1, 9])).toEqual([[0, 5, 8, 9]]);
});

it.each([
  ['a gap', [2, 5, 1, 9]],
  ['another height', [1, 5, 1, 8]],
  ['another lane', [1, 61, 1, 9]],
  ['a lane that begins anew at the left', [-3, 5, 1, 9]],
] as const)('%s begins another', (_name, next) => {
  expect(drawn([0, 5, 1, 9], next)).toEqual([[0, 5, 1, 9], next]);
});

it('nothing draws nothing', () => expect(drawn()).toEqual([]));

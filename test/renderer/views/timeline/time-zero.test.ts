import { expect, it } from 'vitest';
import { TICK_STEPS } from '../../../../renderer/geometry/ticks.ts';
import { axisOf, zeroAfter } from '../../../../renderer/views/timeline/time-zero.ts';

const MS = TICK_STEPS.find(({ nanos }) => nanos === 10e6)!;
/** Three seconds and a half after midnight, UTC. */
const MOMENTS = { from: 250_000, first: 100_000, a: 400_000, epochMs: 86_400_000 + 3500 };

it('counts from a round time of day', () => {
  const axis = axisOf('clock', MS, MOMENTS);
  expect(axis.origin).toBe(-500_000);
  expect(axis.name).toMatch(/:03$/);
  expect(axis.format(400_001)).toMatch(/:03\.900001$/);
});

it.each([
  [20e3, /:03\.750$/],
  [3600e9, /^19\d\d-\d\d-\d\d$/],
  [86_400e9, /^19\d\d-\d\d-\d\d$/],
])('names the origin to where it is round, with lines %d ns apart', (nanos, name) => {
  const step = TICK_STEPS.find((each) => each.nanos === nanos)!;
  const axis = axisOf('clock', step, { ...MOMENTS, from: 250_123 });
  expect(axis.name).toMatch(name);
});

it.each([
  ['start', 100_000, 'start', '+300.000 ms', '−100.000 ms'],
  ['a', 400_000, 'A', '+0.000 ms', '−400.000 ms'],
] as const)('counts from %s', (zero, origin, name, atA, before) => {
  const axis = axisOf(zero, MS, MOMENTS);
  expect([axis.origin, axis.name, axis.format(400_000), axis.format(0)]).toEqual([origin, name, atA, before]);
});

it('counts by the clock while there is no A', () => {
  expect(axisOf('a', MS, { ...MOMENTS, a: undefined }).origin).toBe(-500_000);
  expect([zeroAfter('start', true), zeroAfter('start', false), zeroAfter('a', true)]).toEqual([
    'a',
    'clock',
    'clock',
  ]);
});

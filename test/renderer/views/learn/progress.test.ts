import { expect, it } from 'vitest';
import { parseProgress } from '../../../../renderer/views/learn/use-labs.ts';

const DONE = { exchange: 1, at: 2, epochMs: 3 };

it('progress comes back as it was stored, without steps that there are no more', () => {
  const stored = JSON.stringify({ 'first/get': DONE, 'first/gone': DONE, 'first/head': { exchange: 'x' } });
  expect(parseProgress(stored)).toEqual({ 'first/get': DONE });
});

it.each([null, 'no json', '7', 'null', '[]'])('%j is none', (text) =>
  expect(parseProgress(text)).toEqual({}),
);

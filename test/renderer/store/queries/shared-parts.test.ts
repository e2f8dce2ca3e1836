import fc from 'fast-check';
import { expect, it } from 'vitest';
import { withSharedParts } from '../../../../renderer/store/queries/shared-parts.ts';

const before = {
  link: { state: 'live' },
  servers: [
    { id: 1, requests: 5 },
    { id: 2, requests: 0 },
  ],
  time: 7,
};

it('is the same object when all of it says the same', () => {
  expect(withSharedParts(before, structuredClone(before))).toBe(before);
});

it('keeps each part that did not change, however deep', () => {
  const now = structuredClone(before);
  now.servers[0]!.requests = 6;
  const shared = withSharedParts(before, now);
  expect(shared).toEqual(now);
  expect(shared).not.toBe(before);
  expect(shared.link).toBe(before.link);
  expect(shared.servers).not.toBe(before.servers);
  expect(shared.servers[1]).toBe(before.servers[1]);
});

it.each([
  ['one more', { a: 1 }, { a: 1, b: undefined }],
  ['one less', { a: 1, b: undefined }, { a: 1 }],
  ['another name', { a: undefined }, { b: undefined }],
  ['a longer array', [1], [1, 2]],
  ['a shorter array', [1, 2], [1]],
  ['an array for an object', { 0: 1 }, [1]],
  ['nothing for something', { a: 1 }, undefined],
  ['null', null, { a: 1 }],
  ['not a number', { a: Number.NaN }, { a: 0 }],
])('%s is a change', (_name, old, now) => {
  expect(withSharedParts(old, now)).toStrictEqual(now);
  expect(withSharedParts(old, now)).not.toBe(old);
});

it('takes bytes and maps as they come', () => {
  const now = { bytes: new Uint8Array([1]), map: new Map([[1, 2]]) };
  const shared = withSharedParts(structuredClone(now), now);
  expect(shared.bytes).toBe(now.bytes);
  expect(shared.map).toBe(now.map);
});

it('always says what came, and never touches what was', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (old, now) => {
      const copy = structuredClone(old);
      expect(withSharedParts(old, now)).toStrictEqual(now);
      expect(old).toStrictEqual(copy);
      expect(withSharedParts(old, structuredClone(old))).toBe(old);
    }),
  );
});

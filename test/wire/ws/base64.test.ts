import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base64 } from '../../../server-core/wire/ws/base64.ts';

describe('base64', () => {
  // RFC 4648 §10
  it.each([
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg=='],
    ['fooba', 'Zm9vYmE='],
    ['foobar', 'Zm9vYmFy'],
  ])('of %j', (text, encoded) => {
    expect(base64(Buffer.from(text))).toBe(encoded);
  });

  it('agrees with another implementation', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(base64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
      }),
      { seed: 4648 },
    );
  });
});

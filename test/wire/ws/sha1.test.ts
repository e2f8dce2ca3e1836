import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sha1 } from '../../../server-core/wire/ws/sha1.ts';

const hex = (text: string) => Buffer.from(sha1(Buffer.from(text, 'latin1'))).toString('hex');

describe('SHA-1', () => {
  // RFC 3174 §7.3
  it.each([
    ['abc', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    ['abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq', '84983e441c3bd26ebaae4aa1f95129e5e54670f1'],
    ['a'.repeat(1_000_000), '34aa973cd4c4daa4f61eeb2bdbad27316534016f'],
    ['01234567'.repeat(80), 'dea356a2cddd90c7a7ecedc5ebb563934f460452'],
  ])('of %.20s', (text, digest) => {
    expect(hex(text)).toBe(digest);
  });

  it('agrees with another implementation around every block end', () => {
    for (let length = 0; length <= 200; length++) {
      const message = Uint8Array.from({ length }, (_, i) => (i * 31 + length) & 0xff);
      expect(Buffer.from(sha1(message)).toString('hex')).toBe(
        createHash('sha1').update(message).digest('hex'),
      );
    }
  });
});

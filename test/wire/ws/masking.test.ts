import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyMask } from '../../../server-core/wire/ws/masking.ts';

describe('masking', () => {
  it('is RFC 6455 §5.3 octet by octet, wherever the payload was cut', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 70 }),
        fc.uint8Array({ minLength: 4, maxLength: 4 }),
        fc.nat(70),
        (payload, octets, cut) => {
          const key = Buffer.from(octets).readUInt32BE();
          const expected = payload.map((byte, i) => byte ^ octets[i % 4]!);
          const split = Math.min(cut, payload.length);
          const masked = new Uint8Array(payload.length + 2).fill(0xee);
          applyMask(key, 0, payload, 0, split, masked, 1);
          applyMask(key, split, payload, split, payload.length, masked, 1 + split);
          expect([...masked]).toEqual([0xee, ...expected, 0xee]);
        },
      ),
      { seed: 53, numRuns: 500 },
    );
  });

  it('undoes itself in place', () => {
    const bytes = Buffer.from('Hello, WebSocket');
    applyMask(0x37fa213d, 3, bytes, 0, bytes.length, bytes, 0);
    expect(bytes.toString('latin1')).not.toContain('Web');
    applyMask(0x37fa213d, 3, bytes, 0, bytes.length, bytes, 0);
    expect(bytes.toString()).toBe('Hello, WebSocket');
  });
});

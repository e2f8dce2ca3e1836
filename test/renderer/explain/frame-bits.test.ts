import { describe, expect, it } from 'vitest';
import { closeMeaning } from '../../../renderer/explain/close-codes.ts';
import { lengthBits, opcodeBits, opcodeName } from '../../../renderer/explain/frame-bits.ts';

describe('the bits of a frame', () => {
  it('of the first byte', () => {
    expect(opcodeBits(0x81)).toEqual([
      { bits: '1... ....', name: 'FIN', value: 'last frame of its message' },
      { bits: '.0.. ....', name: 'RSV1', value: 'not set' },
      { bits: '..0. ....', name: 'RSV2', value: 'not set' },
      { bits: '...0 ....', name: 'RSV3', value: 'not set' },
      { bits: '.... 0001', name: 'Opcode', value: '1, text' },
    ]);
    expect(opcodeBits(0x40)[0]?.value).toBe('more frames follow');
    expect(opcodeBits(0x40)[1]?.value).toMatch(/extension/);
    expect(opcodeName(3)).toBe('reserved 3');
  });

  it('of the second byte', () => {
    expect(lengthBits(0x85)).toEqual([
      { bits: '1... ....', name: 'MASK', value: 'masked' },
      { bits: '.000 0101', name: 'Payload length', value: '5' },
    ]);
    expect(lengthBits(126)[1]?.value).toBe('126: in the next 2 bytes');
    expect(lengthBits(127)[1]?.value).toBe('127: in the next 8 bytes');
  });
});

describe('close codes', () => {
  it.each([
    [undefined, /No code/],
    [1000, /Normal/],
    [1006, /must not be sent/],
    [3001, /registered/],
    [4711, /application/],
  ])('%s', (code, words) => {
    expect(closeMeaning(code)).toMatch(words);
  });
});

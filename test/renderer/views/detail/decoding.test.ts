import { randomBytes } from 'node:crypto';
import { brotliCompressSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decoded } from '../../../../renderer/views/detail/decoding.ts';
import { checkUndo, type HostCoding } from '../../../../server-core/capture/undo-call.ts';
import { undone } from '../../../../server-core/host/undone.ts';

/** As the host answers, whatever this Node could undo by itself. */
async function atHost(coding: HostCoding, content: Uint8Array): Promise<Uint8Array> {
  const call = checkUndo({ coding, content: Buffer.from(content).toString('base64') });
  if (typeof call === 'string') throw new Error(call);
  return undone(call);
}

describe.each([
  ['br', brotliCompressSync],
  ['zstd', zstdCompressSync],
] as const)('%s, which browsers do not undo for a page,', (coding, encode) => {
  it('is undone by the host', async () => {
    const answer = await atHost(coding, encode(Buffer.from('hello')));
    expect([answer[0], Buffer.from(answer.subarray(1)).toString()]).toEqual([0, 'hello']);
  });

  it('is shown up to where it breaks off, and up to 4 MiB', async () => {
    const random = randomBytes(500_000);
    const broken = await atHost(coding, encode(random).subarray(0, 400_000));
    expect(broken[0]).toBe(1);
    expect(broken.length).toBeGreaterThan(100_000);
    expect(random.subarray(0, broken.length - 1).equals(broken.subarray(1))).toBe(true);
    const bomb = await atHost(coding, encode(Buffer.alloc(100_000_000)));
    expect(bomb[0]).toBe(2);
    expect(bomb.length).toBeLessThan(5_000_000);
  });

  it('stays coded where nobody is there to ask', async () => {
    const { problem } = await decoded(Uint8Array.of(1), [coding], true, () => Promise.reject(new Error()));
    expect(problem).toMatch(/stays coded|broke off/);
  });
});

it('the host undoes nothing else, and no more than 8 MiB', () => {
  expect(checkUndo({ coding: 'gzip', content: '' })).toMatch(/needs one of br, zstd/);
  expect(checkUndo({ coding: 'br', content: 'A'.repeat(12_000_000) })).toMatch(/at most 8388608 bytes/);
});

describe('content of a coding that nobody knows', () => {
  it.each(['x', 'constructor', '__proto__'])('stays coded, and that is said: %s', async (coding) => {
    expect(await decoded(Uint8Array.of(1), [coding], true)).toEqual({
      bytes: undefined,
      problem: `This browser cannot undo ${coding}, so the content stays coded`,
    });
  });
});

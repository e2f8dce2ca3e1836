import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { CONTENT_TOOLS } from '../../../server-core/host/export/content-tools.ts';

describe('a content coding', () => {
  it('is undone up to 64 MiB', async () => {
    expect(await CONTENT_TOOLS.decode('gzip', gzipSync('hello'))).toEqual(Buffer.from('hello'));
    expect(await CONTENT_TOOLS.decode('gzip', gzipSync(Buffer.alloc(65 * 2 ** 20)))).toBeUndefined();
  });

  it.each(['x', 'constructor', '__proto__'])('that nobody knows is not: %s', async (coding) => {
    expect(await CONTENT_TOOLS.decode(coding, Uint8Array.of(1))).toBeUndefined();
  });
});

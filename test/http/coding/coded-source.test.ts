import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileSource } from '../../../server-core/files/file-source.ts';
import { CodedSource } from '../../../server-core/http/coding/coded-source.ts';
import { MADE_CODINGS } from '../../../server-core/http/coding/content-coding.ts';
import { decoded } from '../../support/decoded.ts';
import { makeFolder } from '../../support/folder.ts';

// Noise, so that the coder has as much to give as it takes, and waits for its reader.
const CONTENT = randomBytes(3_000_000);

let folder: ReturnType<typeof makeFolder>;
beforeEach(() => {
  folder = makeFolder({ a: CONTENT });
});
afterEach(() => folder.remove());

/** Tells whether the reading was brought to an end. */
class WatchedSource extends FileSource {
  read = 0;
  ended = false;

  override async *chunks(): AsyncGenerator<Uint8Array> {
    try {
      for await (const piece of super.chunks()) {
        this.read += piece.length;
        yield piece;
      }
    } finally {
      this.ended = true;
    }
  }
}

async function watched(): Promise<WatchedSource> {
  return new WatchedSource(await open(join(folder.path, 'a')), 0, CONTENT.length);
}

describe.each(MADE_CODINGS)('a source coded with %s', (coding) => {
  it('gives all of the content', async () => {
    const source = new CodedSource(await watched(), coding);
    const pieces: Buffer[] = [];
    for await (const piece of source.chunks()) pieces.push(Buffer.from(piece));
    expect(decoded(coding, Buffer.concat(pieces)).equals(CONTENT)).toBe(true);
  });

  it('reads no further than its reader, and stops for good when he goes', async () => {
    const content = await watched();
    const source = new CodedSource(content, coding);
    for await (const piece of source.chunks()) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    expect(content.read).toBeLessThan(CONTENT.length);
    await expect.poll(() => content.ended).toBe(true);
  });
});

import { statSync, truncateSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileSource } from '../../server-core/files/file-source.ts';
import { BLOCK_BYTES, SharedBlocks } from '../../server-core/files/shared-blocks.ts';
import { makeFolder } from '../support/folder.ts';

const folder = makeFolder();
const handles: FileHandle[] = [];
const SIZE = BLOCK_BYTES * 2 + 1000;
/** Far enough in the future for any write before now to be settled. */
const LATER = () => Date.now() + 60_000;

let path: string;
beforeEach(() => {
  path = join(folder.path, 'file.bin');
  writeFileSync(path, pattern(SIZE, 1));
});
afterEach(async () => {
  for (const handle of handles.splice(0)) await handle.close().catch(() => {});
});
afterAll(() => folder.remove());

const stats = () => statSync(path, { bigint: true });
async function opened(): Promise<FileHandle> {
  const handle = await open(path);
  handles.push(handle);
  return handle;
}

function pattern(size: number, step: number): Buffer {
  return Buffer.from(Array.from({ length: size }, (_, i) => (i * step) & 0xff));
}

async function all(source: FileSource): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source.chunks()) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe('blocks of a file', () => {
  it('are read once and handed to everyone', async () => {
    const shared = new SharedBlocks();
    const [first, second] = await Promise.all(
      [await opened(), await opened()].map((handle) => shared.of(path, stats(), LATER())?.at(1, handle)),
    );
    expect(first).toBeInstanceOf(Uint8Array);
    expect(second).toBe(first);
    expect(shared.of(path, stats(), LATER())?.at(1, await opened())).toBe(first);
  });

  it.each([
    [0, SIZE],
    [0, 10],
    [BLOCK_BYTES - 1, BLOCK_BYTES + 1],
    [BLOCK_BYTES, BLOCK_BYTES * 2],
    [5, SIZE],
    [SIZE - 1, SIZE],
  ])('give bytes %i to %i as the file has them', async (start, end) => {
    const shared = new SharedBlocks();
    for (let again = 0; again < 2; again++) {
      const source = new FileSource(await opened(), start, end, shared.of(path, stats(), LATER()));
      expect(source.stable).toBe(true);
      expect(await all(source)).toEqual(pattern(SIZE, 1).subarray(start, end));
    }
  });

  it('are of the state that was asked for, never of one before', async () => {
    const shared = new SharedBlocks();
    await all(new FileSource(await opened(), 0, SIZE, shared.of(path, stats(), LATER())));
    writeFileSync(path, pattern(SIZE, 3));
    const source = new FileSource(await opened(), 0, SIZE, shared.of(path, stats(), LATER()));
    expect(await all(source)).toEqual(pattern(SIZE, 3));
  });

  it('are not kept of a file that was written to a moment ago', () => {
    const justNow = Number(stats().ctimeNs / 1_000_000n) + 1;
    expect(new SharedBlocks().of(path, stats(), justNow)).toBeUndefined();
  });

  it('are not kept when the file changes while they are read', async () => {
    const before = stats();
    const blocks = new SharedBlocks().of(path, before, LATER());
    const handle = await opened();
    writeFileSync(path, pattern(SIZE, 3));
    const torn = await blocks?.at(0, handle);
    expect(await blocks?.at(0, handle)).not.toBe(torn);
  });

  it('end early where the file was cut', async () => {
    const blocks = new SharedBlocks().of(path, stats(), LATER());
    const handle = await opened();
    truncateSync(path, BLOCK_BYTES + 7);
    expect(await all(new FileSource(handle, 0, SIZE, blocks))).toHaveLength(BLOCK_BYTES + 7);
  });

  it('are read by the next in line when the first reader is gone', async () => {
    const blocks = new SharedBlocks().of(path, stats(), LATER());
    const gone = await open(path);
    await gone.close();
    const handle = await opened();
    const first = Promise.resolve(blocks?.at(0, gone));
    const second = blocks?.at(0, handle);
    await expect(first).rejects.toThrow();
    expect(await second).toEqual(pattern(SIZE, 1).subarray(0, BLOCK_BYTES));
  });
});

describe('the memory of shared blocks', () => {
  it('is bounded: what was opened longest ago goes', async () => {
    const shared = new SharedBlocks(SIZE * 4);
    const others = Array.from({ length: 6 }, (_, i) => join(folder.path, `${i}.bin`));
    for (const other of others) writeFileSync(other, pattern(SIZE, 1));
    const kept = others.map((other) => shared.of(other, statSync(other, { bigint: true }), LATER()));
    expect(shared.bytes).toBe(SIZE * 4);
    const again = others.map((other) => shared.of(other, statSync(other, { bigint: true }), LATER()));
    // In turn, each pushes out the one that is asked for next but three.
    expect(again[5]).not.toBe(kept[4]);
    expect(shared.bytes).toBe(SIZE * 4);
  });

  it('is not for files over a quarter of it, nor for empty ones', () => {
    expect(new SharedBlocks(SIZE * 4 - 1).of(path, stats(), LATER())).toBeUndefined();
    writeFileSync(path, '');
    expect(new SharedBlocks().of(path, stats(), LATER())).toBeUndefined();
  });
});

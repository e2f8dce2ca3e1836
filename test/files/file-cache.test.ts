import {
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forDevelopment } from '../../server-core/files/cache-policy.ts';
import { FileCache } from '../../server-core/files/file-cache.ts';
import { type ServedFile, servedFile } from '../../server-core/files/served-file.ts';
import { staticFiles } from '../../server-core/files/static.ts';
import { makeFolder } from '../support/folder.ts';
import { contentOf, fieldOf, handlerRequest } from '../support/handler-request.ts';
import { untilKept } from '../support/kept-file.ts';

let folder: ReturnType<typeof makeFolder>;
beforeEach(() => {
  folder = makeFolder({ 'a.txt': 'first', 'other.txt': 'other' });
});
afterEach(() => folder.remove());

const PLAIN = { cachePolicy: forDevelopment, mediaTypes: {}, fields: [], compress: true };

function file(name: string, bytes = 100): { path: string; served: ServedFile } {
  const path = join(folder.path, name);
  writeFileSync(path, 'x'.repeat(bytes));
  const stats = statSync(path, { bigint: true });
  const facts = { segments: [name], real: path, stats, content: Buffer.alloc(bytes) };
  return { path, served: servedFile(facts, PLAIN, Date.now()) };
}

describe('FileCache', () => {
  it('gives a file as long as the disk has it in that state', () => {
    const cache = new FileCache();
    const { path, served } = file('f');
    cache.put('/f', path, served.stats, served);
    expect(cache.get('/f')).toBe(served);
    expect(cache.get('/g')).toBeUndefined();
    utimesSync(path, 1, 1);
    expect(cache.get('/f')).toBeUndefined();
    expect(cache.bytes).toBe(0);
  });

  it('never holds more than its budget, and keeps what was asked for again', () => {
    const cache = new FileCache(20_000);
    for (let i = 0; i < 50; i++) {
      const { path, served } = file(`f${i}`, 2_000);
      cache.put(`/f${i}`, path, served.stats, served);
      expect(cache.bytes).toBeLessThanOrEqual(20_000);
      expect(cache.get('/f0'), `after ${i} others`).toBeDefined();
    }
    expect(cache.get('/f1')).toBeUndefined();
    expect(cache.get('/f49')).toBeDefined();
  });

  it('does not throw the rest out for a file that is larger than the budget', () => {
    const cache = new FileCache(10_000);
    const small = file('small');
    const large = file('large', 10_000);
    cache.put('/small', small.path, small.served.stats, small.served);
    cache.put('/large', large.path, large.served.stats, large.served);
    expect(cache.get('/small')).toBe(small.served);
    expect(cache.get('/large')).toBeUndefined();
  });

  it('counts a key once that is put again', () => {
    const cache = new FileCache();
    const { path, served } = file('f');
    cache.put('/f', path, served.stats, served);
    const once = cache.bytes;
    cache.put('/f', path, served.stats, served);
    expect(cache.bytes).toBe(once);
  });
});

describe('a kept file', () => {
  async function textOf(target = '/a.txt'): Promise<string> {
    return (await contentOf(await handler(handlerRequest(target)))).toString();
  }
  let handler: ReturnType<typeof staticFiles>;
  beforeEach(async () => {
    handler = staticFiles(folder.path);
    await untilKept(handler, '/a.txt');
  });

  it('is answered at once, with the very same frozen response', () => {
    const first = handler(handlerRequest('/a.txt'));
    if (first instanceof Promise) throw new Error('not at once');
    expect(handler(handlerRequest('/a.txt'))).toBe(first);
    expect(handler(handlerRequest('/a.txt?v=2'))).toBe(first);
    expect(handler(handlerRequest('/a.txt', {}, 'HEAD'))).toBe(first);
    expect(Object.isFrozen(first)).toBe(true);
    expect(Object.isFrozen(first.fields)).toBe(true);
    expect(fieldOf(first, 'ETag')).toMatch(/^"5-/);
    const request = { 'If-None-Match': fieldOf(first, 'ETag')! };
    expect(handler(handlerRequest('/a.txt', request))).toBe(handler(handlerRequest('/a.txt', request)));
  });

  it('says that it was kept', () => {
    const request = handlerRequest('/a.txt');
    handler(request);
    expect(request.marks.map(({ detail }) => detail)).toEqual([
      'Target /a.txt decodes to /a.txt',
      'File a.txt inside the root, 5 B',
      'Kept in memory, and the same on the disk',
      'Type text/plain; charset=utf-8 from .txt',
      'No Accept-Encoding; coding would gain nothing, so it goes out as it is',
      'Cache-Control no-cache: an edit shows on the next load, and an unchanged file costs a 304',
      'Nothing stands against sending all of it, so 200',
    ]);
  });

  const a = () => join(folder.path, 'a.txt');
  it.each<[string, () => void, string]>([
    ['an edit of the same length', () => writeFileSync(a(), 'later'), 'later'],
    [
      'an edit that puts the time of the last write back',
      () => {
        const { atime, mtime } = statSync(a());
        writeFileSync(a(), 'later');
        utimesSync(a(), atime, mtime);
      },
      'later',
    ],
    ['an edit in place, grown', () => writeFileSync(a(), 'first and second'), 'first and second'],
    [
      'another file moved over it',
      () => {
        writeFileSync(join(folder.path, 'new'), 'moved');
        renameSync(join(folder.path, 'new'), a());
      },
      'moved',
    ],
    [
      'a link in its place',
      () => {
        rmSync(a());
        symlinkSync('other.txt', a());
      },
      'other',
    ],
    [
      'a hard link in its place',
      () => {
        rmSync(a());
        linkSync(join(folder.path, 'other.txt'), a());
      },
      'other',
    ],
  ])('shows %s at once', async (_, change, expected) => {
    change();
    expect(await textOf()).toBe(expected);
  });

  it('is gone when it was deleted, and a folder when it became one', async () => {
    rmSync(a());
    expect((await handler(handlerRequest('/a.txt'))).status).toBe(404);
    mkdirSync(a());
    expect((await handler(handlerRequest('/a.txt'))).status).toBe(301);
  });

  it('is refused once a link leads out of the root in its place', async () => {
    const outside = makeFolder({ secret: 'secret' });
    rmSync(a());
    symlinkSync(join(outside.path, 'secret'), a());
    expect((await handler(handlerRequest('/a.txt'))).status).toBe(404);
    outside.remove();
  });

  it('shows a swap of the folder that a link on the way points to', async () => {
    mkdirSync(join(folder.path, 'v1'));
    mkdirSync(join(folder.path, 'v2'));
    writeFileSync(join(folder.path, 'v1', 'x'), 'one');
    writeFileSync(join(folder.path, 'v2', 'x'), 'two');
    symlinkSync('v1', join(folder.path, 'now'));
    await untilKept(handler, '/now/x');
    expect(await textOf('/now/x')).toBe('one');
    symlinkSync('v2', join(folder.path, 'next'));
    renameSync(join(folder.path, 'next'), join(folder.path, 'now'));
    expect(await textOf('/now/x')).toBe('two');
  });

  it('has another ETag when another file with its size and time takes its place', async () => {
    const before = fieldOf(await handler(handlerRequest('/a.txt')), 'ETag')!;
    const { atime, mtime } = statSync(a());
    writeFileSync(a(), 'later');
    utimesSync(a(), atime, mtime);
    const after = await handler(handlerRequest('/a.txt', { 'If-None-Match': before }));
    expect(after.status).toBe(200);
  });
});

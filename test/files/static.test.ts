import { chmodSync, existsSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { staticFiles } from '../../server-core/files/static.ts';
import { contentOf, fieldOf, handlerRequest, latin1 } from '../support/handler-request.ts';
import { untilKept } from '../support/kept-file.ts';
import { site, textOf } from '../support/site.ts';
import { openBelow } from './open-below.ts';

describe('a file', () => {
  it('comes with its type, validators and content', async () => {
    const { get } = site({ 'page.html': '<p>é' });
    const response = await get('/page.html');
    expect(response.status).toBe(200);
    expect(await textOf(response)).toBe('<p>é');
    expect(fieldOf(response, 'Content-Type')).toBe('text/html; charset=utf-8');
    expect(fieldOf(response, 'ETag')).toMatch(/^(W\/)?"5-[0-9a-f]+"$/);
    expect(fieldOf(response, 'Last-Modified')).toMatch(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/);
    expect(fieldOf(response, 'Accept-Ranges')).toBe('bytes');
    expect(fieldOf(response, 'Cache-Control')).toBe('no-cache');
    expect(fieldOf(response, 'X-Content-Type-Options')).toBe('nosniff');
  });

  it('leaves Date, Content-Length and Connection to the connection', async () => {
    const { get } = site({ a: 'x' });
    const response = await get('/a');
    for (const name of ['Date', 'Content-Length', 'Connection', 'Transfer-Encoding']) {
      expect(fieldOf(response, name)).toBeUndefined();
    }
  });

  it('is the same whatever the query', async () => {
    const { get } = site({ 'a.txt': 'x' });
    expect(await textOf(await get('/a.txt?v=1'))).toBe('x');
    expect(await textOf(await get('/a.txt?'))).toBe('x');
  });

  it('may be empty', async () => {
    const { get } = site({ empty: '' });
    const response = await get('/empty');
    expect(response.status).toBe(200);
    expect(await contentOf(response)).toHaveLength(0);
  });

  it('is told of by HEAD, not read', async () => {
    const { get } = site({ big: Buffer.alloc(300_000), small: 'abc' });
    expect((await get('/small', {}, 'HEAD')).body?.length).toBe(3);
    const big = await get('/big', {}, 'HEAD');
    expect(big.status).toBe(200);
    expect(big.body?.length).toBe(300_000);
    expect(await contentOf(big)).toHaveLength(0);
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'get'])('refuses %s', async (method) => {
    const { get } = site({ a: 'x' });
    const response = await get('/a', {}, method);
    expect(response.status).toBe(405);
    expect(fieldOf(response, 'Allow')).toBe('GET, HEAD, OPTIONS');
  });

  it.each(['/a', '/missing', '*'])('answers OPTIONS %s', async (target) => {
    const { get } = site({ a: 'x' });
    const response = await get(target, {}, 'OPTIONS');
    expect(response.status).toBe(204);
    expect(fieldOf(response, 'Allow')).toBe('GET, HEAD, OPTIONS');
  });

  it('is not found under its name with a slash', async () => {
    const { ask } = site({ a: 'x' });
    const { response, marks } = await ask('/a/');
    expect(response.status).toBe(404);
    expect(marks.at(-1)).toBe('It is a file, but the target ends in a slash, so 404');
    expect((await ask('/a/b')).response.status).toBe(404);
  });
});

describe('a folder', () => {
  it('answers with its index', async () => {
    const { ask } = site({ 'index.html': 'root', 'docs/index.html': 'docs' });
    expect(await textOf((await ask('/')).response)).toBe('root');
    const { response, marks } = await ask('/docs/');
    expect(await textOf(response)).toBe('docs');
    expect(marks).toContain('File docs/index.html inside the root, 4 B');
  });

  it.each([
    ['/docs', '/docs/'],
    ['/docs?a=b&c', '/docs/?a=b&c'],
    ['/docs?', '/docs/?'],
    ['//docs', '/docs/'],
    ['///docs', '/docs/'],
    ['/./docs', '/docs/'],
    ['/a%20b', '/a%20b/'],
    [latin1('/日本?q=日'), '/%E6%97%A5%E6%9C%AC/?q=%E6%97%A5'],
  ])('redirects %s to %s', async (target, location) => {
    const { get } = site({ 'docs/x': 'x', 'a b/x': 'x', '日本/x': 'x' });
    const response = await get(target);
    expect(response.status).toBe(301);
    expect(fieldOf(response, 'Location')).toBe(location);
    expect(fieldOf(response, 'Cache-Control')).toBe('no-cache');
  });

  it('is listed where it has no index', async () => {
    const { get } = site({ 'pics/a.png': 'x' });
    const response = await get('/pics/');
    expect(response.status).toBe(200);
    expect(fieldOf(response, 'Content-Type')).toBe('text/html; charset=utf-8');
    expect(await textOf(response)).toContain('href="a.png"');
  });

  it('is not listed when listings are off', async () => {
    const { ask } = site({ 'pics/a.png': 'x' }, { listing: false });
    const { response, marks } = await ask('/pics/');
    expect(response.status).toBe(403);
    expect(marks.at(-1)).toBe('No index.html in it and listings are off, so 403');
  });

  it('may have another index, and one that is a folder is none', async () => {
    const { get } = site({ 'home.txt': 'home' }, { index: 'home.txt' });
    expect(await textOf(await get('/'))).toBe('home');
    const odd = site({ 'index.html/x': 'x' });
    expect(await textOf(await odd.get('/'))).toContain('href="index.html/"');
  });
});

describe('conditions and ranges', () => {
  it('answers 304 to what it said itself, with what a cache needs and no more', async () => {
    const { get } = site({ a: 'x' });
    const first = await get('/a');
    const etag = fieldOf(first, 'ETag')!;
    const second = await get('/a', { 'If-None-Match': etag });
    expect(second.status).toBe(304);
    expect(second.body).toBeUndefined();
    expect(second.fields.map(([name]) => name).sort()).toEqual(['Cache-Control', 'ETag']);
    const third = await get('/a', { 'If-Modified-Since': fieldOf(first, 'Last-Modified')! });
    expect(third.status).toBe(304);
  });

  it('answers 412 to HEAD and GET for another state', async () => {
    const { get } = site({ a: 'x' });
    expect((await get('/a', { 'If-Match': '"x"' })).status).toBe(412);
    expect((await get('/a', { 'If-Match': '"x"' }, 'HEAD')).status).toBe(412);
  });

  it('does not look at conditions where there is no file', async () => {
    const { get } = site();
    expect((await get('/a', { 'If-None-Match': '*' })).status).toBe(404);
    expect((await get('/a', { 'If-Match': '*' })).status).toBe(404);
  });

  it.each([
    ['small', 1_000],
    ['streamed', 400_000],
  ])('sends a part of a %s file', async (_, size) => {
    const content = Buffer.from(Array.from({ length: size }, (_unused, i) => i % 251));
    const { get } = site({ a: content });
    const part = await get('/a', { Range: `bytes=10-${size - 11}` });
    expect(part.status).toBe(206);
    expect(fieldOf(part, 'Content-Range')).toBe(`bytes 10-${size - 11}/${size}`);
    expect(part.body?.length).toBe(size - 20);
    expect((await contentOf(part)).equals(content.subarray(10, size - 10))).toBe(true);
    const suffix = await get('/a', { Range: 'bytes=-3' });
    expect((await contentOf(suffix)).equals(content.subarray(size - 3))).toBe(true);
    const beyond = await get('/a', { Range: `bytes=${size}-` });
    expect(beyond.status).toBe(416);
    expect(fieldOf(beyond, 'Content-Range')).toBe(`bytes */${size}`);
  });

  it('looks at Range only in GET', async () => {
    const { get } = site({ a: 'abc' });
    expect((await get('/a', { Range: 'bytes=9-' }, 'HEAD')).status).toBe(200);
  });

  it('ignores Range when If-Range names another state', async () => {
    const { ask } = site({ a: 'abc' });
    const { response, marks } = await ask('/a', { Range: 'bytes=0-0', 'If-Range': '"x"' });
    expect(response.status).toBe(200);
    expect(marks).toContain('If-Range does not name this state of the file, so Range is ignored');
  });

  it('puts a condition before a range', async () => {
    const { get } = site({ a: 'abc' });
    const etag = fieldOf(await get('/a'), 'ETag')!;
    expect((await get('/a', { 'If-None-Match': etag, Range: 'bytes=0-0' })).status).toBe(304);
  });
});

describe('streams', () => {
  it('sends all of a large file, and promises its length', async () => {
    const content = Buffer.from(Array.from({ length: 700_001 }, (_, i) => (i * 7) % 256));
    const { get } = site({ big: content });
    for (let i = 0; i < 2; i++) {
      const response = await get('/big');
      expect(response.body?.length).toBe(content.length);
      expect((await contentOf(response)).equals(content)).toBe(true);
    }
  });

  it('ends early when the file shrinks, and stops at the promise when it grows', async () => {
    const { path, get } = site({ big: Buffer.alloc(600_000, 'a') });
    const shrinking = await get('/big');
    writeFileSync(join(path, 'big'), Buffer.alloc(100_000, 'b'));
    expect((await contentOf(shrinking)).length).toBeLessThan(600_000);
    writeFileSync(join(path, 'big'), Buffer.alloc(600_000, 'c'));
    const growing = await get('/big');
    writeFileSync(join(path, 'big'), 'd'.repeat(10), { flag: 'a' });
    expect(await contentOf(growing)).toHaveLength(600_000);
  });

  it.runIf(existsSync('/proc/self/fd'))('closes the file however it ends', async () => {
    const { path, get } = site({ big: Buffer.alloc(600_000) });
    const early = await get('/big');
    if (!early.body || early.body instanceof Uint8Array) throw new Error('not streamed');
    for await (const _ of early.body.chunks()) break;
    early.body.close();
    const unread = await get('/big');
    expect(openBelow(path).length).toBeGreaterThan(0);
    if (!unread.body || unread.body instanceof Uint8Array) throw new Error('not streamed');
    unread.body.close();
    await contentOf(await get('/big'));
    await get('/big', {}, 'HEAD');
    await get('/big', { 'If-None-Match': '*' });
    await get('/big', { Range: 'bytes=600000-' });
    await expect.poll(() => openBelow(path)).toEqual([]);
  });
});

describe('trouble', () => {
  it('answers 503 while the folder is gone, and serves again once it is back', async () => {
    const { path, ask } = site({ 'a.txt': 'x', 'big.txt': Buffer.alloc(100_000) });
    expect((await ask('/a.txt')).response.status).toBe(200);
    renameSync(path, `${path}-away`);
    const gone = await ask('/a.txt', { Accept: 'text/html' });
    expect(gone.response.status).toBe(503);
    expect(gone.marks.at(-1)).toBe('The folder that is served is gone, so 503');
    expect(await textOf(gone.response)).toContain('is gone');
    renameSync(`${path}-away`, path);
    expect(await textOf((await ask('/a.txt')).response)).toBe('x');
  });

  it('follows a root that is a link to its next target', async () => {
    const { path } = site({ 'one/a': 'first', 'two/a': 'second' });
    symlinkSync('one', join(path, 'current'));
    const handler = staticFiles(join(path, 'current'));
    await untilKept(handler, '/a');
    expect(await textOf(await handler(handlerRequest('/a')))).toBe('first');
    symlinkSync('two', join(path, 'next'));
    renameSync(join(path, 'next'), join(path, 'current'));
    expect(await textOf(await handler(handlerRequest('/a')))).toBe('second');
  });

  // Root may read everything, so there is nothing to see there.
  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'answers 403 where it may not read',
    async () => {
      const { path, get } = site({ a: 'x', 'shut/b': 'x' });
      chmodSync(join(path, 'a'), 0);
      chmodSync(join(path, 'shut'), 0);
      expect((await get('/a')).status).toBe(403);
      expect((await get('/shut/b')).status).toBe(403);
      expect((await get('/shut/')).status).toBe(403);
      chmodSync(join(path, 'shut'), 0o700);
    },
  );
});

import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contentOf, fieldOf } from '../support/handler-request.ts';
import { site, textOf } from '../support/site.ts';

const VISIT = { Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
const FETCH = { Accept: '*/*' };

describe('the fallback of an application with routes', () => {
  const APP = { 'index.html': '<p>shell', 'assets/app.js': 'x', 'assets/deep/y': 'y' };
  const OPTIONS = { fallback: 'index.html' };

  it.each([
    '/route',
    '/deep/er/route',
    '/user/john.doe',
    '/route/',
    '/assets/',
    '/assets',
    '/assets/app.js/',
  ])('answers a visit of %s', async (target) => {
    const { get } = site(APP, OPTIONS);
    for (let i = 0; i < 3; i++) {
      const response = await get(target, VISIT);
      expect(response.status).toBe(200);
      expect(await textOf(response)).toBe('<p>shell');
      expect(fieldOf(response, 'Vary')).toBe('Accept');
    }
  });

  it.each(['/assets/app.9f.js', '/api/users', '/pic.png'])('leaves %s a 404 for a script', async (target) => {
    const { ask } = site(APP, OPTIONS);
    const { response, marks } = await ask(target, FETCH);
    expect(response.status).toBe(404);
    expect(marks).toContain('The fallback setting answers only who asks for HTML by name, as visits do');
  });

  it('never stands before a file, also one that comes later', async () => {
    const { path, get } = site(APP, OPTIONS);
    expect(await textOf(await get('/assets/app.js', VISIT))).toBe('x');
    expect(await textOf(await get('/late', VISIT))).toBe('<p>shell');
    writeFileSync(join(path, 'late'), 'file');
    expect(await textOf(await get('/late', VISIT))).toBe('file');
  });

  it('shows its own edits, and is a 404 once it is gone', async () => {
    const { path, get, ask } = site(APP, OPTIONS);
    await get('/route', VISIT);
    writeFileSync(join(path, 'index.html'), '<p>edited');
    expect(await textOf(await get('/route', VISIT))).toBe('<p>edited');
    rmSync(join(path, 'index.html'));
    const { response, marks } = await ask('/route', VISIT);
    expect(response.status).toBe(404);
    expect(marks).toContain('The fallback index.html is no file here');
  });

  it('has its own validators', async () => {
    const { get } = site(APP, OPTIONS);
    const etag = fieldOf(await get('/route', VISIT), 'ETag')!;
    const again = await get('/route', { ...VISIT, 'If-None-Match': etag });
    expect(again.status).toBe(304);
    expect(fieldOf(again, 'Vary')).toBe('Accept');
  });

  it('says why it answered', async () => {
    const { ask } = site(APP, OPTIONS);
    expect((await ask('/a/route', VISIT)).marks).toContain(
      'Nothing is named a/route here, so by the fallback setting index.html answers',
    );
  });

  it.each(['/.env', '/../x', '/%00'])('does not answer for what is refused: %s', async (target) => {
    const { get } = site({ ...APP, '.env': 'secret' }, OPTIONS);
    expect((await get(target, VISIT)).status).toBeGreaterThanOrEqual(400);
  });

  it('does not hide that a link leaves the root', async () => {
    const { path, get } = site(APP, OPTIONS);
    symlinkSync('/', join(path, 'out'));
    expect((await get('/out', VISIT)).status).toBe(404);
    expect((await get('/out/etc', VISIT)).status).toBe(404);
  });

  it('must lie below the root', () => {
    expect(() => site({}, { fallback: '../index.html' })).toThrow('../index.html is not below the root');
  });
});

describe('clean URLs', () => {
  const PAGES = { 'about.html': 'about', 'docs/guide.html': 'guide', 'docs/index.html': 'docs' };
  const OPTIONS = { cleanUrls: true };

  it.each([
    ['/about', 'about'],
    ['/about?x', 'about'],
    ['/about.html', 'about'],
    ['/docs/guide', 'guide'],
    ['/docs/', 'docs'],
  ])('%s', async (target, text) => {
    const { get } = site(PAGES, OPTIONS);
    for (let i = 0; i < 3; i++) {
      const response = await get(target);
      expect(response.status).toBe(200);
      expect(await textOf(response)).toBe(text);
      expect(fieldOf(response, 'Content-Type')).toBe('text/html; charset=utf-8');
    }
  });

  it('are off unless asked for', async () => {
    expect((await site(PAGES).get('/about')).status).toBe(404);
  });

  it.each([
    ['/about/', 404],
    ['/docs', 301],
    ['/nothing', 404],
    ['/about.htm', 404],
  ])('leave %s as it is: %d', async (target, status) => {
    expect((await site(PAGES, OPTIONS).get(target)).status).toBe(status);
  });

  it('yield to a file of the very name, also one that comes later and goes again', async () => {
    const { path, get } = site(PAGES, OPTIONS);
    // Often enough for the answer to be kept.
    const twice = async () => new Set([await get('/about'), await get('/about')]).size;
    await expect.poll(twice, { timeout: 10_000 }).toBe(1);
    writeFileSync(join(path, 'about'), 'file');
    expect(await textOf(await get('/about'))).toBe('file');
    rmSync(join(path, 'about'));
    expect(await textOf(await get('/about'))).toBe('about');
  });

  it('come before a folder of the name, which keeps its own URL', async () => {
    const { path, get, ask } = site(PAGES, OPTIONS);
    mkdirSync(join(path, 'about'));
    writeFileSync(join(path, 'about', 'index.html'), 'folder');
    const { response, marks } = await ask('/about');
    expect(await textOf(response)).toBe('about');
    expect(marks).toContain('No file is named about, and by the cleanUrls setting about.html answers for it');
    expect(await textOf(await get('/about/'))).toBe('folder');
  });
});

describe('404.html', () => {
  it('goes with 404 to a visit, and never looks like a page that is there', async () => {
    const { ask } = site({ '404.html': '<p>lost' });
    const { response, marks } = await ask('/nothing', VISIT);
    expect(response.status).toBe(404);
    expect(await textOf(response)).toBe('<p>lost');
    expect(fieldOf(response, 'Content-Type')).toBe('text/html; charset=utf-8');
    expect(fieldOf(response, 'Cache-Control')).toBe('no-store');
    expect(fieldOf(response, 'ETag')).toBeUndefined();
    expect(fieldOf(response, 'Vary')).toBe('Accept');
    expect(marks).toContain('404.html goes with it, by the notFoundPage setting');
  });

  it('is not sent to a script, which gets the short text', async () => {
    const { get } = site({ '404.html': '<p>lost' });
    expect(await textOf(await get('/nothing', FETCH))).toMatch(/^404 Not Found\n/);
  });

  it('makes names that are hidden look like those that are not there', async () => {
    const { get } = site({ '404.html': '<p>lost', '.env': 'secret' });
    const hidden = await get('/.env', VISIT);
    const absent = await get('/.nothing', VISIT);
    expect(hidden.fields).toEqual(absent.fields);
    expect(await textOf(hidden)).toBe(await textOf(absent));
  });

  it.each([
    ['small', 10],
    ['large', 100_000],
  ])('may be %s, and is told of by HEAD', async (_, size) => {
    const { get } = site({ '404.html': 'x'.repeat(size) });
    expect(await contentOf(await get('/nothing', VISIT))).toHaveLength(size);
    const head = await get('/nothing', VISIT, 'HEAD');
    expect(head.body?.length).toBe(size);
  });

  it('answers 200 under its own name', async () => {
    const { get } = site({ '404.html': '<p>lost' });
    expect((await get('/404.html', VISIT)).status).toBe(200);
  });

  it('can have another name, or none', async () => {
    const files = { '404.html': 'usual', 'errors/missing.html': 'other' };
    expect(await textOf(await site(files, { notFoundPage: 'errors/missing.html' }).get('/x', VISIT))).toBe(
      'other',
    );
    expect(await textOf(await site(files, { notFoundPage: '' }).get('/x', VISIT))).toContain('Wirescope');
  });

  it('comes after the fallback', async () => {
    const { get } = site({ '404.html': 'lost', 'app.html': 'shell' }, { fallback: 'app.html' });
    expect(await textOf(await get('/x', VISIT))).toBe('shell');
    expect(await textOf(await get('/.x', VISIT))).toBe('lost');
  });
});

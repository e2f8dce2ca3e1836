import { describe, expect, it } from 'vitest';
import {
  forDevelopment,
  forProduction,
  hasFingerprint,
  parseCachePolicy,
} from '../../server-core/files/cache-policy.ts';
import type { FieldPair } from '../../server-core/http/response.ts';
import { fieldOf } from '../support/handler-request.ts';
import { site } from '../support/site.ts';

describe('a name with a hash of the content', () => {
  it.each([
    'app.3f2a1b8c.js',
    'app.3f2a1b8c.chunk.js',
    'main-9c1f4e5d7a.css',
    'vendor.0123456789abcdef0123.js',
    'index-B7kQ3xZp.js',
    'index-Bk_3xZpa.js',
    'logo-5KNVQXM7.svg',
  ])('is %s', (name) => expect(hasFingerprint(name)).toBe(true));

  it.each([
    'app.js',
    'index.html',
    'app.min.js',
    'photo-20240131.jpg',
    'jquery-3.7.1.min.js',
    'report-december.html',
    'my-component.js',
    'bootstrap-grid.css',
    'release-version2.js',
    'a-deadbeef.js',
    'README-Contribs.md',
    '12345678.png',
    '.3f2a1b8c',
    '3f2a1b8c',
  ])('is not %s', (name) => expect(hasFingerprint(name)).toBe(false));
});

describe('Cache-Control', () => {
  it.each([
    ['development', 'index.html', 'no-cache'],
    ['development', 'app.3f2a1b8c.js', 'no-cache'],
    ['production', 'index.html', 'no-cache'],
    ['production', 'app.3f2a1b8c.js', 'public, max-age=31536000, immutable'],
    ['production', 'page.3f2a1b8c.html', 'no-cache'],
    ['production', 'logo.svg', 'public, max-age=3600'],
    ['off', 'index.html', 'no-store'],
    ['60', 'index.html', 'max-age=60'],
    ['0', 'index.html', 'max-age=0'],
  ])('of %s, for %s', async (setting, name, value) => {
    const cacheControl = parseCachePolicy(setting)!;
    const { get } = site({ [name]: 'x' }, { cacheControl });
    expect(fieldOf(await get(`/${name}`), 'Cache-Control')).toBe(value);
  });

  it.each(['', '-1', 'c-1', '1.5', '99999999999', 'Production', 'no-cache'])(
    'knows no setting %j',
    (text) => {
      expect(parseCachePolicy(text)).toBeUndefined();
    },
  );

  it('may be one value for all, and repeats in 304', async () => {
    const { get } = site({ a: 'x' }, { cacheControl: 'private, max-age=5' });
    const first = await get('/a');
    expect(fieldOf(first, 'Cache-Control')).toBe('private, max-age=5');
    const second = await get('/a', { 'If-None-Match': fieldOf(first, 'ETag')! });
    expect(fieldOf(second, 'Cache-Control')).toBe('private, max-age=5');
  });

  it('of a missing file is not for keeping, whatever the policy', async () => {
    const { get } = site({}, { cacheControl: forProduction });
    expect(fieldOf(await get('/app.3f2a1b8c.js'), 'Cache-Control')).toBe('no-store');
  });

  it('says in the trace where it comes from', async () => {
    const { ask } = site({ 'app.3f2a1b8c.js': 'x' }, { cacheControl: forProduction });
    expect((await ask('/app.3f2a1b8c.js')).marks).toContain(
      'Cache-Control public, max-age=31536000, immutable: its name has a hash of its content, so this name never means other bytes',
    );
    const edited = site({ a: 'x' }, { cacheControl: forDevelopment });
    expect((await edited.ask('/a')).marks).toContain(
      'Cache-Control no-cache: an edit shows on the next load, and an unchanged file costs a 304',
    );
    const set = site({ a: 'x' }, { cacheControl: 'max-age=5' });
    expect((await set.ask('/a')).marks).toContain('Cache-Control max-age=5: set by the cacheControl setting');
  });
});

describe('fields of a setting', () => {
  it('go with every file, and with its 304', async () => {
    const { ask, get } = site({ a: 'x' }, { fields: [['X-Robots-Tag', 'noindex']] });
    const { response, marks } = await ask('/a');
    expect(fieldOf(response, 'X-Robots-Tag')).toBe('noindex');
    expect(marks).toContain('Added by the fields setting: X-Robots-Tag: noindex');
    const kept = await get('/a', { 'If-None-Match': fieldOf(response, 'ETag')! });
    expect(fieldOf(kept, 'X-Robots-Tag')).toBe('noindex');
  });

  it('take the place of the own of the server, once, and add to Vary', async () => {
    const fields: FieldPair[] = [
      ['cache-control', 'max-age=9'],
      ['X-Content-Type-Options', 'off'],
      ['Vary', 'Cookie'],
    ];
    const { get } = site({ 'a.txt': 'x'.repeat(2000) }, { fields });
    const response = await get('/a.txt');
    const values = (name: string) =>
      response.fields.filter(([field]) => field.toLowerCase() === name).map(([, value]) => value);
    expect(values('cache-control')).toEqual(['max-age=9']);
    expect(values('x-content-type-options')).toEqual(['off']);
    expect(values('vary')).toEqual(['Accept-Encoding', 'Cookie']);
  });

  it('that describe content are not in 304', async () => {
    const { get } = site({ a: 'x' }, { fields: [['Content-Language', 'de']] });
    const response = await get('/a');
    expect(fieldOf(response, 'Content-Language')).toBe('de');
    const kept = await get('/a', { 'If-None-Match': fieldOf(response, 'ETag')! });
    expect(fieldOf(kept, 'Content-Language')).toBeUndefined();
  });

  it.each<[string, string, RegExp]>([
    ['Content-Length', '5', /the server's own/],
    ['transfer-encoding', 'chunked', /the server's own/],
    ['ETag', '"x"', /the server's own/],
    ['X A', 'b', /not a name/],
    ['', 'b', /not a name/],
    ['X-A', 'b\r\nX-B: c', /not a value/],
    ['X-A', ' b', /not a value/],
    ['X-A', '€', /not a value/],
  ])('cannot be %s: %j', (name, value, problem) => {
    expect(() => site({}, { fields: [[name, value]] })).toThrow(problem);
  });

  it.each<[string, string]>([
    ['X-A', ''],
    ['X-A', 'a b\tc'],
    ['X-A', 'é'],
    ["!#$%&'*+-.^_`|~", '1'],
  ])('can be %s: %j', (name, value) => {
    expect(() => site({}, { fields: [[name, value]] })).not.toThrow();
  });
});

describe('media types of a setting', () => {
  it('win, by extension with or without its dot', async () => {
    const { get } = site(
      { 'a.foo': 'x', 'b.BAR': 'x' },
      { mediaTypes: { '.foo': 'text/x-foo; charset=us-ascii', Bar: 'model/bar' } },
    );
    expect(fieldOf(await get('/a.foo'), 'Content-Type')).toBe('text/x-foo; charset=us-ascii');
    expect(fieldOf(await get('/b.BAR'), 'Content-Type')).toBe('model/bar');
  });

  it.each(['', 'text', 'text/', 'text/a\r\nX: y', 'a b/c'])('cannot be %j', (type) => {
    expect(() => site({}, { mediaTypes: { foo: type } })).toThrow('is not a media type');
  });
});

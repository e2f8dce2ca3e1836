import { describe, expect, it } from 'vitest';
import { mediaType } from '../../server-core/files/media-types.ts';

describe('mediaType', () => {
  it.each([
    ['index.html', 'text/html; charset=utf-8', '.html'],
    ['A.HTML', 'text/html; charset=utf-8', '.html'],
    ['app.js', 'text/javascript; charset=utf-8', '.js'],
    ['app.mjs', 'text/javascript; charset=utf-8', '.mjs'],
    ['app.cjs', 'text/javascript; charset=utf-8', '.cjs'],
    ['app.ts', 'text/plain; charset=utf-8', '.ts'],
    ['style.css', 'text/css; charset=utf-8', '.css'],
    ['a.svg', 'image/svg+xml', '.svg'],
    ['a.json', 'application/json', '.json'],
    ['app.js.map', 'application/json', '.map'],
    ['site.webmanifest', 'application/manifest+json', '.webmanifest'],
    ['a.wasm', 'application/wasm', '.wasm'],
    ['a.woff2', 'font/woff2', '.woff2'],
    ['a.avif', 'image/avif', '.avif'],
    ['a.mp4', 'video/mp4', '.mp4'],
    ['a.xml', 'application/xml', '.xml'],
    ['a.md', 'text/markdown; charset=utf-8', '.md'],
    ['archive.tar.gz', 'application/gzip', '.gz'],
    ['LICENSE', 'text/plain; charset=utf-8', 'its name'],
    ['license.bin', 'application/octet-stream', '.bin'],
    ['data', 'application/octet-stream', 'its name'],
    ['.env', 'application/octet-stream', 'its name'],
    ['a.nonesuch', 'application/octet-stream', '.nonesuch'],
    ['a.', 'application/octet-stream', '.'],
    ['a.constructor', 'application/octet-stream', '.constructor'],
  ])('%s is %s', (name, value, from) => {
    expect(mediaType(name)).toEqual({ value, from });
  });

  it('can be overridden, and then is sent as given', () => {
    expect(mediaType('a.html', { html: 'text/html; charset=iso-8859-1' }).value).toBe(
      'text/html; charset=iso-8859-1',
    );
    expect(mediaType('a.glsl', { glsl: 'text/x-glsl' }).value).toBe('text/x-glsl');
    expect(mediaType('a.css', { html: 'x/y' }).value).toBe('text/css; charset=utf-8');
  });
});

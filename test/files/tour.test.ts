import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { staticFiles } from '../../server-core/files/static.ts';
import { contentOf, fieldOf, handlerRequest } from '../support/handler-request.ts';

const ROOT = join(import.meta.dirname, '../../www');
const handler = staticFiles(ROOT);
const PAGES = readdirSync(ROOT).filter((name) => name.endsWith('.html'));

async function get(target: string, fields: Record<string, string> = {}) {
  return handler(handlerRequest(target, fields));
}

/** Paths that a page links to or loads, from the root. */
function linksOf(html: string, page: string): string[] {
  return [...html.matchAll(/\b(?:href|src)="([^"]+)"/g)].map((match) => {
    const url = new URL(match[1]!, `http://localhost/${page}`);
    expect(url.host, `${page} must not load from elsewhere`).toBe('localhost');
    return url.pathname;
  });
}

describe('the tour', () => {
  it('has the pages that its first one names', () => {
    expect(PAGES.sort()).toEqual([
      'caching.html',
      'compression.html',
      'cookies.html',
      'errors.html',
      'forms.html',
      'index.html',
      'large.html',
      'media.html',
      'methods.html',
      'origins.html',
      'parallel.html',
      'redirects.html',
      'streams.html',
    ]);
  });

  it.each(PAGES)('%s links only to what is there', async (page) => {
    const links = linksOf(readFileSync(join(ROOT, page), 'utf8'), page);
    expect(links.length).toBeGreaterThan(8);
    // What the routes answer is tested where they run.
    for (const link of links.filter((path) => !path.startsWith('/api/')))
      expect((await get(link)).status, link).toBe(200);
  });

  it('loads nothing from elsewhere, nor do its scripts and its sheet', () => {
    for (const name of ['style.css', ...readdirSync(join(ROOT, 'js')).map((file) => `js/${file}`)]) {
      const text = readFileSync(join(ROOT, name), 'utf8').replaceAll('http://www.w3.org/2000/svg', '');
      expect(text, name).not.toMatch(/https?:\/\/|@import|innerHTML/);
    }
  });

  it('lists the folder of formats', async () => {
    const response = await get('/formats/');
    const html = (await contentOf(response)).toString('utf8');
    expect(html).toContain('href="100%25%20%231.txt"');
    expect(html).toContain('href="a%20b%20%26%20c.txt"');
  });

  it('has prime number n at byte 7 (n - 1)', async () => {
    const part = await get('/data/primes.txt', { Range: 'bytes=69993-69999' });
    expect(part.status).toBe(206);
    expect(fieldOf(part, 'Content-Range')).toBe('bytes 69993-69999/549486');
    expect((await contentOf(part)).toString()).toBe('104729\n');
  });
});

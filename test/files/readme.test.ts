import { chmodSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kindOf } from '../../server-core/files/listing-icons.ts';
import { README_BYTES } from '../../server-core/files/readme.ts';
import { site, textOf } from '../support/site.ts';

async function page(files: Record<string, string | Uint8Array>, target = '/'): Promise<string> {
  return textOf(await site(files).get(target));
}

describe('the readme of a folder', () => {
  it('is shown below the list as it is written', async () => {
    const html = await page({ 'in/README.md': '# Title\n\n\tindented & "quoted"\n', 'in/a': '' }, '/in/');
    expect(html).toContain(
      '<section aria-label="README.md"><h2>README.md</h2><pre>\n# Title\n\n\tindented &amp; &quot;quoted&quot;\n</pre></section>',
    );
    expect(html.indexOf('<section')).toBeGreaterThan(html.indexOf('</table>'));
  });

  it('cannot become markup, by its text or by its name', async () => {
    const html = await page({ 'ReadMe.md': '</pre><script>alert(1)</script><img src=x onerror=alert(1)>' });
    expect(html).not.toMatch(/<script|<img/);
    expect(html).toContain('&lt;/pre&gt;&lt;script&gt;');
  });

  it('keeps the line break that it begins with', async () => {
    expect(await page({ 'README.md': '\ntext' })).toContain('<pre>\n\ntext</pre>');
  });

  it.each([
    [['README.md', 'README.txt', 'README'], 'README.md'],
    [['readme.txt', 'README'], 'readme.txt'],
    [['README'], 'README'],
  ])('of %j is %s', async (names, shown) => {
    const html = await page(Object.fromEntries(names.map((name) => [name, name])));
    expect(html.match(/<section aria-label="([^"]*)"/)?.[1]).toBe(shown);
  });

  it.each(['README.html', 'README.md.bak', 'my-readme.md', '.README.md'])('is not %s', async (name) => {
    expect(await page({ [name]: 'text' })).not.toContain('<section');
  });

  it('is not a folder, nor empty', async () => {
    expect(await page({ 'README.md/x': 'text' })).not.toContain('<section');
    expect(await page({ 'README.md': ' \n' })).not.toContain('<section');
  });

  it('is cut at a whole character, and says so', async () => {
    // Three bytes each, so the limit falls inside one.
    const html = await page({ 'README.md': '€'.repeat(README_BYTES / 2) });
    expect(html).not.toContain('\ufffd');
    expect(html.match(/€/g)).toHaveLength(Math.floor(README_BYTES / 3));
    expect(html).toContain('These are the first 65\u2009536 bytes. <a href="README.md">All of it</a>');
    const exact = await page({ 'README.md': 'x'.repeat(README_BYTES) });
    expect(exact).not.toContain('These are the first');
  });

  it('may hold any bytes', async () => {
    expect(await page({ README: new Uint8Array([0x61, 0xff, 0x00, 0x62]) })).toContain(
      '<pre>\na\ufffd\0b</pre>',
    );
  });

  it('is not followed out of the root, and its twin inside is', async () => {
    const outside = site({ secret: 'secret words' });
    const { path, get } = site({ inside: 'inside words' });
    symlinkSync(join(outside.path, 'secret'), join(path, 'README.md'));
    expect(await textOf(await get('/'))).not.toContain('secret words');
    rmSync(join(path, 'README.md'));
    symlinkSync('inside', join(path, 'README.md'));
    expect(await textOf(await get('/'))).toContain('inside words');
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'is left out where it may not be read',
    async () => {
      const { path, get } = site({});
      writeFileSync(join(path, 'README.md'), 'text');
      chmodSync(join(path, 'README.md'), 0);
      const response = await get('/');
      expect(response.status).toBe(200);
      expect(await textOf(response)).not.toContain('<section');
    },
  );
});

describe('icons of a listing', () => {
  it.each([
    ['text/html; charset=utf-8', 'page'],
    ['application/xhtml+xml', 'page'],
    ['text/css', 'code'],
    ['text/javascript; charset=utf-8', 'code'],
    ['application/json', 'data'],
    ['application/ld+json', 'data'],
    ['text/csv', 'data'],
    ['text/plain', 'text'],
    ['text/markdown', 'text'],
    ['application/pdf', 'text'],
    ['image/png', 'image'],
    ['image/svg+xml', 'image'],
    ['audio/mpeg', 'audio'],
    ['video/mp4', 'video'],
    ['font/woff2', 'font'],
    ['application/zip', 'archive'],
    ['application/gzip', 'archive'],
    ['application/octet-stream', 'binary'],
    ['', 'binary'],
  ])('%s is %s', (type, kind) => {
    expect(kindOf(type)).toBe(kind);
  });

  it('are drawn once for all rows, and every one that is used is drawn', async () => {
    const html = await page({ 'in/a.png': '', 'in/b.png': '', 'in/c.js': '', 'in/sub/x': '' }, '/in/');
    const used = [...html.matchAll(/href="#(k-\w+)"/g)].map((match) => match[1]);
    const drawn = [...html.matchAll(/<symbol id="(k-\w+)"/g)].map((match) => match[1]);
    expect(used).toHaveLength(5);
    expect(new Set(used)).toEqual(new Set(drawn));
    expect(drawn).toHaveLength(3);
  });
});

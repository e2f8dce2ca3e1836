import { execFileSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { staticFiles } from '../../server-core/files/static.ts';
import { handlerRequest, latin1 } from '../support/handler-request.ts';
import { site, textOf } from '../support/site.ts';

describe('names', () => {
  const NAMES = [
    'a b',
    '100%',
    '%41',
    '#',
    '?',
    '+',
    '&amp;',
    '日本語',
    'é',
    'e\u0301x',
    '📈',
    `"'<>;=,@!$()*[]{}|^~`,
    'x'.repeat(255),
  ];

  it.each(NAMES)('serves %s', async (name) => {
    const { get } = site({ [name]: name });
    expect(await textOf(await get(`/${encodeURIComponent(name)}`))).toBe(name);
  });

  it('serves raw bytes of UTF-8 in the target', async () => {
    const { get } = site({ 日本語: 'x' });
    expect((await get(latin1('/日本語'))).status).toBe(200);
  });

  it('finds a name that was asked for in the other Unicode form', async () => {
    const composed = site({ é: 'composed' });
    expect(await textOf(await composed.get('/e%CC%81'))).toBe('composed');
    const decomposed = site({ 'e\u0301': 'decomposed' });
    expect(await textOf(await decomposed.get('/%C3%A9'))).toBe('decomposed');
  });

  it('prefers the very name that was asked for, also when it comes later', async () => {
    const { path, get } = site({ é: 'composed' });
    expect(await textOf(await get('/e%CC%81'))).toBe('composed');
    writeFileSync(join(path, 'e\u0301'), 'decomposed');
    expect(await textOf(await get('/e%CC%81'))).toBe('decomposed');
  });

  it('answers a name that is too long like any other that is not there', async () => {
    const { get } = site();
    expect((await get(`/${'x'.repeat(300)}`)).status).toBe(404);
    expect((await get(`/${'x/'.repeat(5000)}`)).status).toBe(404);
  });
});

describe('outside', () => {
  it.each(['/../secret', '/%2e%2e/secret', '/..%2fsecret', '/a/../../secret', '/..%5csecret', '//../secret'])(
    'refuses %s',
    async (target) => {
      const { path } = site({ 'root/a/x': 'x', secret: 'secret' });
      const request = handlerRequest(target);
      const response = await staticFiles(join(path, 'root'))(request);
      expect(response.status).toBe(400);
      expect(request.marks.at(-1)?.detail).toMatch(/^The path .*, so 400$/);
    },
  );

  it('does not follow links that leave the root, nor name them in a listing', async () => {
    const outside = site({ 'secret.txt': 'secret', 'in/deep.txt': 'secret' });
    const { path, get } = site({ 'a.txt': 'a' });
    symlinkSync(join(outside.path, 'secret.txt'), join(path, 'file-link'));
    symlinkSync(outside.path, join(path, 'folder-link'));
    symlinkSync('a.txt', join(path, 'inner-link'));
    symlinkSync('nowhere', join(path, 'dead-link'));
    symlinkSync('circle', join(path, 'circle'));
    expect((await get('/file-link')).status).toBe(404);
    expect((await get('/folder-link/')).status).toBe(404);
    expect((await get('/folder-link/in/deep.txt')).status).toBe(404);
    expect((await get('/dead-link')).status).toBe(404);
    expect((await get('/circle')).status).toBe(404);
    expect(await textOf(await get('/inner-link'))).toBe('a');
    const listing = await textOf(await get('/'));
    expect(listing).toContain('href="inner-link"');
    expect(listing).not.toMatch(/file-link|folder-link|dead-link|circle/);
  });

  it('does not take a neighbour with the same beginning for the root', async () => {
    const { path } = site({ 'site/a': 'a', 'site-old/b': 'secret' });
    symlinkSync(join(path, 'site-old'), join(path, 'site', 'old'));
    const response = await staticFiles(join(path, 'site'))(handlerRequest('/old/b'));
    expect(response.status).toBe(404);
  });

  it('refuses an index that is a link out of the root', async () => {
    const outside = site({ 'secret.html': 'secret' });
    const { path, get } = site();
    symlinkSync(join(outside.path, 'secret.html'), join(path, 'index.html'));
    const response = await get('/');
    expect(await textOf(response)).not.toContain('secret');
  });

  it.skipIf(process.platform === 'win32')('does not open pipes', async () => {
    const { path, get } = site();
    execFileSync('mkfifo', [join(path, 'pipe')]);
    expect((await get('/pipe')).status).toBe(404);
  });

  it('hides dot-files unless told otherwise', async () => {
    const files = { '.env': 'secret', '.git/config': 'secret', '.well-known/x': 'public' };
    const hidden = site(files);
    expect((await hidden.get('/.env')).status).toBe(404);
    expect((await hidden.get('/.git/config')).status).toBe(404);
    expect(await textOf(await hidden.get('/'))).not.toMatch(/\.env|\.git/);
    expect(await textOf(await hidden.get('/.well-known/x'))).toBe('public');
    const shown = site(files, { dotfiles: true });
    expect(await textOf(await shown.get('/.env'))).toBe('secret');
    expect(await textOf(await shown.get('/'))).toContain('href=".git/"');
  });

  it('tells strangers no names, and the trace what was near', async () => {
    const { ask } = site({ 'docs/index.html': 'x' });
    const { response, marks } = await ask('/docs/indx.html', { Accept: 'text/html' });
    expect(response.status).toBe(404);
    expect(await textOf(response)).not.toContain('index.html');
    expect(marks).toContain('Nothing is named docs/indx.html here, so 404');
    expect(marks).toContain('Near it: docs/index.html');
  });
});

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileOf, isOwnUrl, isServerUrl } from '../../electron/addresses.ts';

describe('the page’s own origin', () => {
  it.each([
    ['app://bundle/', true],
    ['app://bundle/assets/index.js?v=1#top', true],
    ['app://bundle.evil/', false],
    ['app://bundle:81/', false],
    ['app://user@bundle/', true],
    ['app://evil/bundle', false],
    ['https://bundle/', false],
    ['file:///bundle/', false],
    ['javascript:alert(1)', false],
    ['about:blank', false],
    ['', false],
  ])('%s → %s', (url, own) => {
    expect(isOwnUrl(url)).toBe(own);
  });
});

describe('the file that a URL names', () => {
  const root = join('/srv', 'renderer');

  it.each([
    ['app://bundle/', 'index.html'],
    ['app://bundle/index.html', 'index.html'],
    ['app://bundle/assets/a%20b.js', join('assets', 'a b.js')],
    ['app://bundle/a/../b.js', 'b.js'],
  ])('%s is %s', (url, file) => {
    expect(fileOf(root, url)).toBe(join(root, file));
  });

  it.each([
    ['a dot segment behind an escape', 'app://bundle/%2e%2e%2fmain%2fmain.mjs'],
    ['one in the middle', 'app://bundle/assets/..%2f..%2f..%2fetc/passwd'],
    ['a sibling whose name begins the same', 'app://bundle/..%2frenderer-old/index.html'],
    ['the root itself', 'app://bundle/..%2frenderer'],
    ['a NUL', 'app://bundle/index.html%00.js'],
    ['a broken escape', 'app://bundle/%zz'],
    ['another host', 'app://other/index.html'],
  ])('refuses %s', (_why, url) => {
    expect(fileOf(root, url)).toBeUndefined();
  });
});

describe('what the operating system may be asked to open', () => {
  const own = ['127.0.0.1', '192.168.1.7', 'fe80::1'];

  it.each([
    ['http://127.0.0.1:8080/', true],
    ['http://127.0.0.1:8080/page.html', true],
    ['https://127.0.0.1:8080/', true],
    ['http://localhost:8080/', true],
    ['http://[::1]:8080/', true],
    ['http://192.168.1.7:8080/', true],
    ['https://[fe80::1]:8443/', true],
    ['http://192.168.1.8:8080/', false],
    ['https://example.com/', false],
    ['http://127.0.0.1.evil.example/', false],
    ['http://127.0.0.1@evil.example/', false],
    ['http://user:pass@127.0.0.1/', false],
    ['file:///etc/passwd', false],
    ['file://localhost/etc/passwd', false],
    ['smb://127.0.0.1/share', false],
    ['javascript:alert(1)', false],
    ['C:\\Windows\\System32\\calc.exe', false],
    ['', false],
  ])('%s → %s', (url, allowed) => {
    expect(isServerUrl(url, own)).toBe(allowed);
  });
});

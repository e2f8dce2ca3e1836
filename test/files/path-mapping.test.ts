import { describe, expect, it } from 'vitest';
import { encodePath, type MappingOptions, mapPath } from '../../server-core/files/path-mapping.ts';
import { latin1 } from '../support/handler-request.ts';

const STRICT: MappingOptions = { dotfiles: false, windows: false };

function map(path: string, options: Partial<MappingOptions> = {}) {
  return mapPath(path, { ...STRICT, ...options });
}

describe('mapPath', () => {
  it.each<[string, string[], boolean]>([
    ['/', [], true],
    ['', [], true],
    ['/a', ['a'], false],
    ['/a/', ['a'], true],
    ['/a/b.txt', ['a', 'b.txt'], false],
    ['//a///b', ['a', 'b'], false],
    ['/a%20b', ['a b'], false],
    ['/a+b', ['a+b'], false],
    ['/100%25', ['100%'], false],
    ['/%2525', ['%25'], false],
    ['/%41', ['A'], false],
    ['/%23%3f%26', ['#?&'], false],
    ['/&amp;', ['&amp;'], false],
    ['/%E6%97%A5%E6%9C%AC%E8%AA%9E', ['日本語'], false],
    [latin1('/日本語'), ['日本語'], false],
    ['/%F0%9F%93%88.svg', ['📈.svg'], false],
    ['/e%CC%81', ['e\u0301'], false],
    ['/%EF%BB%BFbom', ['\ufeffbom'], false],
    ['/a/./b', ['a', 'b'], false],
    ['/a/.', ['a'], true],
    ['/a/../b', ['b'], false],
    ['/a/b/..', ['a'], true],
    ['/a/%2e%2E/b', ['b'], false],
    ['/a/%2e', ['a'], true],
    ['/a/..b', ['a', '..b'], false],
    ['/.well-known/security.txt', ['.well-known', 'security.txt'], false],
  ])('maps %s', (path, segments, folder) => {
    // `..b` begins with a dot, which is a matter of its own below.
    expect(map(path, { dotfiles: path.includes('..b') })).toEqual({ kind: 'mapped', segments, folder });
  });

  it.each([
    ['/..', 'climbs'],
    ['/../etc/passwd', 'climbs'],
    ['/a/../../etc/passwd', 'climbs'],
    ['/%2e%2e/etc/passwd', 'climbs'],
    ['/.%2e/etc/passwd', 'climbs'],
    ['/..%2fetc', 'encoded slash'],
    ['/a%2Fb', 'encoded slash'],
    ['/..%5c..%5cboot.ini', 'backslash'],
    ['/a\\b', 'backslash'],
    ['/a%00.html', 'zero byte'],
    ['/%', 'percent'],
    ['/%2', 'percent'],
    ['/%zz', 'percent'],
    ['/%u0041', 'percent'],
  ])('refuses %s with 400: %s', (path, because) => {
    expect(map(path)).toMatchObject({
      kind: 'refused',
      status: 400,
      because: expect.stringContaining(because),
    });
  });

  it.each([
    ['a dot-file', '/.env'],
    ['a dot-folder', '/.git/config'],
    ['an encoded dot', '/%2eenv'],
    ['two dots before a name', '/..env'],
    ['overlong UTF-8 for a dot', '/%c0%ae'],
    ['half a UTF-8 sequence', '/%e6%97'],
    ['a surrogate in UTF-8', '/%ed%a0%80'],
    ['Latin-1', '/caf%e9'],
  ])('hides %s: %s', (_, path) => {
    expect(map(path)).toMatchObject({ kind: 'refused', status: 404 });
  });

  it('never echoes the path in what strangers are told', () => {
    const hidden = map('/.secret');
    expect(hidden).toMatchObject({ publicText: expect.not.stringContaining('secret') });
  });

  it('gives dot-files when asked to, and still no climb', () => {
    expect(map('/.env', { dotfiles: true })).toMatchObject({ kind: 'mapped', segments: ['.env'] });
    expect(map('/../.env', { dotfiles: true })).toMatchObject({ kind: 'refused', status: 400 });
  });

  it.each([
    '/con',
    '/NUL.txt',
    '/com1',
    '/lpt9.log',
    '/file.txt::$DATA',
    '/c:',
    '/a.',
    '/a%20',
    '/GIT~1/config',
  ])('hides %s on Windows only', (path) => {
    expect(map(path, { windows: true })).toMatchObject({ kind: 'refused', status: 404 });
    expect(map(path)).toMatchObject({ kind: 'mapped' });
  });

  it.each(['/console', '/nullable', '/com', '/com10', '/a.b', '/a b', '/a~b'])(
    'leaves %s alone on Windows',
    (path) => {
      expect(map(path, { windows: true })).toMatchObject({ kind: 'mapped' });
    },
  );
});

describe('encodePath', () => {
  it.each<[string[], boolean, string]>([
    [[], true, '/'],
    [['a'], true, '/a/'],
    [['a', 'b'], false, '/a/b'],
    [['a b', '100%', '#?'], false, '/a%20b/100%25/%23%3F'],
    [['日本'], true, '/%E6%97%A5%E6%9C%AC/'],
  ])('%j', (segments, folder, path) => {
    expect(encodePath(segments, folder)).toBe(path);
  });

  it('comes back through mapPath as it was', () => {
    const names = [
      'a b',
      '100%',
      '%41',
      '#',
      '?',
      '+',
      '&amp;',
      '日本語',
      'é',
      'e\u0301',
      '📈',
      `"'<>`,
      'a;b=c',
      ':',
    ];
    expect(map(encodePath(names, true))).toEqual({ kind: 'mapped', segments: names, folder: true });
  });
});

/** Shortcuts that are dropped or given: what they lead to is served. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { servedPath } from '../../server-core/host/served-path.ts';
import { shortcutTarget } from '../../server-core/host/shortcut.ts';
import { makeFolder } from '../support/folder.ts';

let folder: ReturnType<typeof makeFolder>;
afterEach(() => folder.remove());

/** [MS-SHLLINK]: a header, a list of ids that is passed over, and LinkInfo with the path. */
function lnk(path: string, unicode: boolean, cut?: number): Uint8Array {
  const header = Buffer.alloc(0x4c);
  header.writeUInt32LE(0x4c, 0);
  header.writeUInt32LE(1 | 2, 0x14);
  const ids = Buffer.from([3, 0, 0xaa, 0, 0]);
  const ansi = Buffer.from(`${unicode ? 'C:\\ANSI~1' : path}\0`, 'latin1');
  const wide = Buffer.from(`${path}\0`, 'utf16le');
  const start = unicode ? 0x24 : 0x1c;
  const info = Buffer.alloc(start + ansi.length + 1 + (unicode ? wide.length + 2 : 0));
  info.writeUInt32LE(info.length, 0);
  info.writeUInt32LE(start, 4);
  info.writeUInt32LE(1, 8);
  info.writeUInt32LE(start, 0x10);
  info.writeUInt32LE(start + ansi.length, 0x18);
  ansi.copy(info, start);
  if (unicode) {
    info.writeUInt32LE(start + ansi.length + 1, 0x1c);
    info.writeUInt32LE(info.length - 2, 0x20);
    wide.copy(info, start + ansi.length + 1);
  }
  return Buffer.concat([header, ids, info]).subarray(0, cut);
}

const INI = '[InternetShortcut]\r\nURL=http://localhost:3000/app?x=1\r\nIconIndex=0\r\n';
const PLIST =
  '<?xml version="1.0"?><plist version="1.0"><dict>\n<key>URL</key>\n<string>https://dev.test/a?b=1&amp;c=2</string></dict></plist>';

describe('a shortcut', () => {
  it.each<[string, string, string | Uint8Array, string | undefined]>([
    ['an address of Windows', 'a.url', INI, 'http://localhost:3000'],
    ['an address of macOS', 'a.webloc', PLIST, 'https://dev.test'],
    [
      'an address of Linux',
      'a.desktop',
      '[Desktop Entry]\nType=Link\nURL=http://localhost:8000/\n',
      'http://localhost:8000',
    ],
    ['a program of Linux', 'a.desktop', '[Desktop Entry]\nType=Application\nURL=http://x/\n', undefined],
    ['an address of a file', 'a.url', '[InternetShortcut]\nURL=file:///etc/passwd\n', undefined],
    ['a script', 'a.url', 'URL=javascript:alert(1)\n', undefined],
    ['a link of Windows', 'a.lnk', lnk('C:\\sites\\one', false), 'C:\\sites\\one'],
    ['a link of Windows in Unicode', 'a.lnk', lnk('C:\\Seiten\\é', true), 'C:\\Seiten\\é'],
    ['a link that is cut', 'a.lnk', lnk('C:\\Seiten\\é', true, 0x70), undefined],
    ['an empty one', 'a.lnk', '', undefined],
    ['another file', 'a.txt', INI, undefined],
  ])('%s', async (_what, name, content, target) => {
    folder = makeFolder({ [name]: content });
    expect(await shortcutTarget(join(folder.path, name))).toBe(target);
  });

  it('is served as what it leads to', async () => {
    folder = makeFolder({ 'a.url': INI });
    expect((await servedPath(join(folder.path, 'a.url'))).source).toEqual({
      kind: 'origin',
      url: 'http://localhost:3000/',
    });
  });

  it('to a folder serves the folder, and one that leads nowhere or in a circle is refused in words', async () => {
    folder = makeFolder({ 'site/index.html': 'home' });
    const at = (name: string) => join(folder.path, name);
    writeFileSync(at('site.lnk'), lnk(at('site'), true));
    writeFileSync(at('gone.lnk'), lnk(at('none'), true));
    writeFileSync(at('circle.lnk'), lnk(at('circle.lnk'), true));
    expect((await servedPath(at('site.lnk'))).name).toBe('site');
    await expect(servedPath(at('gone.lnk'))).rejects.toThrow(
      /^gone\.lnk leads to .*none: There is no folder/,
    );
    await expect(servedPath(at('circle.lnk'))).rejects.toThrow('circle.lnk leads to another shortcut');
  });
});

import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { findElectron } from '../../build/electron-binary.ts';
import { findBrowser, NoBrowser } from '../../build/find-browser.ts';
import { makeFolder } from '../support/folder.ts';

let folder: ReturnType<typeof makeFolder>;
afterEach(() => folder.remove());

describe('the browser', () => {
  it('is the one that is named', () => {
    folder = makeFolder({ 'my-chrome': '', 'bin/chromium': '' });
    const named = join(folder.path, 'my-chrome');
    expect(findBrowser({ WIRESCOPE_CHROME: named, PATH: join(folder.path, 'bin') })).toBe(named);
  });

  it('is missing, and said to be, when the named one is not a file', () => {
    folder = makeFolder();
    const missing = join(folder.path, 'missing');
    expect(() => findBrowser({ WIRESCOPE_CHROME: missing })).toThrow(NoBrowser);
    expect(() => findBrowser({ WIRESCOPE_CHROME: folder.path })).toThrow(
      `${folder.path}, which is not a file`,
    );
  });

  it.each(['chromium', 'google-chrome-stable', 'microsoft-edge'])('is %s on the PATH', (command) => {
    folder = makeFolder({ [`bin/${command}`]: '', 'bin/firefox': '' });
    // Not Linux, where the usual folders would be looked into as well.
    expect(findBrowser({ PATH: join(folder.path, 'bin') }, 'freebsd')).toBe(
      join(folder.path, 'bin', command),
    );
  });

  it('is where macOS and Windows keep it', () => {
    folder = makeFolder({
      'Applications/Chromium.app/Contents/MacOS/Chromium': '',
      'Local/Microsoft/Edge/Application/msedge.exe': '',
    });
    // A home of its own, so that what is installed on this machine is not found by it on macOS alone.
    expect(findBrowser({ LOCALAPPDATA: join(folder.path, 'Local') }, 'win32')).toBe(
      join(folder.path, 'Local/Microsoft/Edge/Application/msedge.exe'),
    );
    if (process.platform !== 'darwin') {
      expect(findBrowser({ HOME: folder.path }, 'darwin')).toBe(
        join(folder.path, 'Applications/Chromium.app/Contents/MacOS/Chromium'),
      );
    }
  });

  it('is not found where there is none', () => {
    folder = makeFolder({ 'bin/firefox': '' });
    expect(findBrowser({ PATH: join(folder.path, 'bin') }, 'freebsd')).toBeUndefined();
  });
});

describe('Electron’s program', () => {
  it('is where the package says', () => {
    folder = makeFolder({ 'path.txt': 'electron', 'dist/electron': '' });
    expect(findElectron(folder.path, {})).toBe(join(folder.path, 'dist', 'electron'));
  });

  it('is not there before it was fetched, or when it was removed', () => {
    folder = makeFolder({ 'package.json': '{}' });
    expect(findElectron(folder.path, {})).toBeUndefined();
    folder.remove();
    folder = makeFolder({ 'path.txt': 'electron' });
    expect(findElectron(folder.path, {})).toBeUndefined();
  });

  it('can be elsewhere', () => {
    folder = makeFolder({ 'path.txt': 'electron', 'mine/electron': '' });
    const env = { ELECTRON_OVERRIDE_DIST_PATH: join(folder.path, 'mine') };
    expect(findElectron(folder.path, env)).toBe(join(folder.path, 'mine', 'electron'));
    expect(findElectron(folder.path, { ELECTRON_OVERRIDE_DIST_PATH: '/not/there' })).toBeUndefined();
  });
});

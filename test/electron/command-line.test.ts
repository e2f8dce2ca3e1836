import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readCommandLine } from '../../electron/command-line.ts';

const CWD = resolve('/home/me');
const SITE = resolve(CWD, 'site');

describe('the desktop’s command line', () => {
  it.each<[string, string[], string[], string[]]>([
    ['nothing', [], [], []],
    ['a relative path', ['site'], [SITE], []],
    ['an absolute path', [resolve('/srv/www')], [resolve('/srv/www')], []],
    ['several', ['site', '/srv/www'], [SITE, resolve('/srv/www')], []],
    ['a URL as it is', ['http://localhost:3000/app'], ['http://localhost:3000/app'], []],
    [
      'the URL of a folder, as file managers give it',
      [pathToFileURL('/srv/R&D 7').href],
      [resolve('/srv/R&D 7')],
      [],
    ],
    ['what looks like one and is none', ['file:%zz'], [resolve(CWD, 'file:%zz')], []],
    ['a port', ['site', '--port', '9000'], [SITE], ['--port=9000']],
    ['a port first, in short', ['-p', '9000', 'site'], [SITE], ['--port=9000']],
    ['switches of a server', ['site', '--live', '--https', '--spa'], [SITE], ['--live', '--https', '--spa']],
    ['values that look like paths', ['--cache', 'off', 'site'], [SITE], ['--cache=off']],
    [
      'files from where the person stands',
      ['--routes', 'api.mjs'],
      [],
      [`--routes=${resolve(CWD, 'api.mjs')}`],
    ],
    ['what may be repeated', ['--field', 'A: 1', '--field=B: 2'], [], ['--field=A: 1', '--field=B: 2']],
    ['switches of Chromium', ['--inspect=0', '--allow-file-access-from-files', 'site'], [SITE], []],
    ['what is about the command alone', ['site', '--no-ui', '--json'], [SITE], []],
    ['names that every object has', ['--constructor', '--toString', 'site'], [SITE], []],
  ])('reads %s', (_what, given, paths, args) => {
    expect(readCommandLine(['electron', '.', ...given], CWD, false)).toEqual({ paths, args });
    expect(readCommandLine(['Wirescope', ...given], CWD, true)).toEqual({ paths, args });
  });

  it('finds the path behind the switches that a debugger puts before the app', () => {
    expect(readCommandLine(['electron', '--inspect=0', '.', 'site'], CWD, false).paths).toEqual([SITE]);
  });
});

import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCommandLine } from '../../electron/command-line.ts';

const CWD = resolve('/home/me');

describe('the desktop’s command line', () => {
  it.each([
    ['nothing', [], undefined, undefined],
    ['a relative path', ['site'], 'site', undefined],
    ['an absolute path', [resolve('/srv/www')], resolve('/srv/www'), undefined],
    ['a port', ['site', '--port', '9000'], 'site', 9000],
    ['a port first, in short', ['-p', '9000', 'site'], 'site', 9000],
    ['switches of Chromium', ['--inspect=0', '--allow-file-access-from-files', 'site'], 'site', undefined],
  ])('reads %s', (_what, given, path, port) => {
    const expected = { path: path === undefined ? undefined : resolve(CWD, path), port };
    expect(readCommandLine(['electron', '.', ...given], CWD, false)).toEqual(expected);
    expect(readCommandLine(['Wirescope', ...given], CWD, true)).toEqual(expected);
  });

  it('finds the path behind the switches that a debugger puts before the app', () => {
    expect(readCommandLine(['electron', '--inspect=0', '.', 'site'], CWD, false).path).toBe(
      resolve(CWD, 'site'),
    );
  });

  it.each(['65536', '-1', 'http', ''])('refuses port "%s"', (port) => {
    expect(() => readCommandLine(['electron', '.', `--port=${port}`], CWD, false)).toThrow(
      `--port takes a port from 0 to 65535, not "${port}"`,
    );
  });
});

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from 'vitest';
import { ROOT } from '../../build/project.ts';
import { windowObstacle } from '../../build/window-obstacle.ts';
import { makeFolder } from '../support/folder.ts';

const START = join(ROOT, 'build', 'start.ts');

describe('what stands against a window', () => {
  const desktop = { platform: 'linux', env: { DISPLAY: ':0' }, isRoot: false } as const;

  it.each([
    ['nothing', [], desktop, undefined],
    ['a path', ['./site'], desktop, undefined],
    ['a port', ['./site', '--port', '9000'], desktop, undefined],
    ['options of a server', ['./site', '--live', '--https', '--cache', 'off'], desktop, undefined],
    ['Wayland alone', [], { ...desktop, env: { WAYLAND_DISPLAY: 'wayland-0' } }, undefined],
    [
      'an option of the command',
      ['./site', '--no-ui'],
      desktop,
      '--no-ui is an option of the wirescope command',
    ],
    ['a short one', ['-v'], desktop, '-v is an option of the wirescope command'],
    ['a slip', ['--livee'], desktop, '--livee is an option of the wirescope command'],
    [
      'no display',
      [],
      { ...desktop, env: {} },
      'there is no display (DISPLAY and WAYLAND_DISPLAY are not set)',
    ],
    ['root', [], { ...desktop, isRoot: true }, 'Electron does not run as root'],
    ['macOS, which has no DISPLAY', [], { platform: 'darwin', env: {}, isRoot: false } as const, undefined],
  ])('%s', (_what, args, machine, obstacle) => {
    expect(windowObstacle(args, machine)).toBe(obstacle);
  });
});

describe('npm start', () => {
  let child: ChildProcess | undefined;
  let folder: ReturnType<typeof makeFolder> | undefined;
  afterEach(() => {
    child?.kill('SIGKILL');
    folder?.remove();
  });

  it('says in one line why there is no window, and serves all the same', async () => {
    folder = makeFolder({ 'hello.txt': 'hello' });
    const started = spawn(process.execPath, [START, folder.path, '--no-ui', '--port', '0'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    const complaints: string[] = [];
    createInterface(started.stderr).on('line', (line) => complaints.push(line));
    const [line] = (await once(createInterface(started.stdout), 'line')) as [string];
    const url = /^listening (http:\/\/127\.0\.0\.1:\d+\/)$/.exec(line)?.[1] as string;
    const [response] = await once(get(`${url}hello.txt`, { agent: false }), 'response');
    expect(await response.toArray()).toEqual([Buffer.from('hello')]);

    started.kill('SIGTERM');
    const [code] = await once(started, 'close');
    expect(code).toBe(0);
    expect(complaints).toEqual([
      'No desktop window: --no-ui is an option of the wirescope command. Using the browser instead.',
    ]);
  });

  it('ends as the command ends', () => {
    const { status, stderr } = spawnSync(process.execPath, [START, '--no-such-option'], { encoding: 'utf8' });
    expect(status).toBe(2);
    expect(stderr).toContain("wirescope: Unknown option '--no-such-option'");
  });
});

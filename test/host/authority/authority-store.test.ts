import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keptAuthority } from '../../../server-core/host/authority/authority-store.ts';
import { PathProblem } from '../../../server-core/host/served-path.ts';
import { makeFolder } from '../../support/folder.ts';

const DAY = 24 * 60 * 60 * 1000;
const STORE = join(import.meta.dirname, '../../../server-core/host/authority/authority-store.ts');
const windows = process.platform === 'win32';

let folder: ReturnType<typeof makeFolder>;
let home: string;
beforeEach(() => {
  folder = makeFolder({});
  home = join(folder.path, 'home');
});
afterEach(() => folder.remove());

const mode = (...path: string[]) => statSync(join(home, ...path)).mode & 0o777;

describe('the authority of a user', () => {
  it('is made once, and then found', async () => {
    const first = await keptAuthority(home);
    expect(first).toMatchObject({ isNew: true, notes: [], path: join(home, 'authority', 'authority.pem') });
    const second = await keptAuthority(home);
    expect(second).toMatchObject({ isNew: false, notes: [], path: first.path });
    expect(second.authority.cert).toBe(first.authority.cert);
    expect(readFileSync(first.path, 'utf8')).toBe(first.authority.cert);
    expect(readdirSync(home)).toEqual(['authority']);
  });

  it.skipIf(windows)('is closed to others', async () => {
    await keptAuthority(home);
    expect(mode()).toBe(0o700);
    expect(mode('authority')).toBe(0o700);
    expect(mode('authority', 'authority-key.pem')).toBe(0o600);
  });

  it.skipIf(windows)('is closed again where it was opened, and it is said', async () => {
    await keptAuthority(home);
    chmodSync(join(home, 'authority', 'authority-key.pem'), 0o644);
    chmodSync(join(home, 'authority'), 0o755);
    const { notes, isNew } = await keptAuthority(home);
    expect(isNew).toBe(false);
    expect(notes).toEqual([
      expect.stringMatching(/^Other users of this machine could read .*authority-key\.pem/),
    ]);
    expect(mode('authority', 'authority-key.pem')).toBe(0o600);
    expect(mode('authority')).toBe(0o700);
    expect((await keptAuthority(home)).notes).toEqual([]);
  });

  it('is one, when several processes make it at once', async () => {
    const script = `
      const { keptAuthority } = await import(${JSON.stringify(STORE)});
      process.stdin.once('data', async () => {
        const { authority, isNew } = await keptAuthority(${JSON.stringify(home)});
        console.log(JSON.stringify([authority.cert, isNew]));
        process.exit(0);
      });
      console.error('ready');`;
    const children = Array.from({ length: 3 }, () =>
      spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['pipe', 'pipe', 'pipe'] }),
    );
    await Promise.all(children.map((child) => new Promise((resolve) => child.stderr.once('data', resolve))));
    const answers = children.map(
      (child) =>
        new Promise<[string, boolean]>((resolve) => {
          child.stdout.once('data', (data) => resolve(JSON.parse(String(data))));
        }),
    );
    for (const child of children) child.stdin.write('go');
    const found = await Promise.all(answers);
    expect(new Set(found.map(([cert]) => cert)).size).toBe(1);
    expect(found.filter(([, isNew]) => isNew)).toHaveLength(1);
    expect(readdirSync(home)).toEqual(['authority']);
  });
});

describe('an authority that cannot be used', () => {
  const stays = async (because: RegExp, now?: () => number) => {
    const { notes, isNew, path } = await keptAuthority(home, now);
    expect(isNew).toBe(true);
    expect(path).toBe(join(home, 'authority-2', 'authority.pem'));
    expect(notes).toEqual([expect.stringMatching(because)]);
    expect(notes[0]).toMatch(/It was left there, and a new one made beside it$/);
    const again = await keptAuthority(home, now);
    expect(again).toMatchObject({ isNew: false, notes: [], path });
  };

  it('stays where it is when its certificate was damaged', async () => {
    const { path } = await keptAuthority(home);
    writeFileSync(path, 'gone');
    await stays(/certificate cannot be read/);
    expect(readFileSync(path, 'utf8')).toBe('gone');
  });

  it('stays when its key is missing', async () => {
    await keptAuthority(home);
    rmSync(join(home, 'authority', 'authority-key.pem'));
    await stays(/key cannot be read/);
  });

  it('stays when it ends before what it would sign', async () => {
    await keptAuthority(home);
    await stays(/It ends on \d{4}-/, () => Date.now() + 3600 * DAY);
  });

  it('stays when it is an empty folder', async () => {
    mkdirSync(join(home, 'authority'), { recursive: true });
    await stays(/cannot be read/);
  });

  it('is one sentence when the folder cannot be made', async () => {
    const file = join(folder.path, 'file');
    writeFileSync(file, '');
    const failed = keptAuthority(join(file, 'home'));
    await expect(failed).rejects.toThrow(PathProblem);
    await expect(failed).rejects.toThrow(
      /cannot be kept in .*\(ENOTDIR\); name another folder by WIRESCOPE_HOME/,
    );
  });
});

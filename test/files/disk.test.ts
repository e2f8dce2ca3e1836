import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Disk, directDisk, PacedDisk, pooledDisk } from '../../server-core/files/disk.ts';
import { makeFolder } from '../support/folder.ts';
import { openBelow } from './open-below.ts';

let folder: ReturnType<typeof makeFolder>;
beforeEach(() => {
  folder = makeFolder({ 'a.txt': 'content', 'sub/b': '' });
});
afterEach(() => folder.remove());

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;

describe.each<[string, Disk]>([
  ['at once', directDisk],
  ['through the thread pool', pooledDisk],
])('a disk asked %s', (_, disk) => {
  const at = (name: string) => join(folder.path, name);
  const failure = async (call: () => unknown) => {
    try {
      await call();
    } catch (error) {
      return codeOf(error);
    }
    return undefined;
  };

  it('tells what is there, links followed', async () => {
    symlinkSync('a.txt', at('link'));
    expect((await disk.stat(at('a.txt')))?.size).toBe(7n);
    expect((await disk.stat(at('link')))?.isFile()).toBe(true);
    expect((await disk.stat(at('sub')))?.isDirectory()).toBe(true);
    expect(await disk.realpath(at('link'))).toBe(at('a.txt'));
  });

  it('tells absence without an error, and all else with the error of the system', async () => {
    expect(await disk.stat(at('none'))).toBeUndefined();
    expect(await disk.stat(at('a.txt/below'))).toBeUndefined();
    symlinkSync('round', at('round'));
    expect(await failure(() => disk.stat(at('round')))).toBe('ELOOP');
    expect(await failure(() => disk.realpath(at('none')))).toBe('ENOENT');
    expect(await failure(() => disk.read(at('none'), 10))).toBe('ENOENT');
    expect(await failure(() => disk.names(at('none'), 10))).toBe('ENOENT');
  });

  it('reads what is small, and leaves the rest', async () => {
    const whole = await disk.read(at('a.txt'), 7);
    expect(Buffer.from(whole.content!).toString()).toBe('content');
    expect(whole.stats.size).toBe(7n);
    const large = await disk.read(at('a.txt'), 6);
    expect(large.content).toBeUndefined();
    expect(large.stats.size).toBe(7n);
    expect((await disk.read(at('sub/b'), 6)).content).toHaveLength(0);
  });

  it.skipIf(process.platform === 'win32')('follows no link when it reads, and reads no folder', async () => {
    symlinkSync('a.txt', at('link'));
    expect(await failure(() => disk.read(at('link'), 100))).toBe('ELOOP');
    const opened = await disk.read(at('sub'), 1e9);
    expect(opened.content).toBeUndefined();
    expect(opened.stats.isDirectory()).toBe(true);
  });

  it('names what is in a folder, up to a number', async () => {
    expect((await disk.names(folder.path, 10)).sort()).toEqual(['a.txt', 'sub']);
    mkdirSync(at('many'));
    for (let i = 0; i < 20; i++) writeFileSync(at(`many/${i}`), '');
    expect(await disk.names(at('many'), 5)).toHaveLength(5);
  });
});

describe('a paced disk', () => {
  /** Time stands still but for what a call takes. */
  function paced() {
    let now = 0;
    let cost = 0;
    const disk = new PacedDisk(
      {
        ...directDisk,
        stat: (path) => {
          now += cost;
          return directDisk.stat(path);
        },
      },
      pooledDisk,
      () => now,
    );
    return {
      /** Whether the answer was there at once. */
      direct: (ms: number) => {
        cost = ms;
        const answer = disk.stat(folder.path);
        return !(answer instanceof Promise);
      },
      pass: (ms: number) => {
        now += ms;
      },
    };
  }

  it('is asked at once as long as it is quick', () => {
    const { direct } = paced();
    for (let i = 0; i < 100; i++) expect(direct(4)).toBe(true);
  });

  it('is asked through the pool after it was slow, a hundred times as long', () => {
    const { direct, pass } = paced();
    expect(direct(20)).toBe(true);
    expect(direct(0)).toBe(false);
    pass(1_999);
    expect(direct(0)).toBe(false);
    pass(1);
    expect(direct(0)).toBe(true);
  });

  it('is timed also when it fails', () => {
    let now = 0;
    const disk = new PacedDisk(
      {
        ...directDisk,
        realpath: (path) => {
          now += 50;
          return directDisk.realpath(path);
        },
      },
      pooledDisk,
      () => now,
    );
    expect(() => disk.realpath(join(folder.path, 'none'))).toThrow('ENOENT');
    expect(disk.stat(folder.path)).toBeInstanceOf(Promise);
  });
});

describe.runIf(existsSync('/proc/self/fd'))('reading', () => {
  it('leaves nothing open, whether it succeeds or not', () => {
    for (let i = 0; i < 50; i++) {
      directDisk.read(join(folder.path, 'a.txt'), 100);
      directDisk.read(join(folder.path, 'sub'), 100);
      directDisk.names(folder.path, 1);
      expect(() => directDisk.read(join(folder.path, 'none'), 1)).toThrow('ENOENT');
    }
    expect(openBelow(folder.path)).toEqual([]);
  });
});

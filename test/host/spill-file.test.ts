import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CaptureLog } from '../../server-core/capture/log.ts';
import { removeLeftovers, SpillFile } from '../../server-core/host/spill-file.ts';
import { makeFolder } from '../support/folder.ts';
import { CAN_MOUNT, mountSmall, unmount } from '../support/small-disk.ts';

const SLOT = 65_536;
let folder: ReturnType<typeof makeFolder>;

beforeEach(() => {
  folder = makeFolder({ 'file.txt': '' });
});
afterEach(() => folder.remove());

function filled(value: number, length = SLOT): Uint8Array {
  return new Uint8Array(length).fill(value);
}

describe('slots', () => {
  it('give back what was written, in any order, and again after they were let go', async () => {
    const file = new SpillFile(SLOT, folder.path);
    await Promise.all([3, 0, 7].map((slot) => file.write(slot, filled(slot + 1))));
    await file.write(3, filled(9, 1000));
    for (const [slot, value, length] of [
      [0, 1, SLOT],
      [7, 8, SLOT],
      [3, 9, 1000],
    ] as const) {
      const target = new Uint8Array(length);
      await file.read(slot, target);
      expect(target).toEqual(filled(value, length));
    }
    file.clear();
    await file.write(0, filled(5));
    const again = new Uint8Array(SLOT);
    await file.read(0, again);
    expect(again).toEqual(filled(5));
    file.clear();
  });

  it.skipIf(process.platform === 'win32')('lie in a file without a name', async () => {
    const file = new SpillFile(SLOT, folder.path);
    await file.write(0, filled(1));
    expect(readdirSync(folder.path)).toEqual(['file.txt']);
    file.clear();
  });

  it('that cannot be written or read say so in one sentence', async () => {
    const file = new SpillFile(SLOT, `${folder.path}/missing`);
    await expect(file.write(0, filled(1))).rejects.toThrow(
      /^Nothing can be written to .*missing \(ENOENT\), so captured traffic is kept in memory only$/,
    );
    const other = new SpillFile(SLOT, folder.path);
    await other.write(0, filled(1, 10));
    await expect(other.read(0, new Uint8Array(11))).rejects.toThrow('cannot be read back');
    other.clear();
    await expect(other.read(0, new Uint8Array(1))).rejects.toThrow('cannot be read back');
  });
});

describe('leftovers', () => {
  it('of processes that are gone are removed, and no others', async () => {
    const gone = spawn(process.execPath, ['-e', '']);
    await once(gone, 'exit');
    const names = [
      `wirescope-${gone.pid}-1.spill`,
      `wirescope-${process.pid}-1.spill`,
      `wirescope-${gone.pid}-1.txt`,
    ];
    for (const name of names) writeFileSync(join(folder.path, name), 'x');
    removeLeftovers(folder.path);
    expect(readdirSync(folder.path).sort()).toEqual(['file.txt', ...names.slice(1)].sort());
    removeLeftovers(`${folder.path}/missing`);
  });
});

it('a log keeps on a real disk what memory has no room for', async () => {
  const store = new SpillFile(SLOT, folder.path);
  let writing = 0;
  let time = 0;
  const log = new CaptureLog({
    now: () => ++time,
    segmentBytes: SLOT,
    memoryBudgetBytes: 8 * SLOT,
    store: {
      write: (slot, bytes) => {
        writing++;
        return store.write(slot, bytes).finally(() => {
          writing--;
        });
      },
      read: (slot, target) => store.read(slot, target),
      clear: () => store.clear(),
    },
    diskBudgetBytes: 1000 * SLOT,
  });
  for (let i = 0; i < 5000; i++) {
    log.bytes(1, 'in', i, filled(i & 0xff, 1000));
    // At the disk's pace, whatever that is.
    while (writing > 0) await new Promise(setImmediate);
  }
  expect(log.memoryBytes).toBeLessThanOrEqual(8 * SLOT);
  expect(log.overruns).toBe(0);
  expect(log.start).toBe(0);
  expect(await log.pullPayload(0)).toEqual(filled(0, 1000));
  store.clear();
});

describe.skipIf(!CAN_MOUNT)('on a full disk', () => {
  beforeEach(() => mountSmall(folder.path, '1m'));
  afterEach(() => unmount(folder.path));

  it('a log says so once, and goes on in memory', async () => {
    const troubles: string[] = [];
    let time = 0;
    const log = new CaptureLog({
      now: () => ++time,
      segmentBytes: SLOT,
      memoryBudgetBytes: 8 * SLOT,
      store: new SpillFile(SLOT, folder.path),
      diskBudgetBytes: 1000 * SLOT,
      onDiskTrouble: (sentence) => troubles.push(sentence),
    });
    for (let i = 0; i < 5000; i++) {
      log.bytes(1, 'in', i, filled(i & 0xff, 1000));
      if (i % 60 === 0) await new Promise(setImmediate);
    }
    await expect
      .poll(() => troubles)
      .toEqual([`There is no space left in ${folder.path}, so captured traffic is kept in memory only`]);
    expect(log.memoryBytes).toBeLessThanOrEqual(8 * SLOT);
    expect(log.diskBytes).toBeLessThanOrEqual(4 * SLOT);
    expect(log.trimmed.records).toBeGreaterThan(4000);
  });
});

import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CaptureFile } from '../../server-core/host/capture-file.ts';
import { Recording } from '../../server-core/host/recording.ts';
import { makeFolder } from '../support/folder.ts';
import { CAN_MOUNT, mountSmall, unmount } from '../support/small-disk.ts';
import { eventsIn, eventsOf, META, newLog, opened, SEGMENT, traffic } from './capture-file-setup.ts';

let folder: ReturnType<typeof makeFolder>;
let path: string;
const troubles: string[] = [];
const onTrouble = (sentence: string) => void troubles.push(sentence);

beforeEach(() => {
  folder = makeFolder({ 'x.txt': '' });
  path = `${folder.path}/x.wirescope`;
  troubles.length = 0;
});
afterEach(() => folder.remove());

describe('a recording', () => {
  it('holds everything, what came before it was begun and what came until its end', async () => {
    const log = newLog();
    traffic(log, 100);
    const recording = await Recording.start(log, path, META, onTrouble);
    traffic(log, 500);
    await expect.poll(() => recording.length).toBeGreaterThan(100_000);
    traffic(log, 50);
    await recording.end();
    await recording.end();
    expect(readFileSync(path)).toHaveLength(recording.length);
    await opened(path, async (file) => {
      expect(file.problem).toBeUndefined();
      expect(await eventsOf(file)).toEqual(eventsIn(log));
    });
    expect(troubles).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('is for its owner alone', async () => {
    const recording = await Recording.start(newLog(), path, META, onTrouble);
    await recording.end();
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('can be opened while it goes on, and after a crash: what was flushed is there', async () => {
    const log = newLog();
    const recording = await Recording.start(log, path, META, onTrouble);
    traffic(log, 20);
    await expect
      .poll(() => opened(path, async (file) => (await eventsOf(file)).length))
      .toBe(eventsIn(log).length);
    await opened(path, async (file) => expect(file.problem).toMatch(/^It was not finished/));
    await recording.end();
  });

  it('slows the server where its disk cannot keep up: nothing is missing, memory stays in bounds', async () => {
    const log = newLog({ memoryBudgetBytes: 8 * SEGMENT });
    const recording = await Recording.start(log, path, META, onTrouble);
    const totals = traffic(log, 5000, 2000);
    // All of that came in one turn of the loop: no write of its own had a chance.
    expect(log.start).toBeGreaterThan(0);
    expect(recording.slowed).toBeGreaterThan(20);
    expect(log.memoryBytes).toBe(8 * SEGMENT);
    await recording.end();
    await opened(path, async (file) => {
      const events = await eventsOf(file);
      expect(events.some((event) => event.carried)).toBe(false);
      expect(events).toHaveLength(5000 * 9);
      expect(file.exchanges).toBe(totals.exchanges);
    });
  });

  it('never writes over a file, and says where it cannot write', async () => {
    writeFileSync(path, 'precious');
    const log = newLog();
    await expect(Recording.start(log, path, META, onTrouble)).rejects.toThrow(
      `${path} exists already; a recording never writes over a file`,
    );
    expect(readFileSync(path, 'utf8')).toBe('precious');
    await expect(Recording.start(log, `${folder.path}/no/x.wirescope`, META, onTrouble)).rejects.toThrow(
      'There is no folder for the recording',
    );
  });
});

describe.skipIf(!CAN_MOUNT)('on a full disk', () => {
  beforeEach(() => mountSmall(folder.path, '512k'));
  afterEach(() => unmount(folder.path));

  it('a recording is not begun, and holds nothing up', async () => {
    writeFileSync(`${folder.path}/all`, new Uint8Array(512 * 1024));
    const log = newLog({ memoryBudgetBytes: 4 * SEGMENT });
    await expect(Recording.start(log, path, META, onTrouble)).rejects.toThrow(
      `The disk has no room for the recording ${path}`,
    );
    traffic(log, 2000, 1000);
    expect(troubles).toEqual([]);
    expect(existsSync(path)).toBe(false);
  });

  it.each([['within an append'], ['in its own time']])(
    '%s, a recording ends with a sentence and a file that is valid up to there',
    async (when) => {
      const log = newLog(when === 'within an append' ? { memoryBudgetBytes: 4 * SEGMENT } : {});
      const recording = await Recording.start(log, path, META, onTrouble);
      traffic(log, 2000, 1000);
      await expect.poll(() => troubles).toHaveLength(1);
      expect(troubles[0]).toBe(
        `The recording ${path} has ended, because the disk is full; what was recorded up to there can be opened`,
      );
      traffic(log, 100);
      await recording.end();
      const file = await CaptureFile.open(path);
      const events = await eventsOf(file);
      expect(events.length).toBeGreaterThan(1000);
      expect(events[0]).toMatchObject({ kind: 'opened', conn: 1 });
      await file.close();
      expect(troubles).toHaveLength(1);
    },
  );
});

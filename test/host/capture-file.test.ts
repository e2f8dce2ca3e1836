import { readFileSync, writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaptureEvent } from '../../server-core/capture/events.ts';
import { ANCHOR_BYTES } from '../../server-core/capture/layout.ts';
import { CaptureFile } from '../../server-core/host/capture-file.ts';
import {
  BLOCK_HEADER,
  EMPTY,
  encodeHeader,
  PREAMBLE_BYTES,
} from '../../server-core/host/capture-file-layout.ts';
import { makeFolder } from '../support/folder.ts';
import { eventsIn, eventsOf, META, newLog, opened, SEGMENT, save, traffic } from './capture-file-setup.ts';

let folder: ReturnType<typeof makeFolder>;
let path: string;

beforeEach(() => {
  folder = makeFolder({ 'x.txt': '' });
  path = `${folder.path}/x.wirescope`;
});
afterEach(() => folder.remove());

/** What the log let go of later is in the file, so nothing there says that it went. */
function isInFile({ kind, carried }: CaptureEvent): boolean {
  return kind !== 'tombstone' || carried === true;
}

/** Blocks of a file: offset of the header, its tag, length of the payload. */
function blocksIn(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const blocks: { at: number; tag: string; length: number }[] = [];
  for (let at = PREAMBLE_BYTES; at < bytes.length; ) {
    const tag = Buffer.from(bytes.subarray(at, at + 4)).toString('latin1');
    const length = view.getUint32(at + 4, true);
    blocks.push({ at, tag, length });
    at += BLOCK_HEADER + length;
  }
  return blocks;
}

describe('a capture', () => {
  it('comes back as it was: every event, its position, time and bytes', async () => {
    const log = newLog();
    traffic(log, 1000);
    await save(log, path);
    await opened(path, async (file) => {
      expect(file.meta).toEqual(META);
      expect(file.exchanges).toBe(1000);
      expect([file.start, file.end]).toEqual([0, log.end]);
      expect(file.problem).toBeUndefined();
      const live = eventsIn(log);
      expect(await eventsOf(file)).toEqual(live);
      for (const event of live) {
        if (event.kind !== 'bytes') continue;
        expect(Buffer.compare((await file.payload(event.position))!, log.payload(event.position)!)).toBe(0);
      }
    });
  });

  it('is read in runs of any size, from any position', async () => {
    const log = newLog();
    traffic(log, 300);
    await save(log, path);
    await opened(path, async (file) => {
      const live = eventsIn(log);
      for (const size of [100, 5_000, 70_000, 1e6]) expect(await eventsOf(file, size)).toEqual(live);
      const middle = live[1000]!.position;
      const { records } = await file.read(middle, 1e6);
      expect(records.length).toBeGreaterThan(0);
      expect((await file.read(middle + 1, 1e6)).next).toBeGreaterThan(middle);
      expect(await file.read(file.end, 1e6)).toEqual({ records: new Uint8Array(0), next: file.end });
      expect(await file.read(1e15, 1e6)).toEqual({ records: new Uint8Array(0), next: file.end });
    });
  });

  it('of a log that was trimmed begins with what then held', async () => {
    const log = newLog({ memoryBudgetBytes: 4 * SEGMENT, now: () => 7 });
    const conn = log.opened(1, '::1', 1, 8080);
    log.begin(conn, 0);
    traffic(log, 2000);
    expect(log.start).toBeGreaterThan(0);
    await save(log, path);
    await opened(path, async (file) => {
      const events = await eventsOf(file, 300);
      expect(events).toEqual(eventsIn(log).filter(isInFile));
      expect(events[0]).toMatchObject({ kind: 'tombstone', carried: true, ...log.trimmed });
      expect(events).toContainEqual(expect.objectContaining({ kind: 'begin', exchange: 1, carried: true }));
    });
  });

  it('with more that held than a block has room for', async () => {
    const log = newLog({ memoryBudgetBytes: 3 * SEGMENT, now: () => 7 });
    for (let i = 0; i < 5000; i++) log.begin(log.opened(1, '::1', 1, 8080), 0);
    traffic(log, 1000);
    await save(log, path);
    await opened(path, async (file) => expect(await eventsOf(file)).toEqual(eventsIn(log).filter(isInFile)));
  });

  it('of an empty log opens, and is empty', async () => {
    await save(newLog(), path);
    await opened(path, async (file) => {
      expect(file.blocks).toEqual([]);
      expect(await eventsOf(file)).toEqual([]);
    });
  });
});

describe('a file that is not whole', () => {
  it('without its index is read block by block', async () => {
    const log = newLog();
    traffic(log, 1000);
    const bytes = await save(log, path);
    const index = blocksIn(bytes).find((block) => block.tag === 'INDX')!;
    writeFileSync(path, bytes.subarray(0, index.at));
    await opened(path, async (file) => {
      expect(await eventsOf(file)).toEqual(eventsIn(log));
      expect(file.problem).toBe('It was not finished: the program that wrote it was ended');
    });
  });

  it('cut within a block shows all before it, and says how much is missing', async () => {
    const log = newLog();
    traffic(log, 1000);
    const bytes = await save(log, path);
    const runs = blocksIn(bytes).filter((block) => block.tag === 'RUN ');
    const last = runs.at(-1)!;
    writeFileSync(path, bytes.subarray(0, last.at + 1000));
    await opened(path, async (file) => {
      const live = eventsIn(log);
      const found = await eventsOf(file);
      expect(found).toEqual(live.slice(0, found.length));
      expect(found.length).toBeGreaterThan(live.length / 2);
      expect(file.problem).toBe(
        `It is cut short: its last 1000 of ${last.at + 1000} bytes are part of a block`,
      );
    });
  });

  it('with a damaged block shows all others, and counts what is left out', async () => {
    const log = newLog();
    traffic(log, 1000);
    const bytes = await save(log, path);
    const second = blocksIn(bytes).filter((block) => block.tag === 'RUN ')[1]!;
    bytes[second.at + BLOCK_HEADER + 5000]! ^= 1;
    writeFileSync(path, bytes);
    await opened(path, async (file) => {
      const { first, end, records } = file.blocks[1]!;
      const live = eventsIn(log).filter((event) => event.position < first || event.position >= end);
      expect(await eventsOf(file)).toEqual(live);
      expect(file.problem).toBe(`${records} records in 1 damaged block are left out`);
      expect(await file.payload(first)).toBeUndefined();
    });
  });

  it('with blocks of a later version is read without them', async () => {
    const log = newLog();
    traffic(log, 300);
    const bytes = await save(log, path);
    const [meta] = blocksIn(bytes);
    const at = meta!.at + BLOCK_HEADER + meta!.length;
    const payload = Buffer.from('notes of the future');
    const header = encodeHeader({
      ...EMPTY,
      tag: 0x45544f4e,
      length: payload.length,
      checksum: crc32(payload),
    });
    const index = blocksIn(bytes).find((block) => block.tag === 'INDX')!;
    writeFileSync(
      path,
      Buffer.concat([bytes.subarray(0, at), header, payload, bytes.subarray(at, index.at)]),
    );
    await opened(path, async (file) => expect(await eventsOf(file)).toEqual(eventsIn(log)));
  });
});

describe('what is no capture', () => {
  it.each([
    ['an empty file', Buffer.alloc(0), 'x.wirescope is not a Wirescope capture'],
    ['a page', Buffer.from('<!doctype html><title>Hello</title>'), 'x.wirescope is not a Wirescope capture'],
  ])('%s is refused in words', async (_name, bytes, sentence) => {
    writeFileSync(path, bytes);
    await expect(CaptureFile.open(path)).rejects.toThrow(sentence);
  });

  it('a file of a newer version is refused in words', async () => {
    await save(newLog(), path);
    const bytes = readFileSync(path);
    bytes.writeUInt16LE(9, 12);
    writeFileSync(path, bytes);
    await expect(CaptureFile.open(path)).rejects.toThrow(
      'x.wirescope was written by a newer Wirescope (format 9); update to open it',
    );
  });

  it('a file whose description is damaged is refused in words', async () => {
    await save(newLog(), path);
    const bytes = readFileSync(path);
    bytes[PREAMBLE_BYTES + BLOCK_HEADER + 3]! ^= 1;
    writeFileSync(path, bytes);
    await expect(CaptureFile.open(path)).rejects.toThrow(
      'x.wirescope is damaged where it says what it holds',
    );
  });
});

describe('whatever was changed in a file', () => {
  /** Opens, reads to the end and pulls; what comes must be what was written, though some of it may be missing. */
  async function holds(known: ReadonlyMap<number, string>, payloads: ReadonlyMap<number, Uint8Array>) {
    let file: CaptureFile;
    try {
      file = await CaptureFile.open(path);
    } catch (problem) {
      expect((problem as Error).message).toMatch(/^x\.wirescope (is|was) /);
      return 0;
    }
    const events = await eventsOf(file);
    for (const event of events) expect(JSON.stringify(event)).toBe(known.get(event.position));
    for (const [position, bytes] of payloads) {
      const found = await file.payload(position);
      if (found) expect(Buffer.compare(found, bytes)).toBe(0);
    }
    await file.close();
    return events.length;
  }

  async function small() {
    const log = newLog();
    traffic(log, 3, 40);
    const live = eventsIn(log);
    const known = new Map(live.map((event) => [event.position, JSON.stringify(event)]));
    const payloads = new Map(
      live.flatMap((event) =>
        event.kind === 'bytes' ? [[event.position, log.payload(event.position)!]] : [],
      ),
    );
    return { bytes: await save(log, path), known, payloads, count: live.length };
  }

  it('a bit of any byte: nothing throws, and no wrong record is shown', async () => {
    const { bytes, known, payloads, count } = await small();
    let whole = 0;
    for (let at = 0; at < bytes.length; at++) {
      bytes[at]! ^= 1 << (at % 8);
      writeFileSync(path, bytes);
      if ((await holds(known, payloads)) === count) whole++;
      bytes[at]! ^= 1 << (at % 8);
    }
    // Only the index and what points at it can be lost without losing records.
    expect(whole).toBeLessThan(bytes.length / 2);
  });

  it('cut at any byte: nothing throws, and no wrong record is shown', async () => {
    const { bytes, known, payloads } = await small();
    for (let length = 0; length < bytes.length; length++) {
      writeFileSync(path, bytes.subarray(0, length));
      await holds(known, payloads);
    }
  });

  it('with a time that no clock shows is damaged', async () => {
    for (const time of [Number.POSITIVE_INFINITY, Number.NaN, 1e300]) {
      const { bytes } = await small();
      const run = blocksIn(bytes).find((block) => block.tag === 'RUN ')!;
      const index = blocksIn(bytes).find((block) => block.tag === 'INDX')!;
      const forged = Buffer.from(bytes.subarray(0, index.at));
      const header = forged.subarray(run.at, run.at + BLOCK_HEADER);
      const payload = forged.subarray(run.at + BLOCK_HEADER);
      payload.writeDoubleLE(time, ANCHOR_BYTES + 12);
      header.writeUInt32LE(crc32(payload), 72);
      header.writeUInt32LE(crc32(header.subarray(0, 76)), 76);
      writeFileSync(path, forged);
      await opened(path, async (file) => {
        expect(await eventsOf(file)).toEqual([]);
        expect(file.problem).toMatch(/damaged block/);
      });
    }
  });

  it('with checksums that are right again: nothing throws, and reading comes to an end', async () => {
    const { bytes } = await small();
    const run = blocksIn(bytes).find((block) => block.tag === 'RUN ')!;
    const index = blocksIn(bytes).find((block) => block.tag === 'INDX')!;
    let seed = 1;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed % below;
    };
    for (let round = 0; round < 2000; round++) {
      const forged = Buffer.from(bytes.subarray(0, index.at));
      const header = forged.subarray(run.at, run.at + BLOCK_HEADER);
      const payload = forged.subarray(run.at + BLOCK_HEADER);
      const target = round % 3 === 0 ? header.subarray(8, 68) : payload;
      for (let i = 0; i <= random(4); i++) target[random(target.length)] = random(256);
      header.writeUInt32LE(crc32(payload), 72);
      header.writeUInt32LE(crc32(header.subarray(0, 76)), 76);
      writeFileSync(path, forged);
      await opened(path, async (file) => {
        await eventsOf(file);
        await file.payload(file.start);
      });
    }
  });
});

/** What a viewer asks of captured traffic: budgets, saving, opening, reading, pulling. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaptureEvent } from '../../server-core/capture/events.ts';
import type { CaptureInfo, Hello } from '../../server-core/capture/feed-messages.ts';
import { portTransport } from '../../server-core/capture/port-transport.ts';
import { ViewerLink } from '../../server-core/capture/viewer-link.ts';
import { Engine, type ServedSource } from '../../server-core/host/engine.ts';
import { eventsIn } from '../support/events-of.ts';
import { makeFolder } from '../support/folder.ts';
import { steady } from '../support/steady.ts';
import { eventsIn as eventsOfLog, newLog, save, traffic } from './capture-file-setup.ts';

const MIB = 2 ** 20;
let folder: ReturnType<typeof makeFolder>;
let engine: Engine;
let sources: readonly ServedSource[];

beforeEach(() => {
  folder = makeFolder({ 'a.txt': 'A'.repeat(5000), 'big.bin': Buffer.alloc(3 * MIB, 'big ') });
  engine = new Engine(
    {
      host: 'browser',
      tour: folder.path,
      memoryBudgetBytes: 16 * MIB,
      diskBudgetBytes: 64 * MIB,
      openUrl: () => {},
      onSources: (now) => {
        sources = now;
      },
    },
    { port: 0 },
  );
});
afterEach(async () => {
  await engine.stop();
  folder.remove();
});

function watch() {
  const { port1, port2 } = new MessageChannel();
  const hellos: Hello[] = [];
  const events: CaptureEvent[] = [];
  engine.attach(portTransport(port1));
  const link = new ViewerLink(portTransport(port2), {
    onHello: (hello) => void hellos.push(hello),
    onBatch: (batch) => void events.push(...eventsIn(batch)),
    onClose: () => {},
  });
  return { link, hellos, events };
}

/** All events of an open capture, read as the window does. */
async function readAll(link: ViewerLink, info: CaptureInfo): Promise<CaptureEvent[]> {
  const events: CaptureEvent[] = [];
  for (let from = info.start; from < info.end; ) {
    const answer = await link.call({ op: 'read', capture: info.id, from });
    from = new DataView(answer.buffer, answer.byteOffset).getFloat64(0, true);
    events.push(...eventsIn(answer.subarray(8)));
  }
  return events;
}

async function openCapture(link: ViewerLink, path: string): Promise<CaptureInfo> {
  const reply = await link.call({ op: 'serve', path });
  if (!('capture' in reply)) throw new Error('It was served');
  return reply.capture;
}

describe('the budgets', () => {
  it('are told, set, and met: what memory has no room for is pulled from disk', async () => {
    const { link, hellos, events } = watch();
    const { server } = await engine.serve(folder.path);
    const diskBytes = async () => (await link.call({ op: 'usage' })).diskBytes;
    for (let i = 0; i < 12; i++) {
      await (await fetch(`${server.url}big.bin`)).arrayBuffer();
      // No faster than the disk, or what it cannot take is trimmed.
      await steady(diskBytes);
    }
    expect(await diskBytes()).toBeGreaterThan(8 * MIB);
    const usage = await link.call({ op: 'usage' });
    expect(usage).toMatchObject({ memoryBudgetBytes: 16 * MIB, diskBudgetBytes: 64 * MIB });
    expect(usage.memoryBytes).toBeLessThanOrEqual(16 * MIB);
    const isFirstWrite = (event: CaptureEvent) => event.kind === 'bytes' && event.direction === 'out';
    await expect.poll(() => events.some(isFirstWrite)).toBe(true);
    const first = events.find(isFirstWrite)!;
    const head = await link.call({ op: 'pull', positions: [first.position] });
    expect(Buffer.from(head.subarray(0, 15)).toString()).toBe('HTTP/1.1 200 OK');

    await link.call({ op: 'disk', bytes: 0 });
    await expect.poll(() => hellos.at(-1)?.diskBudgetBytes).toBe(0);
    expect((await link.call({ op: 'usage' })).diskBytes).toBe(0);
    await expect(link.call({ op: 'pull', positions: [first.position] })).rejects.toThrow('were trimmed');
    await link.call({ op: 'memory', bytes: 32 * MIB });
    await expect.poll(() => hellos.at(-1)?.memoryBudgetBytes).toBe(32 * MIB);
  });
});

describe('saving', () => {
  it('writes all that is held to a file, which opens with the same rows and bytes', async () => {
    const { link } = watch();
    const { server } = await engine.serve(folder.path);
    for (let i = 0; i < 5; i++) await (await fetch(`${server.url}a.txt?${i}`)).text();
    await (await fetch(`${server.url}big.bin`)).arrayBuffer();
    const path = `${folder.path}/saved.wirescope`;
    const { bytes } = await link.call({ op: 'save', path });
    expect(readFileSync(path)).toHaveLength(bytes!);
    expect(bytes).toBeGreaterThan(3 * MIB);
    const info = await openCapture(link, path);
    expect(info).toMatchObject({ name: 'saved.wirescope', exchanges: 6, epochMs: engine.clock.epochMs });
    const events = await readAll(link, info);
    const targets = events.flatMap((event) => (event.kind === 'request' ? [event.target] : []));
    expect(targets).toEqual(['/a.txt?0', '/a.txt?1', '/a.txt?2', '/a.txt?3', '/a.txt?4', '/big.bin']);
    const written = events.filter((event) => event.kind === 'bytes' && event.direction === 'out');
    const pulled = await link.call({
      op: 'pull',
      capture: info.id,
      positions: written.map((event) => event.position),
    });
    expect(Buffer.from(pulled).subarray(-3 * MIB)).toEqual(readFileSync(`${folder.path}/big.bin`));
    await link.call({ op: 'close', capture: info.id });
    await expect(link.call({ op: 'read', capture: info.id, from: 0 })).rejects.toThrow('no longer open');
  });

  it('that cannot be done says why, and leaves nothing behind', async () => {
    const { link } = watch();
    await expect(link.call({ op: 'save', path: `${folder.path}/no/x.wirescope` })).rejects.toThrow(
      'There is no folder for',
    );
    await expect(link.call({ op: 'save', path: folder.path })).rejects.toThrow();
    expect(readdirSync(folder.path).sort()).toEqual(['a.txt', 'big.bin']);
  });

  it('without a path promises a download, which is good once', async () => {
    const { link } = watch();
    const { download } = await link.call({ op: 'save' });
    expect(engine.download('/saved/guess')).toBeUndefined();
    const parts: Uint8Array[] = [];
    for await (const part of engine.download(download!)!.bytes) parts.push(part);
    const path = `${folder.path}/download.wirescope`;
    writeFileSync(path, Buffer.concat(parts));
    expect(await openCapture(link, path)).toMatchObject({ exchanges: 0 });
    expect(engine.download(download!)).toBeUndefined();
  });
});

describe('opening', () => {
  it('a capture twice is one, told to every viewer and among the sources', async () => {
    const { link, hellos } = watch();
    const path = `${folder.path}/x.wirescope`;
    const log = newLog();
    traffic(log, 200);
    await save(log, path);
    const info = await openCapture(link, path);
    expect(await openCapture(link, path)).toEqual(info);
    expect(hellos.at(-1)?.captures).toEqual([info]);
    const { server } = await engine.serve(folder.path);
    expect(sources.map(({ what, server: served }) => [what, served?.state.port])).toEqual([
      [server.root, server.port],
      [info.path, undefined],
    ]);
    expect(await readAll(link, info)).toEqual(eventsOfLog(log));
    await link.call({ op: 'close', capture: info.id });
    await link.call({ op: 'remove', server: server.id });
    expect(sources).toEqual([]);
    expect(hellos.at(-1)?.captures).toEqual([]);
  });

  it('what is no capture is refused in words', async () => {
    const { link } = watch();
    writeFileSync(`${folder.path}/x.wirescope`, 'plain');
    await expect(openCapture(link, `${folder.path}/x.wirescope`)).rejects.toThrow(
      'x.wirescope is not a Wirescope capture',
    );
    await expect(openCapture(link, `${folder.path}/y.wirescope`)).rejects.toThrow('There is no file');
  });

  it('a damaged one shows what is whole; how much is missing is told once it is known', async () => {
    const { link, hellos } = watch();
    const path = `${folder.path}/x.wirescope`;
    const log = newLog();
    traffic(log, 500);
    const bytes = await save(log, path);
    bytes[Math.floor(bytes.length / 2)]! ^= 1;
    writeFileSync(path, bytes);
    const info = await openCapture(link, path);
    expect(info.problem).toBeUndefined();
    const events = await readAll(link, info);
    expect(events.length).toBeLessThan(eventsOfLog(log).length);
    await expect
      .poll(() => hellos.at(-1)?.captures[0]?.problem)
      .toMatch(/^\d+ records in 1 damaged block are left out$/);
  });
});

describe('recording', () => {
  it('is told to viewers, and whole when the engine has stopped', async () => {
    const { hellos } = watch();
    const path = `${folder.path}/all.wirescope`;
    await engine.record(path);
    await expect.poll(() => hellos.at(-1)?.recording).toBe(path);
    const { server } = await engine.serve(folder.path);
    await (await fetch(`${server.url}a.txt`)).text();
    await engine.stop();
    const reader = new Engine({ host: 'browser', tour: folder.path, openUrl: () => {} });
    expect(await reader.openCapture(path)).toMatchObject({ exchanges: 1 });
    await reader.stop();
  });
});

/** The logs that a store reads: the live one through the end of its process, and captures from real files. */
import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ingest } from '../../../renderer/store/ingest.ts';
import { listResult } from '../../../renderer/store/list.ts';
import { readStream } from '../../../renderer/store/payloads.ts';
import { Sources } from '../../../renderer/store/sources.ts';
import { ledgerOf } from '../../../renderer/store/state.ts';
import type { Call, CallReply, CaptureInfo, Hello } from '../../../server-core/capture/feed-messages.ts';
import { captureFile } from '../../../server-core/host/capture-file-writer.ts';
import { OpenedCaptures } from '../../../server-core/host/opened-captures.ts';
import { makeFolder } from '../../support/folder.ts';
import { SERVER, Traffic, textOf } from './traffic.ts';

const HELLO: Hello = {
  version: '1.0.0',
  host: 'desktop',
  platform: 'linux',
  epochMs: 1_000_000,
  memoryBudgetBytes: 1 << 28,
  diskBudgetBytes: 0,
  notes: [],
  captures: [],
  tour: '/tour',
};
const SENTENCE = 'The server process ended (exit code 9) and was started again';

function rows(ingest: Ingest) {
  return listResult(ingest, { first: 0, count: 100, tail: false }).rows;
}

/** A store's sources and a host whose process can be exchanged. */
function rig() {
  const calls: Call[] = [];
  const host: { answer: (call: Call) => Promise<unknown> } = { answer: async () => null };
  let shown = 0;
  const changes: (() => void)[] = [];
  const sources = new Sources({
    call: async <C extends Call>(call: C) => {
      calls.push(call);
      return (await host.answer(call)) as CallReply<C>;
    },
    onChange: () => {
      for (const waiting of changes.splice(0)) waiting();
    },
    onShown: () => shown++,
  });
  const until = async (holds: () => boolean) => {
    while (!holds()) await new Promise<void>((resolve) => changes.push(resolve));
  };
  return { sources, calls, host, until, shown: () => shown };
}

describe('a process that takes the place of another', () => {
  function twoProcesses() {
    const { sources, calls, host } = rig();
    const first = new Traffic();
    first.log.server(SERVER);
    const conn = first.open();
    for (const path of ['/a', '/b']) first.get(conn, path);
    first.log.begin(conn, first.offsets(conn).in);
    sources.onHello(HELLO, true);
    first.feed(sources.live);
    const second = new Traffic();
    second.log.server(SERVER);
    const other = second.open();
    second.get(other, '/c', 404);
    second.get(other, '/d');
    sources.onHello({ ...HELLO, epochMs: HELLO.epochMs + 60_000, restarted: SENTENCE }, true);
    return { sources, calls, host, first, second };
  }

  it('goes on in the same list: no number, time or position is used twice', () => {
    const { sources, second } = twoProcesses();
    second.feed(sources.live);
    const list = rows(sources.live);
    expect(list.map((row) => [row.id, row.conn, row.target, row.phase])).toEqual([
      [1, 1, '/a', 'complete'],
      [2, 1, '/b', 'complete'],
      [3, 1, '', 'aborted'],
      [4, 2, '/c', 'complete'],
      [5, 2, '/d', 'complete'],
    ]);
    expect(list[3]!.beginTime).toBeGreaterThanOrEqual(60e6);
    expect(list[3]!.server).toBe(2);
    expect(ledgerOf(sources.live)).toEqual({ captured: 5, shown: 5, filtered: 0, trimmed: 0, dropped: 0 });
    expect(sources.restarts).toEqual([{ exchange: 4, sentence: SENTENCE }]);
    expect(sources.live.columns.open.size).toBe(1);
    expect([...sources.live.columns.servers.keys()]).toEqual([2]);
    expect(sources.serverNumber(2)).toBe(1);
    expect(sources.hello?.epochMs).toBe(HELLO.epochMs);
  });

  it('is asked for its own bytes, by its own positions; the old ones are gone, and said so', async () => {
    const { sources, host, second } = twoProcesses();
    second.feed(sources.live);
    host.answer = async (call) => (call.op === 'pull' ? second.pull(call.positions) : null);
    const { columns } = sources.live;
    const read = (conn: number) => readStream(columns, (at) => sources.pull(at), conn, 0, 0, 7);
    expect(textOf(await read(2))).toBe('GET /c ');
    await expect(read(1)).rejects.toThrow('went with the server process');
  });

  it('writes what is chosen of it by its own numbers', async () => {
    const { sources, calls, second } = twoProcesses();
    second.feed(sources.live);
    const plan = { as: 'har', scope: 'chosen', redact: true, path: undefined } as const;
    // Three are of the first process, and gone with it.
    await sources.exportAs({ ...plan, chosen: [2, 4, 5] });
    expect(calls.at(-1)).toEqual({ op: 'export', as: 'har', redact: true, only: [0, 2] });
    await sources.exportAs({ ...plan, scope: 'shown', chosen: [], path: '/x.har' });
    expect(calls.at(-1)).toMatchObject({ only: [0, 2], path: '/x.har' });
    await sources.exportAs({ ...plan, scope: 'all', chosen: [] });
    expect(calls.at(-1)).toEqual({ op: 'export', as: 'har', redact: true });
  });

  it('tells of its lab by the times and the servers of the list', async () => {
    const { sources, host, calls } = twoProcesses();
    const peak = { rssBytes: 1, idleRssBytes: 1, processes: 1, threads: 0 };
    const run = { model: 'threads', groups: [], began: 5, ended: undefined, peak };
    const report = {
      run: 1,
      revision: 2,
      plan: undefined,
      running: true,
      server: 3,
      models: [run],
      records: [],
    };
    host.answer = async (call) => (call.op === 'lab' && call.act === 'watch' ? report : undefined);
    const { time, server } = sources.live.shift;
    expect([time, server].every((shift) => shift > 0)).toBe(true);
    const told = await sources.lab({ op: 'lab', act: 'watch', run: 0, revision: 0, records: 0 });
    expect([told!.server, told!.models[0]!.began]).toEqual([3 + server, 5 + time]);
    expect(await sources.lab({ op: 'lab', act: 'stop' })).toBeUndefined();
    expect(calls.at(-1)).toEqual({ op: 'lab', act: 'stop' });
  });

  it('whose link is lost and made again changes nothing: what was read is passed over', () => {
    const { sources, second } = twoProcesses();
    second.feed(sources.live);
    const before = rows(sources.live);
    sources.onHello({ ...HELLO, epochMs: HELLO.epochMs + 60_000, restarted: SENTENCE }, true);
    const cursor = second.log.cursor('start');
    for (let batch = cursor.read(300); batch; batch = cursor.read(300)) sources.live.batch(batch);
    expect(rows(sources.live)).toEqual(before);
    expect(sources.restarts).toHaveLength(1);
    second.get(second.open(), '/e');
    for (let batch = cursor.read(300); batch; batch = cursor.read(300)) sources.live.batch(batch);
    expect(rows(sources.live).at(-1)).toMatchObject({ id: 6, target: '/e' });
  });

  it('a second time, and after its clock was set back', () => {
    const { sources, second } = twoProcesses();
    second.feed(sources.live);
    const third = new Traffic();
    third.get(third.open(), '/f');
    sources.onHello({ ...HELLO, epochMs: HELLO.epochMs - 5000, restarted: SENTENCE }, true);
    third.feed(sources.live);
    const list = rows(sources.live);
    expect(list.at(-1)).toMatchObject({ id: 6, conn: 3, target: '/f' });
    expect(list.at(-1)!.beginTime).toBeGreaterThanOrEqual(list.at(-2)!.beginTime);
    expect(sources.restarts.map(({ exchange }) => exchange)).toEqual([4, 6]);
  });
});

describe('a trimmed log', () => {
  it('that is read again on a new link counts nothing twice', () => {
    const { sources } = rig();
    const traffic = new Traffic({ segmentBytes: 65_536, memoryBudgetBytes: 3 * 65_536 });
    sources.onHello(HELLO, true);
    const hanging = traffic.open();
    traffic.log.begin(hanging, 0);
    for (let i = 0; i < 300; i++) {
      traffic.get(traffic.open(), `/${i}`, 200, 2000);
      traffic.feed(sources.live);
    }
    const before = ledgerOf(sources.live);
    expect(before.trimmed).toBeGreaterThan(0);
    sources.onHello(HELLO, true);
    const again = traffic.log.cursor('start');
    for (let batch = again.read(65_536); batch; batch = again.read(65_536)) sources.live.batch(batch);
    expect(ledgerOf(sources.live)).toEqual(before);
  });
});

describe('a capture', () => {
  let folder: ReturnType<typeof makeFolder>;
  let opened: OpenedCaptures;

  beforeEach(() => {
    folder = makeFolder({ 'x.txt': '' });
    opened = new OpenedCaptures(() => {});
  });
  afterEach(async () => {
    await opened.closeAll();
    folder.remove();
  });

  async function capture(name: string, count: number): Promise<CaptureInfo> {
    const traffic = new Traffic({ segmentBytes: 65_536 });
    for (let i = 0; i < count; i++) traffic.get(traffic.open(), `/${name}/${i}`, 200, 3000);
    const meta = { version: '1', platform: 'linux', host: 'browser', epochMs: 5000, createdMs: 6000 };
    const parts: Uint8Array[] = [];
    for await (const part of captureFile(traffic.log, meta)) parts.push(part);
    const path = `${folder.path}/${name}.wirescope`;
    writeFileSync(path, Buffer.concat(parts));
    return opened.open(path);
  }

  const host = async (call: Call): Promise<unknown> => {
    if (call.op === 'read') return opened.read(call.capture, call.from);
    if (call.op !== 'pull') return null;
    return Buffer.concat(
      await Promise.all(
        call.positions.map(async (at) => (await opened.payload(call.capture!, at)) ?? new Uint8Array(0)),
      ),
    );
  };

  it('is read when it is shown, on its own, and its bytes come from the file', async () => {
    const { sources, host: end, until, calls, shown } = rig();
    end.answer = host;
    const info = await capture('one', 500);
    sources.onHello({ ...HELLO, captures: [info] }, true);
    const live = new Traffic();
    live.get(live.open(), '/live');
    live.feed(sources.live);
    expect(sources.captures()).toMatchObject([{ id: info.id, exchanges: 500, progress: 0, shown: false }]);
    expect(calls).toEqual([]);
    sources.show(info.id);
    expect(shown()).toBe(1);
    await until(() => rows(sources.ingest).length > 0);
    await until(() => sources.captures()[0]!.progress === 1);
    expect(ledgerOf(sources.ingest)).toMatchObject({ captured: 500, shown: 500, trimmed: 0 });
    expect(sources.hello?.epochMs).toBe(5000);
    const bytes = await readStream(sources.ingest.columns, (at) => sources.pull(at), 7, 0, 0, 10);
    expect(textOf(bytes)).toBe('GET /one/6');
    sources.show(undefined);
    expect(rows(sources.ingest).map((row) => row.target)).toEqual(['/live']);
  });

  it('that was being read when its process ended is read on in the next one', async () => {
    const { sources, host: end, until } = rig();
    const info = await capture('one', 2000);
    let left = 2;
    end.answer = async (call) => {
      if (left-- === 0) throw new Error('The link is lost');
      return host(call);
    };
    sources.onHello({ ...HELLO, captures: [info] }, true);
    sources.show(info.id);
    await until(() => sources.captures()[0]!.problem !== undefined);
    const { progress } = sources.captures()[0]!;
    expect(progress).toBeLessThan(1);
    end.answer = host;
    await opened.closeAll();
    const again = await opened.open(info.path);
    expect(again.id).not.toBe(info.id);
    sources.onHello({ ...HELLO, epochMs: 2_000_000, captures: [again] }, true);
    await until(() => sources.captures()[0]!.progress === 1);
    expect(sources.captures()[0]).not.toHaveProperty('problem');
    expect(ledgerOf(sources.ingest)).toMatchObject({ captured: 2000, trimmed: 0 });
  });

  it('that is closed leaves what is live on the screen', async () => {
    const { sources, host: end } = rig();
    end.answer = host;
    const info = await capture('one', 5);
    sources.onHello({ ...HELLO, captures: [info] }, true);
    sources.show(info.id);
    sources.onHello(HELLO, false);
    expect(sources.isLive).toBe(true);
    expect(sources.captures()).toEqual([]);
  });
});

import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import {
  type Call,
  callMessage,
  creditMessage,
  type Hello,
  MESSAGE,
} from '../../server-core/capture/feed-messages.ts';
import { MOST_VIEWERS, onlyReads } from '../../server-core/capture/share.ts';
import { Engine } from '../../server-core/host/engine.ts';
import { eventsOf } from '../support/events-of.ts';
import { makeFolder } from '../support/folder.ts';

let folder: ReturnType<typeof makeFolder>;
let engine: Engine;
let served: string;
let viewers: Viewer[];

beforeEach(async () => {
  viewers = [];
  folder = makeFolder({
    'site/a.txt': 'A',
    'site/large.bin': new Uint8Array(1024 * 1024),
    'window/index.html': '<p>window</p>',
  });
  engine = new Engine(
    {
      ...{ host: 'browser', tour: '/secret/tour', openUrl: () => {}, home: `${folder.path}/home` },
      renderer: `${folder.path}/window`,
    },
    { port: 0 },
  );
  served = (await engine.serve(`${folder.path}/site`)).server.url;
});
afterEach(async () => {
  for (const viewer of viewers) viewer.end();
  await engine.stop();
  folder.remove();
});

/** A viewer without a page: the WebSocket, and what came over it. */
class Viewer {
  readonly socket: WebSocket;
  readonly messages: Uint8Array[] = [];
  #id = 0;

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data: Buffer) => this.messages.push(new Uint8Array(data)));
  }

  get hello(): Hello | undefined {
    return lastHello(this.messages);
  }

  get recordBytes(): number {
    const batches = this.messages.filter(([type]) => type === MESSAGE.batch);
    return batches.reduce((sum, { length }) => sum + length - 1, 0);
  }

  credit(bytes: number): void {
    this.socket.send(creditMessage(bytes));
  }

  /** The reply's JSON, as it came. */
  async ask(call: unknown): Promise<{ readonly ok?: unknown; readonly error?: string }> {
    const id = ++this.#id;
    this.socket.send(callMessage(id, call as Call));
    const find = () =>
      this.messages.find(
        (message) =>
          message[0] === MESSAGE.reply &&
          new DataView(message.buffer, message.byteOffset).getUint32(1, true) === id,
      );
    await vi.waitFor(() => expect(find()).toBeDefined());
    return JSON.parse(Buffer.from(find()!.subarray(5)).toString());
  }

  end(): void {
    this.socket.terminate();
  }
}

function lastHello(messages: readonly Uint8Array[]): Hello | undefined {
  const message = messages.findLast(([type]) => type === MESSAGE.hello);
  return message && (JSON.parse(Buffer.from(message.subarray(1)).toString()) as Hello);
}

function addressOf(urls: readonly string[]): { readonly origin: string; readonly token: string } {
  const { port, hash } = new URL(urls[0]!);
  return { origin: `http://127.0.0.1:${port}`, token: hash.replace('#token=', '') };
}

function knock({ origin, token }: ReturnType<typeof addressOf>): Promise<Viewer | number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/feed`, ['wirescope', token], {
      headers: { origin },
    });
    const viewer = new Viewer(socket);
    socket.on('open', () => {
      viewers.push(viewer);
      resolve(viewer);
    });
    socket.on('unexpected-response', (_, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', () => resolve(0));
  });
}

async function open(at: ReturnType<typeof addressOf>): Promise<Viewer> {
  const viewer = await knock(at);
  if (typeof viewer === 'number') throw new Error(`It was answered ${viewer}`);
  await vi.waitFor(() => expect(viewer.hello).toBeDefined());
  return viewer;
}

/** Each call that a viewer can make, and whether it reads only. Every `op` there is must stand here. */
const CALLS: Readonly<Record<Call['op'], readonly [call: unknown, reads: boolean]>> = {
  usage: [{ op: 'usage' }, true],
  pull: [{ op: 'pull', positions: [] }, true],
  read: [{ op: 'read', capture: 1, from: 0 }, true],
  tree: [{ op: 'tree', server: 1 }, true],
  undo: [{ op: 'undo', coding: 'br', content: '' }, true],
  serve: [{ op: 'serve', path: '/' }, false],
  start: [{ op: 'start', server: 1 }, false],
  stop: [{ op: 'stop', server: 1 }, false],
  remove: [{ op: 'remove', server: 1 }, false],
  follow: [{ op: 'follow', server: 1 }, false],
  lab: [{ op: 'lab', act: 'stop' }, false],
  export: [{ op: 'export', as: 'har', redact: false }, false],
  settings: [{ op: 'settings', server: 1 }, false],
  configure: [{ op: 'configure', server: 1, settings: {} }, false],
  model: [{ op: 'model', server: 1, model: 'iterative' }, false],
  open: [{ op: 'open', server: 1, path: '/' }, false],
  share: [{ op: 'share', on: false }, false],
  bench: [{ op: 'bench', server: 1 }, false],
  reach: [{ op: 'reach', anywhere: true }, false],
  memory: [{ op: 'memory', bytes: 1 }, false],
  disk: [{ op: 'disk', bytes: 0 }, false],
  close: [{ op: 'close', capture: 1 }, false],
  save: [{ op: 'save', path: '/tmp/taken.wirescope' }, false],
  send: [
    {
      ...{ op: 'send', server: 1, bytes: 'R0VU', cuts: [], pauseMs: 0, connections: 1, times: 1 },
      ...{ inTurn: true, halfClose: true, patienceMs: 1, plain: false },
    },
    false,
  ],
};

describe('sharing the window', () => {
  it('is off until it is asked for, and then has an address with a token of its own', async () => {
    expect(await engine.share(false)).toEqual([]);
    const urls = await engine.share(true);
    expect(urls.length).toBeGreaterThan(0);
    for (const url of urls) expect(url).toMatch(/^http:\/\/[^/]+:\d+\/#token=[\w-]{32}$/);
    const { origin } = addressOf(urls);
    expect(await (await fetch(`${origin}/`)).text()).toBe('<p>window</p>');
    expect((await fetch(`${origin}/metrics`)).status).toBe(404);
    expect(await engine.share(true)).toEqual(urls);
  });

  it('opens for the token only', async () => {
    const at = addressOf(await engine.share(true));
    expect(await knock({ ...at, token: 'x'.repeat(32) })).toBe(403);
    expect(await knock(at)).toBeInstanceOf(Viewer);
  });

  it('tells a viewer that it looks on, and no path of this machine', async () => {
    const { hello } = await open(addressOf(await engine.share(true)));
    expect(hello).toMatchObject({ guest: true, tour: '' });
    expect(hello).not.toHaveProperty('share');
    expect(hello).not.toHaveProperty('recording');
  });

  it('gives it what is captured, at the pace of its own credit', async () => {
    const viewer = await open(addressOf(await engine.share(true)));
    await (await fetch(`${served}a.txt`)).text();
    // Without credit nothing comes, however much there is; answers come all the same.
    expect(await viewer.ask({ op: 'usage' })).toHaveProperty('ok.logBytes');
    expect(viewer.recordBytes).toBe(0);
    viewer.credit(1_000_000);
    await vi.waitFor(() => expect(viewer.recordBytes).toBeGreaterThan(100));
  });

  it.each(Object.entries(CALLS).filter(([, [, reads]]) => !reads))('refuses `%s`', async (_, [call]) => {
    const viewer = await open(addressOf(await engine.share(true)));
    const { error } = await viewer.ask(call);
    // What is no valid call is refused even before.
    expect(error).toMatch(/^(This window only looks on|The setting|A port)/);
    expect(engine.servers.map(({ status, model }) => [status, model])).toEqual([['running', 'event-loop']]);
    expect((await fetch(`${served}a.txt`)).status).toBe(200);
  });

  it('allows what reads, and nothing else', async () => {
    for (const [op, [call, reads]] of Object.entries(CALLS))
      expect([op, onlyReads(call as Call)]).toEqual([op, reads]);
    const viewer = await open(addressOf(await engine.share(true)));
    expect(await viewer.ask({ op: 'tree', server: 1 })).toHaveProperty('ok');
    expect((await viewer.ask({ op: 'usage', server: 1 })).error).toBeUndefined();
  });

  it('tells what the lab does, and nobody waits behind one that waits for it', async () => {
    const watch = { op: 'lab', act: 'watch', run: 0, revision: 0, records: 0 };
    const viewer = await open(addressOf(await engine.share(true)));
    expect(await viewer.ask({ ...watch, revision: 1 })).toMatchObject({ ok: { run: 0, running: false } });
    for (let n = 1; n <= 64; n++) viewer.socket.send(callMessage(1000 + n, watch as Call));
    expect((await viewer.ask(watch)).error).toBe('Too much is asked for at once');
    const other = await open(addressOf(await engine.share(true)));
    expect(await other.ask({ op: 'usage' })).toHaveProperty('ok.logBytes');
  });

  it('counts who looks on, for those at home', async () => {
    const at = addressOf(await engine.share(true));
    const own: Uint8Array[] = [];
    engine.attach({
      send: (message) => own.push(message.slice()),
      onMessage() {},
      onClose() {},
      close() {},
    });
    const first = await open(at);
    await open(at);
    expect(lastHello(own)?.share).toMatchObject({ viewers: 2, mostViewers: MOST_VIEWERS });
    first.end();
    await vi.waitFor(() => expect(lastHello(own)?.share?.viewers).toBe(1));
  });

  it('lets no more in than may look on', async () => {
    const at = addressOf(await engine.share(true));
    for (let n = 0; n < MOST_VIEWERS; n++) await open(at);
    expect(await knock(at)).toBe(503);
  });

  it('ends with all of its viewers, and its token is worth nothing afterwards', async () => {
    const before = addressOf(await engine.share(true));
    const viewer = await open(before);
    const gone = new Promise((resolve) => viewer.socket.once('close', resolve));
    expect(await engine.share(false)).toEqual([]);
    await gone;
    await expect(fetch(`${before.origin}/`)).rejects.toThrow();
    const after = addressOf(await engine.share(true));
    expect(after.token).not.toBe(before.token);
    expect(await knock({ ...after, token: before.token })).toBe(403);
  });

  it('takes the next port when one is taken', async () => {
    const first = Number(new URL((await engine.share(true))[0]!).port);
    await engine.share(false);
    const other = createServer().listen(first, '0.0.0.0');
    await new Promise((resolve) => other.once('listening', resolve));
    expect(Number(new URL((await engine.share(true))[0]!).port)).toBeGreaterThan(first);
    other.close();
  });

  it('goes on serving while a viewer asks and does not read', async () => {
    const viewer = await open(addressOf(await engine.share(true)));
    viewer.socket.pause();
    for (let n = 1; n <= 300; n++) viewer.socket.send(callMessage(1000 + n, { op: 'usage' }));
    const answers = await Promise.all(Array.from({ length: 50 }, () => fetch(`${served}a.txt`)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
  });

  it('is not given more at once than memory is meant for', async () => {
    await (await fetch(`${served}large.bin`)).arrayBuffer();
    const large = eventsOf(engine.log).find((event) => event.kind === 'bytes' && event.length > 16_384);
    const { length, position } = large as { readonly length: number; readonly position: number };
    const viewer = await open(addressOf(await engine.share(true)));
    const positions = Array.from({ length: Math.ceil((65 * 1024 * 1024) / length) }, () => position);
    expect((await viewer.ask({ op: 'pull', positions })).error).toMatch(/^A pull takes at most \d+ bytes$/);
  });

  it('is not there without a window', async () => {
    const bare = new Engine({ host: 'browser', tour: '/', openUrl: () => {} }, { port: 0 });
    await expect(bare.share(true)).rejects.toThrow('There is no window here that could be shared');
    await bare.stop();
  });
});

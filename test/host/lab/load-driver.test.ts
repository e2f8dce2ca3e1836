/** The load generator against servers that count: what it sends, what bounds it, and that nothing of it stays. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startLoad } from '../../../server-core/host/lab/load-driver.ts';
import type { LoadRecord } from '../../../server-core/host/lab/load-messages.ts';
import type { LoadGroup, LoadPlan } from '../../../server-core/host/lab/load-plan.ts';
import { isRunning } from '../../support/is-running.ts';

const GROUP: LoadGroup = {
  ...{ name: 'some', path: '/small', clients: 1, requests: 1, keep: false, everyMs: 0 },
  ...{ pieces: 1, pauseMs: 0, endless: false, bytesPerSecond: 0 },
};

let server: Server;
let port: number;
let connections: Socket[];
/** All that came, over all connections. */
let received: string;
/** Called with the text of a connection so far. */
let answer: (socket: Socket, text: string) => void;

const ok = (socket: Socket, text: string, fields = '') => {
  if (text.endsWith('\r\n\r\n')) socket.write(`HTTP/1.1 200 OK\r\n${fields}Content-Length: 2\r\n\r\nok`);
};

beforeEach(async () => {
  connections = [];
  received = '';
  answer = ok;
  server = createServer((socket) => {
    let text = '';
    connections.push(socket);
    socket.on('error', () => {});
    socket.on('data', (bytes: Buffer) => {
      text += bytes.toString('latin1');
      received += bytes.toString('latin1');
      answer(socket, text);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  port = (server.address() as { port: number }).port;
});
afterEach(() => {
  for (const socket of connections) socket.destroy();
  server.close();
});

function load(plan: LoadPlan, { host = '127.0.0.1', runMs = 30_000 } = {}) {
  const records: LoadRecord[] = [];
  const running = startLoad({
    target: { host, port },
    plan,
    origin: process.hrtime.bigint(),
    runMs,
    records: (more) => records.push(...more),
  });
  return { ...running, records };
}
const outcomes = (records: readonly LoadRecord[]) => records.map(({ status, failure }) => failure ?? status);
describe('the load generator', () => {
  it('asks as often as it is told, each time over a connection of its own', async () => {
    const { ended, records } = load([[{ ...GROUP, requests: 25, clients: 4 }]]);
    expect(await ended).toBeUndefined();
    expect(connections.length).toBe(25);
    expect(outcomes(records)).toEqual(Array(25).fill(200));
    expect(received.split('GET /small HTTP/1.1\r\n').length - 1).toBe(25);
    expect(received).toContain(`\r\nHost: 127.0.0.1:${port}\r\n`);
  });

  it('keeps connections where it is told to, one for each client', async () => {
    const { ended, records } = load([[{ ...GROUP, requests: 30, clients: 3, keep: true }]]);
    await ended;
    expect(connections.length).toBe(3);
    expect(records.filter(({ connected }) => connected === undefined).length).toBe(27);
    expect(received).not.toContain('Connection: close');
  });

  it('takes a new connection where the server says that it closes, or has closed', async () => {
    answer = (socket, text) => {
      ok(socket, text, 'Connection: close\r\n');
      if (text.endsWith('\r\n\r\n')) socket.end();
    };
    const closing = load([[{ ...GROUP, requests: 5, keep: true }]]);
    await closing.ended;
    expect(outcomes(closing.records)).toEqual([200, 200, 200, 200, 200]);
    // Without a word: the next request finds it gone, RFC 9112 §9.3.1.
    connections.length = 0;
    answer = (socket, text) => {
      ok(socket, text);
      socket.end();
    };
    const silent = load([[{ ...GROUP, requests: 3, keep: true }]]);
    await silent.ended;
    expect(outcomes(silent.records)).toEqual([200, 200, 200]);
  });

  it('opens all of its connections at once', async () => {
    let most = 0;
    answer = (_socket, text) => {
      if (!text.endsWith('\r\n\r\n')) return;
      most++;
      // Nobody is answered before all have asked.
      if (most === 40) for (const each of connections) ok(each, '\r\n\r\n');
    };
    const { ended, records } = load([[{ ...GROUP, requests: 40, clients: 40 }]]);
    await ended;
    expect([most, records.length]).toEqual([40, 40]);
  });

  it('sends a request in pieces, and one that never ends', async () => {
    const times: number[] = [];
    answer = (socket, text) => {
      times.push(performance.now());
      ok(socket, text);
    };
    await load([[{ ...GROUP, pieces: 5, pauseMs: 60 }]]).ended;
    // A busy machine may read two at once.
    expect(times.length).toBeGreaterThan(2);
    received = '';
    answer = (socket, text) => {
      if (text.split('X-More').length > 3)
        socket.end('HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n');
    };
    const holding = load([[{ ...GROUP, endless: true, pauseMs: 10 }]]);
    await holding.ended;
    expect(outcomes(holding.records)).toEqual([408]);
    expect(received).not.toContain('\r\n\r\n');
  });

  it('reads no faster than it is told', async () => {
    const size = 4 * 1024 * 1024;
    answer = (socket) =>
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\n${'x'.repeat(size)}`);
    const { ended, records } = load([[{ ...GROUP, bytesPerSecond: 8 * 1024 * 1024 }]]);
    await ended;
    const [record] = records;
    expect(record!.bytes).toBeGreaterThan(size);
    // Four at eight a second take half a second, less the last piece.
    expect(record!.end - record!.first!).toBeGreaterThan(450_000);
  });

  it('goes on with others for as long as a group lasts', async () => {
    const fourth = Promise.withResolvers<void>();
    let others = 0;
    answer = (socket, text) => {
      if (text.includes('/slow')) return void fourth.promise.then(() => ok(socket, text));
      ok(socket, text);
      if (++others === 4) fourth.resolve();
    };
    const { ended, records } = load([
      [
        { ...GROUP, path: '/slow' },
        { ...GROUP, requests: undefined, everyMs: 20 },
      ],
      [{ ...GROUP, requests: 2 }],
    ]);
    await ended;
    const of = (group: number) => records.filter((record) => record.group === group);
    expect([of(0).length, of(2).length]).toEqual([1, 2]);
    expect(of(1).length).toBeGreaterThanOrEqual(4);
    // One phase behind the other.
    expect(of(2)[0]!.start).toBeGreaterThan(of(0)[0]!.end);
  });

  it('says how a request failed', async () => {
    answer = (socket) => socket.resetAndDestroy();
    const reset = load([[GROUP]]);
    await reset.ended;
    answer = (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort');
    const closed = load([[GROUP]]);
    await closed.ended;
    answer = (socket) => socket.write('What?\r\n');
    const faulty = load([[GROUP]]);
    await faulty.ended;
    server.close();
    const refused = load([[GROUP]]);
    await refused.ended;
    expect([reset, closed, faulty, refused].flatMap(({ records }) => outcomes(records))).toEqual([
      'reset',
      'closed',
      'faulty',
      'refused',
    ]);
  });
});

describe('its bounds', () => {
  it.each([
    { what: 'another machine', host: '192.0.2.1' },
    { what: 'a name', host: 'localhost' },
    { what: 'all addresses', host: '0.0.0.0' },
  ])('refuse $what', async ({ host }) => {
    const { ended, records } = load([[GROUP]], { host });
    expect(await ended).toBe(`${host} is not an address of the loopback interface`);
    expect([records.length, connections.length]).toEqual([0, 0]);
  });

  it.each<[string, Partial<LoadGroup>, RegExp]>([
    ['too many requests', { requests: 2_001 }, /^A group asks 1 to 2000 times$/],
    ['too many clients', { clients: 300, requests: 300 }, /^More than 256 connections at once$/],
    ['no requests', { requests: 0 }, /asks 1 to/],
    ['a path that is more than one', { path: '/a HTTP/1.1\r\nX: y' }, /letters, digits/],
    ['endless pauses', { pauseMs: 1e9 }, /short pauses/],
  ])('refuse %s', async (_what, group, sentence) => {
    const { ended } = load([[{ ...GROUP, ...group }]]);
    expect(await ended).toMatch(sentence);
    expect(connections.length).toBe(0);
  });

  it('cut it off when its time is over', async () => {
    answer = () => {};
    const { ended, records } = load([[{ ...GROUP, clients: 3, requests: 3 }]], { runMs: 1_000 });
    expect(await ended).toBe('Cut off after 1 s, the most for one model: have it asked for less');
    expect(outcomes(records)).toEqual(['cut off', 'cut off', 'cut off']);
  });

  it('end it when it is stopped, however much is left', async () => {
    let asked: (() => void) | undefined;
    const all = new Promise<void>((resolve) => {
      asked = resolve;
    });
    answer = () => connections.length === 8 && asked?.();
    const { pid, ended, records, stop } = load([[{ ...GROUP, clients: 8, requests: 2_000 }]]);
    await all;
    stop();
    await ended;
    expect(outcomes(records)).toEqual(Array(8).fill('cut off'));
    expect(isRunning(pid!)).toBe(false);
    expect(connections.length).toBe(8);
  });

  it('end it with the process that started it, however that ends', async () => {
    answer = () => {};
    const driver = join(import.meta.dirname, '../../../server-core/host/lab/load-driver.ts');
    const script = `
      const { startLoad } = await import(${JSON.stringify(driver)});
      const plan = [[${JSON.stringify(GROUP)}]];
      const target = { host: '127.0.0.1', port: ${port} };
      const load = startLoad({ target, plan, origin: process.hrtime.bigint(), runMs: 60_000, records() {} });
      console.log(load.pid);
      setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script]);
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    await expect.poll(() => connections.length).toBe(1);
    expect(isRunning(pid)).toBe(true);
    parent.kill('SIGKILL');
    await expect.poll(() => isRunning(pid)).toBe(false);
  });
});

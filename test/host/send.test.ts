import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkCall } from '../../server-core/capture/calls.ts';
import { SEND_LIMITS, type SendCall, type SentConnection } from '../../server-core/capture/send-call.ts';
import { Engine } from '../../server-core/host/engine.ts';
import { otherTarget, ownTarget, send } from '../../server-core/host/send.ts';
import { requestMethods } from '../../server-core/host/send-requests.ts';
import { eventsOf } from '../support/events-of.ts';
import { makeFolder } from '../support/folder.ts';
import { otherServer } from '../support/other-server.ts';

let folder: ReturnType<typeof makeFolder>;
let engine: Engine;
let authority: string;

beforeAll(async () => {
  folder = makeFolder({ 'site/a.txt': 'A', 'site/b.txt': 'BB' });
  engine = new Engine(
    { host: 'browser', tour: folder.path, openUrl: () => {}, home: `${folder.path}/home` },
    { port: 0 },
  );
  authority = (await engine.serve(`${folder.path}/site`)).server.url.replace(/^http:\/\/|\/$/g, '');
});
afterAll(async () => {
  await engine.stop();
  folder.remove();
});

const get = (path: string, ...fields: string[]) =>
  [`GET ${path} HTTP/1.1`, `Host: ${authority}`, ...fields, '', ''].join('\r\n');

function callOf(text: string, options: Partial<SendCall> = {}): SendCall {
  return {
    op: 'send',
    server: 1,
    bytes: Buffer.from(text, 'latin1').toString('base64'),
    cuts: [],
    pauseMs: 0,
    connections: 1,
    times: 1,
    inTurn: true,
    halfClose: true,
    patienceMs: 5000,
    plain: false,
    ...options,
  };
}
async function sent(call: SendCall): Promise<readonly SentConnection[]> {
  const server = engine.servers.find(({ id }) => id === call.server)!;
  const reply = await send(call, ownTarget(server, call, false), () => engine.clock.now());
  return reply.connections;
}
const answerOf = ({ answer }: SentConnection) => Buffer.from(answer, 'base64').toString('latin1');
const kinds = ({ events }: SentConnection) => events.map(({ kind }) => kind);

describe('sending', () => {
  it('bytes go out as they are, and the answer comes back as it is', async () => {
    const [one] = await sent(callOf(get('/a.txt', 'X-Note: a\xff')));
    expect(answerOf(one!)).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\nA$/);
    expect(kinds(one!)).toEqual(['open', 'write', 'finish', 'read', 'end']);
    expect(one!.answerBytes).toBe(answerOf(one!).length);
  });

  it('a malformed request is sent too', async () => {
    const [one] = await sent(callOf('GET / HTTP/1.1\r\nHost : x\r\n\r\n'));
    expect(answerOf(one!)).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('is cut into writes, which arrive as reads of their own', async () => {
    const before = eventsOf(engine.log).length;
    const [one] = await sent(callOf(get('/a.txt'), { cuts: [3, 9], pauseMs: 30 }));
    expect(kinds(one!).slice(0, 4)).toEqual(['open', 'write', 'write', 'write']);
    const opened = eventsOf(engine.log)
      .slice(before)
      .find((event) => event.kind === 'opened' && event.remotePort === one!.localPort);
    const reads = eventsOf(engine.log).flatMap((event) =>
      event.kind === 'bytes' &&
      opened?.kind === 'opened' &&
      event.conn === opened.conn &&
      event.direction === 'in'
        ? [event.length]
        : [],
    );
    expect(reads).toEqual([3, 6, get('/a.txt').length - 9]);
  });

  it('times are those of the log', async () => {
    const from = engine.clock.now();
    const [one] = await sent(callOf(get('/a.txt')));
    const times = one!.events.map(({ time }) => time);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(from);
    expect(times.at(-1)).toBeLessThanOrEqual(engine.clock.now());
  });

  it('several times over one connection: in turn, or pipelined', async () => {
    const [inTurn] = await sent(callOf(get('/b.txt'), { times: 3 }));
    expect(answerOf(inTurn!).match(/HTTP\/1\.1 200/g)).toHaveLength(3);
    const order = kinds(inTurn!).filter((kind) => kind === 'write' || kind === 'read');
    expect(order.slice(0, 4)).toEqual(['write', 'read', 'write', 'read']);
    const [pipelined] = await sent(callOf(get('/b.txt'), { times: 3, inTurn: false }));
    expect(answerOf(pipelined!).match(/HTTP\/1\.1 200/g)).toHaveLength(3);
    expect(kinds(pipelined!).slice(0, 4)).toEqual(['open', 'write', 'write', 'write']);
  });

  it('in turn with HEAD, whose answer has no content', async () => {
    const [one] = await sent(callOf(get('/b.txt').replace('GET', 'HEAD'), { times: 2 }));
    expect(answerOf(one!).match(/HTTP\/1\.1 200/g)).toHaveLength(2);
  });

  it('over several connections at once', async () => {
    const all = await sent(callOf(get('/a.txt'), { connections: 4 }));
    expect(new Set(all.map(({ localPort }) => localPort)).size).toBe(4);
    for (const each of all) expect(answerOf(each)).toMatch(/^HTTP\/1\.1 200/);
  });

  it('leaves when nothing more comes, and says so', async () => {
    const [one] = await sent(callOf('GET / HT', { halfClose: false, patienceMs: 100 }));
    expect(kinds(one!)).toEqual(['open', 'write', 'quit']);
  });

  it('within TLS where the server speaks it, and plain when asked to', async () => {
    const { server } = await engine.serve(`${folder.path}/site/..`, { https: 'local' });
    const host = server.url.replace(/^https:\/\/|\/$/g, '');
    const text = `GET /site/a.txt HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
    const [secure] = await sent(callOf(text, { server: server.id }));
    expect(kinds(secure!).slice(0, 3)).toEqual(['open', 'secure', 'write']);
    expect(answerOf(secure!)).toMatch(/^HTTP\/1\.1 200/);
    const [plain] = await sent(callOf(text, { server: server.id, plain: true }));
    expect(answerOf(plain!)).not.toMatch(/^HTTP\/1\.1 200/);
  });
});

describe('what is not sent', () => {
  const state = { id: 9, name: '', root: '', model: '', url: 'http://x/', status: 'running' } as const;

  it('to a server that is stopped, or not on the loopback interface', async () => {
    const call = callOf('GET / HTTP/1.1\r\n\r\n');
    const stopped = { ...state, host: '127.0.0.1', port: 1, status: 'stopped' } as const;
    expect(() => ownTarget(stopped, call, false)).toThrow(/not running/);
    const elsewhere = { ...state, host: '192.0.2.1', port: 80 };
    expect(() => ownTarget(elsewhere, call, false)).toThrow(/loopback/);
    expect(ownTarget(elsewhere, call, true)).toMatchObject({ host: '192.0.2.1', port: 80 });
  });

  it('to other hosts, unless that is switched on', async () => {
    const other = await otherServer();
    const to = { host: '127.0.0.1', port: other.port, secure: false };
    expect(() => otherTarget(to, false)).toThrow(/until sending to other hosts is switched on/);
    const { connections } = await send(callOf('GET / HTTP/1.1\r\n\r\n'), otherTarget(to, true), () => 0);
    expect(answerOf(connections[0]!)).toMatch(/from-elsewhere$/);
    await other.stop();
  });

  it('to another host over TLS whose certificate nobody trusts', async () => {
    const { server } = await engine.serve(`${folder.path}/site/..`, { https: 'local' });
    const to = { host: 'localhost', port: server.port, secure: true };
    const { connections } = await send(callOf('GET / HTTP/1.1\r\n\r\n'), otherTarget(to, true), () => 0);
    expect(connections[0]?.problem).toMatch(/UNABLE_TO|SELF_SIGNED/);
    expect(kinds(connections[0]!)).not.toContain('write');
  });

  it('a refused connection is told, not thrown', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => closed.once('listening', resolve));
    const { port } = closed.address() as { port: number };
    await new Promise((resolve) => closed.close(resolve));
    const { connections } = await send(
      callOf('x'),
      ownTarget({ ...state, host: '127.0.0.1', port }, callOf('x'), false),
      () => 0,
    );
    expect(connections[0]).toMatchObject({ problem: 'The connection failed (ECONNREFUSED)', answer: '' });
  });

  it.each([
    ['no server', { server: -1 }],
    ['a host that is none', { server: { host: 'a b', port: 80 } }],
    ['a host without a port', { server: { host: 'a' } }],
    ['no base64', { bytes: 'GET /' }],
    ['nothing', { bytes: '' }],
    ['too much', { bytes: 'AAAA'.repeat(SEND_LIMITS.bytes / 3 + 1) }],
    ['cuts out of order', { bytes: 'AAAAAAAA', cuts: [3, 2] }],
    ['a cut at the end', { bytes: 'AAAA', cuts: [3] }],
    ['too many connections', { connections: 17 }],
    ['too often', { times: 101 }],
    ['a fraction', { times: 1.5 }],
    ['a pause that is too long', { pauseMs: SEND_LIMITS.pauseMs + 1 }],
    ['pauses of minutes', { bytes: 'AAAAAAAA', cuts: [1, 2, 3], pauseMs: 10_000, times: 100 }],
    ['no patience', { patienceMs: 0 }],
    ['no choice', { inTurn: 1 }],
  ])('a call with %s', (_name, wrong) => {
    expect(checkCall({ ...callOf('GET / HTTP/1.1\r\n\r\n'), ...wrong })).toEqual(expect.any(String));
  });

  it('a call that is right is taken as it is', () => {
    const call = callOf('GET / HTTP/1.1\r\n\r\n', { cuts: [1, 2], pauseMs: 5 });
    expect(checkCall({ ...call, more: 1 })).toEqual(call);
  });
});

it('requests among bytes are counted as the server reads them', () => {
  expect(requestMethods(Buffer.from(get('/') + get('/').replace('GET', 'HEAD')))).toEqual(['GET', 'HEAD']);
  expect(requestMethods(Buffer.from('nonsense'))).toEqual(['GET']);
});

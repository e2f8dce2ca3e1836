import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import type { BytesEvent, CaptureEvent } from '../../server-core/capture/events.ts';
import { AccessLog } from '../../server-core/host/access-log.ts';
import { EPOCH_MS, Recorded, type Said } from '../support/recorded.ts';

const GET = (path: string, agent: string) =>
  `GET ${path} HTTP/1.1\r\nHost: a\r\nUser-Agent: ${agent}\r\n\r\n`;
const OK = (body: string) => `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

function logged(said: readonly Said[]) {
  const log = new AccessLog(EPOCH_MS);
  const events = new Recorded().conversation(said).events();
  return events.flatMap((event) => {
    const entry = log.take(event);
    return entry ? [`${entry.target} ${entry.userAgent} ${entry.status} ${entry.bodyBytes}`] : [];
  });
}

it('tells pipelined requests apart', () => {
  const said = [{ in: GET('/1', 'one') + GET('/2', 'two') }, { out: OK('first') }, { out: OK('the second') }];
  expect(logged(said)).toEqual(['/1 one 200 5', '/2 two 200 10']);
});

it('reads a head that comes in pieces, behind a request that was answered before its content came', () => {
  const post = 'POST /1 HTTP/1.1\r\nHost: a\r\nUser-Agent: one\r\nContent-Length: 4\r\n\r\n';
  const [start, end] = [GET('/2', 'two').slice(0, 20), GET('/2', 'two').slice(20)];
  const said = [
    { in: post },
    { out: OK('no') },
    { in: 'body' },
    { in: start },
    { in: end },
    { out: OK('yes') },
  ];
  expect(logged(said)).toEqual(['/1 one 200 2', '/2 two 200 3']);
});

it('lets go of each head that it has read', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const log = new AccessLog(EPOCH_MS);
  const said = Array.from({ length: 4 }, () => [{ in: GET('/', 'one') }, { out: OK('yes') }]).flat();
  const take = (event: CaptureEvent) => {
    const data = event.kind === 'bytes' ? Uint8Array.from(event.data!) : undefined;
    log.take(data ? ({ ...event, data } as BytesEvent) : event);
    return data ? [new WeakRef(data)] : [];
  };
  const events = new Recorded().conversation(said).events();
  const held = events.filter(({ kind }) => kind !== 'closed').flatMap(take);
  await turn();
  collect();
  expect(held).toHaveLength(8);
  expect(held.filter((bytes) => bytes.deref() !== undefined)).toEqual([]);
});

it('lets go of what is no HTTP any more', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const log = new AccessLog(EPOCH_MS);
  const upgrade = 'GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
  const switched = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
  const events = new Recorded().conversation([{ in: upgrade }, { out: switched }]).events();
  for (const event of events) if (event.kind !== 'closed' && event.kind !== 'response-end') log.take(event);
  const size = 100_000;
  const send = (n: number) => {
    const data = new Uint8Array(size);
    const at = { time: 1, position: 1, offset: upgrade.length + n * size, length: size };
    log.take({ kind: 'bytes', conn: 1, direction: 'in', ...at, data });
    return new WeakRef(data);
  };
  const sent = Array.from({ length: 8 }, (_, n) => send(n));
  await turn();
  collect();
  expect(sent.flatMap((ref, n) => (ref.deref() === undefined ? [] : [n]))).toEqual([5, 6, 7]);
  log.take(events.at(-1)!);
});

import { describe, expect, it } from 'vitest';
import type { Ingest } from '../../../renderer/store/ingest.ts';
import { listResult } from '../../../renderer/store/list.ts';
import { NO_FILTER } from '../../../renderer/store/queries/filter.ts';
import { answer, get, Traffic } from './traffic.ts';

const JSON_ANSWER = answer(200, '{"naïve":1}', 'application/json').replace(
  '\r\n\r\n',
  '\r\nETag: "x1"\r\n\r\n',
);

function sent(): Traffic {
  const traffic = new Traffic();
  const conn = traffic.open();
  traffic.run(conn, {
    request: get('/a', 'User-Agent: curl/8\r\nCookie: id=7\r\n'),
    response: answer(200, 'hello', 'text/html'),
  });
  traffic.run(conn, { request: get('/b', 'Accept: text/html\r\n'), response: JSON_ANSWER });
  traffic.run(conn, {
    request: 'POST /c HTTP/1.1\r\nHost: other.example\r\nContent-Length: 5\r\n\r\nhello',
    response: answer(404, 'no', 'text/plain').replace('\r\n\r\n', '\r\nSet-Cookie: id=8\r\n\r\n'),
  });
  traffic.run(conn, {
    request: get('/d', 'Referer: http://a/b\r\nRange: bytes=0-1\r\n'),
    response: answer(206, '\xff\xfe', '').replace(
      '\r\n\r\n',
      '\r\nContent-Range: bytes 0-1/9\r\nContent-Encoding: gzip\r\n\r\n',
    ),
  });
  return traffic;
}

const shown = (ingest: Ingest) =>
  listResult(ingest, { first: 0, count: 99, tail: false }).rows.map(({ id }) => id);

/** Reads what stands in line; returns how many rows that were. */
async function read(ingest: Ingest, traffic: Traffic, isLinked = true): Promise<number> {
  const { contents } = ingest.columns;
  const ids = contents.take(100);
  for (const id of ids) await contents.read(id, traffic.pull, () => isLinked);
  ingest.index.absorb();
  return ids.length;
}

describe('a filter that asks for bytes', () => {
  it.each([
    ['host:other', [3]],
    ['host=a', [1, 2, 4]],
    ['ua:CURL', [1]],
    ['cookie:id=', [1, 3]],
    ['referer:/b', [4]],
    ['header:html', [1, 2]],
    ['header.accept:html', [2]],
    ['header.content-type:html', [1]],
    ['response.etag="\\"x1\\""', [2]],
    ['request.etag:x', []],
    ['has=etag', [2]],
    ['has:cookie', [1, 3]],
    ['body:hello', [1, 3]],
    ['body:"{"', [2]],
    ['body~h.llo', [1, 3]],
    ['request-body:hello', [3]],
    ['response-body:hello', [1]],
    ['~bq hello or ~bs no', [3]],
    ['~tq html', []],
    ['encoding:gzip', [4]],
    ['range:bytes', [4]],
    ['range="bytes 0-1/9"', [4]],
    ['bytes:68656c6c6f', [1, 3]],
    ['bytes:/48454c4c4f/', []],
    ['bytes:0d0a0d0a', [1, 2, 3, 4]],
    ['bytes:c3af', []],
    ['bytes~\\xef', [2]],
    ['-bytes:fffe', [1, 2, 3]],
    ['-body:hello', [2, 4]],
    ['status:200 body:hello', [1]],
    ['host:other or ua:curl', [1, 3]],
    ['~hq accept', [2]],
    ['~b hello & ~d other', [3]],
  ])('%j shows %j once all was read', async (text, ids) => {
    const traffic = sent();
    const ingest = traffic.ingest();
    ingest.index.set({ ...NO_FILTER, text });
    while (ingest.columns.contents.waiting > 0) await read(ingest, traffic);
    expect(shown(ingest)).toEqual(ids);
    ingest.index.set(NO_FILTER);
    ingest.index.set({ ...NO_FILTER, text });
    expect(shown(ingest).length).toBeLessThanOrEqual(4);
  });

  it('counts the frames of both sides behind a handshake, once it has ended', async () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    const request = get('/socket', 'Upgrade: websocket\r\n');
    const response = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n';
    traffic.read(conn, request);
    const id = traffic.log.begin(conn, 0);
    traffic.log.request(conn, id, 0, request.length, 'GET', '/socket', '1.1');
    traffic.log.requestEnd(conn, id, request.length);
    traffic.log.response(conn, id, 0, response.length, 101, '');
    traffic.write(conn, response);
    traffic.read(conn, '\x81\x82\0\0\0\0hi\x88\x80\0\0\0\0');
    traffic.write(conn, '\x81\x02HI');
    traffic.log.responseEnd(conn, id, traffic.offsets(conn).out, true);
    const ingest = traffic.ingest();
    for (const [text, ids] of [
      ['frames=3', [id]],
      ['frames>3', []],
    ] as const) {
      ingest.index.set({ ...NO_FILTER, text });
      while (ingest.columns.contents.waiting > 0) await read(ingest, traffic);
      expect(shown(ingest), text).toEqual(ids);
    }
  });

  it('reads no message of a row that the columns decide', async () => {
    const traffic = sent();
    const ingest = traffic.ingest();
    ingest.index.set({ ...NO_FILTER, text: 'body:no status:404' });
    expect(ingest.columns.contents.waiting).toBe(1);
    expect(await read(ingest, traffic)).toBe(1);
    expect(shown(ingest)).toEqual([3]);
  });

  it('looks at a row again when its answer has come', async () => {
    const traffic = new Traffic();
    const { log } = traffic;
    const conn = traffic.open();
    const ingest = traffic.ingest();
    ingest.index.set({ ...NO_FILTER, text: 'response.x-late:yes' });
    const request = get('/late');
    traffic.read(conn, request);
    const exchange = log.begin(conn, 0);
    log.request(conn, exchange, 0, request.length, 'GET', '/late', '1.1');
    log.requestEnd(conn, exchange, request.length);
    traffic.feed(ingest);
    await read(ingest, traffic);
    expect(shown(ingest)).toEqual([]);
    expect(ingest.columns.contents.waiting).toBe(0);
    const response = answer(200, '').replace('\r\n\r\n', '\r\nX-Late: yes\r\n\r\n');
    log.response(conn, exchange, 0, response.length, 200, 'text/plain');
    traffic.write(conn, response);
    log.responseEnd(conn, exchange, response.length, true);
    traffic.feed(ingest);
    expect(await read(ingest, traffic)).toBe(1);
    expect(shown(ingest)).toEqual([exchange]);
  });

  it('keeps a row in line that could not be read because the host went away', async () => {
    const traffic = sent();
    const ingest = traffic.ingest();
    ingest.index.set({ ...NO_FILTER, text: 'host:other' });
    const { contents } = ingest.columns;
    for (const id of contents.take(99)) {
      await contents.read(
        id,
        () => Promise.reject(new Error('gone')),
        () => false,
      );
    }
    expect(contents.waiting).toBe(4);
    await read(ingest, traffic);
    expect(shown(ingest)).toEqual([3]);
  });

  it('lets nothing pass whose bytes were trimmed, and asks for them once', async () => {
    const traffic = sent();
    const ingest = traffic.ingest();
    ingest.index.set({ ...NO_FILTER, text: 'host:a' });
    const { contents } = ingest.columns;
    for (const id of contents.take(99)) {
      await contents.read(
        id,
        () => Promise.reject(new Error('trimmed')),
        () => true,
      );
    }
    ingest.index.absorb();
    expect(contents.waiting).toBe(0);
    expect(shown(ingest)).toEqual([]);
  });

  it('forgets who stood in line when another is set', () => {
    const ingest = sent().ingest();
    ingest.index.set({ ...NO_FILTER, text: 'host:a' });
    expect(ingest.columns.contents.waiting).toBe(4);
    ingest.index.set({ ...NO_FILTER, text: 'host:a status:404' });
    expect(ingest.columns.contents.waiting).toBe(0);
    ingest.index.set(NO_FILTER);
    ingest.index.set({ ...NO_FILTER, text: 'host:a status:404' });
    expect(ingest.columns.contents.waiting).toBe(1);
  });
});

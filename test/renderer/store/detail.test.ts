import { describe, expect, it } from 'vitest';
import { Detail, PARSED_BYTES } from '../../../renderer/store/detail.ts';
import type { DetailResult, MessageView } from '../../../renderer/store/queries/detail.ts';
import { answer, get, type Script, Traffic, textOf } from './traffic.ts';

async function detailOf(traffic: Traffic, exchange: number): Promise<DetailResult> {
  const result = await new Detail(traffic.ingest().columns, exchange, traffic.pull).result();
  if (result === undefined) throw new Error('The exchange is not held');
  return result;
}

async function run(script: Script, before: readonly Script[] = []) {
  const traffic = new Traffic();
  const conn = traffic.open();
  for (const earlier of before) traffic.run(conn, earlier);
  const exchange = traffic.run(conn, script);
  return { traffic, conn, exchange, detail: await detailOf(traffic, exchange) };
}

/** Spans as [kind, text]; fails unless they tile the message. */
function spans(message: MessageView | undefined): [string, string][] {
  const text = textOf(message?.bytes);
  let next = 0;
  const pairs: [string, string][] = [];
  for (const { kind, start, end } of message?.spans ?? []) {
    expect(start).toBe(next);
    pairs.push([kind, text.slice(start, end)]);
    next = end;
  }
  expect(next).toBe(message?.length);
  return pairs;
}
const kinds = (message: MessageView | undefined) => spans(message).map(([kind]) => kind);

describe('a GET and its answer', () => {
  it('comes with start line, fields, spans and cuts', async () => {
    const { detail } = await run({ request: get('/a?b', 'Accept: */*\r\n'), response: answer(200, 'hello') });
    const { request, response } = detail;
    expect(request.startLine).toEqual(['GET', '/a?b', 'HTTP/1.1']);
    expect(request.fields.map((field) => [field.name, field.value])).toEqual([
      ['Host', 'a'],
      ['Accept', '*/*'],
    ]);
    const accept = request.fields[1]!;
    const text = textOf(request.bytes);
    expect(text.slice(accept.start, accept.nameEnd)).toBe('Accept');
    expect(text.slice(accept.valueStart, accept.valueEnd)).toBe('*/*');
    expect(text.slice(accept.start, accept.end)).toBe('Accept: */*\r\n');
    expect(request.headLength).toBe(text.length);
    expect(request.cuts).toEqual([{ offset: 0, length: text.length, time: 1 }]);
    expect(response?.startLine).toEqual(['HTTP/1.1', '200', 'OK']);
    expect(spans(response).at(-1)).toEqual(['body', 'hello']);
    expect(response?.headLength).toBe(response!.length - 5);
    expect(detail.row).toMatchObject({ phase: 'complete', requestBytes: text.length, status: 200 });
    expect(detail.connection).toMatchObject({ exchanges: 1, remotePort: 50_000 });
  });

  it('keeps order, case, repeats and empty values of fields', async () => {
    const { detail } = await run({ request: get('/', 'b: 1\r\nA:\r\nB:  2 \r\n') });
    expect(detail.request.fields.map((field) => [field.name, field.value])).toEqual([
      ['Host', 'a'],
      ['b', '1'],
      ['A', ''],
      ['B', '2'],
    ]);
  });

  it('carries the marks', async () => {
    const { detail } = await run({ request: get('/'), marks: [['decision', 'No file, so 404']] });
    expect(detail.marks).toEqual([{ time: 5, mark: 'decision', detail: 'No file, so 404' }]);
  });
});

describe('framing', () => {
  it('304 has no content', async () => {
    const { detail } = await run({
      request: get('/'),
      response: 'HTTP/1.1 304 Not Modified\r\nETag: "x"\r\n\r\n',
    });
    expect(kinds(detail.response)).not.toContain('body');
    expect(detail.response?.fault).toBeUndefined();
  });

  it('the answer to HEAD has no content, whatever its length says', async () => {
    const head = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n';
    const { detail } = await run({ request: 'HEAD / HTTP/1.1\r\nHost: a\r\n\r\n', response: head });
    expect(detail.response).toMatchObject({ length: head.length, headLength: head.length, fault: undefined });
    expect(kinds(detail.response)).not.toContain('unread');
  });

  it('chunks and trailers', async () => {
    const response =
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=1\r\nhello\r\n3\r\n!!!\r\n0\r\nDigest: z\r\n\r\n';
    const { detail } = await run({
      request: get('/'),
      response: [response.slice(0, 60), response.slice(60)],
    });
    expect(spans(detail.response).filter(([kind]) => kind === 'body')).toEqual([
      ['body', 'hello'],
      ['body', '!!!'],
    ]);
    expect(detail.response?.fields.at(-1)).toMatchObject({ name: 'Digest', value: 'z', trailer: true });
    expect(detail.response?.cuts.map(({ offset, length }) => [offset, length])).toEqual([
      [0, 60],
      [60, response.length - 60],
    ]);
  });

  it('an interim response before the final one', async () => {
    const interim = 'HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n';
    const { detail } = await run({ request: get('/'), response: interim + answer(200, 'x') });
    expect(detail.response?.startLine).toEqual(['HTTP/1.1', '200', 'OK']);
    expect(detail.response?.fields.map((field) => field.name)).toEqual(['Content-Type', 'Content-Length']);
    expect(spans(detail.response).at(-1)).toEqual(['body', 'x']);
  });

  it('interim responses written ahead of the final one, and noted by nobody', async () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    traffic.get(conn, '/before');
    const { log } = traffic;
    const start = traffic.offsets(conn);
    traffic.read(conn, get('/'));
    const exchange = log.begin(conn, start.in);
    log.request(conn, exchange, start.in, start.in + get('/').length, 'GET', '/', '1.1');
    const interim = ['HTTP/1.1 100 Continue\r\n\r\n', 'HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n'];
    for (const text of interim) traffic.write(conn, text);

    const early = await detailOf(traffic, exchange);
    expect(early.row).toMatchObject({ phase: 'pending', status: undefined, responseBytes: 0 });
    expect(early.response?.startLine).toEqual(['HTTP/1.1', '103', 'Early Hints']);
    expect(textOf(early.response?.bytes)).toBe(interim.join(''));

    const final = answer(200, 'x');
    const { out } = traffic.offsets(conn);
    log.response(conn, exchange, out, out + final.length - 1, 200, 'text/plain');
    traffic.write(conn, final);
    log.responseEnd(conn, exchange, out + final.length, true);
    traffic.get(conn, '/after');
    const { row, response } = await detailOf(traffic, exchange);
    expect(row).toMatchObject({ phase: 'complete', status: 200, responseBytes: final.length });
    expect(response?.startLine).toEqual(['HTTP/1.1', '200', 'OK']);
    expect(response?.streamOffset).toBe(start.out);
    expect(textOf(response?.bytes)).toBe(interim.join('') + final);
    expect(spans(response).at(-1)).toEqual(['body', 'x']);
    expect(response?.interim.map(({ startLine, fields }) => [startLine[1], fields.length])).toEqual([
      ['100', 0],
      ['103', 1],
    ]);
  });

  it.each([
    ['websocket', ['ws-payload', 'hi']],
    ['h2c', ['unread', '\x81\x02hi']],
  ])('what follows a switch to %s is not read as HTTP', async (protocol, last) => {
    const switched = `HTTP/1.1 101 Switching Protocols\r\nUpgrade: ${protocol}\r\nConnection: Upgrade\r\n\r\n`;
    const { detail } = await run({ request: get('/live'), response: [switched, '\x81\x02hi'] });
    expect(spans(detail.response).at(-1)).toEqual(last);
  });
});

describe('where a message lies in its stream', () => {
  it('after others on the connection', async () => {
    const earlier = { request: get('/1'), response: answer(200, 'one') };
    const { detail } = await run({ request: get('/22'), response: answer(404, 'two') }, [earlier]);
    expect(detail.request.streamOffset).toBe(earlier.request.length);
    expect(textOf(detail.request.bytes)).toBe(get('/22'));
    expect(textOf(detail.response?.bytes)).toBe(answer(404, 'two'));
    expect(detail.connection.exchanges).toBe(2);
  });

  it('pipelined: two requests in one read', async () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    const [one, two] = [get('/1'), get('/2')];
    traffic.read(conn, one + two);
    const first = traffic.log.begin(conn, 0);
    traffic.log.request(conn, first, 0, one.length, 'GET', '/1', '1.1');
    const early = await detailOf(traffic, first);
    expect(textOf(early.request.bytes)).toBe(one);
    expect(early.request.length).toBe(one.length);
    traffic.log.requestEnd(conn, first, one.length);
    const second = traffic.log.begin(conn, one.length);
    const { request } = await detailOf(traffic, second);
    expect(textOf(request.bytes)).toBe(two);
    expect(request.cuts).toMatchObject([{ offset: 0, length: two.length }]);
  });

  it('split over many reads', async () => {
    const text = get('/split');
    const { detail } = await run({ request: [...text] });
    expect(textOf(detail.request.bytes)).toBe(text);
    expect(detail.request.cuts).toHaveLength(text.length);
    expect(kinds(detail.request)).toContain('field-value');
  });
});

describe('what went wrong', () => {
  it('a request that cannot be read: the byte at the fault, then what was not read', async () => {
    const { detail } = await run({
      request: 'GET /a\0b HTTP/1.1\r\nHost: a\r\n\r\n',
      fault: { code: 'target-invalid', at: 6 },
    });
    expect(detail.row).toMatchObject({ phase: 'malformed', fault: 'target-invalid', method: '' });
    expect(detail.request.fault).toEqual({ code: 'target-invalid', at: 6 });
    const at = detail.request.spans.findIndex((span) => span.start <= 6 && span.end > 6);
    expect(detail.request.spans[at]?.kind).toBe('faulty');
    expect(kinds(detail.request).at(-1)).toBe('unread');
  });

  it('no HTTP at all: a TLS hello', async () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    const exchange = traffic.run(conn, {
      request: '\x16\x03\x01\x02\x00\x01',
      fault: { code: 'tls-on-plain-port', at: 0 },
    });
    traffic.close(conn, 'server-fin');
    const detail = await detailOf(traffic, exchange);
    expect(detail.row).toMatchObject({ phase: 'malformed', fault: 'tls-on-plain-port', requestBytes: 6 });
    expect(detail.request.fault?.code).toBe('tls-on-plain-port');
    expect(new Set(kinds(detail.request)).size).toBeGreaterThan(0);
    expect(kinds(detail.request).every((kind) => kind === 'faulty' || kind === 'unread')).toBe(true);
    expect(detail.response).toBeUndefined();
    expect(detail.connection.closeReason).toBe('server-fin');
  });

  it('a client that hung up within its request has aborted', async () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    traffic.read(conn, 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc');
    const exchange = traffic.log.begin(conn, 0);
    traffic.log.fault(conn, exchange, 'connection-closed-early', 'in', 48);
    traffic.close(conn);
    const detail = await detailOf(traffic, exchange);
    expect(detail.row.phase).toBe('aborted');
    expect(detail.request.fault?.code).toBe('connection-closed-early');
    expect(spans(detail.request).at(-1)).toEqual(['body', 'abc']);
  });

  it('an answer that was cut off', async () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    const exchange = traffic.run(conn, {
      request: get('/'),
      response: 'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nonly',
      complete: false,
    });
    traffic.close(conn, 'client-reset');
    const detail = await detailOf(traffic, exchange);
    expect(detail.row.phase).toBe('aborted');
    expect(detail.response?.fault?.code).toBe('connection-closed-early');
    expect(spans(detail.response).at(-1)).toEqual(['body', 'only']);
  });
});

describe('a message that grows', () => {
  it('pulls only what it does not have', async () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    const ingest = traffic.ingest();
    const asked: number[] = [];
    const pull = (positions: readonly number[]) => {
      asked.push(positions.length);
      return traffic.pull(positions);
    };
    traffic.read(conn, 'GET / HT');
    const exchange = traffic.log.begin(conn, 0);
    traffic.feed(ingest);
    const detail = new Detail(ingest.columns, exchange, pull);
    const half = await detail.result();
    expect(half?.request.spans.at(-1)).toEqual({ kind: 'version', start: 6, end: 8 });
    const stamp = detail.stamp();
    expect(detail.stamp()).toBe(stamp);
    traffic.read(conn, 'TP/1.1\r\nHost: a\r\n\r\n');
    traffic.feed(ingest);
    expect(detail.stamp()).not.toBe(stamp);
    const whole = await detail.result();
    expect(whole?.request.startLine).toEqual(['GET', '/', 'HTTP/1.1']);
    expect(spans(whole?.request).at(-1)?.[0]).toBe('crlf');
    expect(asked).toEqual([1, 1]);
    await detail.result();
    expect(asked).toEqual([1, 1]);
  });

  it('is parsed up to a bound and read further by range', async () => {
    const body = 'abcdefgh'.repeat(PARSED_BYTES / 4);
    const { traffic, exchange, detail } = await run({ request: get('/big'), response: answer(200, body) });
    expect(detail.response?.bytes).toHaveLength(PARSED_BYTES);
    expect(detail.response?.length).toBe(answer(200, body).length);
    expect(detail.response?.spans.at(-1)).toMatchObject({ kind: 'body', end: PARSED_BYTES });
    const reader = new Detail(traffic.ingest().columns, exchange, traffic.pull);
    const from = detail.response!.headLength + PARSED_BYTES;
    expect(textOf(await reader.bytes('out', from, from + 10))).toBe('abcdefghab');
    expect(await reader.bytes('out', 1e9, 2e9)).toHaveLength(0);
    // One write that the log had to split is still one write.
    expect(detail.response?.cuts).toMatchObject([{ offset: 0, length: detail.response!.length }]);
  });
});

describe('what was trimmed', () => {
  it('has no bytes, though the exchange goes on', async () => {
    const traffic = new Traffic({ segmentBytes: 65_536, memoryBudgetBytes: 2 * 65_536 });
    const conn = traffic.open();
    traffic.read(conn, get('/events'));
    const exchange = traffic.log.begin(conn, 0);
    traffic.log.request(conn, exchange, 0, get('/events').length, 'GET', '/events', '1.1');
    traffic.log.requestEnd(conn, exchange, get('/events').length);
    for (let i = 0; i < 10; i++) traffic.write(conn, 'x'.repeat(30_000));
    const detail = await detailOf(traffic, exchange);
    expect(detail.row).toMatchObject({ phase: 'pending', target: '/events' });
    expect(detail.request.bytes).toBeUndefined();
    expect(detail.request.length).toBe(get('/events').length);
    const reader = new Detail(traffic.ingest().columns, exchange, traffic.pull);
    await expect(reader.bytes('in', 0, 4)).rejects.toThrow('trimmed');
  });

  it('is no more: the detail of an exchange that has gone is undefined', async () => {
    const traffic = new Traffic();
    const exchange = traffic.get(traffic.open(), '/');
    const ingest = traffic.ingest();
    const detail = new Detail(ingest.columns, exchange, traffic.pull);
    expect(await detail.result()).toBeDefined();
    ingest.clear();
    expect(await detail.result()).toBeUndefined();
    expect(detail.stamp()).toBe('');
  });
});

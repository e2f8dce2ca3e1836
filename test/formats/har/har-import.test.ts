import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaptureEvent } from '../../../server-core/capture/events.ts';
import { CaptureLog } from '../../../server-core/capture/log.ts';
import { harFile } from '../../../server-core/formats/har/har-file.ts';
import { importHar } from '../../../server-core/formats/har/har-import.ts';
import { ImportClock } from '../../../server-core/formats/import-clock.ts';
import { eventsOf } from '../../support/events-of.ts';

const CODINGS: Record<string, (content: Uint8Array) => Uint8Array> = {
  gzip: gzipSync,
  br: (content) => brotliCompressSync(content),
};

function imported(...entries: unknown[]) {
  const clock = new ImportClock();
  const log = new CaptureLog({ now: () => clock.now, segmentBytes: 65_536 });
  const file = harFile({ log: { entries } });
  if (!file) throw new Error('no HAR');
  const notes = importHar(log, clock, file, (coding, content) => CODINGS[coding]?.(content));
  const events = eventsOf(log);
  const of = <K extends CaptureEvent['kind']>(kind: K) =>
    events.filter((event): event is Extract<CaptureEvent, { kind: K }> => event.kind === kind);
  const said = (direction: 'in' | 'out', conn = 1) =>
    Buffer.concat(
      of('bytes')
        .filter((event) => event.direction === direction && event.conn === conn)
        .map(({ data }) => data ?? Buffer.alloc(0)),
    );
  return { notes, events, of, said, details: of('mark').map(({ detail }) => detail), epochMs: clock.epochMs };
}

const entry = (more: { request?: object; response?: object; [key: string]: unknown } = {}) => ({
  startedDateTime: '2024-01-02T03:04:05.678Z',
  time: 60,
  timings: { blocked: 5, dns: -1, connect: 5, send: 10, wait: 30, receive: 10 },
  connection: '7',
  ...more,
  request: {
    ...{ method: 'GET', url: 'http://site.example/a?b=c#d', httpVersion: 'HTTP/1.1' },
    headers: [{ name: 'Host', value: 'site.example' }],
    ...more.request,
  },
  response: {
    ...{ status: 200, statusText: 'OK', httpVersion: 'HTTP/1.1' },
    headers: [
      { name: 'Content-Type', value: 'text/plain' },
      { name: 'Content-Length', value: '5' },
    ],
    content: { size: 5, mimeType: 'text/plain', text: 'hello' },
    ...more.response,
  },
});

describe('an entry of a HAR', () => {
  it('becomes two messages in the order and spelling that it gives', () => {
    const { said, details, epochMs } = imported(entry());
    expect(epochMs).toBe(Date.UTC(2024, 0, 2, 3, 4, 5, 688));
    expect(said('in').toString()).toBe('GET /a?b=c HTTP/1.1\r\nHost: site.example\r\n\r\n');
    expect(said('out').toString()).toBe(
      'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello',
    );
    expect(details).toEqual(['Rebuilt from a HAR file: these are not the bytes that went over the wire']);
  });

  it('has its times', () => {
    const { of } = imported(
      entry({
        request: {
          method: 'POST',
          headers: [{ name: 'Content-Length', value: '2' }],
          postData: { text: 'ab' },
        },
      }),
    );
    expect(of('begin')[0]?.time).toBe(0);
    expect(of('request-end')[0]?.time).toBe(10_000);
    expect(of('response')[0]?.time).toBe(40_000);
    expect(of('response-end')[0]?.time).toBe(50_000);
  });

  it('is coded again as its fields say, and framed anew where they cannot hold', () => {
    const headers = [
      { name: 'content-encoding', value: 'br' },
      { name: 'Transfer-Encoding', value: 'chunked' },
    ];
    const chunked = imported(entry({ response: { headers } }))
      .said('out')
      .toString('latin1');
    const [, size = '', rest = ''] = /\r\n\r\n([0-9a-f]+)\r\n([\s\S]*)\r\n0\r\n\r\n$/.exec(chunked) ?? [];
    expect(Number.parseInt(size, 16)).toBe(rest.length);
    expect(brotliDecompressSync(Buffer.from(rest, 'latin1')).toString()).toBe('hello');

    const gzip = imported(
      entry({
        response: {
          headers: [
            { name: 'Content-Encoding', value: 'gzip' },
            { name: 'Content-Length', value: '9' },
          ],
        },
      }),
    );
    const bytes = gzip.said('out');
    const body = bytes.subarray(bytes.indexOf('\r\n\r\n') + 4);
    expect(gunzipSync(body).toString()).toBe('hello');
    expect(bytes.toString('latin1')).toContain(`Content-Length: ${body.length}\r\n`);
    expect(gzip.details).toContain(`Content-Length was 9; what the file holds has ${body.length} bytes`);

    const unknown = imported(entry({ response: { headers: [{ name: 'Content-Encoding', value: 'x' }] } }));
    expect(unknown.said('out').toString()).toBe('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello');
    expect(unknown.details).toContain(
      'Content-Encoding: x is left out, since the file holds the content decoded',
    );
  });

  it('without its content says so', () => {
    const { said, details, of } = imported(entry({ response: { content: { size: 5 } } }));
    expect(said('out').toString()).toContain('Content-Length: 0\r\n');
    expect(details).toContain('The file does not hold its content of 5 bytes');
    expect(of('response-end')[0]?.complete).toBe(true);
  });

  it.each([
    ['HEAD', 200],
    ['GET', 204],
    ['GET', 304],
  ])('to %s with %i ends with its head', (method, status) => {
    const { said, of } = imported(entry({ request: { method }, response: { status, content: { size: 5 } } }));
    expect(said('out').toString()).toContain('Content-Length: 5\r\n');
    expect(of('response-end')[0]?.complete).toBe(true);
  });

  it('of HTTP/2 is shown as it would be in HTTP/1.1, and says so', () => {
    const request = {
      httpVersion: 'h2',
      headers: [
        { name: ':authority', value: 'x.example' },
        { name: ':path', value: '/' },
        { name: 'accept', value: '*/*' },
      ],
    };
    const { said, details } = imported(entry({ request }));
    expect(said('in').toString()).toBe('GET /a?b=c HTTP/1.1\r\nHost: x.example\r\naccept: */*\r\n\r\n');
    expect(details.some((text) => text.startsWith('It was said by h2'))).toBe(true);
  });

  it('cannot bring in lines of its own', () => {
    const request = {
      method: 'GET /evil HTTP/1.1\r\nX',
      url: 'http://a.example/x y\r\nz\u00e9',
      headers: [
        { name: 'A\r\nB', value: 'c' },
        { name: 'D', value: 'e\0f' },
      ],
    };
    const text = imported(entry({ request, response: { statusText: 'O\r\nK' } }))
      .said('in')
      .toString();
    expect(text).toBe('GETevilHTTP1.1X /x%20y%0D%0Az%C3%A9 HTTP/1.1\r\nD: e f\r\n\r\n');
    const target = imported(entry({ request: { _target: '*\r\nA: b' } }))
      .said('in')
      .toString();
    expect(target).toBe('GET *  A: b HTTP/1.1\r\nHost: site.example\r\n\r\n');
  });

  it('may say times that are none', () => {
    const { events } = imported(
      entry({ timings: undefined, time: Number.POSITIVE_INFINITY }),
      entry({ timings: { wait: 1e300, receive: 5 } }),
    );
    expect(events.filter(({ kind }) => kind === 'response-end')).toHaveLength(2);
    for (const { time } of events) expect(time).toBe(0);
  });

  it('that failed has no answer', () => {
    const { of, details } = imported(entry({ response: { status: 0, _error: 'net::ERR_FAILED' } }));
    expect(of('response')).toEqual([]);
    expect(of('response-end')[0]?.complete).toBe(false);
    expect(details).toContain('The file says: net::ERR_FAILED');
  });
});

describe('a WebSocket in a HAR', () => {
  const at = Date.UTC(2024, 0, 2, 3, 4, 6) / 1000;
  const messages = [
    { type: 'send', time: at, opcode: 1, data: 'hé' },
    { type: 'receive', time: at + 0.25, opcode: 2, data: 'AP8B' },
    { type: 'receive', time: 0, opcode: 1, data: 'early' },
    { type: 'send', time: at + 0.5, opcode: 9, data: 'x'.repeat(400) },
    ...[null, 7, {}, { type: 'error', time: at, opcode: 1, data: '' }],
    ...[-1, 0, 1.5, 3, 99].map((opcode) => ({ type: 'send', time: at, opcode, data: '' })),
  ];
  const upgrade = [{ name: 'Upgrade', value: 'websocket' }];
  const socket = (headers: object[]) =>
    entry({
      request: { url: 'ws://site.example/chat' },
      response: { status: 101, headers, content: undefined },
      _webSocketMessages: messages,
    });

  it('becomes a frame for each message, at its time', () => {
    const { said, of, details } = imported(socket(upgrade));
    const behind = (direction: 'in' | 'out') => {
      const all = said(direction);
      return all.subarray(all.indexOf('\r\n\r\n') + 4);
    };
    const ping = Buffer.from('x'.repeat(400), 'base64').subarray(0, 125);
    expect(behind('in')).toEqual(
      Buffer.concat([
        Buffer.from([0x81, 0x83, 0, 0, 0, 0]),
        Buffer.from('hé'),
        Buffer.from([0x89, 0xfd, 0, 0, 0, 0]),
        ping,
      ]),
    );
    // What claims to be from before the handshake comes right behind it.
    expect(behind('out')).toEqual(
      Buffer.concat([Buffer.from('\x81\x05early', 'latin1'), Buffer.from([0x82, 3, 0, 255, 1])]),
    );
    // The request began 10 ms into the entry, at .688.
    expect(of('bytes').map(({ time }) => Math.round(time / 1000))).toEqual([0, 40, 40, 312, 562, 812]);
    expect(of('closed')[0]?.time).toBeCloseTo(812_000, -1);
    expect(details.some((text) => text.startsWith('Each message of the WebSocket is one frame'))).toBe(true);
  });

  it('leaves its connection to nobody', () => {
    const later = entry({ startedDateTime: '2024-01-02T03:05:05.678Z' });
    expect(
      imported(socket(upgrade), later)
        .of('request')
        .map(({ conn }) => conn),
    ).toEqual([1, 2]);
  });

  it('that agreed on nothing has its messages counted', () => {
    const { of, details } = imported(socket([]));
    expect(of('bytes')).toHaveLength(2);
    expect(details).toContain('9 WebSocket messages of the file are not shown');
  });
});

describe('entries of a HAR', () => {
  it('are put in the order of their times, and on the connections that it names', () => {
    const at = (ms: number, connection: string, url: string) =>
      entry({ startedDateTime: new Date(1e12 + ms).toISOString(), connection, request: { url } });
    const { of } = imported(
      at(200, '1', 'http://a.example/3'),
      at(0, '1', 'http://a.example/1'),
      at(100, '2', 'http://a.example/2'),
      at(210, '1', 'http://a.example/overlaps'),
      at(300, '1', 'https://b.example:8443/other'),
    );
    expect(of('request').map(({ target, conn }) => [target, conn])).toEqual([
      ...[
        ['/1', 1],
        ['/2', 2],
        ['/3', 1],
        ['/overlaps', 3],
        ['/other', 4],
      ],
    ]);
    expect(of('server').map(({ state }) => state.url)).toEqual([
      'http://a.example/',
      'https://b.example:8443/',
    ]);
    expect(of('closed')).toHaveLength(4);
  });

  it('share no more connections than one host has at once', () => {
    const at = (ms: number) => entry({ startedDateTime: new Date(1e12 + ms).toISOString() });
    const many = (ms: number) => Array.from({ length: 300 }, () => at(ms));
    expect(imported(...many(0), ...many(1000)).of('opened')).toHaveLength(2 * 300 - 256);
  });

  it('that are none are counted', () => {
    const { notes, of } = imported(
      entry(),
      ...[null, 5, {}, { startedDateTime: 'never', request: {}, response: {} }],
      entry({ startedDateTime: 'soon' }),
      entry({ request: { url: 'data:text/plain,x' } }),
    );
    expect(of('request')).toHaveLength(1);
    expect(notes).toEqual([
      '5 entries without a time, a method or an address left out',
      '1 entry not of HTTP left out',
    ]);
  });

  it('may hold anything in any place', () => {
    const keys = [
      'headers',
      'url',
      'method',
      'content',
      'postData',
      'status',
      'timings',
      'text',
      'httpVersion',
      'connection',
      '_webSocketMessages',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom('request', 'response', 'top'),
        fc.constantFrom(...keys),
        fc.jsonValue(),
        (where, key, value) => {
          const made = where === 'top' ? entry({ [key]: value }) : entry({ [where]: { [key]: value } });
          expect(imported(made).of('closed').length).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('are asked for only of what is a HAR', () => {
    for (const json of [null, 1, 'x', [], {}, { log: {} }, { log: { entries: {} } }])
      expect(harFile(json)).toBeUndefined();
  });
});

import { constants, createDeflateRaw } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Detail } from '../../../renderer/store/detail.ts';
import { EventReader, type StreamEvent } from '../../../renderer/store/event-reader.ts';
import type { TalkParams, TalkResult } from '../../../renderer/store/queries/talk.ts';
import { Talk } from '../../../renderer/store/talk.ts';
import { OPCODE } from '../../../server-core/wire/ws/opcode.ts';
import { closeFrame, frame } from '../../../server-core/wire/ws/writer.ts';
import { bytesOf, get, Traffic, textOf } from './traffic.ts';

const UPGRADE = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n';
const maskingKey = 0x0badcafe;
const fromClient = (text: string, options = {}) =>
  textOf(frame(OPCODE.text, bytesOf(text), { maskingKey, ...options }));
const fromServer = (text: string) => textOf(frame(OPCODE.text, bytesOf(text)));
const ALL = { first: 0, count: 100, tail: false, opened: undefined } as const;

/** A WebSocket that was agreed on, with what more the server wrote along with its answer. */
function socket(traffic: Traffic, early = '', fields = '') {
  const upgrade = `${UPGRADE}${fields}\r\n`;
  const conn = traffic.open();
  const request = get('/live', 'Upgrade: websocket\r\n');
  traffic.read(conn, request);
  const exchange = traffic.log.begin(conn, 0);
  traffic.log.request(conn, exchange, 0, request.length, 'GET', '/live', '1.1');
  traffic.log.requestEnd(conn, exchange, request.length);
  traffic.log.response(conn, exchange, 0, upgrade.length, 101, '');
  traffic.write(conn, upgrade + early);
  return { conn, exchange };
}

async function settled(talk: Talk, params: TalkParams): Promise<TalkResult> {
  for (let stamp = ''; stamp !== talk.stamp(); ) {
    stamp = talk.stamp();
    await talk.result(params);
  }
  return talk.result(params);
}

async function said(traffic: Traffic, exchange: number, more: Partial<TalkParams> = {}): Promise<TalkResult> {
  const talk = new Talk(traffic.ingest().columns, exchange, traffic.pull);
  return settled(talk, { exchange, ...ALL, ...more });
}
const brief = ({ rows }: TalkResult) =>
  rows.map(({ direction, kind, preview }) => [direction, kind, preview]);

describe('a WebSocket', () => {
  it('is told in the order of time, both directions', async () => {
    const traffic = new Traffic();
    const { conn, exchange } = socket(traffic, fromServer('early'));
    traffic.read(conn, fromClient('one'));
    traffic.write(conn, fromServer('two') + fromServer('three'));
    traffic.read(conn, textOf(frame(OPCODE.ping, bytesOf('p'), { maskingKey })));
    traffic.write(conn, textOf(frame(OPCODE.binary, Uint8Array.of(1, 0xff))));
    traffic.read(conn, textOf(closeFrame(1001, Buffer.from('bye'), { maskingKey })));
    const talk = await said(traffic, exchange);
    expect(talk.kind).toBe('web-socket');
    expect(brief(talk)).toEqual([
      ['out', 'text', 'early'],
      ['in', 'text', 'one'],
      ['out', 'text', 'two'],
      ['out', 'text', 'three'],
      ['in', 'ping', 'p'],
      ['out', 'binary', '01 ff'],
      ['in', 'close', 'bye'],
    ]);
    expect(talk.rows.at(-1)).toMatchObject({ closeCode: 1001, length: 5 });
    const times = talk.rows.map(({ time }) => time);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('fragments are one message, whatever stands between them and however reads cut them', async () => {
    const traffic = new Traffic();
    const { conn, exchange } = socket(traffic);
    const wire =
      fromClient('first ', { fin: false }) +
      textOf(frame(OPCODE.ping, bytesOf(''), { maskingKey })) +
      textOf(frame(OPCODE.continuation, bytesOf('second'), { maskingKey }));
    for (const byte of wire) traffic.read(conn, byte);
    const talk = await said(traffic, exchange, { opened: 1 });
    expect(brief(talk)).toEqual([
      ['in', 'ping', ''],
      ['in', 'text', 'first second'],
    ]);
    expect(talk.rows[1]).toMatchObject({ frames: 2, length: 12 });
    expect(talk.opened).toMatchObject({ whole: true });
    expect(textOf(talk.opened?.bytes)).toBe('first second');
  });

  it('goes on where it stopped, and pulls nothing twice', async () => {
    const traffic = new Traffic();
    const { conn, exchange } = socket(traffic);
    const ingest = traffic.ingest();
    let pulled = 0;
    const pull = (positions: readonly number[]) => {
      pulled += positions.length;
      return traffic.pull(positions);
    };
    const talk = new Talk(ingest.columns, exchange, pull);
    const params = { exchange, ...ALL };
    expect((await settled(talk, params)).total).toBe(0);
    // The reader of the log begins at its start, as one that reconnects does.
    traffic.feed(ingest);
    const before = pulled;
    const stamp = talk.stamp();
    traffic.write(conn, fromServer('live'));
    traffic.feed(ingest);
    expect(talk.stamp()).not.toBe(stamp);
    expect(brief(await settled(talk, params))).toEqual([['out', 'text', 'live']]);
    expect(pulled - before).toBe(1);
  });

  it('compressed messages are inflated in turn, as each may point back into those before', async () => {
    const traffic = new Traffic();
    const { conn, exchange } = socket(traffic, '', 'Sec-WebSocket-Extensions: permessage-deflate\r\n');
    const deflate = createDeflateRaw();
    const packed = async (text: string) => {
      deflate.write(text);
      await new Promise<void>((resolve) => deflate.flush(constants.Z_SYNC_FLUSH, resolve));
      return (deflate.read() as Buffer).subarray(0, -4);
    };
    for (const text of ['the same words again', 'the same words again', 'ü'.repeat(40_000)]) {
      traffic.write(conn, textOf(frame(OPCODE.text, await packed(text), { compressed: true })));
    }
    const talk = await said(traffic, exchange, { opened: 1 });
    expect(talk.rows).toMatchObject([
      { preview: 'the same words again', compressed: true, inflated: 20 },
      { preview: 'the same words again', inflated: 20 },
      { preview: 'ü'.repeat(128), inflated: 80_000 },
    ]);
    expect(talk.rows[1]!.length).toBeLessThan(talk.rows[0]!.length);
    expect(textOf(talk.opened?.bytes)).toBe('the same words again');
  });

  it('what only claims to be compressed stays as it came', async () => {
    const traffic = new Traffic();
    const { conn, exchange } = socket(traffic, '', 'Sec-WebSocket-Extensions: permessage-deflate\r\n');
    traffic.write(conn, textOf(frame(OPCODE.text, Uint8Array.of(0xff, 0xff), { compressed: true })));
    const talk = await said(traffic, exchange, { opened: 0 });
    expect(talk.rows).toMatchObject([{ preview: 'ff ff', compressed: true, inflated: undefined }]);
    expect([...talk.opened!.bytes]).toEqual([0xff, 0xff]);
  });

  it('a frame that breaks the rules is the last row', async () => {
    const traffic = new Traffic();
    const { conn, exchange } = socket(traffic);
    traffic.read(conn, fromServer('not masked'));
    const talk = await said(traffic, exchange);
    expect(talk.rows).toMatchObject([
      { kind: 'fault', preview: expect.stringMatching(/not masked \(RFC 6455/) },
    ]);
  });

  it('gives the window that was asked for, or the end', async () => {
    const traffic = new Traffic();
    const { conn, exchange } = socket(traffic);
    traffic.write(conn, Array.from({ length: 50 }, (_, i) => fromServer(`m${i}`)).join(''));
    const middle = await said(traffic, exchange, { first: 10, count: 3 });
    expect(middle.rows.map(({ preview }) => preview)).toEqual(['m10', 'm11', 'm12']);
    const end = await said(traffic, exchange, { count: 2, tail: true });
    expect(end).toMatchObject({ total: 50, first: 48 });
    expect(end.rows.map(({ preview }) => preview)).toEqual(['m48', 'm49']);
  });

  it('its frames are in the detail, of both directions', async () => {
    const traffic = new Traffic();
    const { conn, exchange } = socket(traffic, fromServer('hi'));
    traffic.read(conn, fromClient('ho'));
    const detail = await new Detail(traffic.ingest().columns, exchange, traffic.pull).result();
    expect(detail?.request.frames).toMatchObject([{ length: 2, fin: true, opcode: 1, maskingKey }]);
    expect(detail?.response?.frames).toMatchObject([{ length: 2, maskingKey: undefined }]);
    expect(detail?.request.spans.at(-1)?.kind).toBe('ws-payload');
    expect(detail?.request.length).toBe(get('/live', 'Upgrade: websocket\r\n').length + 8);
    expect(detail?.request.headLength).toBe(detail!.request.length - 8);
  });
});

describe('an event stream', () => {
  const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n';
  const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;

  it('is told event by event, chunk lines aside', async () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    const exchange = traffic.run(conn, {
      request: get('/events'),
      response: [
        head,
        chunk(': hi\n\nid: 7\nevent: tick\nda'),
        chunk('ta: one\n\n'),
        chunk('data: a\ndata: b\n\n'),
      ],
    });
    const talk = await said(traffic, exchange, { opened: 2 });
    expect(talk.kind).toBe('event-stream');
    expect(talk.rows).toMatchObject([
      { kind: 'comment', preview: 'hi' },
      { kind: 'event', event: 'tick', eventId: '7', preview: 'one', length: 3 },
      { kind: 'event', event: 'message', eventId: '7', preview: 'a\nb' },
    ]);
    expect(textOf(talk.opened?.bytes)).toBe('a\nb');
  });

  it('that is coded is said to be', async () => {
    const traffic = new Traffic();
    const coded = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: gzip\r\n\r\nxx';
    const exchange = traffic.run(traffic.open(), { request: get('/events'), response: coded });
    expect((await said(traffic, exchange)).problem).toMatch(/coded with gzip/);
  });

  it('any other answer has no talk', async () => {
    const traffic = new Traffic();
    const exchange = traffic.get(traffic.open(), '/');
    expect(await said(traffic, exchange)).toMatchObject({ kind: 'none', total: 0 });
  });

  it.each([
    ['data: a\r\n\r\n', ['a']],
    ['data: a\r\rdata: b\n\n', ['a', 'b']],
    ['data\n\ndata:\n\n', ['', '']],
    ['\ufeffdata: a\n\n', ['a']],
    ['data:  two spaces\n\n', [' two spaces']],
    ['event: x\n\nid: 1\n\n', []],
    ['data: not finished\n', []],
  ])('%j', (text, data) => {
    const events: StreamEvent[] = [];
    const reader = new EventReader((event) => events.push(event));
    for (const byte of new TextEncoder().encode(text)) reader.push(Uint8Array.of(byte));
    expect(events.map((event) => event.data)).toEqual(data);
  });
});

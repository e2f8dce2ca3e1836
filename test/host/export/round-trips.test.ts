/** What is written in a format of others, opened again. */
import { execFile, execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaptureEvent } from '../../../server-core/capture/events.ts';
import type { ExportName } from '../../../server-core/capture/export-call.ts';
import { fileSource } from '../../../server-core/host/export/captured-events.ts';
import { exportPieces } from '../../../server-core/host/export/export-capture.ts';
import { OpenedCaptures } from '../../../server-core/host/opened-captures.ts';
import { OPCODE } from '../../../server-core/wire/ws/opcode.ts';
import { frame } from '../../../server-core/wire/ws/writer.ts';
import { makeFolder } from '../../support/folder.ts';
import { EPOCH_MS, joined, Recorded } from '../../support/recorded.ts';

let folder: ReturnType<typeof makeFolder>;
let captures: OpenedCaptures;

beforeEach(() => {
  folder = makeFolder();
  captures = new OpenedCaptures(() => {});
});
afterEach(async () => {
  await captures.closeAll();
  folder.remove();
});

const PACKED = gzipSync('hello '.repeat(100));

function recorded(): Recorded {
  return new Recorded()
    .conversation([
      { in: 'GET /a?x=1 HTTP/1.1\r\nHost: site.example\r\nX-Odd:  Two  \r\nx-odd: three\r\n\r\n' },
      {
        after: 2345,
        out: Buffer.concat([
          Buffer.from(
            `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${PACKED.length}\r\n\r\n`,
          ),
          PACKED,
        ]),
      },
      { after: 777, in: 'POST /b HTTP/1.1\r\nHost: site.example\r\nContent-Length: 5\r\n\r\nab' },
      { after: 10, in: 'cde' },
      {
        out: 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nxyz\r\n0\r\n\r\n',
      },
    ])
    .conversation(
      [{ in: 'HEAD /c HTTP/1.0\r\n\r\n' }, { out: 'HTTP/1.0 404 Not Found\r\nContent-Length: 9\r\n\r\n' }],
      '2001:db8::5',
    )
    .conversation([
      { in: 'GET /large HTTP/1.1\r\nHost: a\r\n\r\n' },
      { out: `HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n${'z'.repeat(200_000)}` },
    ]);
}

async function written(as: ExportName, only?: readonly number[]): Promise<Buffer> {
  return joined(exportPieces(recorded().source, { as, redact: false, only }));
}

async function reopened(name: string, bytes: Uint8Array) {
  writeFileSync(`${folder.path}/${name}`, bytes);
  const { id, epochMs, problem } = await captures.open(`${folder.path}/${name}`);
  const events: CaptureEvent[] = [];
  for await (const batch of fileSource(captures.file(id)).events(true)) events.push(...batch);
  return { events, epochMs, problem };
}

interface Told {
  readonly events: readonly CaptureEvent[];
  readonly epochMs: number;
}

/** Each byte of a direction with the moment at which it was read or written, joined where they are one. */
function streams({ events, epochMs }: Told) {
  const found = new Map<string, { micros: number; text: string }[]>();
  for (const event of events) {
    if (event.kind !== 'bytes') continue;
    const key = `${event.conn} ${event.direction}`;
    const pieces = found.get(key) ?? [];
    found.set(key, pieces);
    const micros = Math.round(epochMs * 1000 + event.time);
    const text = Buffer.from(event.data ?? []).toString('latin1');
    const last = pieces.at(-1);
    if (last?.micros === micros) last.text += text;
    else pieces.push({ micros, text });
  }
  return Object.fromEntries(found);
}

function messages({ events }: Told) {
  return events.flatMap((event) => {
    if (event.kind === 'request')
      return [`${event.exchange} ${event.method} ${event.target} ${event.version}`];
    return event.kind === 'response' ? [`${event.exchange} ${event.status}`] : [];
  });
}

describe('a capture', () => {
  it('through pcapng has the same streams, cuts and times', async () => {
    const before = { events: recorded().events(), epochMs: EPOCH_MS };
    const after = await reopened('x.pcapng', await written('pcapng'));
    expect(after.problem).toBeUndefined();
    expect(streams(after)).toEqual(streams(before));
    expect(messages(after)).toEqual(messages(before));
    const ends = (told: Told) =>
      told.events.flatMap((event) =>
        event.kind === 'closed' ? [event.reason, event.bytesIn, event.bytesOut] : [],
      );
    expect(ends(after)).toEqual(ends(before));
    const clients = (told: Told) =>
      told.events.flatMap((event) =>
        event.kind === 'opened' ? [event.remoteAddress, event.remotePort] : [],
      );
    expect(clients(after)).toEqual(clients(before));
  });

  it('through HAR has the messages that a HAR holds, and their times', async () => {
    const before = { events: recorded().events(), epochMs: EPOCH_MS };
    const first = await written('har');
    const after = await reopened('x.har', first);
    expect(messages(after)).toEqual(messages(before));
    // What a HAR holds comes through once more unchanged.
    const { id } = captures.list()[0]!;
    const again = await joined(exportPieces(fileSource(captures.file(id)), { as: 'har', redact: false }));
    const entries = (text: Buffer) =>
      JSON.parse(text.toString()).log.entries.map(
        ({ startedDateTime, time, timings, request, response }: HarLike) => ({
          ...{ startedDateTime, timings, time },
          request: { ...request, headersSize: 0, bodySize: 0 },
          response: {
            ...response,
            headersSize: 0,
            bodySize: 0,
            content: { ...response.content, compression: 0 },
            headers: response.headers.filter(({ name }) => name !== 'Content-Length'),
          },
        }),
      );
    expect(entries(again)).toEqual(entries(first));
  });

  it('through HAR has what a WebSocket said, and when', async () => {
    const { source } = new Recorded().conversation([
      { in: 'GET /chat HTTP/1.1\r\nHost: site.example\r\nUpgrade: websocket\r\n\r\n' },
      { out: 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n' },
      { in: frame(OPCODE.text, Buffer.from('hello'), { maskingKey: 0xa1b2c3d4 }) },
      { after: 2345, out: frame(OPCODE.binary, Uint8Array.of(0, 1, 2)) },
    ]);
    const said = (text: Buffer) =>
      JSON.parse(text.toString()).log.entries[0]._webSocketMessages.map(
        ({ time, ...rest }: { readonly time: number }) => ({ ...rest, micros: Math.round(time * 1e6) }),
      );
    const first = await joined(exportPieces(source, { as: 'har', redact: false }));
    await reopened('x.har', first);
    const { id } = captures.list()[0]!;
    const again = await joined(exportPieces(fileSource(captures.file(id)), { as: 'har', redact: false }));
    expect(said(first)).toHaveLength(2);
    expect(said(again)).toEqual(said(first));
  });

  it('through events is every event, byte for byte', async () => {
    const lines = (await written('ndjson')).toString().trimEnd().split('\n');
    const events = recorded().events();
    expect(lines).toHaveLength(events.length);
    const large = lines
      .map((line) => JSON.parse(line))
      .find(({ kind, length }) => kind === 'bytes' && length > 100_000);
    expect(Buffer.from(large.data, 'base64').length).toBe(large.length);
  });

  it('of one chosen request has its connection, and no other', async () => {
    const { events } = await reopened('x.pcapng', await written('pcapng', [2, 1]));
    expect(messages({ events, epochMs: 0 })).toEqual(['1 HEAD /c 1.0', '1 404']);
    const lines = (await written('ndjson', [2, 1]))
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(new Set(lines.flatMap(({ conn }) => conn ?? []))).toEqual(new Set([2]));
    expect((await written('combined', [2, 1])).toString()).toMatch(
      /^2001:db8::5 - - \[02\/Jan\/2024:.*"HEAD \/c HTTP\/1.0" 404 - "-" "-"\n$/,
    );
  });
});

interface HarLike {
  readonly [key: string]: unknown;
  readonly request: object;
  readonly response: { readonly content: object; readonly headers: { name: string }[] };
}

function has(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!has('tshark'))('tshark', () => {
  it('opens our packets, and finds nothing wrong with them', async () => {
    const path = `${folder.path}/x.pcapng`;
    writeFileSync(path, await written('pcapng'));
    const tshark = async (...args: string[]) => {
      const check = ['-o', 'ip.check_checksum:TRUE', '-o', 'tcp.check_checksum:TRUE'];
      return (await promisify(execFile)('tshark', ['-r', path, ...check, ...args])).stdout.trimEnd();
    };
    const fields = [
      '-T',
      'fields',
      '-e',
      'http.request.method',
      '-e',
      'http.request.uri',
      '-e',
      'http.response.code',
    ];
    expect(
      (await tshark('-Y', 'http', ...fields)).split('\n').map((line) => line.trim().replaceAll('\t', ' ')),
    ).toEqual([...['GET /a?x=1', '200', 'POST /b', '100,201', 'HEAD /c', '404', 'GET /large', '200']]);
    const wrong =
      'tcp.analysis.flags || tcp.checksum.status == "Bad" || ip.checksum.status == "Bad" || _ws.malformed';
    expect(await tshark('-Y', wrong)).toBe('');
    expect(
      await tshark(
        '-Y',
        'http.response.code == 200 && http.content_length == 200000',
        '-T',
        'fields',
        '-e',
        'frame.time_epoch',
      ),
    ).toMatch(/^1704164645\.\d+$/);
  });
});

/** Logs with known traffic, files made of them, and files read to their end. */
import { writeFileSync } from 'node:fs';
import { decode } from '../../server-core/capture/decode.ts';
import type { CaptureEvent } from '../../server-core/capture/events.ts';
import { CaptureLog, type LogTotals } from '../../server-core/capture/log.ts';
import { CaptureFile } from '../../server-core/host/capture-file.ts';
import { type CaptureMeta, captureFile } from '../../server-core/host/capture-file-writer.ts';

export const SEGMENT = 65_536;
export const META: CaptureMeta = {
  version: '1.2.3',
  platform: 'linux',
  host: 'browser',
  epochMs: 1_700_000_000_000,
  createdMs: 1_700_000_001_000,
};

export function newLog(options: Partial<ConstructorParameters<typeof CaptureLog>[0]> = {}): CaptureLog {
  let time = 0;
  return new CaptureLog({ now: () => ++time, segmentBytes: SEGMENT, ...options });
}

/** A connection for every exchange, each with a body of its own. */
export function traffic(log: CaptureLog, count: number, bodyBytes = 500): LogTotals {
  for (let i = 0; i < count; i++) {
    const conn = log.opened(1, '127.0.0.1', 40_000 + (i % 1000), 8080);
    const exchange = log.begin(conn, 0);
    log.bytes(conn, 'in', 0, Buffer.from(`GET /${exchange} HTTP/1.1\r\nHost: x\r\n\r\n`));
    log.request(conn, exchange, 0, 30, 'GET', `/${exchange}`, 'HTTP/1.1');
    log.requestEnd(conn, exchange, 30);
    log.response(conn, exchange, 0, 60, 200, 'text/plain');
    log.bytes(conn, 'out', 0, new Uint8Array(bodyBytes).fill(exchange & 0xff));
    log.responseEnd(conn, exchange, bodyBytes, true);
    log.closed(conn, 'client-fin', 30, bodyBytes);
  }
  return log.totals;
}

export async function save(log: CaptureLog, path: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of captureFile(log, META)) parts.push(part.slice());
  const bytes = Buffer.concat(parts);
  writeFileSync(path, bytes);
  return bytes;
}

/** All events of a file as a viewer reads them, in runs of some size. */
export async function eventsOf(file: CaptureFile, runBytes = 100_000): Promise<CaptureEvent[]> {
  const events: CaptureEvent[] = [];
  let from = file.start;
  while (from < file.end) {
    const { records, next } = await file.read(from, runBytes);
    const run = decode(records);
    if (run.error !== undefined) throw new Error(run.error);
    events.push(...run.events);
    if (next <= from) throw new Error('No way forward');
    from = next;
  }
  return events;
}

export async function opened<T>(path: string, use: (file: CaptureFile) => Promise<T>): Promise<T> {
  const file = await CaptureFile.open(path);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

export function eventsIn(log: CaptureLog): CaptureEvent[] {
  const cursor = log.cursor('start');
  const events: CaptureEvent[] = [];
  for (let batch = cursor.read(200_000); batch; batch = cursor.read(200_000)) {
    events.push(...decode(batch).events);
  }
  return events;
}

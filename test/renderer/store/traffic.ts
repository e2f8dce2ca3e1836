/** Traffic for the store's tests, written by the real capture log under a hand-driven clock. */

import { Ingest } from '../../../renderer/store/ingest.ts';
import type { CloseReason, ServerState } from '../../../server-core/capture/events.ts';
import { CaptureLog } from '../../../server-core/capture/log.ts';
import type { FaultCode } from '../../../server-core/wire/faults.ts';

export const SERVER: ServerState = {
  id: 1,
  name: 'www',
  root: '/srv/www',
  host: '127.0.0.1',
  port: 8080,
  url: 'http://127.0.0.1:8080/',
  model: 'event-loop',
  status: 'running',
};

/** What one exchange puts on the wire and when; times are microseconds after it begins. */
export interface Script {
  /** The whole request, or a list of the reads it came in. */
  readonly request: string | readonly string[];
  readonly head?: { readonly method: string; readonly target: string };
  /** The whole response, or a list of the writes it left in; none when there was no answer. */
  readonly response?: string | readonly string[];
  readonly status?: number;
  readonly mediaType?: string;
  readonly fault?: { readonly code: FaultCode; readonly at: number };
  readonly complete?: boolean;
  readonly marks?: readonly (readonly ['drain-wait' | 'drained' | 'decision', string])[];
}

interface Streams {
  in: number;
  out: number;
}

/** A log and the connections on it, with their stream offsets. Each event takes one microsecond. */
export class Traffic {
  readonly log: CaptureLog;
  time = 0;
  private readonly streams = new Map<number, Streams>();
  private readonly cursor;

  constructor(options: { memoryBudgetBytes?: number; segmentBytes?: number } = {}) {
    this.log = new CaptureLog({ now: () => this.time++, ...options });
    this.cursor = this.log.cursor('start');
  }

  wait(micros: number): void {
    this.time += micros;
  }

  open(server = 1, port = 50_000): number {
    const conn = this.log.opened(server, '127.0.0.1', port, 8080);
    this.streams.set(conn, { in: 0, out: 0 });
    return conn;
  }

  read(conn: number, text: string): void {
    const streams = this.streams.get(conn)!;
    this.log.bytes(conn, 'in', streams.in, bytesOf(text));
    streams.in += text.length;
  }

  write(conn: number, text: string): void {
    const streams = this.streams.get(conn)!;
    this.log.bytes(conn, 'out', streams.out, bytesOf(text));
    streams.out += text.length;
  }

  /** Where the next byte of a direction will be. */
  offsets(conn: number): Streams {
    return { ...this.streams.get(conn)! };
  }

  close(conn: number, reason: CloseReason = 'client-fin'): void {
    const streams = this.streams.get(conn)!;
    this.log.closed(conn, reason, streams.in, streams.out);
  }

  /** One exchange from its first byte to its last; returns its number. */
  run(conn: number, script: Script): number {
    const { log } = this;
    const start = this.offsets(conn);
    const reads = typeof script.request === 'string' ? [script.request] : script.request;
    let exchange = 0;
    for (const text of reads) {
      this.read(conn, text);
      if (exchange === 0) exchange = log.begin(conn, start.in);
    }
    const request = reads.join('');
    const headEnd = start.in + request.indexOf('\r\n\r\n') + 4;
    if (script.fault !== undefined) {
      log.fault(conn, exchange, script.fault.code, 'in', start.in + script.fault.at);
    } else {
      const [method = '', target = '', version = ''] = (request.split('\r\n')[0] ?? '').split(' ');
      log.request(conn, exchange, start.in, headEnd, method, target, version.replace('HTTP/', ''));
      log.requestEnd(conn, exchange, start.in + request.length);
    }
    for (const [mark, detail] of script.marks ?? []) log.mark(conn, exchange, mark, detail);
    if (script.response === undefined) return exchange;
    const writes = typeof script.response === 'string' ? [script.response] : script.response;
    const response = writes.join('');
    const status = Number(response.slice(9, 12));
    const mediaType = /content-type: ([^\r]*)/i.exec(response)?.[1] ?? '';
    log.response(conn, exchange, start.out, start.out + response.indexOf('\r\n\r\n') + 4, status, mediaType);
    for (const text of writes) this.write(conn, text);
    log.responseEnd(conn, exchange, this.offsets(conn).out, script.complete ?? true);
    return exchange;
  }

  /** GET of a path, answered with a status and so many bytes. */
  get(conn: number, target: string, status = 200, body = 5, mediaType = 'text/plain'): number {
    return this.run(conn, { request: get(target), response: answer(status, 'x'.repeat(body), mediaType) });
  }

  /** Gives an ingest all that was logged since the last call, in batches as a feed would. */
  feed(ingest: Ingest, batchBytes = 65_536): void {
    for (
      let batch = this.cursor.read(batchBytes);
      batch !== undefined;
      batch = this.cursor.read(batchBytes)
    ) {
      ingest.batch(batch);
    }
  }

  /** A fresh store that has read the log from its start. */
  ingest(batchBytes = 65_536): Ingest {
    const ingest = new Ingest();
    const cursor = this.log.cursor('start');
    for (let batch = cursor.read(batchBytes); batch !== undefined; batch = cursor.read(batchBytes)) {
      ingest.batch(batch);
    }
    return ingest;
  }

  /** What a `pull` call to the host gives. */
  pull = async (positions: readonly number[]): Promise<Uint8Array> => {
    const payloads = positions.map((position) => {
      const payload = this.log.payload(position);
      if (payload === undefined) throw new Error('Trimmed');
      return payload;
    });
    return Uint8Array.from(payloads.flatMap((payload) => [...payload]));
  };
}

export function get(target: string, fields = ''): string {
  return `GET ${target} HTTP/1.1\r\nHost: a\r\n${fields}\r\n`;
}

export function answer(status: number, body: string, mediaType = 'text/plain'): string {
  const type = mediaType === '' ? '' : `Content-Type: ${mediaType}\r\n`;
  return `HTTP/1.1 ${status} OK\r\n${type}Content-Length: ${body.length}\r\n\r\n${body}`;
}

export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

export function textOf(bytes: Uint8Array | undefined): string {
  return [...(bytes ?? [])].map((byte) => String.fromCharCode(byte)).join('');
}

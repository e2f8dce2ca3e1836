/** Random but sensible traffic: what is reported to a Tap, and the events that a log must therefore hold. */
import fc from 'fast-check';
import {
  type CaptureEvent,
  CLOSE_REASONS,
  MARKS,
  SERVER_STATUSES,
  type ServerState,
  WORKER_STAGES,
} from '../../server-core/capture/events.ts';
import type { CaptureLog } from '../../server-core/capture/log.ts';

/** One report; `pick` chooses among what is open, `size` is a length or another number. */
export interface Step {
  readonly op: (typeof OPS)[number];
  readonly pick: number;
  readonly size: number;
  readonly text: string;
}

const OPS = [
  'opened',
  'tls',
  'worker',
  'closed',
  'bytes',
  'begin',
  'request',
  'requestEnd',
  'response',
  'responseEnd',
  'mark',
  'fault',
  'metrics',
  'usage',
  'workerLife',
  'server',
] as const;

/**
 * Mostly small payloads, some of a few reads, now and then one that no segment of 64 KiB holds, but that two do:
 * so the least budget of two segments never trims what was just reported.
 */
const size = fc.oneof(
  { weight: 5, arbitrary: fc.nat(2_000) },
  { weight: 4, arbitrary: fc.nat(40_000) },
  { weight: 1, arbitrary: fc.nat(120_000) },
);

export const step: fc.Arbitrary<Step> = fc.record({
  op: fc.constantFrom(...OPS, 'bytes', 'bytes'),
  pick: fc.nat(1_000),
  size,
  // Some come again: what a server says repeats.
  text: fc.oneof(fc.string({ maxLength: 20, unit: 'binary' }), fc.constantFrom('', 'again', 'and again')),
});

/** An event without what the log adds by itself. */
export type Bare = Omit<CaptureEvent, 'time' | 'position' | 'continued'> & { [field: string]: unknown };

export function serverState(id: number, name: string, statusIndex: number): ServerState {
  return {
    id,
    name,
    root: `/srv/${id}`,
    host: '127.0.0.1',
    port: 8080,
    url: 'http://127.0.0.1:8080/',
    model: 'event-loop',
    status: SERVER_STATUSES[statusIndex % SERVER_STATUSES.length]!,
  };
}

export function latin1(text: string): string {
  return Array.from(text, (char) => String.fromCharCode(char.charCodeAt(0) & 0xff)).join('');
}

/** Bytes that tell where they are from: the log number of the read and the place in it. */
export function payload(seed: number, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (seed * 31 + i * 7 + (i >> 8)) & 0xff);
}

/** No multiple of 3, which tells stable arrays from others. */
const KEPT = 4;

/** Reports steps to a log and keeps the list of events that it should hold from them. */
export class Traffic {
  readonly expected: Bare[] = [];
  readonly #log: CaptureLog;
  readonly #open: number[] = [];
  readonly #inFlight: { readonly conn: number; readonly exchange: number }[] = [];
  readonly #kept = new Map<number, Uint8Array>();
  #seed = 0;

  constructor(log: CaptureLog) {
    this.#log = log;
  }

  /** Does nothing when the step needs a connection or exchange and none is open. */
  report({ op, pick, size, text }: Step): void {
    const log = this.#log;
    if (op === 'server') {
      const state = serverState(1 + (pick % 3), text, size);
      log.server(state);
      this.#expect({ kind: 'server', state: JSON.parse(JSON.stringify(state)) });
    } else if (op === 'opened') {
      const conn = log.opened(1, '::1', pick, 8080);
      this.#open.push(conn);
      this.#expect({
        kind: 'opened',
        conn,
        server: 1,
        remoteAddress: '::1',
        remotePort: pick,
        localPort: 8080,
      });
    } else if (op === 'metrics') {
      const figures = {
        openConnections: pick,
        inFlight: 2,
        loopLagMicros: size / 7,
        rssBytes: 1e9,
        heapBytes: 2e8,
        waitingBytes: size,
        waitingConnections: 3,
        acceptQueue: pick % 2 === 0 ? undefined : size,
      };
      log.metrics(figures);
      this.#expect({ kind: 'metrics', ...figures });
    } else if (op === 'usage' || op === 'workerLife') {
      this.#onWorker(op, pick, size, text);
    } else if (op === 'tls' || op === 'worker' || op === 'closed' || op === 'bytes' || op === 'begin') {
      const conn = this.#open[pick % this.#open.length];
      if (conn !== undefined) this.#onConnection(op, conn, pick, size);
    } else {
      const on = this.#inFlight[pick % this.#inFlight.length];
      if (on) this.#onExchange(op, on, pick, size, text);
    }
  }

  #onWorker(op: 'usage' | 'workerLife', pick: number, size: number, detail: string): void {
    const of = { server: 1, id: pick, name: `process ${pick}` };
    if (op === 'usage') {
      const memory = { rssBytes: 1e8, heapBytes: 1e7 };
      const figures = { spanMicros: 250_000, cpuMicros: size, ...memory, loopLagMicros: 7, utilization: 0.5 };
      this.#log.usage(of, figures);
      this.#expect({ kind: 'usage', ...of, ...figures });
    } else {
      const stage = WORKER_STAGES[size % WORKER_STAGES.length]!;
      this.#log.workerLife(of, stage, detail);
      this.#expect({ kind: 'worker-life', ...of, stage, detail });
    }
  }

  #onConnection(
    op: 'tls' | 'worker' | 'closed' | 'bytes' | 'begin',
    conn: number,
    pick: number,
    size: number,
  ): void {
    const log = this.#log;
    if (op === 'tls') {
      const names = {
        version: 'TLSv1.3',
        cipher: 'TLS_AES_128_GCM_SHA256',
        alpn: '',
        serverName: 'localhost',
      };
      const facts = { ...names, resumed: pick % 2 === 0, handshakeMicros: size };
      log.tls(conn, facts);
      this.#expect({ kind: 'tls', conn, ...facts });
    } else if (op === 'worker') {
      const among = this.#inFlight.filter((other) => other.conn === conn);
      const exchange = pick % 2 === 0 ? 0 : (among[pick % among.length]?.exchange ?? 0);
      log.worker(conn, exchange, `process ${size}`);
      this.#expect({ kind: 'worker', conn, exchange, name: `process ${size}` });
    } else if (op === 'begin') {
      const exchange = log.begin(conn, size);
      this.#inFlight.push({ conn, exchange });
      this.#expect({ kind: 'begin', conn, exchange, offset: size });
    } else if (op === 'closed') {
      const reason = CLOSE_REASONS[pick % CLOSE_REASONS.length]!;
      log.closed(conn, reason, size, pick);
      this.#open.splice(this.#open.indexOf(conn), 1);
      const left = this.#inFlight.filter((other) => other.conn !== conn);
      this.#inFlight.splice(0, this.#inFlight.length, ...left);
      this.#expect({ kind: 'closed', conn, reason, bytesIn: size, bytesOut: pick });
    } else {
      const direction = pick % 2 ? 'out' : 'in';
      if (size % 3 === 0) {
        const data = this.#stable(size);
        log.bytes(conn, direction, pick, data, true);
        this.#expect({ kind: 'bytes', conn, direction, offset: pick, length: data.length, data });
        return;
      }
      const data = payload(++this.#seed, size);
      log.bytes(conn, direction, pick, data);
      this.#expect({ kind: 'bytes', conn, direction, offset: pick, length: size, data: data.slice() });
      // The caller may use its array again at once.
      data.fill(0xee);
    }
  }

  /** One of a few arrays that come again and again, such as the content of a file. */
  #stable(size: number): Uint8Array {
    const index = size % KEPT;
    const kept = this.#kept.get(index) ?? payload(index, Math.min(size, 40_000));
    this.#kept.set(index, kept);
    return kept;
  }

  #onExchange(
    op: Exclude<
      Step['op'],
      | 'server'
      | 'opened'
      | 'tls'
      | 'worker'
      | 'metrics'
      | 'usage'
      | 'workerLife'
      | 'closed'
      | 'bytes'
      | 'begin'
    >,
    on: { readonly conn: number; readonly exchange: number },
    pick: number,
    size: number,
    text: string,
  ): void {
    const log = this.#log;
    const { conn, exchange } = on;
    const target = latin1(text);
    if (op === 'request') {
      log.request(conn, exchange, pick, size, 'GET', target, 'HTTP/1.1');
      this.#expect({
        kind: 'request',
        ...on,
        offset: pick,
        headEnd: size,
        method: 'GET',
        target,
        version: 'HTTP/1.1',
      });
    } else if (op === 'requestEnd') {
      log.requestEnd(conn, exchange, size);
      this.#expect({ kind: 'request-end', ...on, offset: size });
    } else if (op === 'response') {
      log.response(conn, exchange, pick, size, 200 + (pick % 300), target);
      const status = 200 + (pick % 300);
      this.#expect({ kind: 'response', ...on, offset: pick, headEnd: size, status, mediaType: target });
    } else if (op === 'responseEnd') {
      log.responseEnd(conn, exchange, size, pick % 2 === 0);
      this.#inFlight.splice(
        this.#inFlight.findIndex((other) => other.exchange === exchange),
        1,
      );
      this.#expect({ kind: 'response-end', ...on, offset: size, complete: pick % 2 === 0 });
    } else if (op === 'mark') {
      const mark = MARKS[pick % MARKS.length]!;
      log.mark(conn, exchange, mark, text);
      this.#expect({ kind: 'mark', ...on, mark, detail: text.toWellFormed() });
    } else {
      log.fault(conn, exchange, 'method-invalid', pick % 2 ? 'out' : 'in', size);
      const direction = pick % 2 ? 'out' : 'in';
      this.#expect({ kind: 'fault', ...on, code: 'method-invalid', direction, at: size });
    }
  }

  #expect(event: { readonly kind: CaptureEvent['kind']; [field: string]: unknown }): void {
    this.expected.push(event);
  }
}

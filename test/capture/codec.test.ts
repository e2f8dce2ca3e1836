import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordReader } from '../../server-core/capture/codec.ts';
import { decode } from '../../server-core/capture/decode.ts';
import { CLOSE_REASONS, MARKS, WORKER_STAGES } from '../../server-core/capture/events.ts';
import { ANCHOR_BYTES, BYTES_HEADER, FLAG, MAX_RECORD_BYTES } from '../../server-core/capture/layout.ts';
import { CaptureLog } from '../../server-core/capture/log.ts';
import type { MetricsFigures } from '../../server-core/capture/tap.ts';
import { FAULTS, type FaultCode } from '../../server-core/wire/faults.ts';
import { latin1, serverState, step, Traffic } from './traffic.ts';

/** Finite, exact or not, as offsets and sizes come. */
const number = fc.oneof(fc.nat(), fc.maxSafeNat(), fc.double({ noNaN: true, min: 0 }));
const text = fc.string({ unit: 'binary' }).map((value) => value.toWellFormed());
const wireText = text.map(latin1);
const u32 = fc.nat(0xffff_ffff);
const port = fc.nat(0xffff);
const metrics: fc.Arbitrary<MetricsFigures> = fc.record({
  openConnections: u32,
  inFlight: u32,
  loopLagMicros: number,
  rssBytes: number,
  heapBytes: number,
  waitingBytes: number,
  waitingConnections: u32,
  acceptQueue: fc.option(u32, { nil: undefined }),
});

/** Reports to an empty log, and what it then holds, payloads included. */
function recorded(report: (log: CaptureLog) => void, time = 12.5) {
  const log = new CaptureLog({ now: () => time, segmentBytes: 65_536 });
  report(log);
  const batch = log.cursor('start', { payloads: true }).read(log.end + ANCHOR_BYTES);
  const { events, error } = decode(batch ?? new Uint8Array(0));
  expect(error).toBeUndefined();
  return events;
}

describe('a record of each kind is read as it was reported', () => {
  const at = { time: 12.5, position: 0 };

  it('server', () => {
    fc.assert(
      fc.property(u32, text, text, fc.nat(), (id, name, problem, status) => {
        const state = { ...serverState(id, name, status), problem };
        expect(recorded((log) => log.server(state))).toEqual([{ kind: 'server', ...at, state }]);
        const well = serverState(id, name, status);
        expect(recorded((log) => log.server(well))).toEqual([{ kind: 'server', ...at, state: well }]);
      }),
    );
  });

  it('opened', () => {
    fc.assert(
      fc.property(u32, wireText, port, port, (server, remoteAddress, remotePort, localPort) => {
        expect(recorded((log) => log.opened(server, remoteAddress, remotePort, localPort))).toEqual([
          { kind: 'opened', ...at, conn: 1, server, remoteAddress, remotePort, localPort },
        ]);
      }),
    );
  });

  it('tls', () => {
    const name = wireText.filter((value) => value.length <= 255);
    fc.assert(
      fc.property(u32, name, name, name, name, fc.boolean(), number, (conn, ...fields) => {
        const [version, cipher, alpn, serverName, resumed, handshakeMicros] = fields;
        const facts = { version, cipher, alpn, serverName, resumed, handshakeMicros };
        expect(recorded((log) => log.tls(conn, facts))).toEqual([{ kind: 'tls', ...at, conn, ...facts }]);
      }),
    );
  });

  it('tls, with texts longer than TLS itself can carry', () => {
    const long = 'x'.repeat(300);
    const facts = {
      version: long,
      cipher: long,
      alpn: long,
      serverName: long,
      resumed: true,
      handshakeMicros: 1,
    };
    const cut = long.slice(0, 255);
    expect(recorded((log) => log.tls(1, facts))).toEqual([
      { kind: 'tls', ...at, conn: 1, ...facts, version: cut, cipher: cut, alpn: cut, serverName: cut },
    ]);
  });

  it('worker', () => {
    fc.assert(
      fc.property(u32, u32, text, (conn, exchange, name) => {
        expect(recorded((log) => log.worker(conn, exchange, name))).toEqual([
          { kind: 'worker', ...at, conn, exchange, name },
        ]);
      }),
    );
  });

  it('bytes', () => {
    const direction = fc.constantFrom('in', 'out');
    fc.assert(
      fc.property(u32, direction, number, fc.uint8Array(), (conn, direction, offset, data) => {
        expect(recorded((log) => log.bytes(conn, direction, offset, data))).toEqual([
          { kind: 'bytes', ...at, conn, direction, offset, length: data.length, data },
        ]);
      }),
    );
  });

  it('begin, request-end, response-end', () => {
    fc.assert(
      fc.property(u32, u32, number, fc.boolean(), (conn, exchange, offset, complete) => {
        expect(recorded((log) => log.begin(conn, offset))).toEqual([
          { kind: 'begin', ...at, conn, exchange: 1, offset },
        ]);
        expect(recorded((log) => log.requestEnd(conn, exchange, offset))).toEqual([
          { kind: 'request-end', ...at, conn, exchange, offset },
        ]);
        expect(recorded((log) => log.responseEnd(conn, exchange, offset, complete))).toEqual([
          { kind: 'response-end', ...at, conn, exchange, offset, complete },
        ]);
      }),
    );
  });

  it('request', () => {
    fc.assert(
      fc.property(u32, u32, number, number, wireText, wireText, wireText, (...fields) => {
        const [conn, exchange, offset, headEnd, method, target, version] = fields;
        expect(recorded((log) => log.request(...fields))).toEqual([
          { kind: 'request', ...at, conn, exchange, offset, headEnd, method, target, version },
        ]);
      }),
    );
  });

  it('response', () => {
    fc.assert(
      fc.property(u32, u32, number, number, port, wireText, (...fields) => {
        const [conn, exchange, offset, headEnd, status, mediaType] = fields;
        expect(recorded((log) => log.response(...fields))).toEqual([
          { kind: 'response', ...at, conn, exchange, offset, headEnd, status, mediaType },
        ]);
      }),
    );
  });

  it.each(MARKS)('mark %s', (mark) => {
    fc.assert(
      fc.property(u32, u32, text, (conn, exchange, detail) => {
        expect(recorded((log) => log.mark(conn, exchange, mark, detail))).toEqual([
          { kind: 'mark', ...at, conn, exchange, mark, detail },
        ]);
      }),
      { numRuns: 20 },
    );
  });

  it('fault, with every code there is', () => {
    for (const code of Object.keys(FAULTS) as FaultCode[]) {
      for (const direction of ['in', 'out'] as const) {
        expect(recorded((log) => log.fault(1, 2, code, direction, 77))).toEqual([
          { kind: 'fault', ...at, conn: 1, exchange: 2, code, direction, at: 77 },
        ]);
      }
    }
  });

  it.each(CLOSE_REASONS)('closed by %s', (reason) => {
    fc.assert(
      fc.property(u32, number, number, (conn, bytesIn, bytesOut) => {
        expect(recorded((log) => log.closed(conn, reason, bytesIn, bytesOut))).toEqual([
          { kind: 'closed', ...at, conn, reason, bytesIn, bytesOut },
        ]);
      }),
      { numRuns: 20 },
    );
  });

  it('closed with a sentence', () => {
    fc.assert(
      fc.property(u32, text.filter(Boolean), (conn, detail) => {
        expect(recorded((log) => log.closed(conn, 'tls-error', 0, 0, detail))).toEqual([
          { kind: 'closed', ...at, conn, reason: 'tls-error', bytesIn: 0, bytesOut: 0, detail },
        ]);
      }),
    );
  });

  it('metrics', () => {
    fc.assert(
      fc.property(metrics, (figures) => {
        expect(recorded((log) => log.metrics(figures))).toEqual([{ kind: 'metrics', ...at, ...figures }]);
      }),
    );
  });

  it('metrics of a version that knew less of waiting', () => {
    const log = new CaptureLog({ now: () => 0 });
    const known = {
      openConnections: 1,
      inFlight: 2,
      loopLagMicros: 3,
      rssBytes: 4,
      heapBytes: 5,
      waitingBytes: 6,
    };
    log.metrics({ ...known, waitingConnections: 7, acceptQueue: 8 });
    const written = log.cursor('start').read(65_536)!;
    const old = written.slice(0, ANCHOR_BYTES + 60);
    new DataView(old.buffer).setUint32(ANCHOR_BYTES, 60, true);
    const { events, error } = decode(old);
    expect(error).toBeUndefined();
    expect(events).toMatchObject([{ ...known, waitingConnections: 0, acceptQueue: undefined }]);
  });

  it('usage', () => {
    fc.assert(
      fc.property(u32, u32, wireText, number, number, number, (server, id, name, ...rest) => {
        const [spanMicros, cpuMicros, rssBytes] = rest;
        const figures = {
          spanMicros,
          cpuMicros,
          rssBytes,
          heapBytes: 5,
          loopLagMicros: 6,
          utilization: 0.25,
        };
        expect(recorded((log) => log.usage({ server, id, name }, figures))).toEqual([
          { kind: 'usage', ...at, server, id, name, ...figures },
        ]);
      }),
    );
  });

  it('worker-life', () => {
    const stages = fc.constantFrom(...WORKER_STAGES);
    fc.assert(
      fc.property(u32, u32, wireText, stages, text, (server, id, name, stage, detail) => {
        expect(recorded((log) => log.workerLife({ server, id, name }, stage, detail))).toEqual([
          { kind: 'worker-life', ...at, server, id, name, stage, detail },
        ]);
      }),
    );
  });

  it('keeps the time it was reported at', () => {
    fc.assert(
      fc.property(number, (time) => {
        expect(recorded((log) => log.begin(1, 0), time)[0]).toMatchObject({ time });
      }),
    );
  });
});

describe('texts beyond the limit are cut', () => {
  const long = 'x'.repeat(70_000);
  it.each([
    ['request', (log: CaptureLog) => log.request(1, 1, 0, 9, long, long, long)],
    ['response', (log: CaptureLog) => log.response(1, 1, 0, 9, 200, long)],
    ['mark', (log: CaptureLog) => log.mark(1, 1, 'note', '€'.repeat(70_000))],
    ['opened', (log: CaptureLog) => void log.opened(1, long, 1, 2)],
    ['server', (log: CaptureLog) => log.server({ ...serverState(1, long, 1), root: '\0'.repeat(70_000) })],
  ])('%s', (kind, report) => {
    const log = new CaptureLog({ now: () => 0, segmentBytes: 65_536 });
    report(log);
    const batch = log.cursor('start').read(65_535)!;
    expect(batch.length).toBeLessThanOrEqual(ANCHOR_BYTES + MAX_RECORD_BYTES);
    const { events, error } = decode(batch);
    expect(error).toBeUndefined();
    expect(events.map((event) => event.kind)).toEqual([kind]);
  });

  it('keeps the start of each text, and the record says that it was cut', () => {
    const log = new CaptureLog({ now: () => 0 });
    for (const text of ['short', long]) {
      log.request(1, 1, 0, 9, 'GET', text, 'HTTP/1.1');
      log.response(1, 1, 0, 9, 200, text);
      log.mark(1, 1, 'note', text);
    }
    const reader = new RecordReader(log.cursor('start').read(200_000)!);
    const clipped: boolean[] = [];
    while (reader.next()) clipped.push((reader.flags & FLAG.clipped) !== 0);
    expect(clipped).toEqual([false, false, false, true, true, true]);
    const [event] = recorded((log) => log.request(1, 1, 0, 9, 'GET', long, 'HTTP/1.1'));
    expect(event).toMatchObject({ method: 'GET', target: 'x'.repeat(16_384), version: 'HTTP/1.1' });
  });
});

describe('positions', () => {
  it('are the same with payloads and without, and lead to the payload', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const log = new CaptureLog({ now: () => 1, segmentBytes: 65_536 });
        const traffic = new Traffic(log);
        for (const each of steps) traffic.report(each);
        const whole = decode(
          log.cursor('start', { payloads: true }).read(log.end + ANCHOR_BYTES) ?? new Uint8Array(),
        );
        const elided = decode(log.cursor('start').read(log.end + ANCHOR_BYTES) ?? new Uint8Array());
        expect(elided.events).toEqual(
          whole.events.map((event) => (event.kind === 'bytes' ? { ...event, data: undefined } : event)),
        );
        for (const event of whole.events) {
          const payload = log.payload(event.position);
          expect(payload).toEqual(event.kind === 'bytes' ? event.data : undefined);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('leave nothing of a payload in an elided record', () => {
    const log = new CaptureLog({ now: () => 1 });
    log.bytes(1, 'in', 0, new Uint8Array(1000).fill(0xab));
    const batch = log.cursor('start').read(65_536)!;
    expect(batch.length).toBe(ANCHOR_BYTES + BYTES_HEADER);
    expect(batch).not.toContain(0xab);
  });
});

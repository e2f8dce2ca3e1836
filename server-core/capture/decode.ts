import { RecordReader } from './codec.ts';
import { type CaptureEvent, KIND, type MarkEvent } from './events.ts';
import { Traces } from './traces.ts';

/** Events of a run of records, and why it ended early if it did. */
export interface Decoded {
  readonly events: readonly CaptureEvent[];
  readonly error: string | undefined;
}

/**
 * Decodes a whole run; for hot paths use RecordReader. `position` is that of the first record without an anchor,
 * `traces` what earlier runs of the same log told.
 */
export function decode(bytes: Uint8Array, position = 0, traces = new Traces()): Decoded {
  const reader = new RecordReader(bytes, position);
  const events: CaptureEvent[] = [];
  while (reader.next()) {
    if (reader.kind === KIND.step) traces.learn(reader);
    else if (reader.kind === KIND.traced) events.push(...marksOf(reader, traces));
    else {
      const event = eventOf(reader);
      if (event) events.push(event);
    }
  }
  return { events, error: reader.error };
}

function marksOf(reader: RecordReader, traces: Traces): MarkEvent[] {
  const { time, position, conn, exchange } = reader;
  return traces.of(reader.step).map((said) => ({ kind: 'mark', time, position, conn, exchange, ...said }));
}

/**
 * The record a reader stands at, as an object of its own: a payload is copied. Undefined when it names something
 * (a mark, a fault, a reason) that this version does not know.
 */
function eventOf(reader: RecordReader): CaptureEvent | undefined {
  const { time, position } = reader;
  const at = reader.carried ? { time, position, carried: true as const } : { time, position };
  switch (reader.kind) {
    case KIND.server: {
      const state = reader.serverState;
      return state && { kind: 'server', ...at, state };
    }
    case KIND.metrics: {
      const { openConnections, inFlight, loopLagMicros, rssBytes, heapBytes, waitingBytes } = reader;
      const { waitingConnections, acceptQueue } = reader;
      const figures = { openConnections, inFlight, loopLagMicros, rssBytes, heapBytes, waitingBytes };
      return { kind: 'metrics', ...at, ...figures, waitingConnections, acceptQueue };
    }
    case KIND.usage: {
      const { server, workerId: id, workerName: name, usage } = reader;
      return { kind: 'usage', ...at, server, id, name, ...usage };
    }
    case KIND.workerLife: {
      const { server, workerId: id, workerName: name, workerStage: stage, lifeDetail: detail } = reader;
      return stage && { kind: 'worker-life', ...at, server, id, name, stage, detail };
    }
    case KIND.tombstone: {
      const { start, trimmedRecords: records, trimmedExchanges: exchanges, trimmedBytes: bytes } = reader;
      return { kind: 'tombstone', ...at, start, records, exchanges, bytes };
    }
    default:
      return connectionEvent(reader, { ...at, conn: reader.conn });
  }
}

interface On {
  readonly time: number;
  readonly position: number;
  readonly carried?: true;
  readonly conn: number;
}

function connectionEvent(reader: RecordReader, on: On): CaptureEvent | undefined {
  switch (reader.kind) {
    case KIND.opened: {
      const { server, remoteAddress, remotePort, localPort } = reader;
      return { kind: 'opened', ...on, server, remoteAddress, remotePort, localPort };
    }
    case KIND.tls: {
      const { tlsVersion: version, cipher, alpn, serverName, resumed, handshakeMicros } = reader;
      return { kind: 'tls', ...on, version, cipher, alpn, serverName, resumed, handshakeMicros };
    }
    case KIND.bytes: {
      const { offset, length, out, continued } = reader;
      const data = reader.data?.slice();
      const direction = out ? 'out' : 'in';
      const event = { kind: 'bytes', ...on, direction, offset, length, data } as const;
      return continued ? { ...event, continued } : event;
    }
    case KIND.closed: {
      const { reason, bytesIn, bytesOut, closeDetail: detail } = reader;
      if (reason === undefined) return undefined;
      const event = { kind: 'closed', ...on, reason, bytesIn, bytesOut } as const;
      return detail === '' ? event : { ...event, detail };
    }
    default:
      return exchangeEvent(reader, { ...on, exchange: reader.exchange });
  }
}

function exchangeEvent(
  reader: RecordReader,
  on: On & { readonly exchange: number },
): CaptureEvent | undefined {
  switch (reader.kind) {
    case KIND.begin:
      return { kind: 'begin', ...on, offset: reader.offset };
    case KIND.request: {
      const { offset, headEnd, method, target, version } = reader;
      return { kind: 'request', ...on, offset, headEnd, method, target, version };
    }
    case KIND.requestEnd:
      return { kind: 'request-end', ...on, offset: reader.offset };
    case KIND.response: {
      const { offset, headEnd, status, mediaType } = reader;
      return { kind: 'response', ...on, offset, headEnd, status, mediaType };
    }
    case KIND.responseEnd:
      return { kind: 'response-end', ...on, offset: reader.offset, complete: reader.complete };
    case KIND.mark: {
      const { mark, detail } = reader;
      return mark && { kind: 'mark', ...on, mark, detail };
    }
    case KIND.worker:
      return { kind: 'worker', ...on, name: reader.workerName };
    case KIND.fault: {
      const code = reader.fault;
      return code && { kind: 'fault', ...on, code, direction: reader.out ? 'out' : 'in', at: reader.offset };
    }
    default:
      return undefined;
  }
}

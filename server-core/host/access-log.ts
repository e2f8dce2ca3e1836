import type { CaptureEvent, RequestEvent } from '../capture/events.ts';
import type { LoggedExchange } from '../formats/access-log.ts';
import type { Fields } from '../wire/http1/fields.ts';
import { headFields } from './head-fields.ts';

/** No head that anybody reads is longer: four times our own limit, as other people's captures are read. */
const MOST_HEAD_BYTES = 131_072;

interface Connection {
  readonly remoteAddress: string;
  /** Bytes that were read lately: enough to read a head again. */
  kept: { readonly offset: number; readonly bytes: Uint8Array }[];
  inContent: boolean;
  /** By their numbers: pipelined requests are several at once. */
  readonly open: Map<number, Open>;
}

interface Open {
  readonly beginTime: number;
  request: RequestEvent | undefined;
  fields: Fields | undefined;
  status: number | undefined;
  headEnd: number;
}

/** Makes one entry of each exchange that ended, from the events of the capture. What it keeps is bounded. */
export class AccessLog {
  readonly #epochMs: number;
  readonly #connections = new Map<number, Connection>();

  constructor(epochMs: number) {
    this.#epochMs = epochMs;
  }

  /** Takes the next event, with payloads; gives an entry when it ends an exchange. */
  take(event: CaptureEvent): LoggedExchange | undefined {
    if (event.kind === 'opened') {
      const { remoteAddress } = event;
      this.#connections.set(event.conn, { remoteAddress, kept: [], inContent: false, open: new Map() });
      return undefined;
    }
    if (!('conn' in event)) return undefined;
    const connection = this.#connections.get(event.conn);
    if (!connection) return undefined;
    if (event.kind === 'bytes' && event.direction === 'in' && event.data) {
      keep(connection, event.offset, event.data);
    }
    if (event.kind === 'closed') this.#connections.delete(event.conn);
    return 'exchange' in event ? this.#exchange(connection, event) : undefined;
  }

  #exchange(
    connection: Connection,
    event: Extract<CaptureEvent, { readonly exchange: number }>,
  ): LoggedExchange | undefined {
    if (event.kind === 'begin') connection.open.set(event.exchange, newOpen(event.time));
    // Also behind the answer, which may come first.
    if (event.kind === 'request-end') connection.inContent = false;
    const open = connection.open.get(event.exchange);
    if (!open) return undefined;
    switch (event.kind) {
      case 'request':
        open.request = event;
        open.fields = headFields(connection.kept, event.offset, event.headEnd);
        release(connection, event.headEnd);
        connection.inContent = true;
        break;
      case 'response':
        open.status = event.status;
        open.headEnd = event.headEnd;
        break;
      case 'response-end':
        connection.open.delete(event.exchange);
        return this.#entry(
          connection.remoteAddress,
          open,
          event.offset,
          event.complete ? event.time : undefined,
        );
    }
    return undefined;
  }

  #entry(remoteAddress: string, open: Open, end: number, endTime: number | undefined): LoggedExchange {
    return {
      remoteAddress,
      beginMs: this.#epochMs + open.beginTime / 1000,
      method: open.request?.method ?? '',
      target: open.request?.target ?? '',
      version: open.request?.version ?? '',
      status: open.status,
      bodyBytes: open.status === undefined ? 0 : end - open.headEnd,
      referer: open.fields?.get('referer'),
      userAgent: open.fields?.get('user-agent'),
      durationMicros: endTime === undefined ? undefined : endTime - open.beginTime,
    };
  }
}

function keep(connection: Connection, offset: number, bytes: Uint8Array): void {
  // While content is read, a next head can begin in the newest piece at the earliest.
  if (connection.inContent) connection.kept = [];
  const { kept } = connection;
  kept.push({ offset, bytes });
  // What is no HTTP any more has no next head: a WebSocket, say, or what nobody could read.
  while (offset - kept[0]!.offset - kept[0]!.bytes.length >= MOST_HEAD_BYTES) kept.shift();
}

/** Lets go of what ends with a head that was read: the next begins behind it. */
function release({ kept }: Connection, headEnd: number): void {
  while (kept[0] !== undefined && kept[0].offset + kept[0].bytes.length <= headEnd) kept.shift();
}

function newOpen(beginTime: number): Open {
  return { beginTime, request: undefined, fields: undefined, status: undefined, headEnd: 0 };
}

import type { CaptureEvent, OpenedEvent, RequestEvent } from '../capture/events.ts';
import type { LoggedExchange } from '../formats/access-log.ts';
import type { Fields } from '../wire/http1/fields.ts';
import { headFields } from './head-fields.ts';

interface Open {
  readonly remoteAddress: string;
  /** Bytes read since the request under way began: enough to read its head again. */
  kept: { offset: number; bytes: Uint8Array }[];
  inContent: boolean;
  beginTime: number;
  request: RequestEvent | undefined;
  fields: Fields | undefined;
  status: number | undefined;
  headEnd: number;
}

/** Makes one entry of each exchange that ended, from the events of the capture. */
export class AccessLog {
  readonly #epochMs: number;
  readonly #open = new Map<number, Open>();

  constructor(epochMs: number) {
    this.#epochMs = epochMs;
  }

  /** Takes the next event, with payloads; gives an entry when it ends an exchange. */
  take(event: CaptureEvent): LoggedExchange | undefined {
    if (event.kind === 'opened') {
      this.#open.set(event.conn, newOpen(event));
      return undefined;
    }
    if (!('conn' in event)) return undefined;
    const open = this.#open.get(event.conn);
    if (!open) return undefined;
    switch (event.kind) {
      case 'bytes':
        if (event.direction === 'out' || !event.data) break;
        // While content is read, a next head can begin in the newest piece at the earliest.
        if (open.inContent) open.kept = [];
        open.kept.push({ offset: event.offset, bytes: event.data });
        break;
      case 'begin':
        open.beginTime = event.time;
        open.request = undefined;
        open.fields = undefined;
        open.status = undefined;
        break;
      case 'request':
        open.request = event;
        open.fields = headFields(open.kept, event.offset, event.headEnd);
        open.inContent = true;
        break;
      case 'request-end':
        open.inContent = false;
        break;
      case 'response':
        open.status = event.status;
        open.headEnd = event.headEnd;
        break;
      case 'response-end':
        return this.#entry(open, event.offset, event.complete ? event.time : undefined);
      case 'closed':
        this.#open.delete(event.conn);
        break;
    }
    return undefined;
  }

  #entry(open: Open, end: number, endTime: number | undefined): LoggedExchange {
    return {
      remoteAddress: open.remoteAddress,
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

function newOpen(event: OpenedEvent): Open {
  return {
    remoteAddress: event.remoteAddress,
    kept: [],
    inContent: false,
    beginTime: event.time,
    request: undefined,
    fields: undefined,
    status: undefined,
    headEnd: 0,
  };
}

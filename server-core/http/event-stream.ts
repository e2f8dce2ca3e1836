/** Server-sent events: WHATWG HTML §9.2. */
import { byteSource } from './byte-source.ts';
import type { Request } from './request.ts';
import type { FieldPair, Response } from './response.ts';

/** One event. One without `data` is not dispatched in the browser, but its `id` and `retry` count. */
export interface ServerSentEvent {
  /** Any text; it may have several lines. */
  readonly data?: string;
  /** The event's type; `message` when left out. One line. */
  readonly event?: string;
  /** What the browser sends as Last-Event-ID when it comes back. One line without NUL. */
  readonly id?: string;
  /** Milliseconds until the browser comes back after the connection was lost. */
  readonly retry?: number;
  /** Ignored by the browser. */
  readonly comment?: string;
}

export interface EventStreamContext {
  /** The id of the last event that this client saw, when it comes back; otherwise undefined. */
  readonly lastEventId: string | undefined;
  /** Aborted when the client is gone, or the stream ends in another way. */
  readonly signal: AbortSignal;
}

export interface EventStreamOptions {
  /** A comment is sent after so many milliseconds without an event, so that nobody on the way takes it for dead. */
  readonly heartbeatMs?: number;
  readonly fields?: readonly FieldPair[];
}

/** 15 s, as the standard's own note suggests: proxies are known to give up after a minute or half of it. */
export const HEARTBEAT_MS = 15_000;

/**
 * A response that sends events as they come, until `events` is done or the client goes. The next event is asked for
 * when the one before was handed to the socket, so a slow client slows its own source and nothing piles up here.
 * When it ends, `signal` is aborted and the iterator's `return` called.
 */
export function eventStream(
  request: Request,
  events: (context: EventStreamContext) => AsyncIterable<ServerSentEvent>,
  options: EventStreamOptions = {},
): Response {
  const { heartbeatMs = HEARTBEAT_MS, fields = [] } = options;
  const gone = new AbortController();
  request.onAbort(() => gone.abort());
  const source = events({ lastEventId: lastEventId(request), signal: gone.signal });
  return {
    status: 200,
    // `no-store`: what was streamed once is no answer to another request.
    fields: [['Content-Type', 'text/event-stream'], ['Cache-Control', 'no-store'], ...fields],
    body: byteSource(encoded(source, heartbeatMs, gone.signal), undefined, () => gone.abort()),
  };
}

const HEARTBEAT: Uint8Array = new TextEncoder().encode(':\n\n');

async function* encoded(
  events: AsyncIterable<ServerSentEvent>,
  heartbeatMs: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  const encoder = new TextEncoder();
  const iterator = events[Symbol.asyncIterator]();
  let wake = () => {};
  signal.addEventListener('abort', () => wake());
  let answer: { take(): IteratorResult<ServerSentEvent> } | undefined;
  // Asked once for each event, whatever number of heartbeats go by: asking again would skip one.
  const ask = () => {
    answer = undefined;
    iterator.next().then(
      (result) => {
        answer = { take: () => result };
        wake();
      },
      (error: unknown) => {
        answer = {
          take: () => {
            throw error;
          },
        };
        wake();
      },
    );
  };
  try {
    ask();
    while (!signal.aborted) {
      if (!answer) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, heartbeatMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      if (signal.aborted) return;
      if (!answer) {
        yield HEARTBEAT;
        continue;
      }
      const result = answer.take();
      if (result.done) return;
      yield encoder.encode(eventText(result.value));
      ask();
    }
  } finally {
    wake();
    // The source may be waiting for something that never comes: it is told, and not waited for.
    void iterator.return?.().catch(() => {});
  }
}

/**
 * An event as it is written. Throws Error where a value would break out of its line or be dropped by the browser.
 * The fields that are texts of one line must be so; `data` and `comment` are cut at every kind of line end.
 */
export function eventText(event: ServerSentEvent): string {
  let text = '';
  if (event.comment !== undefined) text += lines('', event.comment);
  if (event.event !== undefined) text += `event: ${oneLine(event.event)}\n`;
  if (event.id !== undefined) {
    // A browser ignores an id with NUL, and would come back with an older one.
    if (event.id.includes('\0')) throw new Error('The id of an event cannot hold NUL');
    text += `id: ${oneLine(event.id)}\n`;
  }
  if (event.retry !== undefined) {
    if (!Number.isSafeInteger(event.retry) || event.retry < 0) {
      throw new Error(`${event.retry} is no number of milliseconds`);
    }
    text += `retry: ${event.retry}\n`;
  }
  if (event.data !== undefined) text += lines('data', event.data);
  return `${text}\n`;
}

function lines(field: string, value: string): string {
  return value
    .split(/\r\n|\r|\n/)
    .map((line) => `${field}: ${line}\n`)
    .join('');
}

function oneLine(value: string): string {
  if (/[\r\n]/.test(value)) throw new Error(`${JSON.stringify(value)} must be one line`);
  return value;
}

/** The field holds UTF-8, read as one char per byte. */
function lastEventId(request: Request): string | undefined {
  const value = request.head.fields.get('last-event-id');
  if (value === undefined) return undefined;
  return new TextDecoder().decode(Uint8Array.from(value, (char) => char.charCodeAt(0)));
}

/**
 * What is read of a HAR file: http://www.softwareishard.com/blog/har-12-spec/. Every tool leaves something out, so what
 * is missing or of another type is taken as absent; only what makes an entry one has to be there.
 */
import * as v from 'valibot';

export interface HarPair {
  readonly name: string;
  readonly value: string;
}

/** Of a WebSocket, as Chrome writes them. */
export interface HarSocketMessage {
  /** `send` is the client's. */
  readonly type: 'send' | 'receive';
  /** Seconds since 1970. */
  readonly time: number;
  /** RFC 6455 §5.2: 1 for text. */
  readonly opcode: number;
  /** Text as it is, all else in base64. */
  readonly data: string;
}

const TEXT = v.fallback(v.string(), '');
const SPAN = v.fallback(v.number(), -1);
/** By hand: a large file has millions, and they are most of its time. */
const PAIRS = v.optional(
  v.pipe(
    v.unknown(),
    v.transform((value) => (Array.isArray(value) ? value.filter(isPair) : [])),
  ),
  [],
);
const SOCKET_MESSAGES = v.optional(
  v.pipe(
    v.unknown(),
    v.transform((value) => (Array.isArray(value) ? value.filter(isSocketMessage) : [])),
  ),
  [],
);
const CONTENT = v.looseObject({
  size: SPAN,
  text: v.fallback(v.optional(v.string()), undefined),
  encoding: TEXT,
});
const POST_DATA = v.looseObject({
  text: v.fallback(v.optional(v.string()), undefined),
  params: PAIRS,
  _encoding: TEXT,
});
const TIMINGS = v.looseObject({
  ...{ blocked: SPAN, dns: SPAN, connect: SPAN, send: SPAN, wait: SPAN, receive: SPAN },
});

const ENTRY = v.looseObject({
  startedDateTime: v.string(),
  time: SPAN,
  request: v.looseObject({
    method: v.string(),
    url: v.string(),
    httpVersion: TEXT,
    headers: PAIRS,
    postData: v.fallback(v.optional(POST_DATA), undefined),
    _target: TEXT,
  }),
  response: v.looseObject({
    status: v.fallback(v.number(), 0),
    statusText: TEXT,
    httpVersion: TEXT,
    headers: PAIRS,
    content: v.fallback(v.optional(CONTENT), undefined),
    _error: TEXT,
  }),
  timings: v.fallback(v.optional(TIMINGS), undefined),
  serverIPAddress: TEXT,
  connection: TEXT,
  _webSocketMessages: SOCKET_MESSAGES,
});

export type HarEntry = v.InferOutput<typeof ENTRY>;

const HAR = v.looseObject({
  log: v.looseObject({
    creator: v.fallback(v.optional(v.looseObject({ name: TEXT, version: TEXT })), undefined),
    entries: v.array(v.unknown()),
  }),
});

export interface HarFile {
  /** The program that wrote it; '' when it does not say. */
  readonly creator: string;
  /** In the order of their times. */
  readonly entries: readonly { readonly startMs: number; readonly entry: HarEntry }[];
  /** Entries that could not be read. */
  readonly refused: number;
}

/** Undefined when it is JSON but no HAR. */
export function harFile(json: unknown): HarFile | undefined {
  const parsed = v.safeParse(HAR, json);
  if (!parsed.success) return undefined;
  const { creator, entries: given } = parsed.output.log;
  const entries: { startMs: number; entry: HarEntry }[] = [];
  for (const each of given) {
    const found = v.safeParse(ENTRY, each);
    const startMs = found.success ? Date.parse(found.output.startedDateTime) : Number.NaN;
    if (found.success && Number.isFinite(startMs)) {
      entries.push({ startMs: startMs + microsOf(found.output.startedDateTime), entry: found.output });
    }
  }
  const refused = given.length - entries.length;
  entries.sort((a, b) => a.startMs - b.startMs);
  return { creator: creator?.name ?? '', entries, refused };
}

function isPair(value: unknown): value is HarPair {
  const { name, value: text } = (value ?? {}) as Partial<Record<keyof HarPair, unknown>>;
  return typeof name === 'string' && typeof text === 'string';
}

function isSocketMessage(value: unknown): value is HarSocketMessage {
  const { type, time, opcode, data } = (value ?? {}) as Partial<Record<keyof HarSocketMessage, unknown>>;
  const isKnown = type === 'send' || type === 'receive';
  return isKnown && typeof time === 'number' && typeof opcode === 'number' && typeof data === 'string';
}

/** Part of a millisecond that `Date` leaves out: we and Firefox write six digits. */
function microsOf(text: string): number {
  const digits = /\.\d{3}(\d{1,6})/.exec(text)?.[1];
  return digits === undefined ? 0 : Number(`0.${digits}`);
}

/** What can be asked of a row: names, what each means, and the spellings of other tools that hands know. */

/** `status` is a number that knows its classes, `clock` a time of day or a date, `bytes` hex; `words` is one of a list. */
export type FieldType = 'text' | 'status' | 'number' | 'size' | 'duration' | 'clock' | 'bytes' | 'words';

export interface Field {
  readonly type: FieldType;
  /** One line for the list of completions. */
  readonly says: string;
  readonly example: string;
  /** Other names, those of the DevTools among them. */
  readonly aliases: readonly string[];
  /** Set where the answer lies in the bytes of the messages, which have to be read: slower. */
  readonly reads?: 'head' | 'message';
}

function field(
  type: FieldType,
  says: string,
  example: string,
  aliases: readonly string[] = [],
  reads?: Field['reads'],
): Field {
  return { type, says, example, aliases, ...(reads && { reads }) };
}

export const FIELDS = {
  path: field('text', 'Target as it was sent, query included', 'path:/api', ['target', 'url', 'uri']),
  query: field('text', 'What follows the ? of the target', 'query:lang=en'),
  method: field('text', 'Request method', 'method:POST', ['verb']),
  status: field('status', 'Status of the response', 'status:4xx', ['status-code', 'code']),
  type: field('text', 'Kind of content, or part of its media type', 'type:img', ['kind', 'resource-type']),
  mime: field('text', 'Media type of the response', 'mime=text/html', [
    'mime-type',
    'media-type',
    'content-type',
  ]),
  size: field('size', 'Bytes of the response on the wire, head included', 'size>10kB', ['length']),
  sent: field('size', 'Bytes of the request on the wire, head included', 'sent>1kB', ['request-size']),
  time: field('duration', "From the request's first byte to the response's last", 'time>200ms', ['duration']),
  ttfb: field('duration', "From the request's first byte until its answer began", 'ttfb>50ms', [
    'wait',
    'latency',
  ]),
  is: field('words', 'What became of it, or how it came', 'is:error'),
  at: field('clock', 'When its first byte came: time, date or both', 'at>14:02:30'),
  conn: field('number', 'Number of the connection', 'conn:c12', ['connection', 'connection-id']),
  id: field('number', 'Number of the request', 'id:100..200', ['number']),
  server: field('text', 'Name of the server that was asked', 'server:www', ['site']),
  client: field('text', 'Address and port of who asked', 'client:127.0.0.1', [
    'remote',
    'remote-address',
    'ip',
  ]),
  port: field('number', 'Port of the server that was asked', 'port:8080'),
  worker: field('text', 'Process or thread that worked on it', 'worker:process'),
  version: field('text', 'Version of HTTP', 'version=1.0', ['protocol']),
  file: field('text', 'The file that answered, below the served folder', 'file:index.html'),
  note: field('text', 'The note it was given', 'note:slow', ['comment']),
  fault: field('text', 'What was wrong with its bytes', 'fault:content-length'),
  why: field('text', 'What the server noted while it answered', 'why:If-None-Match', ['mark', 'trace']),
  reads: field('number', 'Reads that brought the request', 'reads>1'),
  host: field('text', 'Host field of the request', 'host:localhost', ['domain', 'authority'], 'head'),
  header: field('text', 'Any header field, or one by name', 'header.etag:abc', ['headers', 'field'], 'head'),
  request: field('text', 'A header field of the request', 'request.accept:json', ['req'], 'head'),
  response: field('text', 'A header field of the response', 'response.vary:*', ['res', 'resp'], 'head'),
  has: field('text', 'A header field of this name is there', 'has:set-cookie', [], 'head'),
  cookie: field('text', 'Cookie and Set-Cookie fields', 'cookie:session', ['cookies'], 'head'),
  ua: field('text', 'User-Agent field', 'ua:curl', ['user-agent', 'agent'], 'head'),
  referer: field('text', 'Referer field', 'referer:/docs', ['referrer'], 'head'),
  encoding: field('text', 'Content-Encoding field', 'encoding:br', ['content-encoding'], 'head'),
  range: field('text', 'Range and Content-Range fields', 'range:bytes', ['content-range'], 'head'),
  body: field('text', 'Content as it was sent, the first MiB of it', 'body:error', ['content'], 'message'),
  'request-body': field('text', 'Content of the request', 'request-body:name=', [], 'message'),
  'response-body': field('text', 'Content of the response', 'response-body:error', [], 'message'),
  bytes: field(
    'bytes',
    'Bytes of either message in hex, the first MiB of each',
    'bytes:0d0a0d0a',
    ['hex'],
    'message',
  ),
  frames: field('number', 'WebSocket frames both ways, counted at the end', 'frames>2', [], 'message'),
} as const satisfies Record<string, Field>;

export type FieldName = keyof typeof FIELDS;
export const FIELD_NAMES = Object.keys(FIELDS) as readonly FieldName[];

/** Fields of which one header field can be picked: `header.etag`. */
export const NAMED_FIELDS: readonly FieldName[] = ['header', 'request', 'response'];

export const IS_WORDS = {
  error: 'Status 4xx or 5xx, aborted, or malformed',
  pending: 'Not answered yet',
  answered: 'The head of a response was sent',
  open: 'Not at its end yet',
  complete: 'Answered to the last byte',
  aborted: 'Ended before its response did',
  malformed: 'What came was no right request',
  cached: 'Answered by 304: the client had it',
  redirect: 'Sent elsewhere: 301, 302, 303, 307 or 308',
  range: 'A range was asked for: 206 or 416',
  keepalive: 'Not the first request of its connection',
  pipelined: 'Sent before the answer to the one before it had gone out',
  waited: 'The server waited for the client to read on',
  ws: 'Became a WebSocket',
  sse: 'A stream of server-sent events',
  proxied: 'Passed on to another server',
  tls: 'Came over TLS',
  pinned: 'Pinned, so that it stays when the list is cleared',
  marked: 'Given a mark',
  noted: 'Given a note',
} as const;
export type IsWord = keyof typeof IS_WORDS;

/** Spellings of the DevTools and others. */
const IS_ALIASES: Readonly<Record<string, IsWord>> = {
  '304': 'cached',
  'from-cache': 'cached',
  running: 'open',
  websocket: 'ws',
  https: 'tls',
  secure: 'tls',
  'keep-alive': 'keepalive',
  reused: 'keepalive',
  errors: 'error',
  done: 'complete',
};

/** Names that hold a comparison: `larger-than:10k` is `size>10k`. */
export const COMPARING: Readonly<
  Record<string, { readonly field: FieldName; readonly compare: '>' | '>=' | '<' }>
> = {
  after: { field: 'at', compare: '>=' },
  before: { field: 'at', compare: '<' },
  'larger-than': { field: 'size', compare: '>' },
  'smaller-than': { field: 'size', compare: '<' },
  'slower-than': { field: 'time', compare: '>' },
  'faster-than': { field: 'time', compare: '<' },
};

const NAMED_ALIASES = new Map<string, FieldName>(
  FIELD_NAMES.flatMap((name) => [name, ...FIELDS[name].aliases].map((each) => [each, name] as const)),
);

/** The field of a name or one of its other names, without case. */
export function fieldNamed(name: string): FieldName | undefined {
  return NAMED_ALIASES.get(name.toLowerCase());
}

export function fieldOf(name: FieldName): Field {
  return FIELDS[name];
}

export function isWordOf(text: string): IsWord | undefined {
  const word = text.toLowerCase();
  if (Object.hasOwn(IS_WORDS, word)) return word as IsWord;
  return Object.hasOwn(IS_ALIASES, word) ? IS_ALIASES[word] : undefined;
}

/** Every name that may stand before an operator, for telling what was meant. */
export const KNOWN_NAMES: readonly string[] = [...NAMED_ALIASES.keys(), ...Object.keys(COMPARING)];

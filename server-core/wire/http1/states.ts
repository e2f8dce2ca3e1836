/**
 * The states of the HTTP/1 parser. Each is named after what is being read. The table is what the step-by-step
 * view shows; the parser has one step function for each row.
 */
import type { SpanKind } from '../span.ts';

/** State numbers: the parser compares and dispatches on them. */
export const State = {
  idle: 0,
  'empty-line': 1,
  'tls-record': 2,
  method: 3,
  target: 4,
  version: 5,
  'request-line-end': 6,
  'status-space': 7,
  status: 8,
  'reason-space': 9,
  reason: 10,
  'start-line-lf': 11,
  'field-line': 12,
  'field-name': 13,
  'field-ows': 14,
  'field-value': 15,
  'field-lf': 16,
  'head-lf': 17,
  content: 18,
  'content-until-close': 19,
  'chunk-size': 20,
  'chunk-extension': 21,
  'chunk-size-lf': 22,
  'chunk-data': 23,
  'chunk-end': 24,
  'chunk-end-lf': 25,
  'trailer-line': 26,
  'trailer-name': 27,
  'trailer-ows': 28,
  'trailer-value': 29,
  'trailer-lf': 30,
  'last-lf': 31,
  'after-close': 32,
  switched: 33,
  faulted: 34,
  closed: 35,
} as const;

export type StateName = keyof typeof State;

export interface StateInfo {
  /** The clause that governs what is read here. */
  readonly section: string;
  /** One plain sentence: what the parser is waiting for. */
  readonly sentence: string;
  /** What the bytes read here are, once the token is complete. */
  readonly reads: SpanKind;
}

export const STATES: Readonly<Record<StateName, StateInfo>> = {
  idle: {
    section: 'RFC 9112 §2.2',
    sentence: 'Between messages: the next byte starts a start line, or an empty line that is skipped.',
    reads: 'ignored',
  },
  'empty-line': {
    section: 'RFC 9112 §2.2',
    sentence: 'A CR came before the start line; its LF completes an empty line, which is skipped.',
    reads: 'ignored',
  },
  'tls-record': {
    section: 'RFC 8446 §5.1',
    sentence: 'The first byte is that of a TLS handshake; the second one tells for certain.',
    reads: 'method',
  },
  method: {
    section: 'RFC 9112 §3.1',
    sentence: 'Reading the method, a token in any case, up to the space after it.',
    reads: 'method',
  },
  target: {
    section: 'RFC 9112 §3.2',
    sentence: 'Reading the request target: what the method is to be applied to.',
    reads: 'target',
  },
  version: {
    section: 'RFC 9112 §2.3',
    sentence: 'Reading the eight bytes of the version, such as HTTP/1.1.',
    reads: 'version',
  },
  'request-line-end': {
    section: 'RFC 9112 §3',
    sentence: 'The request line is complete and must end in CRLF here.',
    reads: 'crlf',
  },
  'status-space': {
    section: 'RFC 9112 §4',
    sentence: 'One space must part the version from the status code.',
    reads: 'sp',
  },
  status: {
    section: 'RFC 9112 §4',
    sentence: 'Reading the three digits of the status code.',
    reads: 'status',
  },
  'reason-space': {
    section: 'RFC 9112 §4',
    sentence: 'A space parts the status code from the reason phrase; some servers leave both out.',
    reads: 'sp',
  },
  reason: {
    section: 'RFC 9112 §4',
    sentence: 'Reading the reason phrase, which is for people: software goes by the status code.',
    reads: 'reason',
  },
  'start-line-lf': {
    section: 'RFC 9112 §2.1',
    sentence: 'The CR of the start line came; LF must follow.',
    reads: 'crlf',
  },
  'field-line': {
    section: 'RFC 9112 §5',
    sentence: 'At the start of a line: a field, or the empty line that ends the head.',
    reads: 'field-name',
  },
  'field-name': {
    section: 'RFC 9110 §5.1',
    sentence: 'Reading a field name; the colon must follow it at once.',
    reads: 'field-name',
  },
  'field-ows': {
    section: 'RFC 9112 §5.1',
    sentence: 'Skipping the optional whitespace before the field value.',
    reads: 'ows',
  },
  'field-value': {
    section: 'RFC 9110 §5.5',
    sentence: 'Reading a field value up to the end of the line; whitespace at its end is not part of it.',
    reads: 'field-value',
  },
  'field-lf': {
    section: 'RFC 9112 §5',
    sentence: 'The CR of a field line came; LF must follow.',
    reads: 'crlf',
  },
  'head-lf': {
    section: 'RFC 9112 §2.1',
    sentence: 'The CR of an empty line came; its LF ends the head.',
    reads: 'crlf',
  },
  content: {
    section: 'RFC 9112 §6.2',
    sentence: 'Reading as many bytes of content as Content-Length said.',
    reads: 'body',
  },
  'content-until-close': {
    section: 'RFC 9112 §6.3',
    sentence: 'Reading content until the server closes the connection, for nothing else says where it ends.',
    reads: 'body',
  },
  'chunk-size': {
    section: 'RFC 9112 §7.1',
    sentence: 'Reading the size of a chunk in hexadecimal; size 0 is the last one.',
    reads: 'chunk-size',
  },
  'chunk-extension': {
    section: 'RFC 9112 §7.1.1',
    sentence: 'Reading a chunk extension, which almost nobody uses and everybody must skip.',
    reads: 'chunk-extension',
  },
  'chunk-size-lf': {
    section: 'RFC 9112 §7.1',
    sentence: 'The CR after a chunk size came; LF must follow.',
    reads: 'crlf',
  },
  'chunk-data': {
    section: 'RFC 9112 §7.1',
    sentence: 'Reading as many bytes of content as the chunk size said.',
    reads: 'body',
  },
  'chunk-end': {
    section: 'RFC 9112 §7.1',
    sentence: 'The data of the chunk is complete and CRLF must follow.',
    reads: 'crlf',
  },
  'chunk-end-lf': {
    section: 'RFC 9112 §7.1',
    sentence: 'The CR after the data of a chunk came; LF must follow.',
    reads: 'crlf',
  },
  'trailer-line': {
    section: 'RFC 9112 §7.1.2',
    sentence: 'After the last chunk: a trailer field, or the empty line that ends the message.',
    reads: 'trailer-name',
  },
  'trailer-name': {
    section: 'RFC 9112 §7.1.2',
    sentence: 'Reading the name of a trailer field.',
    reads: 'trailer-name',
  },
  'trailer-ows': {
    section: 'RFC 9112 §5.1',
    sentence: 'Skipping the optional whitespace before the value of a trailer field.',
    reads: 'ows',
  },
  'trailer-value': {
    section: 'RFC 9112 §7.1.2',
    sentence: 'Reading the value of a trailer field.',
    reads: 'trailer-value',
  },
  'trailer-lf': {
    section: 'RFC 9112 §7.1.2',
    sentence: 'The CR of a trailer line came; LF must follow.',
    reads: 'crlf',
  },
  'last-lf': {
    section: 'RFC 9112 §7.1',
    sentence: 'The CR of the empty line after the last chunk came; its LF ends the message.',
    reads: 'crlf',
  },
  'after-close': {
    section: 'RFC 9112 §9.6',
    sentence: 'The last message said close; nothing may follow it.',
    reads: 'unread',
  },
  switched: {
    section: 'RFC 9110 §7.8',
    sentence: 'From here on the connection speaks another protocol.',
    reads: 'unread',
  },
  faulted: {
    section: 'RFC 9112 §2.2',
    sentence: 'A byte could not be accepted; nothing after it can be understood.',
    reads: 'unread',
  },
  closed: {
    section: 'RFC 9112 §9.6',
    sentence: 'The peer closed its side of the connection.',
    reads: 'unread',
  },
};

/** State names by number. */
export const STATE_NAMES = Object.keys(State) as readonly StateName[];

import type { SpanKind } from '../../../server-core/wire/span.ts';

export interface Meaning {
  readonly name: string;
  readonly sentence: string;
  readonly section: string;
}

/** What a byte is by its kind, for bytes that are not in a field. */
export const TOKEN_MEANINGS: Readonly<Record<SpanKind, Meaning>> = {
  ignored: {
    name: 'Ignored bytes',
    sentence: 'An empty line before the start line. It says nothing and is skipped.',
    section: 'RFC 9112 §2.2',
  },
  method: { name: 'Method', sentence: 'What the client wants done.', section: 'RFC 9110 §9' },
  sp: { name: 'Space', sentence: 'One space parts the words of the start line.', section: 'RFC 9112 §3' },
  target: {
    name: 'Request target',
    sentence: 'What it is asked of: a path, and a query after the question mark.',
    section: 'RFC 9112 §3.2',
  },
  version: {
    name: 'Version',
    sentence: 'The version of HTTP that the sender speaks.',
    section: 'RFC 9112 §2.3',
  },
  status: { name: 'Status code', sentence: 'How it went, in three digits.', section: 'RFC 9110 §15' },
  reason: {
    name: 'Reason phrase',
    sentence: 'The status in words, for people. Clients ignore it.',
    section: 'RFC 9112 §4',
  },
  crlf: {
    name: 'CR LF',
    sentence: 'Ends the line. An empty line ends the head.',
    section: 'RFC 9112 §2.1',
  },
  'field-name': {
    name: 'Field name',
    sentence: 'Says which field. Case does not matter.',
    section: 'RFC 9110 §5.1',
  },
  colon: {
    name: 'Colon',
    sentence: 'Parts name and value. No space may stand before it.',
    section: 'RFC 9112 §5.1',
  },
  ows: {
    name: 'Optional space',
    sentence: 'Space around a value that does not belong to it.',
    section: 'RFC 9110 §5.6.3',
  },
  'field-value': { name: 'Field value', sentence: 'What the field says.', section: 'RFC 9110 §5.5' },
  'chunk-size': {
    name: 'Chunk size',
    sentence: 'Length of the next chunk, in hex. Zero: it was the last one.',
    section: 'RFC 9112 §7.1',
  },
  'chunk-extension': {
    name: 'Chunk extension',
    sentence: 'A note on one chunk. Receivers ignore what they do not know.',
    section: 'RFC 9112 §7.1.1',
  },
  body: { name: 'Content', sentence: 'The body: what was asked for or sent.', section: 'RFC 9110 §6.4' },
  'trailer-name': {
    name: 'Trailer name',
    sentence: 'Says which field, sent after the content.',
    section: 'RFC 9110 §6.5',
  },
  'trailer-value': {
    name: 'Trailer value',
    sentence: 'What the trailer field says.',
    section: 'RFC 9110 §6.5',
  },
  faulty: { name: 'Fault', sentence: 'From here on the bytes break the rules.', section: 'RFC 9112 §2.2' },
  unread: {
    name: 'Unread',
    sentence: 'Came after the fault. Nobody can tell what it was meant to be.',
    section: 'RFC 9112 §2.2',
  },
  'ws-opcode': {
    name: 'Flags and opcode',
    sentence: 'Whether the message ends with this frame, and what the frame is.',
    section: 'RFC 6455 §5.2',
  },
  'ws-length': {
    name: 'Mask bit and length',
    sentence: 'Whether the payload is masked, and its length up to 125.',
    section: 'RFC 6455 §5.2',
  },
  'ws-extended-length': {
    name: 'Extended length',
    sentence: 'The length of a payload that is longer than 125 bytes.',
    section: 'RFC 6455 §5.2',
  },
  'ws-masking-key': {
    name: 'Masking key',
    sentence: 'Four bytes with which the client hides its payload from proxies.',
    section: 'RFC 6455 §5.3',
  },
  'ws-payload': { name: 'Payload', sentence: 'What the frame carries.', section: 'RFC 6455 §5.2' },
};

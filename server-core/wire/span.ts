/**
 * A span names what a run of wire bytes is. Leaf spans tile a stream: every byte belongs to exactly one, so a
 * view can colour and explain each byte, and a byte without a span is a parser bug.
 *
 * Offsets are absolute in one direction of one connection, in bytes, `end` exclusive. They stay exact to 2^53.
 */
export interface Span {
  readonly kind: SpanKind;
  readonly start: number;
  readonly end: number;
}

/** Leaf kinds, in the order in which a message meets them. The index is stable: captures and columns store it. */
export const SPAN_KINDS = [
  'ignored',
  'method',
  'sp',
  'target',
  'version',
  'status',
  'reason',
  'crlf',
  'field-name',
  'colon',
  'ows',
  'field-value',
  'chunk-size',
  'chunk-extension',
  'body',
  'trailer-name',
  'trailer-value',
  'faulty',
  'unread',
  'ws-opcode',
  'ws-length',
  'ws-extended-length',
  'ws-masking-key',
  'ws-payload',
] as const;

export type SpanKind = (typeof SPAN_KINDS)[number];

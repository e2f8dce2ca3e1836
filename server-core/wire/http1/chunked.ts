/**
 * Steps over the chunked coding.
 *
 *     chunked-body = *chunk last-chunk trailer-section CRLF
 *     chunk        = chunk-size [ chunk-ext ] CRLF chunk-data CRLF
 *     last-chunk   = 1*"0" [ chunk-ext ] CRLF
 *
 * RFC 9112 §7.1. Nothing is forgiven here, not even with a leniency: where chunks end is where requests end.
 */
import { CR, HEX_VALUE, LF, NOT_HEX, SEMICOLON, SP, TAB } from '../bytes.ts';
import { beginExtension } from './chunk-extension.ts';
import { takeContent } from './content.ts';
import { type Machine, TRAILER } from './machine.ts';
import { State } from './states.ts';

/** chunk-size = 1*HEXDIG */
export function chunkSize(m: Machine, chunk: Uint8Array, i: number, end: number): number {
  let digits = m.base + i - m.tokenStart;
  if (digits === 0) m.chunkSize = 0;
  let j = i;
  for (; j < end; j++, digits++) {
    const value = HEX_VALUE[chunk[j]!]!;
    if (value === NOT_HEX) break;
    const size = m.chunkSize * 16 + value;
    if (size > Number.MAX_SAFE_INTEGER || digits === m.options.maxChunkSizeDigits) {
      return m.fault('chunk-size-too-large', j);
    }
    m.chunkSize = size;
  }
  if (j === end) return j;
  if (digits === 0) return m.fault('chunk-size-invalid', j);
  switch (chunk[j]) {
    case CR:
      m.emit('chunk-size', j);
      m.state = State['chunk-size-lf'];
      return j + 1;
    case LF:
      return m.fault('bare-lf', j);
    case SEMICOLON:
    case SP:
    case TAB:
      m.emit('chunk-size', j);
      beginExtension(m);
      return j;
    default:
      return m.fault('chunk-size-invalid', j);
  }
}

export function chunkSizeLf(m: Machine, chunk: Uint8Array, i: number): number {
  if (!m.lineFeed(chunk, i)) return i;
  if (m.chunkSize > 0) {
    m.remaining = m.chunkSize;
    m.state = State['chunk-data'];
  } else {
    m.beginSection(TRAILER, i + 1, m.options.maxTrailerBytes);
    m.state = TRAILER.line;
  }
  return i + 1;
}

export function chunkData(m: Machine, _chunk: Uint8Array, i: number, end: number): number {
  const stop = takeContent(m, i, end);
  if (m.remaining > 0) return stop;
  m.emit('body', stop);
  m.state = State['chunk-end'];
  return stop;
}

export function chunkEnd(m: Machine, chunk: Uint8Array, i: number): number {
  if (chunk[i] !== CR) return m.fault('chunk-end-missing', i);
  m.state = State['chunk-end-lf'];
  return i + 1;
}

export function chunkEndLf(m: Machine, chunk: Uint8Array, i: number): number {
  if (!m.lineFeed(chunk, i)) return i;
  m.state = State['chunk-size'];
  return i + 1;
}

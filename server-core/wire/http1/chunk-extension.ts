/**
 * The step over chunk extensions. They mean nothing to anybody, so they are only checked and marked.
 *
 *     chunk-ext      = *( BWS ";" BWS chunk-ext-name [ BWS "=" BWS chunk-ext-val ] )
 *     chunk-ext-name = token
 *     chunk-ext-val  = token / quoted-string
 *
 * RFC 9112 §7.1.1. The grammar is held to the letter because lax readers of extensions disagree about where the
 * line ends, and a request can hide in the difference.
 */
import {
  BACKSLASH,
  CLASS,
  CR,
  DQUOTE,
  EQUALS,
  FIELD_TEXT,
  LF,
  QDTEXT,
  SEMICOLON,
  TOKEN,
  WS,
} from '../bytes.ts';
import type { Machine } from './machine.ts';
import { State } from './states.ts';

/** Where in the grammar the next byte stands. */
const Phase = {
  /** Whitespace before ";". */
  separator: 0,
  /** Whitespace before a name, or its first byte. */
  nameStart: 1,
  name: 2,
  /** Whitespace before "=" or ";". */
  afterName: 3,
  /** Whitespace before a value, or its first byte. */
  valueStart: 4,
  token: 5,
  quoted: 6,
  /** The byte after a backslash. */
  escaped: 7,
  /** Just behind the closing quote. */
  quotedEnd: 8,
} as const;

/** What may be followed by the end of the line; after whitespace, another extension must come. */
function mayEnd(phase: number): boolean {
  return phase === Phase.name || phase === Phase.token || phase === Phase.quotedEnd;
}

export function beginExtension(m: Machine): void {
  m.chunkExtensionPhase = Phase.separator;
  m.state = State['chunk-extension'];
}

export function chunkExtension(m: Machine, chunk: Uint8Array, i: number, end: number): number {
  const bound = Math.min(end, i + m.options.maxChunkExtensionBytes - m.chunkExtensionBytes);
  let phase = m.chunkExtensionPhase;
  let j = i;
  for (; j < bound; j++) {
    const byte = chunk[j]!;
    if (byte === CR && mayEnd(phase)) return endExtension(m, i, j);
    if (byte === LF) return m.fault('bare-lf', j);
    const next = nextPhase(phase, byte);
    if (next === undefined) return m.fault('chunk-extension-invalid', j);
    phase = next;
  }
  m.chunkExtensionPhase = phase;
  m.chunkExtensionBytes += j - i;
  if (j === end) return j;
  return chunk[j] === CR && mayEnd(phase) ? endExtension(m, j, j) : m.fault('chunk-extensions-too-large', j);
}

function endExtension(m: Machine, from: number, to: number): number {
  m.chunkExtensionBytes += to - from;
  m.emit('chunk-extension', to);
  m.state = State['chunk-size-lf'];
  return to + 1;
}

/** Undefined when the byte cannot stand here. */
function nextPhase(phase: number, byte: number): number | undefined {
  const kind = CLASS[byte]!;
  switch (phase) {
    case Phase.separator:
      return byte === SEMICOLON ? Phase.nameStart : (kind & WS) !== 0 ? Phase.separator : undefined;
    case Phase.nameStart:
      return (kind & TOKEN) !== 0 ? Phase.name : (kind & WS) !== 0 ? Phase.nameStart : undefined;
    case Phase.name:
    case Phase.afterName:
      if (phase === Phase.name && (kind & TOKEN) !== 0) return Phase.name;
      if (byte === SEMICOLON) return Phase.nameStart;
      if (byte === EQUALS) return Phase.valueStart;
      return (kind & WS) !== 0 ? Phase.afterName : undefined;
    case Phase.valueStart:
      if (byte === DQUOTE) return Phase.quoted;
      return (kind & TOKEN) !== 0 ? Phase.token : (kind & WS) !== 0 ? Phase.valueStart : undefined;
    case Phase.quoted:
      if (byte === DQUOTE) return Phase.quotedEnd;
      if (byte === BACKSLASH) return Phase.escaped;
      return (kind & QDTEXT) !== 0 ? Phase.quoted : undefined;
    case Phase.escaped:
      // quoted-pair = "\" ( HTAB / SP / VCHAR / obs-text )
      return (kind & FIELD_TEXT) !== 0 ? Phase.quoted : undefined;
    default:
      if (phase === Phase.token && (kind & TOKEN) !== 0) return Phase.token;
      if (byte === SEMICOLON) return Phase.nameStart;
      return (kind & WS) !== 0 ? Phase.separator : undefined;
  }
}
